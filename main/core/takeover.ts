import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { createSigner } from '../../crypto/node.ts';
import { generateWrappingKey, unwrapKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import { type Backup, backupContext } from '../../domain/contracts/backup.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { BACKUP_STORE, readBackup } from '../../sync/backup/backup.ts';
import { copyUnder, forgetFile } from '../../sync/backup/swap-key.ts';
import { syncFolder } from '../../sync/backup/sync-folder.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import type { Takeover } from '../../sync/transport/types.ts';
import type { ActParts } from './acts.ts';
import { storeFileOf } from './core.ts';
import { type KeyFailure, openKeys } from './keys/keys.ts';
import { dropVisit } from './session/forget.ts';
import { bootId } from './system.ts';

export type TakeoverFailure =
  | KeyFailure
  /** This machine has a store of its own: nothing here may be written over. */
  | { kind: 'store-here' }
  /** The folder holds no backup. */
  | { kind: 'no-backup' }
  /** Its header and its store are of two backups: what one of them holds would be missing in the chain. */
  | { kind: 'mixed-backup' }
  /** The backup is of another machine than the settings name. */
  | { kind: 'other-machine' }
  /** The hall did not answer, or refused; `why` is its word. */
  | { kind: 'hall'; why: string }
  | { kind: 'store'; why: string };

/**
 * Makes this machine the spare of a lost one: gets keys of its own, learns from the hall where the chain ended there and the backup's key, and builds its
 * store aside. The store has its name only when it is whole: whatever is cut off before is done again with the same keys and the same code.
 * @param from the backup's folder; null: nothing of the lost machine is left
 */
export async function takeOver(parts: ActParts, from: string | null): Promise<Result<null, TakeoverFailure>> {
  const { config, keepers, log } = parts;
  const file = storeFileOf(config);
  if (existsSync(file)) return err({ kind: 'store-here' });
  const backup = from === null ? null : readBackup(from);
  if (from !== null && backup === null) return err({ kind: 'no-backup' });
  if (backup !== null && backup.machine !== config.machine) return err({ kind: 'other-machine' });
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const keys = await openKeys(config.data, file, keepers(config.keys.keeper));
  if (!keys.ok) return keys;
  const { store: key, signing } = keys.value;

  const reader = generateWrappingKey();
  const signer = createSigner(config.machine, signing.privateKey);
  const answer = await createHallTransport({ baseUrl: config.hall, program: manifest.version, signer, clock: parts.clock }).takeOver({ code: config.enrolmentCode, publicKey: signing.publicKey, backup, reader: reader.publicKey });
  if (!answer.ok) return err({ kind: 'hall', why: answer.error.kind });
  const hall = answer.value;

  const aside = `${file}.spare`;
  forgetFile(aside);
  if (from !== null && backup !== null) {
    const copied = copyBackup({ path: aside, nativeBinding: parts.sqlite }, { from, backup, hall, reader }, key);
    if (!copied.ok) return copied;
  }
  const opened = await openTerminalStore({ file: aside, key, nativeBinding: parts.sqlite, signer, clock: parts.clock, boot: bootId(), random: (count) => crypto.getRandomValues(new Uint8Array(count)) });
  if (!opened.ok) return err({ kind: 'store', why: opened.error.kind });
  const store = opened.value;
  if (backup !== null && !isDeepStrictEqual(store.log.head(), backup.head)) {
    await store.close();
    forgetFile(aside);
    return err({ kind: 'mixed-backup' });
  }
  const became = await store.becomeSpare(hall);
  // Whoever stood at the lost machine does not stand here.
  if (became.ok) await dropVisit(store);
  const waiting = await store.log.waiting();
  await store.close();
  if (!became.ok) return err({ kind: 'hall', why: became.error.kind });
  renameSync(aside, file);
  syncFolder(config.data);
  log({ event: 'taken-over', machine: config.machine, generation: hall.generation, head: hall.head.sequence, waiting });
  return ok(null);
}

/** What a technician does about a takeover that was refused. */
export function takeoverMend(failure: Exclude<TakeoverFailure, KeyFailure | { kind: 'store' }>): string {
  switch (failure.kind) {
    case 'store-here':
      return 'store-here: this machine has a store; move its data folder away first, and keep it until `waiting` is known to have been 0';
    case 'no-backup':
      return 'no-backup: name the folder that holds backup.json, or `nothing` when there is none';
    case 'mixed-backup':
      return 'mixed-backup: backup.json and store.db are of two backups; copy the folder again as a whole';
    case 'other-machine':
      return 'other-machine: terminal.yaml must name the machine that was backed up';
    case 'hall':
      if (failure.why === 'already-enrolled') return 'the hall: already-enrolled; move the data folder away, keys and all, and say --replace-machine again for another code';
      return `the hall: ${failure.why}; the code of --replace-machine belongs into enrolmentCode, and the line must be up`;
  }
}

function copyBackup(to: { path: string; nativeBinding: string | null }, given: { from: string; backup: Backup; hall: Takeover; reader: WrappingKeyPair }, key: Uint8Array): Result<null, TakeoverFailure> {
  const { from, backup, hall, reader } = given;
  const old = hall.key === null ? null : unwrapKey(reader, backupContext(backup), hall.key);
  if (old === null || !old.ok) return err({ kind: 'hall', why: 'backup-unreadable' });
  const copied = copyUnder(to, join(from, BACKUP_STORE), old.value, key);
  return copied.ok ? ok(null) : err({ kind: 'store', why: copied.error.kind });
}
