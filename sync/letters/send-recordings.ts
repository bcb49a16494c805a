import type { CaseId, Hash } from '../../domain/ids.ts';
import type { Governor } from '../blobs/governor.ts';
import type { TransportFailure } from '../transport/types.ts';
import type { Run } from '../types.ts';

/**
 * Sends the recordings of letters that the hall has, behind every page of a case, in the same resumable pieces. One counts as arrived when the hall no longer misses it.
 * @param text aborted when a text waits
 */
export async function sendRecordings(run: Run, governor: Governor, text: AbortSignal): Promise<TransportFailure | null> {
  const { recordings } = run.store.letters;
  const waiting = await recordings.waiting(false);
  if (waiting.length === 0) return null;
  const settled = await settle(run, waiting);
  if (!settled.ok) return settled.error;
  for (const { letter, hash, upload } of waiting) {
    const bytes = settled.value.has(hash) ? await recordings.sealed(letter) : null;
    if (bytes === null) continue;
    const answer = await run.transport.upload({ case: letter as CaseId, hash, bytes, begun: upload, governor, text, keep: (begun) => recordings.uploadBegun(letter, begun) }, { signal: run.signal });
    if (answer.ok && answer.value === 'paused') return null;
    if (!answer.ok && answer.error.kind === 'unreachable') return answer.error;
    if (!answer.ok) run.log({ event: 'blob-not-taken', case: letter as CaseId, blob: hash });
  }
  const sent = await settle(run, waiting);
  return sent.ok ? null : sent.error;
}

/** Lets go of those that are there. @returns those that the hall lacks */
async function settle(run: Run, waiting: readonly { letter: string; hash: Hash }[]): Promise<{ ok: true; value: Set<Hash> } | { ok: false; error: TransportFailure }> {
  const answer = await run.transport.missingBlobs(waiting.map(({ letter, hash }) => ({ case: letter as CaseId, hash })), { signal: run.signal });
  if (!answer.ok) return answer;
  const missing = new Set(answer.value.missing);
  for (const { letter, hash } of waiting) if (!missing.has(hash)) await run.store.letters.recordings.arrived(letter, hash);
  return { ok: true, value: missing };
}
