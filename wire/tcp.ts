import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { systemClock } from './clock.ts';
import { wireEvents } from './events.ts';
import { createSends } from './sends.ts';
import type { Transport, WireFailure } from './types.ts';

/** A device on the same LAN answers in milliseconds; an address where nothing lives costs at most this. */
const CONNECT_TIMEOUT = 5_000;
/** As for serial lines: a network printer that takes no bytes for so long is off-line. */
const SEND_TIMEOUT = 15_000;
/** Idle time before the kernel probes a peer that may have lost power. */
const KEEP_ALIVE = 10_000;
/** How long a closed connection may wait for its last bytes to be taken and for the peer's own end. */
const CLOSE_GRACE = 1_000;

/**
 * A TCP connection, as network printers offer on port 9100. Semantics as `serialTransport`; after a send time-out the
 * connection is reset, so that what the kernel still holds is discarded.
 * @throws on socket failures that are none of `WireFailure`'s kinds
 */
export function tcpTransport(options: { host: string; port: number; clock?: Clock; connectTimeout?: number; sendTimeout?: number }): Transport {
  const { host, port, clock = systemClock, connectTimeout = CONNECT_TIMEOUT, sendTimeout = SEND_TIMEOUT } = options;
  const events = wireEvents();
  const sends = createSends();
  let socket: Socket | null = null;
  let closing: Promise<void> | null = null;

  function connect(): Promise<Result<null, WireFailure>> {
    return new Promise((resolve, reject) => {
      const connection = createConnection({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE });
      socket = connection;
      let connected = false;
      const giveUp = clock.after(connectTimeout, () => {
        events.gone({ kind: 'unplugged' });
        connection.destroy();
      });
      connection.on('data', (chunk) => events.bytes(chunk));
      connection.on('connect', () => {
        giveUp();
        connected = true;
        resolve(ok(null));
      });
      connection.on('error', (cause: NodeJS.ErrnoException) => {
        const failure = socketFailure(cause);
        if (failure !== null) return events.gone(failure);
        if (!connected) return reject(cause);
        throw cause;
      });
      connection.on('end', () => events.gone({ kind: 'unplugged' }));
      connection.on('close', () => {
        giveUp();
        events.gone({ kind: 'unplugged' });
        resolve(err(events.end ?? { kind: 'unplugged' }));
      });
    });
  }

  function write(connection: Socket, bytes: Uint8Array): Promise<Result<null, WireFailure>> {
    return new Promise((resolve) => {
      const giveUp = clock.after(sendTimeout, () => {
        events.gone({ kind: 'timeout' });
        connection.resetAndDestroy();
      });
      const stopListening = events.onGone((failure) => {
        giveUp();
        resolve(err(failure));
      });
      connection.write(bytes, (cause) => {
        // A failed write is followed by `error` or `close`, which say what happened to the wire.
        if (cause) return;
        giveUp();
        stopListening();
        resolve(ok(null));
      });
    });
  }

  return {
    open: connect,
    async send(bytes) {
      if (events.end !== null) return err(events.end);
      if (closing !== null || socket === null) return err({ kind: 'closed' });
      if (bytes.length === 0) return ok(null);
      return sends.during(write(socket, bytes));
    },
    onBytes: events.onBytes,
    onGone: events.onGone,
    close() {
      closing ??= (async () => {
        await sends.over();
        const connection = socket;
        events.gone({ kind: 'closed' });
        if (connection === null || connection.destroyed) return;
        await new Promise<void>((resolve) => {
          connection.once('close', () => resolve());
          // Nobody reads any more: flowing lets the peer's end arrive. A peer that never ends its side is cut off.
          connection.resume();
          const cut = clock.after(CLOSE_GRACE, () => connection.destroy());
          connection.once('close', cut);
          if (connection.connecting) connection.destroy();
          else connection.end();
        });
      })();
      return closing;
    },
  };
}

const ABSENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE']);
const FORBIDDEN = new Set(['EACCES', 'EPERM']);

function socketFailure(cause: NodeJS.ErrnoException): WireFailure | null {
  // Several addresses of one name that all failed come as an AggregateError with the last code on it.
  if (ABSENT.has(cause.code ?? '')) return { kind: 'unplugged' };
  if (FORBIDDEN.has(cause.code ?? '')) return { kind: 'not-permitted' };
  return null;
}
