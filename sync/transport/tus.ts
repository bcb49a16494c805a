import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { failureOf, type Reply, send } from './request.ts';
import type { Answer, BlobUpload, CallOptions, TransportFailure, UploadOutcome } from './types.ts';

/**
 * A client of tus 1.0 (tus.io/protocols/resumable-upload): core protocol and creation extension. Metadata as the contract has it:
 * `hash` and `case`, base64. The hall checks the hash of the whole and refuses the last piece when it differs.
 */
const VERSION = '1.0.0';
/** First piece, bytes: four seconds on a line of 512 kbit/s, half a minute at 64. */
const FIRST_PIECE = 256 * 1024;
/** Smallest piece: below it headers outweigh the content on any line. */
const LEAST_PIECE = 16 * 1024;
/** Largest piece: a good line is not held back, and the body stays under what proxies take. */
const MOST_PIECE = 4 * 1024 * 1024;
/** Pieces in a row that may get lost before the line counts as gone. */
const LOST_PIECES = 4;

type Road = { fetcher: typeof fetch; clock: Clock; endpoint: URL; bearer: string };

/** Sends what the hall has not got yet. Pieces shrink when they get lost and grow when they arrive. */
export async function uploadBlob(road: Road, blob: BlobUpload, options: CallOptions): Answer<UploadOutcome> {
  const place = await placeOf(road, blob, options);
  if (!place.ok) return place;
  const { url } = place.value;
  let { offset } = place.value;
  let piece = FIRST_PIECE;
  let lost = 0;
  while (offset < blob.bytes.length) {
    if (blob.pause()) return ok('paused');
    const body = blob.bytes.slice(offset, offset + piece);
    const sent = await call(road, { method: 'PATCH', url, headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body, ...options });
    const failure = sent.ok ? (sent.value.status === 204 ? null : failureOf(sent.value.status)) : sent.error;
    const arrived = sent.ok && failure === null ? offsetOf(sent.value) : null;
    if (failure === null && arrived !== null && arrived > offset && arrived <= blob.bytes.length) {
      offset = arrived;
      piece = Math.min(MOST_PIECE, piece * 2);
      lost = 0;
      continue;
    }
    const mayTryAgain = failure?.kind === 'unreachable' || failure?.kind === 'too-large' || (failure?.kind === 'protocol' && failure.status === 409);
    if (!mayTryAgain || lost >= LOST_PIECES || options.signal?.aborted === true) {
      // 404, 410 and the refusal of the whole: this upload leads nowhere, the next try begins anew.
      if (failure?.kind === 'protocol' && failure.status !== 409) await blob.keep(null);
      return err(failure ?? { kind: 'protocol', status: 204 });
    }
    lost += 1;
    piece = Math.max(LEAST_PIECE, Math.floor(piece / 4));
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
