/** One HTTP exchange with a device. No policy: no retry, no redirect, no waiting; says honestly whether bytes may have arrived. */
import http from 'node:http';
import https from 'node:https';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';

export type HttpFailure =
  /** No connection came about: nothing was sent. `code` is the system's, as ECONNREFUSED. */
  | { kind: 'unreachable'; code: string }
  /** The connection broke after it was made: the device may have everything. */
  | { kind: 'lost'; code: string }
  /** Connected, and no whole answer in time: the device may have everything. */
  | { kind: 'timeout' }
  /** `sent` tells whether the connection stood when the caller stopped. */
  | { kind: 'cancelled'; sent: boolean }
  /** The answer is longer than the caller allows. */
  | { kind: 'too-large' };

export type HttpTarget = {
  secure: boolean;
  host: string;
  port: number;
  /** PEM of the authority or of the device's own certificate. Left out: the system's authorities. */
  certificate?: string | undefined;
};

export type HttpRequest = { method: 'GET' | 'POST' | 'DELETE'; path: string; headers?: Record<string, string>; body?: Uint8Array };
export type HttpAnswer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };
export type HttpLimits = {
  /** For the whole exchange, from connecting to the answer's last byte. */
  milliseconds: number;
  /** The longest answer, in bytes. */
  largest: number;
  signal?: AbortSignal | undefined;
};

export type HttpClient = {
  exchange(request: HttpRequest, limits: HttpLimits): Promise<Result<HttpAnswer, HttpFailure>>;
  /** Running exchanges end as `lost`. */
  close(): void;
};

/** Time to make a connection: on a LAN an answer comes in milliseconds, a device that is off never answers. */
const CONNECT = 3_000;

export function openHttpClient({ secure, host, port, certificate }: HttpTarget): HttpClient {
  // A kept connection can be closed by the device at the moment we write to it, and then nobody knows whether a request arrived.
  const agent = secure ? new https.Agent({ keepAlive: false, ...(certificate === undefined ? {} : { ca: certificate }) }) : new http.Agent({ keepAlive: false });
  const send = secure ? https.request : http.request;

  function exchange({ method, path, headers = {}, body }: HttpRequest, { milliseconds, largest, signal }: HttpLimits): Promise<Result<HttpAnswer, HttpFailure>> {
    return new Promise((resolve) => {
      let connected = false;
      let done = false;
      const timers: NodeJS.Timeout[] = [];
      const finish = (result: Result<HttpAnswer, HttpFailure>) => {
        if (done) return;
        done = true;
        for (const timer of timers) clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(result);
        if (!result.ok) outgoing.destroy();
      };
      const stop = () => finish(err({ kind: 'cancelled', sent: connected }));
      if (signal?.aborted === true) {
        resolve(err({ kind: 'cancelled', sent: false }));
        return;
      }

      // In chunks, as CUPS sends: a broken connection then lacks the last chunk, where some devices take a short body for a whole one.
      const framing = body === undefined ? {} : { 'Transfer-Encoding': 'chunked' };
      const outgoing = send({ host, port, path, method, agent, headers: { ...headers, ...framing } }, (incoming) => {
        const chunks: Buffer[] = [];
        let length = 0;
        incoming.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > largest) finish(err({ kind: 'too-large' }));
          else chunks.push(chunk);
        });
        incoming.on('error', (cause: NodeJS.ErrnoException) => finish(err({ kind: 'lost', code: cause.code ?? 'UNKNOWN' })));
        incoming.on('end', () =>
          finish(incoming.complete ? ok({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }) : err({ kind: 'lost', code: 'ECONNRESET' })),
        );
      });
      // The caller's stop is not a `signal` of the request: it must first be known whether the connection stood.
      signal?.addEventListener('abort', stop, { once: true });
      outgoing.on('socket', (socket) => {
        const made = () => {
          connected = true;
        };
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', made);
        else made();
      });
      outgoing.on('error', (cause: NodeJS.ErrnoException) => finish(err({ kind: connected ? 'lost' : 'unreachable', code: cause.code ?? 'UNKNOWN' })));
      timers.push(
        setTimeout(() => finish(err({ kind: 'timeout' })), milliseconds),
        setTimeout(() => {
          if (!connected) finish(err({ kind: 'unreachable', code: 'ETIMEDOUT' }));
        }, CONNECT),
      );
      outgoing.end(body);
    });
  }

  return { exchange, close: () => agent.destroy() };
}
