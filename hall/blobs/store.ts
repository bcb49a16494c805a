import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Hash } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { syncDirectory } from '../db/journal.ts';

/** Sealed files on disk, each under the SHA-256 of its bytes: `<folder>/ab/abcd…`. Sealed by the terminal; nothing is opened here. */
export type BlobStore = {
  /** Moves a finished upload in, if its bytes are what `hash` says; otherwise the upload is removed. On disk for good when it resolves. */
  adopt(path: string, hash: Hash): Promise<Result<{ size: number }, { kind: 'wrong-hash' }>>;
  /** The sealed bytes, or null when they are not here. */
  read(hash: Hash): Promise<Uint8Array | null>;
};

/** Where a sealed file lies. */
export function blobPlace(folder: string, hash: Hash): string {
  return join(folder, hash.slice(0, 2), hash);
}

export function createBlobStore(folder: string): BlobStore {
  const placeOf = (hash: Hash) => blobPlace(folder, hash);
  /** A terminal that asks again while its upload is moved in gets the same outcome. */
  const moving = new Map<string, ReturnType<BlobStore['adopt']>>();

  async function moveIn(path: string, hash: Hash): ReturnType<BlobStore['adopt']> {
    if ((await hashFile(path)) !== hash) {
      await rm(path, { force: true });
      return err({ kind: 'wrong-hash' });
    }
    const place = placeOf(hash);
    const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    // A new folder's name is in the one above it, up to the first that was there before.
    if (made !== undefined) for (const above of [folder, dirname(folder)]) await syncDirectory(above);
    const { size } = await stat(path);
    await syncFile(path);
    await move(path, place);
    await syncDirectory(dirname(place));
    return ok({ size });
  }

  return {
    adopt(path, hash) {
      const begun = moving.get(path) ?? moveIn(path, hash).finally(() => moving.delete(path));
      moving.set(path, begun);
      return begun;
    },
    async read(hash) {
      try {
        return new Uint8Array(await readFile(placeOf(hash)));
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
        throw cause;
      }
    },
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Uploads and blobs may lie on different disks, where a rename cannot reach. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EXDEV')) throw cause;
    await copyFile(from, `${to}.new`);
    await syncFile(`${to}.new`);
    await rename(`${to}.new`, to);
    await rm(from);
  }
}
