import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { drop, never } from '../../../domain/result.ts';
import type { Certificate } from './certificates.ts';
import type { Random } from './seed.ts';

/**
 * What may stand between a terminal and its hall.
 *
 * | weather | what happens to a request |
 * |---|---|
 * | clear | reaches the hall, and its answer comes back |
 * | no-line | the connection is reset before anything passes |
 * | cut | reaches the hall in part: the connection is reset in the middle of its body |
 * | lost-answer | reaches the hall, and the connection is reset when the answer should come |
 * | cut-answer | as above, but half of the answer comes |
 * | slow | everything passes, each after a wait of its own, so that answers overtake each other |
 * | twice | the hall gets it twice at once, and either answer comes back |
 * | half-open | is taken and never answered |
 * | portal | is answered 200 with the log-in page of somebody's network |
 * | redirect | is sent elsewhere |
 * | 500, 413, 429 | is answered so, without the hall |
 * | garbage | is answered 200 with bytes that are no JSON |
 * | empty | is answered 200 with JSON that says nothing |
 * | wrong-certificate | whoever answers is not the hall |
 */
export const BAD_WEATHER = ['no-line', 'cut', 'lost-answer', 'cut-answer', 'slow', 'twice', 'half-open', 'portal', 'redirect', '500', '413', '429', 'garbage', 'empty', 'wrong-certificate'] as const;
export type BadWeather = (typeof BAD_WEATHER)[number];
/** Weathers in which no answer of the hall can reach the terminal. */
export const DEAF: ReadonlySet<BadWeather> = new Set<BadWeather>(['no-line', 'cut', 'lost-answer', 'half-open', 'portal', 'redirect', '500', '413', '429', 'garbage', 'empty', 'wrong-certificate']);

export type WeatherLine = {
  url: string;
  /** From now on; connections that are open are reset. */
  turn(weather: BadWeather | 'clear'): void;
  /** Requests that met each weather. */
  readonly met: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

/** Longest wait of slow weather, milliseconds. */
const SLOW = 250;
const PORTAL = '<!doctype html><html><body><form action="/login">Welcome to the guest network</form></body></html>';

/** A proxy that speaks HTTPS with the terminal and HTTP with the hall. @param own what it shows; @param strange what it shows when it is not the hall */
export async function startWeatherLine(hallPort: number, random: Random, own: Certificate, strange: Certificate): Promise<WeatherLine> {
  let weather: BadWeather | 'clear' = 'clear';
  const met = new Map<string, number>();
  const open = new Set<Socket>();
  const server = createServer({ cert: own.cert, key: own.key }, (asked, answer) => drop(serve(asked, answer).catch(() => answer.destroy())));
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    if (weather === 'no-line') {
      met.set(weather, (met.get(weather) ?? 0) + 1);
      socket.resetAndDestroy();
    }
  });
  // A terminal that does not like the certificate hangs up.
  server.on('tlsClientError', () => met.set(weather, (met.get(weather) ?? 0) + 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const now = weather;
    if (isLive(asked)) return serveLive(asked, answer);
    met.set(now, (met.get(now) ?? 0) + 1);
    const body = await buffer(asked);
    switch (now) {
      case 'clear':
        return reply(answer, await forward(asked, body));
      case 'no-line':
      case 'wrong-certificate':
        return void answer.destroy();
      case 'cut':
        await forward(asked, body, Math.floor(body.length * random.next()));
        return void answer.destroy();
      case 'lost-answer':
        await forward(asked, body);
        return void answer.destroy();
      case 'cut-answer': {
        const whole = await forward(asked, body);
        answer.writeHead(whole.status, { ...whole.headers, 'content-length': String(whole.body.length + 1) });
        answer.write(whole.body.subarray(0, Math.floor(whole.body.length / 2)));
        return void setImmediate(() => answer.destroy());
      }
      case 'slow':
        await pause(random.between(0, SLOW));
        return forward(asked, body).then(async (whole) => {
          await pause(random.between(0, SLOW));
          reply(answer, whole);
        });
      case 'twice': {
        const both = await Promise.all([forward(asked, body), forward(asked, body)]);
        return reply(answer, random.pick(both));
      }
      case 'half-open':
        return;
      case 'portal':
        return reply(answer, { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(PORTAL) });
      case 'redirect':
        return reply(answer, { status: 302, headers: { location: 'https://127.0.0.1:1/login' }, body: Buffer.alloc(0) });
      case '500':
      case '413':
      case '429':
        return reply(answer, { status: Number(now), headers: {}, body: Buffer.from('{"code":"FAULT"}') });
      case 'garbage':
        return reply(answer, { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(random.bytes(200)) });
      case 'empty':
        return reply(answer, { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') });
      default:
        return never(now);
    }
  }

  /** The live line has no end to wait for: it passes as it comes in clear weather, and in any other it is as if nobody were there. */
  async function serveLive(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (weather !== 'clear') return void answer.destroy();
    const sent = request({ port: hallPort, host: '127.0.0.1', path: asked.url, agent: false, headers: headersOf(asked) }, (heard) => {
      answer.writeHead(heard.statusCode ?? 502, heard.headers);
      heard.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    answer.on('close', () => sent.destroy());
    sent.end();
  }

  /** @param only so many bytes of the body; the hall then never gets the rest */
  function forward(asked: IncomingMessage, body: Buffer, only?: number): Promise<Whole> {
    return new Promise((resolve, reject) => {
      const sent = request({ port: hallPort, host: '127.0.0.1', method: asked.method, path: asked.url, agent: false, headers: { ...headersOf(asked), ...(asked.method === 'GET' || asked.method === 'HEAD' ? {} : { 'content-length': String(body.length) }) } }, (answer) => {
        buffer(answer).then((whole) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: whole }), reject);
      });
      sent.on('error', reject);
      if (only === undefined) return sent.end(body);
      sent.write(body.subarray(0, only), () => {
        sent.destroy();
        resolve({ status: 502, headers: {}, body: Buffer.alloc(0) });
      });
    });
  }

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    turn(next) {
      weather = next;
      server.setSecureContext(next === 'wrong-certificate' ? strange : own);
      for (const socket of open) socket.resetAndDestroy();
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isLive(asked: IncomingMessage): boolean {
  return asked.url?.split('?')[0]?.endsWith('/live') === true;
}

/** What is passed on: the rest is about this one connection. */
function headersOf(asked: IncomingMessage): IncomingMessage['headers'] {
  const { host: _host, connection: _connection, 'transfer-encoding': _chunked, ...headers } = asked.headers;
  return headers;
}

type Whole = { status: number; headers: IncomingMessage['headers'] | { location?: string }; body: Buffer };

function reply(answer: ServerResponse, { status, headers, body }: Whole): void {
  answer.writeHead(status, { ...headers, connection: 'close' });
  answer.end(body);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
