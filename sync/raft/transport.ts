import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ActionSigner, ActionVerifier } from '../../domain/action/types.ts';
import type { Hash, MachineId } from '../../domain/ids.ts';
import { codeOf, drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { WrappingKeyPair } from '../../crypto/seal.ts';
import { send } from '../transport/request.ts';
import { createReader, outgoingRoad, sealAnswer } from './envelope.ts';
import { type Group, groupHash, type Member, MOST_MEMBERS } from './group.ts';
import { createLane, type Lane } from './lane.ts';
import { Message, type RaftEvent, type RaftTransport, type Refusal } from './types.ts';

/** Bytes, in base64. `MOST_ENTRIES` values of `LARGEST_VALUE` characters that take three bytes each, and what stands around them. */
const LARGEST_MESSAGE = 3 * 1024 * 1024;
/** Each other machine has a connection for messages and one for questions, and for a moment two of each. */
const MOST_CONNECTIONS = MOST_MEMBERS * 4;
/** How often the same refusal is told, milliseconds. */
const TELL_EVERY = 60_000;
const PATH = '/raft';

/** @property sequence rises within a session, which is one life of the sender's transport */
const Envelope = z.strictObject({
  session: z.string().regex(/^[0-9a-f]{32}$/), sequence: z.int().min(1),
  content: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('message'), message: Message }), z.strictObject({ kind: z.literal('question'), question: z.unknown() })]),
});
type Envelope = z.infer<typeof Envelope>;

/** One list, as this machine takes part in it. */
export type SiteRoad = RaftTransport & {
  /** Asks another machine something that is nothing to Raft. Who hears no answer asks again: what is asked must be such that it may be heard twice. @param patience milliseconds */
  ask(to: MachineId, question: unknown, patience: number): Promise<Result<unknown, { kind: 'no-answer' }>>;
  /** @param answer to what another machine asks: JSON */
  onQuestion(answer: (from: MachineId, question: unknown) => Promise<unknown>): void;
  leave(): void;
};

/** Where a machine hears the others of its site, for all of its lists. */
export type SiteTransport = {
  port: number;
  /** Takes part in one list. What came before was nobody's. @throws Error when it does already */
  join(group: Group): SiteRoad;
  /** Idempotent. */
  close(): Promise<void>;
};

/** @property host the address of this machine that the others reach @property port 0: any @property random bytes */
export type SiteTransportSettings = {
  host: string; port: number; signer: ActionSigner; sealKeys: WrappingKeyPair; verifier: ActionVerifier; clock: Clock; random(count: number): Uint8Array; log(event: RaftEvent): void; fetch?: typeof fetch;
};

type Joined = { group: Group; hear: ((from: MachineId, message: Message) => void) | null; answer: ((from: MachineId, question: unknown) => Promise<unknown>) | null; heard: Map<string, number> };

/**
 * Messages over HTTP, each a POST of its own that is answered 204 or not at all: an answer of Raft's is a message back. A question is answered in place. Every one is sealed for its receiver and signed by its
 * sender (`envelope.ts`), and read only when the signature is that of the member it names. Plain `node:http`: one path, one method, and nobody speaks to it but machines.
 *
 * **An old message that somebody recorded and sends again** could not spoil the list: a vote is saved for its term, entries that a machine has are not taken twice, and what once matched in a term matches
 * for good. But a dead leader's heartbeat, sent on and on, would keep the others from electing another. So each sender counts, and what was heard before is refused. A machine that has just started has heard
 * nothing; there each recorded message works once more.
 */
