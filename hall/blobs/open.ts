import type { CaseState } from '../../domain/case/types.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { unseal, unwrapKey } from '../../crypto/seal.ts';
import type { Scope } from '../../domain/staff/scope.ts';
import { namedFile } from '../cases/files.ts';
import { withinScope } from '../cases/scope.ts';
import type { Ground } from '../ground.ts';
import type { BlobStore } from './store.ts';

/** `unknown`: no such case, one outside of the scope, or the case does not name the file. `not-here`: on its way. `cannot-open`: sealed under another key than the case's. */
export type OpenBlobFailure = { kind: 'unknown' | 'not-here' | 'cannot-open' };

/** Opens one sealed file of a case, in memory only. The case key and the file are both bound to the case's id. */
export async function openBlob(ground: Ground, store: BlobStore, { id, hash, scope }: { id: CaseId; hash: Hash; scope: Scope }): Promise<Result<{ mediaType: string; bytes: Uint8Array }, OpenBlobFailure>> {
  const { db: { read }, division } = ground;
  const file = await namedFile(read, division, id, hash);
  const row = await read.selectFrom('case_view').select('state').where('division', '=', division).where('id', '=', id).where(withinScope(scope)).executeTakeFirst();
  if (row === undefined || file === null) return err({ kind: 'unknown' });
  const sealed = await store.read(hash);
  if (sealed === null) return err({ kind: 'not-here' });
  const key = unwrapKey(ground.wrapping, id, (JSON.parse(row.state) as CaseState).handedIn.caseKey);
  const opened = key.ok ? unseal(key.value, id, sealed) : key;
  return opened.ok ? ok({ mediaType: file.mediaType, bytes: opened.value }) : opened;
}
