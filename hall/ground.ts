import type { ActionSigner } from '../domain/action/types.ts';
import type { HallKeys } from '../domain/contracts/hall.ts';
import type { MachineId } from '../domain/ids.ts';
import type { Clock } from '../domain/time.ts';
import type { WrappingKeyPair } from '../crypto/seal.ts';
import type { HallDatabase } from './db/database.ts';
import type { ArchiveSettings } from './archive/settings.ts';
import type { HallLog } from './log-events.ts';
import type { PaperSettings } from './papers/settings.ts';

/** What every module of the hall stands on. Made once at start. */
export type Ground = {
  /** The hall's own machine id, `H330624`. */
  hall: MachineId;
  /** `330624`: the first column of every key. */
  division: string;
  /** 新昌县政务服务中心 */
  name: string;
  /** Changes at every start of the server: the hall's own time evidence compares monotonic readings within one. */
  boot: string;
  db: HallDatabase;
  clock: Clock;
  /** Random bytes of ids that others see. A story of practice cases gives its own, so that it can be told again. */
  random(count: number): Uint8Array;
  log: HallLog;
  signer: ActionSigner;
  wrapping: WrappingKeyPair;
  publicKeys: HallKeys;
  /** Whether roles that must have a second factor are made to. `off` for a demonstration only. */
  secondFactor: 'demanded' | 'off';
  /** Folder of what is no row: scans, keys, packages for the archive. */
  data: string;
  papers: PaperSettings;
  archive: ArchiveSettings;
};

/** Now as an ISO instant. */
export function nowOf(ground: Pick<Ground, 'clock'>): string {
  return instant(ground.clock.now());
}

/** Milliseconds since 1970 as an ISO instant. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
