import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { drop } from '../../../domain/result.ts';
import type { OutgoingSms } from './gateway.ts';

/** What the next text meets. */
type Fault =
  /** Refused: for good (`bad-phone`), or for now (`busy`). */
  | { kind: 'refuse'; code: string; status: number }
  /** Taken and sent, and nobody answers. */
  | { kind: 'slow' }
  /** Lost on the way in: neither taken nor answered. */
  | { kind: 'lose' }
  /** Taken; the report says later that it failed. */
  | { kind: 'fail-report'; code: string }
  /** The request comes twice, as a proxy that repeats would send it. */
  | { kind: 'twice' }
  /** Something that is not of the protocol stands in between. */
  | { kind: 'proxy-error'; status: number };

/** A gateway on a real port that speaks the protocol of `gateway.ts`. `delivered` are the texts that reached phones, in order: what a test counts. */
export type SmsEmulator = { url: string; key: string; delivered: readonly OutgoingSms[]; requests: number; next(...faults: Fault[]): void; /** The reports of all it has taken come in. */ report(): void; close(): Promise<void> };

export async function startSmsEmulator(): Promise<SmsEmulator> {
  const key = 'emulated-key';
  const faults: Fault[] = [];
  const taken = new Map<string, { state: 'accepted' | 'delivered' | 'failed'; code: string; failing: string | null }>();
  const delivered: OutgoingSms[] = [];
  let requests = 0;

  /** An id is taken once; one that failed may be sent again under its id. */
  function take(sms: OutgoingSms, failing: string | null): void {
    if (taken.has(sms.id) && taken.get(sms.id)?.state !== 'failed') return;
    taken.set(sms.id, { state: 'accepted', code: '', failing });
    if (failing === null) delivered.push(sms);
  }

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sms = JSON.parse(await text(request)) as OutgoingSms;
    const fault = faults.shift();
    switch (fault?.kind) {
      case 'refuse':
        return answer(response, fault.status, { state: 'refused', code: fault.code });
      case 'slow':
        return take(sms, null);
      case 'lose':
        return undefined;
      case 'proxy-error':
        return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      case 'twice':
        take(sms, null);
        take(sms, null);
        return answer(response, 202, { state: 'accepted' });
      case 'fail-report':
        take(sms, fault.code);
        return answer(response, 202, { state: 'accepted' });
      case undefined:
        take(sms, null);
        return answer(response, 202, { state: 'accepted' });
    }
  }

  const server = createServer((request, response) => {
    requests += 1;
    if (request.headers.authorization !== `Bearer ${key}`) return answer(response, 401, { state: 'refused', code: 'bad-key' });
    if (request.method === 'POST' && request.url === '/messages') return drop(post(request, response));
    const [, id] = /^\/messages\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (request.method !== 'GET' || id === undefined) throw new Error(`the protocol has no ${request.method} ${request.url}`);
    const known = taken.get(id);
    if (known === undefined) return answer(response, 404, { state: 'never-had' });
    return answer(response, 200, known.state === 'failed' ? { state: 'failed', code: known.code } : { state: known.state });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key, delivered,
    get requests() {
      return requests;
    },
    next: (...some) => void faults.push(...some),
    report() {
      for (const one of taken.values()) if (one.state === 'accepted') Object.assign(one, one.failing === null ? { state: 'delivered' } : { state: 'failed', code: one.failing });
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
