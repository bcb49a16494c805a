import type { Clock } from '../../domain/time.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { TransportFailure } from './types.ts';

/**
 * Longest wait for an answer whose request has no body, milliseconds: on a line that loses every third packet, name look-up,
 * TCP and TLS need some ten round trips, of which several are sent again after seconds.
 */
export const ANSWER_WITHIN = 45_000;
/** Slowest line that still counts as one: 16 kbit/s, in bytes a millisecond. A body may take as long as this line needs for it. */
const SLOWEST = 2;
/** No request may take longer than this, milliseconds: something on the way holds it. */
const LONGEST = 15 * 60_000;

export type Request = { method: string; url: URL; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer>; signal?: AbortSignal };
export type Reply = { status: number; headers: Headers; text: string };

/** One HTTP request with a time limit. Only a lost or missing line is an error here; what a status means is the caller's. */
export async function send(fetcher: typeof fetch, clock: Clock, { method, url, headers = {}, body, signal }: Request): Promise<Result<Reply, { kind: 'unreachable' }>> {
  const limit = new AbortController();
  const size = body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const cancel = clock.after(Math.min(LONGEST, ANSWER_WITHIN + size / SLOWEST), () => limit.abort());
  try {
    const answer = await fetcher(url, {
      method,
      headers,
      signal: signal === undefined ? limit.signal : AbortSignal.any([limit.signal, signal]),
      redirect: 'error',
      ...(body === undefined ? {} : { body }),
    });
    return ok({ status: answer.status, headers: answer.headers, text: await answer.text() });
  } catch (cause) {
    if (isLostLine(cause)) return err({ kind: 'unreachable' });
    throw cause;
  } finally {
    cancel();
  }
}

/** fetch rejects with a TypeError when the line fails and with the abort reason when we gave up; anything else is a bug. */
export function isLostLine(cause: unknown): boolean {
  return cause instanceof TypeError || (cause instanceof DOMException && (cause.name === 'AbortError' || cause.name === 'TimeoutError'));
}

/** What a status that is no success says. */
export function failureOf(status: number): TransportFailure {
  if (status === 401 || status === 403) return { kind: 'refused', status };
  if (status === 413) return { kind: 'too-large' };
  if (status === 408 || status === 429 || status >= 500) return { kind: 'server-fault', status };
  return { kind: 'protocol', status };
}
