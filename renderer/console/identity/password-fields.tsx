import { Input } from 'antd';
import type { ReactNode } from 'react';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';

/** A new password, twice. */
export type NewPassword = { password: string; again: string };
export const NO_PASSWORD: NewPassword = { password: '', again: '' };

/** What keeps a new password from being sent; empty: nothing. The hall knows the rules. */
export function lackOf({ password, again }: NewPassword): string {
  if (password === '' || again === '') return t('password.empty');
  return password === again ? '' : t('password.differ');
}

/** Why the hall did not take it. */
export function passwordFaultWords(error: { kind: string; until?: string }): string {
  return error.kind === 'locked' && error.until !== undefined ? t('sign-in.locked', { until: momentWords(error.until, Date.now()) }) : word('password.fault', error.kind);
}

export function NewPasswordFields({ value, onChange, autoFocus = false }: { value: NewPassword; onChange: (value: NewPassword) => void; autoFocus?: boolean }): ReactNode {
  return (
    <>
      <label className="field">
        <span>{t('password.new')}</span>
        <Input type="password" size="large" autoComplete="new-password" maxLength={200} autoFocus={autoFocus} value={value.password} onChange={(event) => onChange({ ...value, password: event.target.value })} />
      </label>
      <label className="field">
        <span>{t('password.again')}</span>
        <Input type="password" size="large" autoComplete="new-password" maxLength={200} value={value.again} onChange={(event) => onChange({ ...value, again: event.target.value })} />
      </label>
      <p className="faint">{t('password.rules')}</p>
    </>
  );
}
