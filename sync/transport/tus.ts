import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { failureOf, type Reply, send } from './request.ts';
import type { Answer, BlobUpload, CallOptions, TransportFailure, UploadOutcome } from './types.ts';

/**
 * A client of tus 1.0 (tus.io/protocols/resumable-upload): core protocol and creation extension. Metadata as the contract has it:
 * `hash` and `case`, base64. The hall checks the hash of the whole and refuses the last piece when it differs.
 */
const VERSION = '1.0.0';
/**
 * How long a piece in flight is waited for once a text waits, milliseconds. On a good line it is through by then; on a thin one giving it up
 * costs a new connection, about as long again, and what of it has reached the hall counts.
 */
const GRACE = 1500;
/** Pieces in a row that may get lost before the line counts as gone. */
const LOST_PIECES = 4;

type Road = { fetcher: typeof fetch; clock: Clock; endpoint: URL; bearer: string };

/** Sends what the hall has not got yet, in pieces as large as the governor lets them be. */
export async function uploadBlob(road: Road, blob: BlobUpload, options: CallOptions): Answer<UploadOutcome> {
  const place = await placeOf(road, blob, options);
  if (!place.ok) return place;
  const { url } = place.value;
  let { offset } = place.value;
  let lost = 0;
  while (offset < blob.bytes.length) {
    if (blob.text.aborted) return ok('paused');
    const body = blob.bytes.slice(offset, offset + blob.governor.piece());
    const begun = road.clock.monotonic();
    const sent = await sendPiece(road, blob, { url, offset, body }, options);
    const took = road.clock.monotonic() - begun;
    const failure = sent.ok ? (sent.value.status === 204 ? null : failureOf(sent.value.status)) : sent.error;
    const arrived = sent.ok && failure === null ? offsetOf(sent.value) : null;
    if (failure === null && arrived !== null && arrived > offset && arrived <= blob.bytes.length) {
      blob.governor.arrived(arrived - offset, took);
      offset = arrived;
      lost = 0;
      if (offset < blob.bytes.length) await blob.governor.rest(took, blob.text);
      continue;
    }
    if (!sent.ok && blob.text.aborted) return ok('paused');
    const mayTryAgain = failure?.kind === 'unreachable' || failure?.kind === 'too-large' || (failure?.kind === 'protocol' && failure.status === 409);
    if (!mayTryAgain || lost >= LOST_PIECES || options.signal?.aborted === true) {
      // 404, 410 and the refusal of the whole: this upload leads nowhere, the next try begins anew.
      if (failure?.kind === 'protocol' && failure.status !== 409) await blob.keep(null);
      return err(failure ?? { kind: 'protocol', status: 204 });
    }
    lost += 1;
    blob.governor.lost();
    const known = await offsetAt(road, url, options);
    if (known.ok && known.value === null) {
      await blob.keep(null);
      return ok('unknown');
    }
    if (known.ok && known.value !== null) offset = known.value;
    else if (!known.ok && known.error.kind !== 'unreachable') return known;
  }
  return ok('complete');
}

/** One piece on its way. When a text waits it is given up after the grace: whoever asks for the offset learns how far it came. */
async function sendPiece(road: Road, { text }: BlobUpload, { url, offset, body }: { url: URL; offset: number; body: Uint8Array<ArrayBuffer> }, { signal }: CallOptions): Answer<Reply> {
  const given = new AbortController();
  let cancel = () => {};
  const hurry = () => {
    cancel = road.clock.after(GRACE, () => given.abort());
  };
  text.addEventListener('abort', hurry);
  try {
    const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
    return await call(road, { method: 'PATCH', url, headers, body, signal: signal === undefined ? given.signal : AbortSignal.any([given.signal, signal]) });
  } finally {
    cancel();
    text.removeEventListener('abort', hurry);
  }
}

/** Where the upload goes on: at the place of an earlier try, else at a new one. */
async function placeOf(road: Road, blob: BlobUpload, options: CallOptions): Answer<{ url: URL; offset: number }> {
  if (blob.begun !== null) {
    const url = new URL(blob.begun, road.endpoint);
    const offset = await offsetAt(road, url, options);
    if (!offset.ok) return offset;
    if (offset.value !== null) return ok({ url, offset: offset.value });
    await blob.keep(null);
  }
  const metadata = [['hash', blob.hash], ['case', blob.case]].map(([name, value]) => `${name} ${Buffer.from(value ?? '').toString('base64')}`).join(',');
  const made = await call(road, { method: 'POST', url: road.endpoint, headers: { 'upload-length': String(blob.bytes.length), 'upload-metadata': metadata }, ...options });
  if (!made.ok) return made;
  const location = made.value.headers.get('location');
  if (made.value.status !== 201) return err(failureOf(made.value.status));
  if (location === null) return err({ kind: 'protocol', status: 201 });
  // Behind a proxy the hall may not know its own scheme and host: only the path counts, and the token goes nowhere else.
  const { pathname, search } = new URL(location, road.endpoint);
  await blob.keep(pathname + search);
  return ok({ url: new URL(pathname + search, road.endpoint), offset: 0 });
}

/** How many bytes the hall has; null when it knows nothing of this upload. */
async function offsetAt(road: Road, url: URL, options: CallOptions): Answer<number | null> {
  const reply = await call(road, { method: 'HEAD', url, ...options });
  if (!reply.ok) return reply;
  if (reply.value.status === 404 || reply.value.status === 410) return ok(null);
  if (reply.value.status < 200 || reply.value.status > 299) return err(failureOf(reply.value.status));
  const offset = offsetOf(reply.value);
  return offset === null ? err({ kind: 'protocol', status: reply.value.status }) : ok(offset);
}

function offsetOf(reply: Reply): number | null {
  const text = reply.headers.get('upload-offset') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function call(road: Road, request: { method: string; url: URL; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer>; signal?: AbortSignal }): Promise<Result<Reply, TransportFailure>> {
  const { headers = {}, ...rest } = request;
  return send(road.fetcher, road.clock, { ...rest, headers: { 'tus-resumable': VERSION, authorization: `Bearer ${road.bearer}`, ...headers } });
}
