import type { ReactNode } from 'react';
import { t } from '../texts.ts';

/** Somebody by name and account. What was done at the server has no account of its own. */
export function Who({ name, account }: { name: string; account: string }): ReactNode {
  if (account === 'command-line') return t('audit.command-line');
  return <>{name}{name !== account && <span className="number faint"> {account}</span>}</>;
}
