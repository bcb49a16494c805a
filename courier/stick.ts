import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { StickFault } from '../domain/contracts/courier.ts';
import type { MachineId } from '../domain/ids.ts';
import { codeOf, err, ok, type Result } from '../domain/result.ts';

/** The only folder on a stick that is looked into or written to. */
export const FOLDER = 'jinban-courier';
/** Room that is left on a stick, bytes: its own tables grow with what is written. */
const MARGIN = 4 * 1024 * 1024;
/** Files of the folder that are looked at: far more than a stick of honest use holds. */
const MOST_FILES = 2000;

/** Names tell people whose files these are and hold nothing else; nothing that is read from them is believed. */
export function parcelFileName(of: { sender: MachineId; receiver: MachineId; serial: number }, part: number): string {
  return `${parcelPrefix(of)}-${String(of.serial).padStart(6, '0')}-${part}.age`;
}
function parcelPrefix({ sender, receiver }: { sender: MachineId; receiver: MachineId }): string {
  return `jinban-${sender}-to-${receiver}`;
}
export function cardFileName(hall: MachineId): string {
  return `jinban-hall-card-${hall}.json`;
}

/** Runs something on a stick; what people do to sticks becomes an answer, anything else is a surprise. */
export async function onStick<Value>(work: () => Promise<Value>): Promise<Result<Value, { kind: StickFault }>> {
  try {
    return ok(await work());
  } catch (cause) {
    const kind = stickFaultOf(cause);
    if (kind === null) throw cause;
    return err({ kind });
  }
}

/** What a failure says of the stick; null for one that no stick is to blame for. */
export function stickFaultOf(cause: unknown): StickFault | null {
  switch (codeOf(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'stick-full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    // Something lies where one of our files or our folder goes: nothing can be written there either.
    case 'EEXIST':
    case 'EISDIR':
    case 'ERR_FS_EISDIR':
    case 'ENOTEMPTY':
      return 'write-protected';
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EIO':
    case 'ENODEV':
    case 'ENXIO':
    case 'ESTALE':
    case 'ENOTCONN':
      return 'stick-gone';
    default:
      return null;
  }
}

/** Whether the courier's folder is there. A link of its name is none: it would lead to the machine's own disk. */
async function hasFolder(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory();
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false;
    throw cause;
  }
}

/**
 * The courier's folder on a stick, made when it is not there. The stick itself must be there.
 * @throws what `stickFaultOf` knows, also where a link or a file stands in its place
 */
export async function courierFolder(stick: string): Promise<string> {
  const folder = join(stick, FOLDER);
  if (!(await hasFolder(folder))) {
    await mkdir(folder);
    await syncFolder(stick);
  }
  return folder;
}

/** Opens a new file to write. Whatever lies there under the name is removed, a link as such: it is never written through. @throws what `stickFaultOf` knows, also for a folder of the name */
export async function createFile(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, 'wx', 0o600);
}

/** Bytes that may be written. @throws what `stickFaultOf` knows */
export async function roomOn(stick: string): Promise<number> {
  const { bavail, bsize } = await statfs(stick);
  return Math.max(0, bavail * bsize - MARGIN);
}

/** Whole files of the folder by their ending, in the order of their names; none when there is no such folder. @throws what `stickFaultOf` knows */
export async function filesOn(stick: string, ending: '.age' | '.json'): Promise<string[]> {
  await readdir(stick);
  const folder = join(stick, FOLDER);
  const entries = (await hasFolder(folder)) ? await readdir(folder, { withFileTypes: true }) : [];
  // No links and no folders: a stick never leads anywhere else.
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.startsWith('.')).map(({ name }) => name);
  return names.sort().slice(0, MOST_FILES).map((name) => join(folder, name));
}

/** Opens a file to read, and no link, whatever took its place since it was listed. @throws `ELOOP` for a link, and what `stickFaultOf` knows */
export function openToRead(path: string): Promise<FileHandle> {
  // Windows has no such flag; there a link on a FAT stick cannot be.
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
}

/** Removes what an interrupted export left, and, when `before` is given, the sender's whole parcels of lower serials: the newer one holds what they did. @throws what `stickFaultOf` knows */
export async function tidy(folder: string, of: { sender: MachineId; receiver: MachineId }, before = 0): Promise<void> {
  const own = new RegExp(`^${parcelPrefix(of)}-(\\d{6,15})-\\d+\\.age(\\.part)?$`);
  for (const name of await readdir(folder)) {
    const match = own.exec(name);
    if (match !== null && (match[2] !== undefined || Number(match[1]) < before)) await rm(join(folder, name), { force: true });
  }
}

/** Makes the names in a folder durable. Windows cannot, and FAT there writes through. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
