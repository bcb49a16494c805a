import type { TerminalAct } from '../../domain/contracts/terminal-act.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { never, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { storeFileOf } from './core.ts';
import type { Keepers } from './keys/keepers.ts';
import { keyMend } from './keys/keys.ts';
import { moveKeys, rotateStoreKey, type RotationFailure } from './keys/rotation.ts';
import type { CoreLog } from './log.ts';
import { takeOver, type TakeoverFailure, takeoverMend } from './takeover.ts';

export type ActParts = { config: TerminalConfig; sqlite: string | null; keepers: Keepers; clock: Clock; log: CoreLog };

/** Does what the terminal was started for, with its store closed. @returns whether it is done; the log says what is not */
export async function performAct(act: TerminalAct, parts: ActParts): Promise<boolean> {
  const done = await perform(act, parts);
  if (done.ok) parts.log({ event: 'act-complete', act: act.kind });
  else parts.log({ event: 'act-failed', act: act.kind, why: actFailureText(done.error) });
  return done.ok;
}

function perform(act: TerminalAct, parts: ActParts): Promise<Result<null, ActFailure>> {
  const { config, sqlite, keepers } = parts;
  const place = { folder: config.data, file: storeFileOf(config), nativeBinding: sqlite };
  const keeper = keepers(config.keys.keeper);
  switch (act.kind) {
    case 'move-keys':
      return moveKeys(place, keepers, keeper);
    case 'rotate-key':
      return rotateStoreKey(place, keeper);
    case 'take-over':
      return takeOver(parts, act.from);
    default:
      return never(act);
  }
}

type ActFailure = RotationFailure | TakeoverFailure;

function actFailureText(failure: ActFailure): string {
  switch (failure.kind) {
    case 'store':
      return `store: ${failure.why}`;
    case 'store-here':
    case 'no-backup':
    case 'mixed-backup':
    case 'other-machine':
    case 'hall':
      return takeoverMend(failure);
    default:
      return `${failure.kind}: ${keyMend(failure)}`;
  }
}
