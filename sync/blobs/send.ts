import type { Hash } from '../../domain/ids.ts';
import type { PendingBlob } from '../terminal-store/types.ts';
import type { TransportFailure, UploadOutcome } from '../transport/types.ts';
import type { Run } from '../types.ts';
import type { Governor } from './governor.ts';

/** Blobs asked about at once. */
const PAGE = 100;

/**
 * Sends the files of received actions. A blob counts as arrived when the hall no longer misses it, not when its last byte went out.
 * @param text aborted when a text waits: it goes before any picture
 */
export async function sendBlobs(run: Run, governor: Governor, text: AbortSignal): Promise<TransportFailure | null> {
  /** Sent or refused in this run, and not confirmed: not tried again before the next one. */
  const tried = new Set<Hash>();
  /** Sent in this run, wholly as far as is known, and still to be asked about. */
  let sent: PendingBlob[] = [];
  let fault: TransportFailure | null = null;
  for (;;) {
    const fresh = await run.store.blobs.pending(PAGE, tried);
    const asked = [...sent, ...fresh];
    if (asked.length === 0) return fault;
    const answer = await run.transport.missingBlobs(asked.map(({ case: id, reference }) => ({ case: id, hash: reference.hash })), { signal: run.signal });
    if (!answer.ok) return answer.error;
    const missing = new Set(answer.value.missing);
    for (const blob of asked) {
      if (missing.has(blob.reference.hash)) continue;
      await run.store.blobs.markUploaded(blob.case, [blob.reference.hash]);
      run.report.blobs += 1;
    }
    for (const blob of sent) if (missing.has(blob.reference.hash)) run.log({ event: 'blob-not-taken', case: blob.case, blob: blob.reference.hash });
    sent = [];
    for (const blob of fresh) {
      if (!missing.has(blob.reference.hash)) continue;
      tried.add(blob.reference.hash);
      const outcome = await sendOne(run, blob, governor, text);
      if (outcome === 'paused') return fault;
      if (outcome === 'complete' || outcome === 'unknown') sent.push(blob);
      else if (outcome.kind === 'unreachable') return outcome;
      else {
        // It may be about this one file: those behind it are sent all the same, and the run still counts as failed.
        run.log({ event: 'blob-not-taken', case: blob.case, blob: blob.reference.hash });
        fault = outcome;
      }
    }
  }
}

async function sendOne(run: Run, { case: id, reference, upload }: PendingBlob, governor: Governor, text: AbortSignal): Promise<UploadOutcome | TransportFailure> {
  const bytes = await run.store.blobs.sealed(id, reference.hash);
  if (bytes === null) throw new Error(`blob ${reference.hash} was listed and is not there`);
  const answer = await run.transport.upload({ case: id, hash: reference.hash, bytes, begun: upload, governor, text, keep: (begun) => run.store.blobs.uploadBegun(id, reference.hash, begun) }, { signal: run.signal });
  return answer.ok ? answer.value : answer.error;
}
