import { lstat, open, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { MOST_FILE_BYTES } from '../../domain/material/picture-header.ts';

/** Deeper folders and more files than a person looks through on a screen are left out. */
const DEEPEST = 3;
const MOST_FILES = 200;
/** Entries looked at, so that a stick of a million empty files ends as well. */
const MOST_ENTRIES = 5000;

const TYPES: Readonly<Record<string, 'picture' | 'pdf'>> = { '.jpg': 'picture', '.jpeg': 'picture', '.png': 'picture', '.pdf': 'pdf' };

/** A file of a citizen's own stick, as a list shows it. What it truly is, is seen when it is opened. @property path where it lies; never told to the window */
export type StickFile = { name: string; type: 'picture' | 'pdf'; size: number; path: string };

/**
 * The pictures and papers on the sticks below a folder, by name. Links are not followed, devices and pipes not opened, and nothing is ever written there.
 * @returns null: no stick is in the machine
 */
export async function filesOnSticks(mounts: string): Promise<StickFile[] | null> {
  const sticks = await readdir(mounts, { withFileTypes: true }).then((entries) => entries.filter((entry) => entry.isDirectory()), () => []);
  if (sticks.length === 0) return null;
  const found: StickFile[] = [];
  let left = MOST_ENTRIES;
  const open = sticks.map(({ name }) => ({ folder: join(mounts, name), depth: 1 }));
  for (let next = open.shift(); next !== undefined && found.length < MOST_FILES && left > 0; next = open.shift()) {
    const { folder, depth } = next;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      left -= 1;
      if (found.length >= MOST_FILES || left <= 0) break;
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name.startsWith('$')) continue;
      if (entry.isDirectory() && depth < DEEPEST) open.push({ folder: path, depth: depth + 1 });
      const type = TYPES[extname(entry.name).toLowerCase()];
      if (type === undefined || !entry.isFile()) continue;
      const size = await lstat(path).then((file) => file.size, () => 0);
      if (size > 0) found.push({ name: entry.name, type, size, path });
    }
  }
  return found.toSorted((one, two) => one.name.localeCompare(two.name, 'zh-CN'));
}

/** A file's bytes; null when the stick was pulled out, or it is larger than any file that is taken. */
export async function readStickFile({ path }: StickFile): Promise<Uint8Array | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const stat = await handle.stat();
    if (!stat.isFile() || stat.size > MOST_FILE_BYTES) return null;
    // Read to the size that it said: a file that grows meanwhile is cut off.
    const bytes = new Uint8Array(stat.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    return bytes;
  } catch {
    return null;
  } finally {
    await handle.close().catch(() => undefined);
  }
}
