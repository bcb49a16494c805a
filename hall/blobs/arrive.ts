import type { CaseId, Hash } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { BlobStore } from './store.ts';

/** Size of a sealed file as a case that was handed in at `machine` names it; null when none does. Only named files are taken, whichever road they come by. */
export async function namedSize(ground: Ground, file: { machine: string; case: CaseId; hash: Hash }): Promise<number | null> {
  const row = await ground.db.read.selectFrom('case_blob')
    .innerJoin('case_view', (join) => join.onRef('case_view.division', '=', 'case_blob.division').onRef('case_view.id', '=', 'case_blob.case_id'))
    .select('case_blob.size')
    .where('case_blob.division', '=', ground.division).where('case_blob.case_id', '=', file.case).where('case_blob.hash', '=', file.hash).where('case_view.machine', '=', file.machine).executeTakeFirst();
  return row?.size ?? null;
}

/** Moves a whole sealed file in and remembers that it is here; other bytes than `hash` says are thrown away. */
export async function keepBlob(ground: Ground, store: BlobStore, file: { machine: string; path: string; hash: Hash }): Promise<Result<null, { kind: 'wrong-hash' }>> {
  const adopted = await store.adopt(file.path, file.hash);
  if (!adopted.ok) return adopted;
  const { size } = adopted.value;
  await ground.db.write((write) => write.insertInto('blob').values({ division: ground.division, hash: file.hash, size, received_at: nowOf(ground) }).onConflict((conflict) => conflict.doNothing()).execute());
  ground.log({ event: 'blob-stored', machine: file.machine, blob: file.hash, bytes: size });
  return ok(null);
}
