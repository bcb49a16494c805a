import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrapKey } from '../../crypto/seal.ts';
import { Backup, backupContext } from '../../domain/contracts/backup.ts';
import { HallKeys } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { copyFile, openSqliteFile, syncFile } from '../store/index.ts';
import { HALL_KEYS } from '../cursors.ts';
import { openTerminalStore } from '../terminal-store/index.ts';
import type { OpenStoreFailure, TerminalStoreSettings } from '../terminal-store/types.ts';

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

/**
 * Copies a store that may be in use to a new folder in `to`, as it stands at one moment, durable before it has its name. The copy opens with the
 * store's key only, which lies beside it wrapped for the hall. Older backups of the machine are removed.
 * @returns the folder
 */
export async function backUp(settings: TerminalStoreSettings, to: string): Promise<Result<string, BackupFailure>> {
  if (!existsSync(settings.file)) return err({ kind: 'no-store' });
  const { machine } = settings.signer;
  const takenAt = new Date(settings.clock.now()).toISOString();
  const folder = join(to, `${machine}-${takenAt.replace(/[-:]/g, '').replace('.', '-')}`);
  const part = `${folder}.part`;
  try {
    mkdirSync(part, { recursive: true, mode: 0o700 });
    const copied = copyStore(settings, join(part, BACKUP_STORE));
    if (!copied.ok) return copied;
    const header = await headerOf({ ...settings, file: join(part, BACKUP_STORE) }, takenAt);
    if (!header.ok) return header;
    writeFileSync(join(part, HEADER), `${JSON.stringify(header.value, null, 2)}\n`, { mode: 0o600 });
    syncFile(join(part, HEADER));
    renameSync(part, folder);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
    if (code === null || !/^(E[A-Z]+|SQLITE_(FULL|IOERR.*|CANTOPEN.*|READONLY.*))$/.test(code)) throw cause;
    return err({ kind: 'cannot-write', code });
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  for (const old of backupsOf(machine, to).slice(0, -KEPT)) rmSync(old, { recursive: true });
  return ok(folder);
}

/** The whole backups of a machine in a folder, oldest first. */
export function backupsOf(machine: MachineId, to: string): string[] {
  return readdirSync(to).filter((name) => name.startsWith(`${machine}-`) && !name.endsWith('.part')).toSorted().map((name) => join(to, name));
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
