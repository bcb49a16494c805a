import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from './seed.ts';

/** Disks write sectors whole (ATA and NVMe, the smaller of their sizes); a write of several may be torn between any two. */
const SECTOR = 512;
/** Memory that processes share while they run; SQLite makes it anew. */
const SHARED = /-shm$/;

/** One call that `disk.c` noted. */
export type DiskNote =
  | { kind: 'write'; inode: bigint; offset: number; bytes: Buffer }
  | { kind: 'truncate'; inode: bigint; size: number }
  | { kind: 'sync' | 'sync-directory'; inode: bigint }
  | { kind: 'create' | 'make-directory'; inode: bigint; path: string }
  | { kind: 'remove'; path: string }
  | { kind: 'rename'; from: string; to: string }
  /** Something was said to the world: what is durable now has to stay. */
  | { kind: 'said'; stream: number; text: string };

/** Compiles the library that is preloaded into a process, and answers the environment that turns it on; null without a C compiler. */
export function buildDiskNotes(): ((folder: string, notes: string) => NodeJS.ProcessEnv) | null {
  const library = join(mkdtempSync(join(tmpdir(), 'jinban-disk-')), 'disk.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, fileURLToPath(new URL('disk.c', import.meta.url)), '-ldl', '-lpthread'], { stdio: 'pipe' });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
  // io_uring would pass the library by.
  return (folder, notes) => ({ LD_PRELOAD: library, JINBAN_DISK_FOLDER: folder, JINBAN_DISK_NOTES: notes, UV_USE_IO_URING: '0' });
}

export function readDiskNotes(file: string): DiskNote[] {
  const all = readFileSync(file);
  const notes: DiskNote[] = [];
  for (let at = 0; at + 25 <= all.length; ) {
    const [first, second] = [all.readUInt32LE(at + 17), all.readUInt32LE(at + 21)];
    const body = at + 25;
    if (body + first + second > all.length) break;
    notes.push(noteOf(String.fromCharCode(all.readUInt8(at)), all.readBigUInt64LE(at + 1), Number(all.readBigUInt64LE(at + 9)), all.subarray(body, body + first), all.subarray(body + first, body + first + second)));
    at = body + first + second;
  }
  return notes;
}

function noteOf(letter: string, inode: bigint, offset: number, first: Buffer, second: Buffer): DiskNote {
  switch (letter) {
    case 'w': return { kind: 'write', inode, offset, bytes: first };
    case 't': return { kind: 'truncate', inode, size: offset };
    case 'f': return { kind: 'sync', inode };
    case 'd': return { kind: 'sync-directory', inode };
    case 'c': return { kind: 'create', inode, path: first.toString() };
    case 'm': return { kind: 'make-directory', inode, path: first.toString() };
    case 'u': return { kind: 'remove', path: first.toString() };
    case 'r': return { kind: 'rename', from: first.toString(), to: second.toString() };
    case 's': return { kind: 'said', stream: Number(inode), text: first.toString() };
    default: throw new Error(`a note of an unknown kind: ${letter}`);
  }
}

type Change = { kind: 'write'; offset: number; bytes: Buffer } | { kind: 'truncate'; size: number };
type File = { durable: Buffer; pending: Change[] };
type Name = { path: string; to: bigint | 'directory' | null };
type Entry = bigint | 'directory';

/**
 * A disk that is told what a process did. Strict as POSIX is: bytes stay from the file's fsync on, a name from its directory's.
 * `powerFails` lays out what a disk would hold if the power failed now; it may be asked at any moment and changes nothing.
 */
export type Disk = {
  take(note: DiskNote): void;
  /**
   * @param survive null: nothing that was not synced is there. Otherwise any of it may be: of the names the first ones, as a journal
   *   has them, of the writes any sectors.
   */
  powerFails(target: string, survive: Random | null): void;
};

/** @param folder as the noted process knew it; it was empty and is on the disk itself */
export function createDisk(folder: string): Disk {
  const files = new Map<bigint, File>();
  const directories = new Map<bigint, string>();
  const durableNames = new Map<string, Entry>([[folder, 'directory']]);
  const currentNames = new Map<string, Entry>(durableNames);
  let pendingNames: Name[][] = [];

  function rename(changes: Name[]): void {
    for (const change of changes) setName(currentNames, change);
    pendingNames.push(changes);
  }

  return {
    take(note) {
      switch (note.kind) {
        case 'create':
          files.set(note.inode, { durable: Buffer.alloc(0), pending: [] });
          return rename([{ path: note.path, to: note.inode }]);
        case 'make-directory':
          directories.set(note.inode, note.path);
          return note.path === folder ? undefined : rename([{ path: note.path, to: 'directory' }]);
        case 'remove':
          return rename([{ path: note.path, to: null }]);
        case 'rename':
          return rename([{ path: note.from, to: null }, { path: note.to, to: currentNames.get(note.from) ?? null }]);
        case 'write':
          return void files.get(note.inode)?.pending.push({ kind: 'write', offset: note.offset, bytes: note.bytes });
        case 'truncate':
          return void files.get(note.inode)?.pending.push({ kind: 'truncate', size: note.size });
        case 'sync': {
          const file = files.get(note.inode);
          if (file === undefined) return;
          file.durable = changed(file.durable, file.pending);
          file.pending = [];
          return;
        }
        case 'sync-directory': {
          const path = directories.get(note.inode) ?? folder;
          const isHere = (changes: Name[]) => changes.some((change) => dirname(change.path) === path);
          for (const change of pendingNames.filter(isHere).flat()) setName(durableNames, change);
          pendingNames = pendingNames.filter((changes) => !isHere(changes));
          return;
        }
        case 'said':
          return;
      }
    },
    powerFails(target, survive) {
      const names = new Map(durableNames);
      const kept = survive === null ? 0 : survive.between(0, pendingNames.length);
      for (const change of pendingNames.slice(0, kept).flat()) setName(names, change);
      const chance = survive?.pick([0.1, 0.5, 0.9]) ?? 0;
      for (const [path, entry] of [...names].sort(([one], [two]) => (one < two ? -1 : 1))) {
        const place = join(target, path.slice(folder.length));
        if (entry === 'directory') {
          if (isReachable(names, path, folder)) mkdirSync(place, { recursive: true, mode: 0o700 });
          continue;
        }
        const file = files.get(entry);
        if (file === undefined || SHARED.test(path) || !isReachable(names, path, folder)) continue;
        const changes = survive === null ? [] : file.pending.flatMap((change) => surviving(change, survive, chance));
        writeFileSync(place, changed(file.durable, changes), { mode: 0o600 });
      }
    },
  };
}

function setName(names: Map<string, Entry>, { path, to }: Name): void {
  if (to === null) names.delete(path);
  else names.set(path, to);
}

/** A name counts only when every directory above it does. */
function isReachable(names: ReadonlyMap<string, Entry>, path: string, folder: string): boolean {
  for (let above = dirname(path); above.length > folder.length; above = dirname(above)) if (!names.has(above)) return false;
  return true;
}

/** The sectors of a write that reached the disk. */
function surviving(change: Change, random: Random, chance: number): Change[] {
  if (change.kind === 'truncate') return random.next() < chance ? [change] : [];
  const parts: Change[] = [];
  for (let from = change.offset; from < change.offset + change.bytes.length; ) {
    const to = Math.min(change.offset + change.bytes.length, (Math.floor(from / SECTOR) + 1) * SECTOR);
    if (random.next() < chance) parts.push({ kind: 'write', offset: from, bytes: change.bytes.subarray(from - change.offset, to - change.offset) });
    from = to;
  }
  return parts;
}

function changed(before: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return before;
  const most = changes.reduce((size, change) => Math.max(size, change.kind === 'write' ? change.offset + change.bytes.length : change.size), before.length);
  const bytes = Buffer.alloc(most);
  before.copy(bytes);
  let length = before.length;
  for (const change of changes) {
    if (change.kind === 'write') {
      change.bytes.copy(bytes, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
      continue;
    }
    if (change.size < length) bytes.fill(0, change.size, length);
    length = change.size;
  }
  return bytes.subarray(0, length);
}
