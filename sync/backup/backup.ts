import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrapKey } from '../../crypto/seal.ts';
import { Backup, backupContext } from '../../domain/contracts/backup.ts';
import { HallKeys } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { codeOf, err, ok, type Result } from '../../domain/result.ts';
import { copyFile, openSqliteFile } from '../store/index.ts';
import { HALL_KEYS } from '../cursors.ts';
import { openTerminalStore } from '../terminal-store/index.ts';
import type { OpenStoreFailure, TerminalStoreSettings } from '../terminal-store/types.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Backups of one machine that stay. A case that was purged lives on in those made before: three days of them let a person notice that the newest
 * is bad, and are soon gone.
 */
const KEPT = 3;

export const BACKUP_STORE = 'store.db';
const HEADER = 'backup.json';

export type BackupFailure =
  /** This machine has no store yet. */
  | { kind: 'no-store' }
  /** It was never enrolled: there is no hall to wrap the key for, and no case in it. */
  | { kind: 'not-enrolled' }
  /** The folder cannot be made or written, or its disk is full. `code` is the system's word. */
  | { kind: 'cannot-write'; code: string }
  | OpenStoreFailure;

/** Behind a folder's name while it is written. */
const PART = '.part';
/** What stands in a folder's name behind its machine: when it was made. Other folders, whatever people call them, are none of ours. */
const MADE_AT = /^\d{8}T\d{6}-\d{3}Z$/;

/**
 * Copies a store that may be in use to a new folder in `to`, as it stands at one moment, durable before it has its name. The copy opens with the
 * store's key only, which lies beside it wrapped for the hall. Older backups of the machine are removed, as far as the folder's owner lets us.
 * @returns the folder
 */
export async function backUp(settings: TerminalStoreSettings, to: string): Promise<Result<string, BackupFailure>> {
  if (!existsSync(settings.file)) return err({ kind: 'no-store' });
  const { machine } = settings.signer;
  const takenAt = new Date(settings.clock.now()).toISOString();
  const folder = join(to, `${machine}-${takenAt.replace(/[-:]/g, '').replace('.', '-')}`);
  const part = folder + PART;
  try {
    mkdirSync(part, { recursive: true, mode: 0o700 });
    const copied = copyStore(settings, join(part, BACKUP_STORE));
    if (!copied.ok) return copied;
    const header = await headerOf({ ...settings, file: join(part, BACKUP_STORE) }, takenAt);
    if (!header.ok) return header;
    writeFileSync(join(part, HEADER), `${JSON.stringify(header.value, null, 2)}\n`, { mode: 0o600, flush: true });
    syncFolder(part);
    renameSync(part, folder);
    syncFolder(to);
  } catch (cause) {
    return err({ kind: 'cannot-write', code: systemCode(cause) });
  } finally {
    asFarAsItGoes(() => rmSync(part, { recursive: true, force: true }));
  }
  asFarAsItGoes(() => removeOlder(machine, to, folder));
  return ok(folder);
}

/** Leaves `KEPT` backups, the one just made among them, and nothing of those that were cut off before it. */
function removeOlder(machine: MachineId, to: string, made: string): void {
  const others = backupsOf(machine, to).filter((other) => other !== made);
  // One that is dated later than this one was made under a wrong clock: nothing is known of its age.
  const oldestFirst = [...others.filter((other) => other > made), ...others.filter((other) => other < made)];
  const over = oldestFirst.slice(0, Math.max(0, others.length - (KEPT - 1)));
  for (const old of [...foldersOf(machine, to, PART).filter((part) => part < made), ...over]) rmSync(old, { recursive: true, force: true });
}

/** The whole backups of a machine in a folder, oldest first as they are dated. */
export function backupsOf(machine: MachineId, to: string): string[] {
  return foldersOf(machine, to, '');
}

function foldersOf(machine: MachineId, to: string, ending: '' | typeof PART): string[] {
  const isOurs = (name: string) => name.startsWith(`${machine}-`) && name.endsWith(ending) && MADE_AT.test(name.slice(machine.length + 1, name.length - ending.length));
  return readdirSync(to).filter(isOurs).toSorted().map((name) => join(to, name));
}

/** Tidies a share. One that lets nothing be removed, or is gone, does not undo what was made: the next backup tries again. */
function asFarAsItGoes(tidy: () => void): void {
  try {
    tidy();
  } catch (cause) {
    systemCode(cause);
  }
}

/** The system's or SQLite's word for a folder that cannot be written; anything else is a bug and thrown on. */
function systemCode(cause: unknown): string {
  const code = codeOf(cause);
  if (/^(E[A-Z]+|SQLITE_(FULL|IOERR.*|CANTOPEN.*|READONLY.*))$/.test(code)) return code;
  throw cause;
}

/** Reads a backup's header; null when the folder holds none. */
export function readBackup(folder: string): Backup | null {
  try {
    const parsed = Backup.safeParse(JSON.parse(readFileSync(join(folder, HEADER), 'utf8')));
    return parsed.success && existsSync(join(folder, BACKUP_STORE)) ? parsed.data : null;
  } catch {
    return null;
  }
}

function copyStore({ file: path, key, nativeBinding }: TerminalStoreSettings, to: string): Result<null, OpenStoreFailure> {
  const file = openSqliteFile({ path, key, nativeBinding });
  if (!file.ok) return file;
  try {
    copyFile(file.value, to);
  } finally {
    file.value.close();
  }
  return ok(null);
}

/** Opens the copy with all that is in it, which is also its test, and closes it. */
async function headerOf(settings: TerminalStoreSettings, takenAt: string): Promise<Result<Backup, BackupFailure>> {
  const opened = await openTerminalStore(settings);
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    const hall = HallKeys.safeParse(await store.cursors.get(HALL_KEYS));
    if (!hall.success) return err({ kind: 'not-enrolled' });
    const about = { machine: settings.signer.machine, takenAt, head: store.log.head() };
    return ok({ format: 'jinban-backup-1', ...about, key: wrapKey(hall.data.wrapping, backupContext(about), settings.key) });
  } finally {
    await store.close();
  }
}
