/** One IPP request over HTTP (RFC 8010 §4). No policy: no retry, no waiting; says honestly whether bytes may have arrived. */
import http from 'node:http';
import https from 'node:https';
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { decode, encode } from './codec.ts';
import type { Message } from './codec.ts';
import { FIRST_ERROR } from './values.ts';

export type IppFailure =
  /** No connection came about: nothing was sent. `code` is the system's, as ECONNREFUSED. */
  | { kind: 'unreachable'; code: string }
  /** The connection broke after it was made: the printer may have everything. */
  | { kind: 'lost'; code: string }
  /** Connected, and no whole answer in time: the printer may have everything. */
  | { kind: 'timeout' }
  /** `sent` tells whether the connection stood when the caller stopped. */
  | { kind: 'cancelled'; sent: boolean }
  /** HTTP said no (401, 404, 503 …): the operation was not done. */
  | { kind: 'http'; status: number }
  /** IPP said no: the operation was not done. */
  | { kind: 'refused'; status: number }
  /** The answer is not IPP. */
  | { kind: 'garbled' };

export type IppClient = {
  /** The printer's URI as it stands in `printer-uri`. */
  readonly uri: string;
  /** @param milliseconds for the whole exchange, from connecting to the answer's last byte */
  exchange(message: Message, limits: { milliseconds: number; signal?: AbortSignal | undefined }): Promise<Result<Message, IppFailure>>;
  /** Running exchanges end as `lost`. */
  close(): void;
};

export type IppClientSettings = {
  /** PEM of the authority or of the printer's own certificate, for `ipps`. Left out: the system's authorities. */
  certificate?: string;
};

/** Time to make a connection: on a LAN an answer comes in milliseconds, a switched-off printer never answers. */
const CONNECT = 3_000;
/** No answer to our requests is longer; a printer's full attribute list has about 30 KB. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** @param uri `ipp://host[:631]/path`, `ipps://…`, or `http(s)://…` */
export function openIppClient(uri: string, settings: IppClientSettings = {}): IppClient {
  const target = httpTarget(uri);
  // A kept connection can be closed by the printer at the moment we write to it, and then nobody knows whether a job arrived.
  const agent = target.secure
    ? new https.Agent({ keepAlive: false, ...(settings.certificate === undefined ? {} : { ca: settings.certificate }) })
    : new http.Agent({ keepAlive: false });
  const send = target.secure ? https.request : http.request;

  function exchange(message: Message, limits: { milliseconds: number; signal?: AbortSignal | undefined }): Promise<Result<Message, IppFailure>> {
    return new Promise((resolve) => {
      const { signal } = limits;
      let connected = false;
      let done = false;
      const timers: NodeJS.Timeout[] = [];
      const finish = (result: Result<Message, IppFailure>) => {
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

      const body = encode(message);
      // In chunks, as CUPS sends: a broken connection then lacks the last chunk, where some printers take a short body for a whole one.
      const headers = { 'Content-Type': 'application/ipp', 'Transfer-Encoding': 'chunked' };
      const outgoing = send(
        { host: target.host, port: target.port, path: target.path, method: 'POST', agent, headers },
        (incoming) => {
          const chunks: Buffer[] = [];
          let length = 0;
          incoming.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (length > LARGEST_ANSWER) finish(err({ kind: 'garbled' }));
            else chunks.push(chunk);
          });
          incoming.on('error', (cause: NodeJS.ErrnoException) => finish(err({ kind: 'lost', code: cause.code ?? 'UNKNOWN' })));
          incoming.on('end', () => finish(answer(incoming, Buffer.concat(chunks), message.requestId)));
        },
      );
      // The caller's stop is not a `signal` of the request: it must first be known whether the connection stood.
      signal?.addEventListener('abort', stop, { once: true });
      outgoing.on('socket', (socket) => {
        const made = () => {
          connected = true;
        };
        if (socket.connecting) socket.once(target.secure ? 'secureConnect' : 'connect', made);
        else made();
      });
      outgoing.on('error', (cause: NodeJS.ErrnoException) => finish(err({ kind: connected ? 'lost' : 'unreachable', code: cause.code ?? 'UNKNOWN' })));
      timers.push(
        setTimeout(() => finish(err({ kind: 'timeout' })), limits.milliseconds),
        setTimeout(() => {
          if (!connected) finish(err({ kind: 'unreachable', code: 'ETIMEDOUT' }));
        }, CONNECT),
      );
      outgoing.end(body);
    });
  }

  return { uri, exchange, close: () => agent.destroy() };
}

function answer(incoming: http.IncomingMessage, body: Buffer, requestId: number): Result<Message, IppFailure> {
  if (!incoming.complete) return err({ kind: 'lost', code: 'ECONNRESET' });
  if (incoming.statusCode !== 200) return err({ kind: 'http', status: incoming.statusCode ?? 0 });
  const message = decode(body);
  if (!message.ok || message.value.requestId !== requestId) return err({ kind: 'garbled' });
  return message.value.code < FIRST_ERROR ? ok(message.value) : err({ kind: 'refused', status: message.value.code });
}

function httpTarget(uri: string): { secure: boolean; host: string; port: number; path: string } {
  const url = new URL(uri);
  const secure = url.protocol === 'ipps:' || url.protocol === 'https:';
  if (!secure && url.protocol !== 'ipp:' && url.protocol !== 'http:') throw new RangeError('a document printer is reached by ipp, ipps, http or https');
  // RFC 3510 §4.2 and RFC 7472 §4.2: port 631 for both schemes of IPP.
  const usual = url.protocol === 'http:' ? 80 : url.protocol === 'https:' ? 443 : 631;
  return { secure, host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port), path: `${url.pathname || '/'}${url.search}` };
}
