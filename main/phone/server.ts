import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { MOST_UPLOAD_BYTES, MOST_UPLOADS, OFFER_MS, type PhoneWord } from '../../domain/contracts/phone.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isPrivate, plainIpv4 } from './network.ts';

/** A nonce of XChaCha20-Poly1305 before what it encrypts, its tag behind. */
const NONCE = 24;
const TAG = 16;
/** Wrong requests until the page closes: a browser asks for an icon now and then, a guesser for much more. */
const MOST_WRONG = 30;
/** Requests of one minute: a page, its two files, and a picture every three seconds. */
const MOST_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** The page's own files, by name. */
export type PageFiles = ReadonlyMap<string, { type: string; body: Uint8Array }>;
export type OfferParts = { address: string; port: number; material: string; hall: string; files: PageFiles; clock: Clock; tell(word: PhoneWord): void; mayCome?: (address: string) => boolean };

const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'geolocation=(), microphone=()',
};

/**
 * One offer: a page on the local network under an address that nobody can guess, for whoever opens it first. Pictures come encrypted under a key that stands behind the
 * address's `#` and so never travels: who listens on the network sees that something was sent, not what. Everything wrong gets the same empty 404.
 * @returns a way to close it; idempotent
 */
export function openOffer(parts: OfferParts): () => void {
  const { address, clock, tell } = parts;
  const mayCome = parts.mayCome ?? isPrivate;
  const [token, key] = [randomBytes(16).toString('base64url'), randomBytes(32)];
  let [joined, wrong, uploads, taking, closed] = [null as string | null, 0, 0, false, false];
  let lately: number[] = [];

  const server: Server = createServer({ maxHeaderSize: 4096, requestTimeout: 45_000, headersTimeout: 5000, keepAliveTimeout: 5000, connectionsCheckingInterval: 2000 }, (request, response) => drop(answer(request, response).catch(() => response.destroy())));
  server.maxConnections = 8;
  const stopTimer = clock.after(OFFER_MS, () => over('over'));
  server.on('error', () => over('no-network'));
  server.listen(parts.port, address, () => {
    if (!closed) tell({ kind: 'open', address: `http://${host()}/${token}/#${key.toString('base64url')}` });
  });

  const host = () => `${address}:${(server.address() as AddressInfo | null)?.port ?? parts.port}`;

  function close(): void {
    if (closed) return;
    closed = true;
    stopTimer();
    key.fill(0);
    server.close();
    server.closeAllConnections();
  }
  function over(why: 'no-network' | 'over' | 'tampered'): void {
    if (closed) return;
    close();
    tell({ kind: 'closed', why });
  }
  function nothing(response: ServerResponse, guilty: boolean): void {
    response.writeHead(404, HEADERS).end();
    wrong += guilty ? 1 : 0;
    if (wrong > MOST_WRONG) over('tampered');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = plainIpv4(request.socket.remoteAddress ?? '');
    const now = clock.now();
    lately = [...lately.filter((at) => now - at < MINUTE_MS), now];
    // Another host name is another site that uses this visitor's browser (DNS rebinding).
    if (!mayCome(from) || request.headers.host !== host()) return nothing(response, true);
    if (lately.length > MOST_A_MINUTE) {
      response.writeHead(429, HEADERS).end();
      return;
    }
    const [, given = '', ...rest] = (request.url ?? '').split('/');
    const name = rest.join('/');
    if (!same(given, token) || (joined !== null && joined !== from)) return nothing(response, given !== 'favicon.ico');
    if (joined === null) {
      joined = from;
      tell({ kind: 'joined' });
    }
    if (request.method === 'POST' && name === 'picture') return take(request, response);
    const file = request.method === 'GET' ? parts.files.get(name === '' ? 'index.html' : name) : undefined;
    if (file === undefined) return nothing(response, false);
    response.writeHead(200, { ...HEADERS, 'content-type': file.type }).end(name === '' ? page(file.body, parts) : file.body);
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const declared = Number(request.headers['content-length'] ?? Infinity);
    if (taking || uploads >= MOST_UPLOADS || !(declared > NONCE + TAG) || declared > MOST_UPLOAD_BYTES + NONCE + TAG) {
      // What is not taken is not read either.
      response.writeHead(uploads >= MOST_UPLOADS ? 409 : taking ? 429 : 413, { ...HEADERS, connection: 'close' }).end();
      return;
    }
    taking = true;
    try {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of request as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > declared) return nothing(response, true);
        pieces.push(piece);
      }
      const sealed = new Uint8Array(Buffer.concat(pieces));
      const bytes = open(sealed, key, token);
      if (bytes === null || closed) return nothing(response, true);
      uploads += 1;
      tell({ kind: 'picture', bytes: new Uint8Array(bytes) });
      response.writeHead(204, HEADERS).end();
      if (uploads === MOST_UPLOADS) over('over');
    } finally {
      taking = false;
    }
  }

  return close;
}

/** The token is bound in, so that what was sent to one offer opens in no other. null: not by this key, or changed. */
function open(sealed: Uint8Array, key: Uint8Array, token: string): Uint8Array | null {
  try {
    return xchacha20poly1305(key, sealed.subarray(0, NONCE), new TextEncoder().encode(token)).decrypt(sealed.subarray(NONCE));
  } catch {
    return null;
  }
}

/** Compares in a time that tells nothing of where they differ. */
function same(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

/** Names what the pictures are for; both come from the county's own item and settings, and are text and nothing else. */
function page(body: Uint8Array, { material, hall }: OfferParts): string {
  const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return new TextDecoder().decode(body).replace('{material}', escape(material)).replace('{hall}', escape(hall));
}
