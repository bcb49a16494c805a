/** The road to the hall: same origin, session cookie, the console's contract over HTTP. */
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type ConsoleCall, consoleContract } from '../../domain/contracts/console.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { DEED_HEADER } from '../../domain/staff/deeds.ts';
import { type Away, awayOf, type Repeats } from './repeats.ts';

/** Longest a clerk waits before the hall counts as away: a case with a hundred pages answers in well under a second on a county line. */
const PATIENCE = 20_000;

export type Hall = JsonifiedClient<ContractRouterClient<typeof consoleContract>>;

/**
 * - `away`: no answer. Whether a deed was done is not known.
 * - `signed-out`: the session ended.
 * - `not-allowed`: the role may not.
 * - `too-fast`: so many calls came from this address that the hall did not look at this one.
 * - `broken`: the hall answered with an error of its own.
 */
export type CallFailure = { kind: 'away'; why: Away } | { kind: 'signed-out' | 'not-allowed' | 'too-fast' | 'broken' };

/** Marks a request that got no answer, so that a fault in our own code is never mistaken for it. */
class NoAnswer extends Error {
  readonly why: Away;

  constructor(why: Away) {
    super();
    this.why = why;
  }
}

/** @param repeats sends again what is done once; a call that only asks is not sent again */
export function createHall(origin: string, repeats: Repeats): Hall {
  return createORPCClient(new OpenAPILink(consoleContract, {
    url: `${origin}/console/api`,
    headers(_options, [call = ''], input) {
      const id = repeats.idOf(call as ConsoleCall, input);
      return id === null ? {} : { [DEED_HEADER]: id };
    },
    async fetch(request, init) {
      const once = async () => {
        try {
          return await fetch(request.clone(), { ...init, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE)]) });
        } catch {
          return null;
        }
      };
      const id = request.headers.get(DEED_HEADER);
      const answer = id === null ? await once() : await repeats.send(id, once);
      const why = await awayOf(answer);
      if (answer === null || why !== null) throw new NoAnswer(why ?? 'no-answer');
      return answer;
    },
  }));
}

/** Awaits a call and turns the ways it can fail into values. */
export async function answerOf<Value>(call: Promise<Value>): Promise<Result<Value, CallFailure>> {
  try {
    return ok(await call);
  } catch (cause) {
    if (cause instanceof NoAnswer) return err({ kind: 'away', why: cause.why });
    if (cause instanceof ORPCError) return err({ kind: failureOfStatus(cause.status) });
    throw cause;
  }
}

/** What an HTTP status means to a clerk. */
export function failureOfStatus(status: number): Exclude<CallFailure['kind'], 'away'> {
  if (status === 401) return 'signed-out';
  if (status === 429) return 'too-fast';
  return status === 403 ? 'not-allowed' : 'broken';
}

/** Where the browser reads a page of a material. */
export function blobAddress(id: string, hash: string): string {
  return `/console/api/blobs/${id}/${hash}`;
}

/** Where the browser sends a page that a window scanned. */
export function scanAddress(id: string): string {
  return `/console/api/scans/${id}`;
}
