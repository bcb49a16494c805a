import type { Hash } from '../../domain/ids.ts';
import type { Ground } from '../ground.ts';

/**
 * Of these sealed files, those the hall lacks. A file is known by its hash alone: one whose case is not here yet is missing all the same, so that a
 * terminal never lets go of a page too early.
 */
export async function missingBlobs(ground: Ground, blobs: readonly { hash: Hash }[]): Promise<Hash[]> {
  const asked = [...new Set(blobs.map(({ hash }) => hash))];
  if (asked.length === 0) return [];
  const rows = await ground.db.read.selectFrom('blob').select('hash').where('division', '=', ground.division).where('hash', 'in', asked).execute();
  const here = new Set<string>(rows.map(({ hash }) => hash));
  return asked.filter((hash) => !here.has(hash));
}
