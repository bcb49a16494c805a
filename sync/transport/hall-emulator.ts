import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { createSigner, generateSigningKey, sha256, sha256Bytes, verifier } from '../../crypto/node.ts';
import { generateWrappingKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { type SignedText, signedCatalogueText } from '../../domain/catalogue/signed.ts';
import { CHAIN_START, type ChainHead, checkAction, headOf } from '../../domain/action/chain.ts';
import { type Acknowledgement, acknowledgementText } from '../../domain/action/acknowledgement.ts';
import { Action, type ActionSigner } from '../../domain/action/types.ts';
import { type HallKeys, type IntakeOutcome, type Lease, LeaseKind, OLDEST_PROTOCOL, PROTOCOL, type QuarantineReason, SIGNED_CATALOGUE_SINCE } from '../../domain/contracts/hall.ts';
import type { LetterOutcome } from '../../domain/contracts/letters.ts';
import { SiteDayPiece } from '../../domain/contracts/site-days.ts';
import type { QueueEntry } from '../../domain/queue/types.ts';
import { outcomeTo1 } from '../../domain/contracts/hall-1.ts';
import { signTogether } from '../../domain/contracts/together.ts';
import { CaseId, Hash, MachineId } from '../../domain/ids.ts';

/**
 * The hall at the level of the wire, for tests: a plain HTTP server that speaks the contract and tus, holds what it takes in memory
 * and misbehaves when told to. It shares no code with the hall.
 */
export type HallEmulator = {
  url: string;
  keys: HallKeys;
  wrapping: WrappingKeyPair;
  signer: ActionSigner;
  /** What it holds and applied, by action id, in the order of arrival; and what it holds and set aside. */
  stored: Map<string, Action>;
  aside: Map<string, QuarantineReason>;
  /** The versions it speaks. */
  protocol: number;
  oldest: number;
  encodings: string[];
  /** The versions that batches came in. */
  spoken: Set<number>;
  /** What machines said of themselves with the tokens they asked for. */
  introductions: unknown[];
  /** How they were packed. */
  packedAs: Set<string>;
  /** What it answers to letters by id; one that stands here before it came is answered so. */
  letters: Map<string, LetterOutcome>;
  /** The lists of a site's days, those that are over, and how many entries each piece had. */
  siteDays: Map<string, QueueEntry[]>;
  over: Set<string>;
  pieces: number[];
  /** Whole blobs by hash. */
  blobs: Map<string, Uint8Array>;
  /** Bytes of uploads that it holds, whole ones too. */
  readonly uploaded: number;
  /** Entries of the feed; an entry's checkpoint is its place, counted from 1. */
  feed: unknown[];
  leases: Map<string, Lease>;
  /** `METHOD path` of every request so far, and the sizes of the batches of actions. */
  requests: string[];
  batches: number[];
  /** The hall's clock, milliseconds since 1970. */
  now: number;
  faults: Faults;
  /** Uploads that are not whole are gone, as after a hall was put back to a copy. */
  forgetUploads(): void;
  /** Tokens given so far stop working. */
  expireTokens(): void;
  /** The live lines that are open; `say` tells each where the feed stands, `end` ends them. */
  live: { open(): number; say(): void; end(): void };
  enrolled: Map<string, string>;
  close(): Promise<void>;
};

export type Faults = {
  /** Requests whose connection is cut after the hall acted and before it answered, by path (`/blobs/…` for pieces). */
  cutAfter: { path: string; times: number }[];
  /** Bodies over this many bytes, unpacked, get 413. */
  bodyLimit: number;
  /** Answers every request of this path with this status. */
  status: Map<string, number>;
  /** Actions to keep aside, by id: out of the chain for a reason of `KEPT_OUT`, else in their place. */
  quarantine: Map<string, QuarantineReason>;
  /** Changes an acknowledgement on its way out. */
  forge: ((acknowledgement: Acknowledgement) => Acknowledgement) | null;
  /** Changes a signed item or shelf on its way out. */
  forgeCatalogue: ((signed: SignedText) => SignedText) | null;
  /** Actions, and letters, that make the hall fall over: a batch that holds one gets 500. */
  poison: Set<string>;
  /** Days of which it has another list. */
  otherDays: Set<string>;
  /** Something on the way answers every request itself, 200 and with a web page, as a captive portal does. */
  portal: boolean;
  /** PATCH requests whose piece is lost before the hall sees it. */
  losePieces: number;
  /** Uploads are forgotten as soon as they are whole, as a hall does that puts the file away. */
  forgetWhole: boolean;
  /** Blobs whose last byte is followed by a refusal. */
  refuseBlobs: Set<string>;
};

/** With these the hall holds nothing of an entry. */
const KEPT_OUT: ReadonlySet<QuarantineReason> = new Set<QuarantineReason>(['malformed', 'bad-hash', 'bad-signature', 'chain-gap', 'chain-fork']);

/** @param enrolled machine → public key (base64) of machines that need no code */
export async function startHallEmulator(enrolled: Record<string, string> = {}): Promise<HallEmulator> {
  const hall = MachineId.parse('H330624');
  const signing = generateSigningKey();
  const wrapping = generateWrappingKey();
  const signer = createSigner(hall, signing.privateKey);
  const acknowledgements = new Map<string, Acknowledgement>();
  const liveLines = new Set<ServerResponse>();
  const heads = new Map<string, ChainHead>();
  const uploads = new Map<string, { hash: string; bytes: Buffer; length: number }>();
  const challenges = new Map<string, string>();
  let tokens = new Map<string, string>();

  const emulator: HallEmulator = {
    url: '', keys: { hall, signing: signing.publicKey, wrapping: wrapping.publicKey }, wrapping, signer,
    stored: new Map(), aside: new Map(), protocol: PROTOCOL, oldest: OLDEST_PROTOCOL, encodings: ['gzip'], spoken: new Set(), introductions: [], packedAs: new Set(), letters: new Map(), siteDays: new Map(), over: new Set(), pieces: [], blobs: new Map(), get uploaded() { return [...uploads.values()].reduce((sum, { bytes }) => sum + bytes.length, 0); }, feed: [], leases: new Map(), requests: [], batches: [], now: Date.UTC(2026, 10, 23, 1, 0, 0),
    faults: { cutAfter: [], bodyLimit: Infinity, status: new Map(), quarantine: new Map(), forge: null, forgeCatalogue: null, losePieces: 0, forgetWhole: false, refuseBlobs: new Set(), poison: new Set(), otherDays: new Set(), portal: false },
    live: {
      open: () => liveLines.size,
      say: () => liveLines.forEach((line) => line.write(`event: message\ndata: ${JSON.stringify({ feed: emulator.feed.length })}\n\n`)),
      end: () => liveLines.forEach((line) => line.end('event: done\n\n')),
    },
    forgetUploads: () => uploads.clear(),
    expireTokens: () => void (tokens = new Map()),
    enrolled: new Map(Object.entries(enrolled)),
    close: () => new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
  };
  const nowText = () => new Date(emulator.now).toISOString();

  function take(machine: string, entry: unknown): IntakeOutcome {
    const action = Action.safeParse(entry);
    if (!action.success) return { kind: 'quarantined', reason: 'malformed', held: false };
    const { id } = action.data;
    const checked = checkAction(entry, emulator.enrolled.get(machine) ?? '', verifier);
    if (!checked.ok) return { kind: 'quarantined', reason: checked.error.kind, held: false };
    const aside = emulator.aside.get(id);
    if (aside !== undefined) return { kind: 'quarantined', reason: aside, held: true };
    const reason = emulator.faults.quarantine.get(id);
    if (reason !== undefined && KEPT_OUT.has(reason)) return { kind: 'quarantined', reason, held: false };
    const known = acknowledgements.get(id);
    const out = (acknowledgement: Acknowledgement) => emulator.faults.forge?.(acknowledgement) ?? acknowledgement;
    if (known !== undefined) return { kind: 'duplicate', acknowledgement: out(known) };
    const head = heads.get(machine) ?? CHAIN_START;
    if (checked.value.sequence > head.sequence + 1) return { kind: 'quarantined', reason: 'chain-gap', held: false };
    if (checked.value.previous !== head.hash) return { kind: 'quarantined', reason: 'chain-fork', held: false };
    heads.set(machine, headOf(checked.value));
    if (reason !== undefined) {
      emulator.aside.set(id, reason);
      return { kind: 'quarantined', reason, held: true };
    }
    const body = { action: checked.value.id, hash: checked.value.hash, hall, receivedAt: nowText() };
    const acknowledgement = { ...body, signature: signer.sign(sha256(acknowledgementText(body))) };
    acknowledgements.set(id, acknowledgement);
    emulator.stored.set(id, checked.value);
    return { kind: 'stored', acknowledgement: out(acknowledgement) };
  }

  /** A batch that came before the one that it follows waits for it. */
  async function comesAfter(machine: string | undefined, after: unknown): Promise<boolean> {
    for (let look = 0; look < 500; look += 1) {
      if ((heads.get(machine ?? '') ?? CHAIN_START).sequence >= Number(after ?? 0)) return true;
      await new Promise((wait) => setTimeout(wait, 5));
    }
    return false;
  }

  /** The contract's calls: `body` is JSON or undefined; answers are JSON. */
  function call(route: string, body: Record<string, unknown>, query: URLSearchParams, machine: string | undefined): { status: number; value?: unknown } {
    const fine = (value: unknown) => ({ status: 200, value });
    switch (route) {
      case 'GET /about':
        return fine({ protocol: emulator.protocol, oldest: emulator.oldest, keys: emulator.keys, now: nowText(), ...(emulator.protocol > 1 && Number(query.get('protocol')) > 1 ? { encodings: emulator.encodings } : {}) });
      case 'POST /enrolments': {
        if (body['code'] !== 'right-code') return fine({ ok: false, error: { kind: 'wrong-code' } });
        emulator.enrolled.set(String(body['machine']), String(body['publicKey']));
        return fine({ ok: true, value: { keys: emulator.keys } });
      }
      case 'POST /challenges': {
        if (!emulator.enrolled.has(String(body['machine']))) return { status: 403 };
        const challenge = randomBytes(16).toString('hex');
        challenges.set(challenge, String(body['machine']));
        return fine({ challenge, now: nowText() });
      }
      case 'POST /tokens': {
        const challenge = String(body['challenge']);
        const asked = challenges.get(challenge);
        const right = asked !== undefined && verifier.verify(emulator.enrolled.get(asked) ?? '', sha256(`jinban-challenge-1\n${asked}\n${challenge}`), String(body['signature']));
        if (!right) return fine({ ok: false, error: { kind: 'refused' } });
        const token = randomBytes(24).toString('base64url');
        tokens.set(token, asked);
        emulator.introductions.push(body['introduction']);
        return fine({ ok: true, value: { token, expiresAt: new Date(emulator.now + 15 * 60_000).toISOString(), now: nowText() } });
      }
      default:
    }
    if (machine === undefined) return { status: 401 };
    switch (route) {
      case 'POST /intake': {
        const entries = Array.isArray(body['actions']) ? body['actions'] : [];
        emulator.batches.push(entries.length);
        const protocol = Number(body['protocol']);
        if (protocol > emulator.protocol || protocol < emulator.oldest) return { status: 400 };
        emulator.spoken.add(protocol);
        if (entries.some((entry: { id?: unknown }) => emulator.faults.poison.has(String(entry.id)))) return { status: 500 };
        const outcomes = entries.map((entry) => take(machine, entry));
        if (protocol === 1) return fine({ outcomes: outcomes.map(outcomeTo1), now: nowText() });
        // What is forged goes out one by one.
        if (emulator.faults.forge !== null) return fine({ outcomes, now: nowText() });
        const stored = outcomes.flatMap((outcome) => (outcome.kind === 'stored' ? [{ id: outcome.acknowledgement.action, hash: outcome.acknowledgement.hash }] : []));
        return fine({ outcomes: outcomes.map((outcome) => (outcome.kind === 'stored' ? { kind: 'stored' } : outcome)), word: signTogether(stored, nowText(), signer), now: nowText() });
      }
      case 'POST /leases': {
        const request = String(body['request']);
        const first = 1 + [...emulator.leases.values()].reduce((highest, { last }) => Math.max(highest, last), 0);
        const lease = emulator.leases.get(request) ?? { id: `lease-${request}`, kind: LeaseKind.parse(body['kind']), prefix: '3306242026', first, last: first + Number(body['want']) - 1, width: 8 };
        emulator.leases.set(request, lease);
        return fine({ lease });
      }
      case 'GET /feed': {
        const after = Number(query.get('after'));
        const spoken = Math.min(emulator.protocol, Number(query.get('protocol')));
        const entries = emulator.feed.slice(after, after + Number(query.get('limit'))).map((entry) => (spoken >= SIGNED_CATALOGUE_SINCE ? signedEntry(entry) : entry));
        return fine({ entries, checkpoint: after + entries.length, more: after + entries.length < emulator.feed.length, now: nowText() });
      }
      case 'POST /letters': {
        const id = String(body['id']);
        if (emulator.faults.poison.has(id)) return { status: 500 };
        const outcome = emulator.letters.get(id) ?? { kind: 'taken' };
        emulator.letters.set(id, outcome);
        return fine({ outcome, now: nowText() });
      }
      case 'POST /site-days/stands': {
        const asked = Array.isArray(body['days']) ? body['days'] : [];
        return fine({ days: asked.map((day: string) => ({ day, entries: emulator.siteDays.get(day)?.length ?? 0, rules: emulator.siteDays.has(day), over: emulator.over.has(day) })), now: nowText() });
      }
      case 'POST /site-days': {
        const { day, from, entries, over } = SiteDayPiece.parse(body);
        const list = emulator.siteDays.get(day) ?? [];
        emulator.pieces.push(entries.length);
        const answer = (outcome: unknown) => fine({ outcome, now: nowText() });
        if (emulator.faults.otherDays.has(day)) return answer({ ok: false, error: { kind: 'other-entry', place: 1 } });
        if (from > list.length + 1) return answer({ ok: false, error: { kind: 'gap', entries: list.length } });
        list.push(...entries.slice(list.length - from + 1));
        emulator.siteDays.set(day, list);
        if (over) emulator.over.add(day);
        return answer({ ok: true, value: { entries: list.length } });
      }
      case 'POST /blobs/missing': {
        const asked = Array.isArray(body['blobs']) ? body['blobs'] : [];
        return fine({ missing: asked.map(({ hash }: { hash: string }) => hash).filter((hash) => !emulator.blobs.has(hash)) });
      }
      default:
        return { status: 404 };
    }
  }

  /** Items and the shelf travel signed; entries that a test signed itself, or that are no items, go as they are. */
  function signedEntry(entry: unknown): unknown {
    const said = z.looseObject({ kind: z.enum(['item', 'shelf']), item: z.unknown().optional(), shelf: z.unknown().optional(), signed: z.undefined().optional() }).safeParse(entry);
    if (!said.success) return entry;
    const { kind } = said.data;
    const text = canonicalJson(kind === 'item' ? said.data.item : said.data.shelf);
    const signed = { text, signature: signer.sign(sha256(signedCatalogueText(kind, emulator.keys.hall, sha256(text)))) };
    return { kind: kind === 'item' ? 'signed-item' : 'shelf', signed: emulator.faults.forgeCatalogue?.(signed) ?? signed };
  }

  /** tus 1.0: creation, offset, piece. */
  function tus(request: IncomingMessage, path: string, body: Buffer): { status: number; headers?: Record<string, string> } {
    if (request.headers['tus-resumable'] !== '1.0.0') return { status: 412 };
    if (request.method === 'POST') {
      const metadata = new Map(String(request.headers['upload-metadata']).split(',').map((pair) => [pair.split(' ')[0] ?? '', Buffer.from(pair.split(' ')[1] ?? '', 'base64').toString()]));
      if (!CaseId.safeParse(metadata.get('case')).success) return { status: 400 };
      const id = randomBytes(8).toString('hex');
      uploads.set(id, { hash: Hash.parse(metadata.get('hash')), bytes: Buffer.alloc(0), length: Number(request.headers['upload-length']) });
      // What a server behind a proxy writes: a host that no terminal can reach.
      return { status: 201, headers: { location: `http://inner.invalid/api/v1/blobs/${id}` } };
    }
    const upload = uploads.get(path.split('/').at(-1) ?? '');
    if (upload === undefined) return { status: 404 };
    if (request.method === 'HEAD') return { status: 200, headers: { 'upload-offset': String(upload.bytes.length) } };
    if (Number(request.headers['upload-offset']) !== upload.bytes.length) return { status: 409 };
    upload.bytes = Buffer.concat([upload.bytes, body]);
    if (upload.bytes.length === upload.length) {
      if (sha256Bytes(upload.bytes) !== upload.hash || emulator.faults.refuseBlobs.has(upload.hash)) return { status: 460 };
      emulator.blobs.set(upload.hash, upload.bytes);
      if (emulator.faults.forgetWhole) uploads.delete(path.split('/').at(-1) ?? '');
    }
    return { status: 204, headers: { 'upload-offset': String(upload.bytes.length) } };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://hall.invalid');
    const path = url.pathname.replace(/^\/api\/v1/, '');
    const place = path.replace(/^\/blobs\/(?!missing).*/, '/blobs/…');
    emulator.requests.push(`${request.method} ${place}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const packing = request.headers['content-encoding'];
    if (packing !== undefined) emulator.packedAs.add(packing);
    const body = packing === 'gzip' ? gunzipSync(raw) : packing === 'zstd' ? zstdDecompressSync(raw) : raw;
    const machine = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    const forced = emulator.faults.status.get(path);
    const isTus = path.startsWith('/blobs') && path !== '/blobs/missing';
    let answer: { status: number; value?: unknown; headers?: Record<string, string> };
    if (emulator.faults.portal) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请登录网络</html>');
    if (forced === undefined && machine !== undefined && emulator.protocol > 1 && path === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      liveLines.add(response.once('close', () => liveLines.delete(response)));
      return emulator.live.say();
    }
    if (forced !== undefined) answer = { status: forced };
    else if (body.length > emulator.faults.bodyLimit) answer = { status: 413 };
    else if (path === '/intake' && !await comesAfter(machine, JSON.parse(body.toString()).after)) answer = { status: 503 };
    else if (!isTus) answer = call(`${request.method} ${path}`, body.length > 0 ? JSON.parse(body.toString()) : {}, url.searchParams, machine);
    else if (machine === undefined) answer = { status: 401 };
    else if (request.method === 'PATCH' && emulator.faults.losePieces > 0) {
      emulator.faults.losePieces -= 1;
      request.socket.destroy();
      return;
    } else answer = tus(request, path, body);
    const cut = emulator.faults.cutAfter.find((fault) => fault.path === place && fault.times > 0);
    if (cut !== undefined) {
      cut.times -= 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.value === undefined ? undefined : JSON.stringify(answer.value));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the emulator listens on a port');
  emulator.url = `http://127.0.0.1:${address.port}`;
  return emulator;
}
