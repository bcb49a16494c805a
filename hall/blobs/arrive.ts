import { MessageAudio } from '../../domain/contracts/messages.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { namedFile } from '../cases/files.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { BlobStore } from './store.ts';

/** Size of a sealed file as a case that was handed in, or a message that was written, at `machine` names it; null when none does. Only named files are taken, whichever road they come by. */
export async function namedSize(ground: Ground, file: { machine: string; case: CaseId; hash: Hash }): Promise<number | null> {
  const { db: { read }, division } = ground;
  const owned = await read.selectFrom('case_view').select('id').where('division', '=', division).where('id', '=', file.case).where('machine', '=', file.machine).executeTakeFirst();
  if (owned !== undefined) return (await namedFile(read, division, file.case, file.hash))?.size ?? null;
  const spoken = await read.selectFrom('message').select('audio').where('division', '=', division).where('id', '=', file.case).where('machine', '=', file.machine).where('audio', 'is not', null).executeTakeFirst();
  const audio = spoken?.audio == null ? null : MessageAudio.parse(JSON.parse(spoken.audio));
  return audio?.hash === file.hash ? audio.size : null;
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
