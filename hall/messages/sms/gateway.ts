import { z } from 'zod';
import type { AskOutcome, SendOutcome } from '../../../domain/messages/sms.ts';
import type { Clock } from '../../../domain/time.ts';

/** What a text is to a gateway. `id` is the hall's own: the gateway takes one id once. */
export type OutgoingSms = { id: string; phone: string; text: string };

/** A company or office that sends texts. Neither call throws: what went wrong is an outcome, and "it may have gone out" is one of its own. */
export type SmsGateway = { send(sms: OutgoingSms): Promise<SendOutcome>; ask(id: string): Promise<AskOutcome> };

/** How long a gateway is waited for, milliseconds. Well under the lease of a text (`sweep.ts`). */
export const PATIENCE = 15_000;

const Code = z.string().regex(/^[a-z0-9-]{1,40}$/);
const SendAnswer = z.object({ state: z.literal('accepted') });
const RefusedAnswer = z.object({ state: z.literal('refused'), code: Code });
const AskAnswer = z.discriminatedUnion('state', [z.object({ state: z.enum(['accepted', 'delivered', 'never-had']) }), z.object({ state: z.literal('failed'), code: Code })]);

/** Failures before a connection stood: nothing can have gone out. */
const NOT_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * A gateway behind HTTP with JSON (`docs/messages.md`): `POST URL/messages {id, phone, text}` and `GET URL/messages/ID`, with a bearer key.
 * Only an answer in the protocol's own words counts: a proxy's 404 is no word that a text never came.
 */
export function createHttpGateway({ url, key, clock }: { url: string; key: string; clock: Pick<Clock, 'after'> }): SmsGateway {
  const base = url.replace(/\/$/, '');
  async function call(path: string, init: { method: string; body?: string }): Promise<{ status: number; body: unknown } | 'unreachable' | 'unknown'> {
    const abort = new AbortController();
    const cancel = clock.after(PATIENCE, () => abort.abort());
    try {
      const answer = await fetch(base + path, { ...init, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, signal: abort.signal, redirect: 'error' });
      return { status: answer.status, body: parse(await answer.text()) };
    } catch (cause) {
      return NOT_CONNECTED.has(connectCode(cause)) ? 'unreachable' : 'unknown';
    } finally {
      cancel();
    }
  }
  return {
    async send(sms) {
      const answer = await call('/messages', { method: 'POST', body: JSON.stringify(sms) });
      if (typeof answer === 'string') return { kind: answer };
      if (SendAnswer.safeParse(answer.body).success) return { kind: 'accepted' };
      const refused = RefusedAnswer.safeParse(answer.body);
      if (!refused.success) return { kind: 'unknown' };
      return { kind: 'refused', code: refused.data.code, again: answer.status === 429 || answer.status >= 500 || answer.status === 401 || answer.status === 403 };
    },
    async ask(id) {
      const answer = await call(`/messages/${encodeURIComponent(id)}`, { method: 'GET' });
      if (typeof answer === 'string') return { kind: 'unreachable' };
      const said = AskAnswer.safeParse(answer.body);
      if (!said.success) return { kind: 'unreachable' };
      return said.data.state === 'failed' ? { kind: 'failed', code: said.data.code } : { kind: said.data.state };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** undici puts the system's error behind its own. */
function connectCode(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : null;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
}
