import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesOn, roomOn } from '../../../courier/stick.ts';
import type { StickView } from '../../../domain/contracts/caretaker.ts';

/** Finds the sticks that are in the machine now, by their folders' names. */
export type FindSticks = () => Promise<StickView[]>;

/**
 * The mounted folders below one folder. A folder on the same device as its parent is an empty place where a stick was or will be: what is written there
 * would stay in the machine. A stick that goes while it is looked at is left out.
 */
export function sticksBelow(mounts: string, isMounted: (folder: string) => Promise<boolean> = (folder) => isOtherDevice(folder, mounts)): FindSticks {
  return async () => {
    const names = await readdir(mounts, { withFileTypes: true }).then((entries) => entries.filter((entry) => entry.isDirectory()).map(({ name }) => name), () => []);
    const found = await Promise.all(names.toSorted((left, right) => (left < right ? -1 : 1)).map(async (name) => {
      const folder = join(mounts, name);
      try {
        return (await isMounted(folder)) ? [{ stick: name, free: await roomOn(folder), parcels: (await filesOn(folder, '.age')).length }] : [];
      } catch {
        return [];
      }
    }));
    return found.flat();
  };
}

async function isOtherDevice(folder: string, mounts: string): Promise<boolean> {
  return (await stat(folder)).dev !== (await stat(mounts)).dev;
}
