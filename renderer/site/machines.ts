/** The road to the machines of the site: the site's contract over HTTP, with the token of whoever is signed in. */
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { HEARTBEAT_MS, type SiteAbout, siteContract } from '../../domain/contracts/site.ts';
import { ulid } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';

export type Site = JsonifiedClient<ContractRouterClient<typeof siteContract>>;
export type About = SiteAbout;

/** Where a machine's API begins, behind its origin. */
const API = '/site/api';
/** Longest that one machine is waited for before the next one is asked, milliseconds: it answers within a second while the machines agree, and choosing a new leader takes two or three. */
export const PATIENCE = 6000;

/**
 * - `away`: no answer, or none that says what became of it.
 * - `signed-out`: the token is over.
 * - `not-allowed`: the role may not.
 * - `broken`: the machine does not understand this page: they are of two versions.
 */
export type CallFailure = { kind: 'away' | 'signed-out' | 'not-allowed' | 'broken' };

/** Marks a request that got no answer, so that a fault in our own code is never mistaken for it. */
class NoAnswer extends Error {}

/** @param token of whoever is signed in; null: nobody */
export function createSites(token: () => string | null): (origin: string) => Site {
  const made = new Map<string, Site>();
  return (origin) => {
    const kept = made.get(origin);
    if (kept !== undefined) return kept;
    const site: Site = createORPCClient(new OpenAPILink(siteContract, {
      url: `${origin}${API}`,
      headers() {
        const held = token();
        return held === null ? {} : { authorization: `Bearer ${held}` };
      },
      async fetch(request, init) {
        // Patience is for the head of the answer: a line goes on for hours, and its own watch looks at it.
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), PATIENCE);
        try {
          return await fetch(request, { ...init, credentials: 'omit', cache: 'no-store', signal: AbortSignal.any([request.signal, patience.signal]) });
        } catch {
          throw new NoAnswer();
        } finally {
          clearTimeout(timer);
        }
      },
    }));
    made.set(origin, site);
    return site;
  };
}

/** Awaits a call and turns the ways it can fail into values. */
export async function answerOf<Value>(call: Promise<Value>): Promise<Result<Value, CallFailure>> {
  try {
    return ok(await call);
  } catch (cause) {
    return err(failureOf(cause));
  }
}

/** What a call threw, as a value. A fault of our own is thrown on. */
export function failureOf(cause: unknown): CallFailure {
  if (cause instanceof NoAnswer) return { kind: 'away' };
  if (cause instanceof ORPCError) return { kind: failureOfStatus(cause.status) };
  // A body that ends in the middle: the machine died while it spoke.
  if (cause instanceof TypeError || cause instanceof DOMException) return { kind: 'away' };
  throw cause;
}

/** What an HTTP status means to a counter. */
export function failureOfStatus(status: number): CallFailure['kind'] {
  if (status === 401) return 'signed-out';
  if (status === 403) return 'not-allowed';
  return status === 429 || status >= 500 ? 'away' : 'broken';
}

/** Asks one machine after the other, each once, until one answers. */
export async function askAround<Value>(origins: readonly string[], ask: (origin: string) => Promise<Value>): Promise<{ answer: Result<Value, CallFailure>; origin: string }> {
  let last: { answer: Result<Value, CallFailure>; origin: string } = { answer: err({ kind: 'away' }), origin: origins[0] ?? '' };
  for (const origin of origins) {
    last = { answer: await answerOf(ask(origin)), origin };
    if (last.answer.ok || last.answer.error.kind !== 'away') break;
  }
  return last;
}

/** A machine from which nothing came for so long is gone, milliseconds. */
export const SILENCE = 2 * HEARTBEAT_MS;

/** Of a wish. */
export function newId(): string {
  return ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
