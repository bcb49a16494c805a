import type { TerminalAct } from '../../domain/contracts/terminal-act.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { never, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { storeFileOf } from './core.ts';
import type { Keepers } from './keys/keepers.ts';
import { keyMend } from './keys/keys.ts';
import { moveKeys, rotateStoreKey, type RotationFailure } from './keys/rotation.ts';
import type { CoreLog } from './log.ts';

export type ActParts = { config: TerminalConfig; sqlite: string | null; keepers: Keepers; clock: Clock; log: CoreLog };

/** Does what the terminal was started for, with its store closed. @returns whether it is done; the log says what is not */
export async function performAct(act: TerminalAct, parts: ActParts): Promise<boolean> {
  const done = await perform(act, parts);
  if (done.ok) parts.log({ event: 'act-complete', act: act.kind });
  else parts.log({ event: 'act-failed', act: act.kind, why: actFailureText(done.error) });
  return done.ok;
}

function perform(act: TerminalAct, { config, sqlite, keepers }: ActParts): Promise<Result<null, RotationFailure>> {
  const place = { folder: config.data, file: storeFileOf(config), nativeBinding: sqlite };
  const keeper = keepers(config.keys.keeper);
  switch (act.kind) {
    case 'move-keys':
      return moveKeys(place, keepers, keeper);
    case 'rotate-key':
      return rotateStoreKey(place, keeper);
    default:
      return never(act);
  }
}

function actFailureText(failure: RotationFailure): string {
  return failure.kind === 'store' ? `store: ${failure.why}` : `${failure.kind}: ${keyMend(failure)}`;
}
