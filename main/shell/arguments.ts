import { resolve } from 'node:path';
import type { TerminalAct } from '../../domain/contracts/terminal-act.ts';

/** What the terminal's command line asks for. Chromium's own switches stand between ours and are passed over. */
export function readArguments(argv: readonly string[]): { config: string | undefined; act: TerminalAct | null } {
  const after = (name: string) => {
    const index = argv.indexOf(name);
    return index === -1 ? undefined : argv[index + 1];
  };
  const config = after('--config');
  if (argv.includes('--move-keys')) return { config, act: { kind: 'move-keys' } };
  if (argv.includes('--rotate-key')) return { config, act: { kind: 'rotate-key' } };
  const from = after('--take-over');
  if (from !== undefined) return { config, act: { kind: 'take-over', from: from === 'nothing' ? null : resolve(from) } };
  return { config, act: null };
}