export async function openSiteTransport(settings: SiteTransportSettings): Promise<Result<SiteTransport, { kind: 'cannot-listen'; code: string }>> {
  const { host, port, signer, sealKeys, verifier, clock, random, log, fetch: fetcher = fetch } = settings;
  const me = signer.machine;
  const session = Buffer.from(random(16)).toString('hex');
  const read = createReader(me, sealKeys, verifier);
  const joined = new Map<string, Joined>();
  const lanes = new Set<Lane>();
  const refused = new Map<Refusal, { toldAt: number; count: number }>();
  let sequence = 0;
  let closing: Promise<void> | null = null;

  function refuse(response: ServerResponse, why: Refusal): void {
    response.writeHead(why === 'too-large' ? 413 : 404, { connection: 'close' }).end();
    const before = refused.get(why);
    const count = (before?.count ?? 0) + 1;
    const tell = before === undefined || clock.monotonic() - before.toldAt >= TELL_EVERY;
    refused.set(why, tell ? { toldAt: clock.monotonic(), count: 0 } : { ...before, count });
    if (tell) log({ event: 'raft-message-refused', why, count });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const header = (name: string) => String(request.headers[`jinban-${name}`] ?? '');
    const at = joined.get(header('group'));
    if (request.method !== 'POST' || request.url !== PATH || at === undefined) return refuse(response, 'unknown-group');
    const sender = at.group.members.find(({ machine }) => machine === header('from'));
    if (sender === undefined || sender.machine === me) return refuse(response, 'unknown-sender');
    const body = await bodyOf(request);
    if (body === null) return refuse(response, 'too-large');
    const incoming = read(groupHash(at.group, signer), sender, { body, headers: { 'jinban-key': header('key'), 'jinban-signature': header('signature') } });
    if (typeof incoming === 'string') return refuse(response, incoming);
    const envelope = readEnvelope(incoming.text);
    if (envelope === null) return refuse(response, 'unreadable');
    const life = `${sender.machine} ${envelope.session}`;
    if (envelope.sequence <= (at.heard.get(life) ?? 0)) return refuse(response, 'replayed');
    at.heard.set(life, envelope.sequence);
    if (envelope.content.kind === 'question') {
      if (at.answer === null) return refuse(response, 'unknown-group');
      const said = await at.answer(sender.machine, envelope.content.question);
      response.writeHead(200, { 'content-type': 'text/plain' }).end(sealAnswer(incoming, envelope.sequence, JSON.stringify(said)));
      return;
    }
    if (closing === null) at.hear?.(sender.machine, envelope.content.message);
    response.writeHead(204).end();
  }

  const server = createServer({ maxHeaderSize: 4096, requestTimeout: 10_000, headersTimeout: 5000, keepAliveTimeout: 60_000 }, (request, response) => drop(answer(request, response)));
  server.maxConnections = MOST_CONNECTIONS;
  const listening = await new Promise<Result<null, { kind: 'cannot-listen'; code: string }>>((resolve) => {
    server.once('error', (cause) => resolve(err({ kind: 'cannot-listen', code: codeOf(cause) })));
    server.listen(port, host, () => resolve(ok(null)));
  });
  if (!listening.ok) return listening;

  /** @returns what goes to one member of one group */
  function towards(group: Hash, member: Member) {
    const road = outgoingRoad(group, signer, member);
    const url = new URL(PATH, member.address);
    const packed = (content: Envelope['content']) => {
      sequence += 1;
      return { sequence, ...road.pack(JSON.stringify({ session, sequence, content } satisfies Envelope)) };
    };
    const lane = createLane({ fetcher, clock, url, pack: (message: Message) => packed({ kind: 'message', message }) });
    lanes.add(lane);
    return { lane, async ask(question: unknown, patience: number): Promise<Result<unknown, { kind: 'no-answer' }>> {
      const limit = new AbortController();
      const cancel = clock.after(patience, () => limit.abort());
      const { sequence: asked, ...sending } = packed({ kind: 'question', question });
      const reply = await send(fetcher, clock, { method: 'POST', url, ...sending, signal: limit.signal });
      cancel();
      const text = reply.ok && reply.value.status === 200 ? road.openAnswer(reply.value.text, asked) : null;
      return text === null ? err({ kind: 'no-answer' }) : ok(JSON.parse(text) as unknown);
    } };
  }

  return ok({
    port: (server.address() as AddressInfo).port,
    join(group) {
      const hash = groupHash(group, signer);
      if (joined.has(hash)) throw new Error('a list that this machine takes part in is joined again');
      const entry: Joined = { group, hear: null, answer: null, heard: new Map() };
      const mine = new Map(group.members.filter(({ machine }) => machine !== me).map((member) => [member.machine, towards(hash, member)]));
      joined.set(hash, entry);
      return {
        send: (to, message) => mine.get(to)?.lane.send(message),
        onMessage(hear) {
          entry.hear = hear;
          return () => (entry.hear = null);
        },
        ask: (to, question, patience) => mine.get(to)?.ask(question, patience) ?? Promise.resolve(err({ kind: 'no-answer' })),
        onQuestion(answering) {
          entry.answer = answering;
        },
        leave() {
          joined.delete(hash);
          for (const { lane } of mine.values()) {
            lanes.delete(lane);
            drop(lane.close());
          }
        },
      };
    },
    close() {
      closing ??= (async () => {
        const ended = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await Promise.all([ended, ...[...lanes].map((lane) => lane.close())]);
      })();
      return closing;
    },
  });
}

/** null: larger than any message, or broken off. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? Infinity) > LARGEST_MESSAGE) return null;
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > LARGEST_MESSAGE) return null;
      pieces.push(piece);
    }
  } catch (cause) {
    // The sender went away, or was too slow: Node's own words for it.
    if (codeOf(cause) !== '') return null;
    throw cause;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function readEnvelope(body: string): Envelope | null {
  try {
    const read = Envelope.safeParse(JSON.parse(body));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
