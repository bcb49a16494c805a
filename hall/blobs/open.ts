import type { CaseState } from '../../domain/case/types.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { unseal, unwrapKey } from '../../crypto/seal.ts';
import type { Ground } from '../ground.ts';
import type { BlobStore } from './store.ts';

/** `unknown`: no such case, or the case does not name the file. `not-here`: on its way. `cannot-open`: sealed under another key than the case's. */
export type OpenBlobFailure = { kind: 'unknown' | 'not-here' | 'cannot-open' };

/** Opens one sealed file of a case, in memory only. The case key and the file are both bound to the case's id. */
export async function openBlob(ground: Ground, store: BlobStore, id: CaseId, hash: Hash): Promise<Result<{ mediaType: string; bytes: Uint8Array }, OpenBlobFailure>> {
  const row = await ground.db.read.selectFrom('case_blob')
    .innerJoin('case_view', (join) => join.onRef('case_view.division', '=', 'case_blob.division').onRef('case_view.id', '=', 'case_blob.case_id'))
    .select(['case_blob.media_type', 'case_view.state'])
    .where('case_blob.division', '=', ground.division).where('case_blob.case_id', '=', id).where('case_blob.hash', '=', hash).executeTakeFirst();
  if (row === undefined) return err({ kind: 'unknown' });
  const sealed = await store.read(hash);
  if (sealed === null) return err({ kind: 'not-here' });
  const key = unwrapKey(ground.wrapping, id, (JSON.parse(row.state) as CaseState).handedIn.caseKey);
  const opened = key.ok ? unseal(key.value, id, sealed) : key;
  return opened.ok ? ok({ mediaType: row.media_type, bytes: opened.value }) : opened;
}
