import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ActionSigner, ActionVerifier } from '../../domain/action/types.ts';
import type { Hash, MachineId } from '../../domain/ids.ts';
import { codeOf, drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { type Group, groupHash } from './group.ts';
import { createLane, type Lane } from './lane.ts';
import { Message, type RaftEvent, type RaftTransport, type Refusal } from './types.ts';

/** Bytes. `MOST_ENTRIES` values of `LARGEST_VALUE` characters that take three bytes each, and what stands around them. */
const LARGEST_MESSAGE = 2 * 1024 * 1024;
/** A site has at most nine machines; each has a connection, and for a moment two. */
const MOST_CONNECTIONS = 24;
/** How often the same refusal is told, milliseconds. */
const TELL_EVERY = 60_000;
const PATH = '/raft';

/** @property sequence rises within a session, which is one life of the sender's transport */
const Envelope = z.strictObject({ session: z.string().regex(/^[0-9a-f]{32}$/), sequence: z.int().min(1), message: Message });
type Envelope = z.infer<typeof Envelope>;

/** Where a machine hears the others of its site, for all of its lists. */
export type SiteTransport = {
  port: number;
  /** Takes part in one list. What came before was nobody's. @throws Error when it does already */
  join(group: Group): RaftTransport & { leave(): void };
  /** Idempotent. */
  close(): Promise<void>;
};

/** @property host the address of this machine that the others reach @property port 0: any @property random bytes */
export type SiteTransportSettings = {
  host: string; port: number; signer: ActionSigner; verifier: ActionVerifier; clock: Clock; random(count: number): Uint8Array; log(event: RaftEvent): void; fetch?: typeof fetch;
};

type Joined = { group: Group; hear: ((from: MachineId, message: Message) => void) | null; heard: Map<string, number> };

/**
 * Messages over HTTP, each a POST of its own that is answered 204 or not at all: an answer of Raft's is a message back. Every one is signed by its sender and read only when the signature is that of the
 * member it names. Plain `node:http`: one path, one method, and nobody speaks to it but machines.
 *
 * **An old message that somebody recorded and sends again** could not spoil the list: a vote is saved for its term, entries that a machine has are not taken twice, and what once matched in a term matches
 * for good. But a dead leader's heartbeat, sent on and on, would keep the others from electing another. So each sender counts, and what was heard before is refused. A machine that has just started has heard
 * nothing; there each recorded message works once more.
 */
export async function openSiteTransport(settings: SiteTransportSettings): Promise<Result<SiteTransport, { kind: 'cannot-listen'; code: string }>> {
  const { host, port, signer, verifier, clock, random, log, fetch: fetcher = fetch } = settings;
  const me = signer.machine;
  const session = Buffer.from(random(16)).toString('hex');
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
    const text = signedText(header('group'), sender.machine, me, body);
    if (!verifier.verify(sender.publicKey, verifier.sha256(text), header('signature'))) return refuse(response, 'wrong-signature');
    const envelope = readEnvelope(body);
    if (envelope === null) return refuse(response, 'unreadable');
    const life = `${sender.machine} ${envelope.session}`;
    if (envelope.sequence <= (at.heard.get(life) ?? 0)) return refuse(response, 'replayed');
    at.heard.set(life, envelope.sequence);
    if (closing === null) at.hear?.(sender.machine, envelope.message);
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
  function laneTo(group: Hash, to: MachineId, address: string): Lane {
    const lane = createLane({ fetcher, clock, url: new URL(PATH, address), pack(message: Message) {
      sequence += 1;
      const body = JSON.stringify({ session, sequence, message } satisfies Envelope);
      return { body, headers: { 'content-type': 'application/json', 'jinban-group': group, 'jinban-from': me, 'jinban-signature': signer.sign(signer.sha256(signedText(group, me, to, body))) } };
    } });
    lanes.add(lane);
    return lane;
  }

  return ok({
    port: (server.address() as AddressInfo).port,
    join(group) {
      const hash = groupHash(group, signer);
      if (joined.has(hash)) throw new Error('a list that this machine takes part in is joined again');
      const entry: Joined = { group, hear: null, heard: new Map() };
      const mine = new Map(group.members.filter(({ machine }) => machine !== me).map(({ machine, address }) => [machine, laneTo(hash, machine, address)]));
      joined.set(hash, entry);
      return {
        send: (to, message) => mine.get(to)?.send(message),
        onMessage(hear) {
          entry.hear = hear;
          return () => (entry.hear = null);
        },
        leave() {
          joined.delete(hash);
          for (const lane of mine.values()) {
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

/** What a signature covers: for one list, from one machine to one other, so that a message fits nowhere else. */
function signedText(group: string, from: MachineId, to: MachineId, body: string): string {
  return ['jinban-raft-1', group, from, to, body].join('\n');
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
