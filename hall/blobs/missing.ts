import type { Hash } from '../../domain/ids.ts';
import { filesHere } from '../cases/files.ts';
import type { Ground } from '../ground.ts';

/**
 * Of these sealed files, those the hall lacks. A file is known by its hash alone: one whose case is not here yet is missing all the same, so that a
 * terminal never lets go of a page too early.
 */
export async function missingBlobs(ground: Ground, blobs: readonly { hash: Hash }[]): Promise<Hash[]> {
  const asked = [...new Set(blobs.map(({ hash }) => hash))];
  const here = await filesHere(ground.db.read, ground.division, asked);
  return asked.filter((hash) => !here.has(hash));
}
