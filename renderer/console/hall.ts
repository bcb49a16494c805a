/** The road to the hall: same origin, session cookie, the console's contract over HTTP. */
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { consoleContract } from '../../domain/contracts/console.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** Longest a clerk waits before the hall counts as away: a case with a hundred pages answers in well under a second on a county line. */
const PATIENCE = 20_000;

export type Hall = JsonifiedClient<ContractRouterClient<typeof consoleContract>>;

/**
 * - `away`: no answer. Whether a deed was done is not known.
 * - `signed-out`: the session ended.
 * - `not-allowed`: the role may not.
 * - `broken`: the hall answered with an error of its own.
 */
export type CallFailure = { kind: 'away' | 'signed-out' | 'not-allowed' | 'broken' };

/** Marks a request that got no answer, so that a fault in our own code is never mistaken for it. */
class NoAnswer extends Error {}

export function createHall(origin: string): Hall {
  return createORPCClient(new OpenAPILink(consoleContract, {
    url: `${origin}/console/api`,
    async fetch(request, init) {
      try {
        return await fetch(request, { ...init, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE)]) });
      } catch {
        throw new NoAnswer();
      }
    },
  }));
}

/** Awaits a call and turns the ways it can fail into values. */
export async function answerOf<Value>(call: Promise<Value>): Promise<Result<Value, CallFailure>> {
  try {
    return ok(await call);
  } catch (cause) {
    if (cause instanceof NoAnswer) return err({ kind: 'away' });
    if (cause instanceof ORPCError) return err({ kind: failureOfStatus(cause.status) });
    throw cause;
  }
}

/** What an HTTP status means to a clerk. A proxy that says 502 to 504 stands before a hall that is away. */
export function failureOfStatus(status: number): CallFailure['kind'] {
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-allowed';
  return status >= 502 && status <= 504 ? 'away' : 'broken';
}

/** Where the browser reads a page of a material. */
export function blobAddress(id: string, hash: string): string {
  return `/console/api/blobs/${id}/${hash}`;
}

/** Where the browser sends a page that a window scanned. */
export function scanAddress(id: string): string {
  return `/console/api/scans/${id}`;
}
