import { SerialPort } from 'serialport';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { systemClock } from './clock.ts';
import { wireEvents } from './events.ts';
import { createSends } from './sends.ts';
import { endAtHangUp } from './serial-read.ts';
import type { Transport, WireFailure } from './types.ts';

/**
 * How long written bytes may wait for the operating system. The largest single write of this project is a ticket of about
 * 8 KB, 0.7 s at 115 200 bit/s and 8 s at 9600; a device that holds the line longer than this is off-line.
 */
const SEND_TIMEOUT = 15_000;

/**
 * A serial port through the `serialport` package, 8 data bits, no parity, 1 stop bit, locked against other programs.
 *
 * A send that times out ends the wire (`onGone` says `timeout`): the rest of its bytes is discarded, so that half a job never
 * comes out minutes later, in front of somebody else.
 * @throws on failures of the port that are none of `WireFailure`'s kinds
 */
export function serialTransport(options: { path: string; baudRate: number; clock?: Clock; sendTimeout?: number }): Transport {
  const { path, baudRate, clock = systemClock, sendTimeout = SEND_TIMEOUT } = options;
  const events = wireEvents();
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  const sends = createSends();
  let opening: Promise<Error | null> | null = null;
  let closing: Promise<void> | null = null;

  // Before anything listens for bytes, so that the first read already goes this way.
  port.on('open', () => {
    if (port.port !== undefined) endAtHangUp(port.port);
  });
  port.on('data', (chunk: Buffer) => events.bytes(chunk));
  // A hung-up line reads as an end or as an error, by the moment: both mean that the device left.
  port.on('end', () => finish({ kind: 'unplugged' }));
  port.on('close', () => events.gone({ kind: 'unplugged' }));
  // After opening, the package raises errors for reads and writes that the device no longer takes, and nothing else.
  port.on('error', () => finish({ kind: 'unplugged' }));

  function finish(failure: WireFailure): void {
    events.gone(failure);
    if (port.isOpen) port.close(() => {});
  }

  function write(bytes: Uint8Array): Promise<Result<null, WireFailure>> {
    return new Promise((resolve) => {
      const giveUp = clock.after(sendTimeout, () => {
        resolve(err({ kind: 'timeout' }));
        events.gone({ kind: 'timeout' });
        if (port.isOpen) port.flush(() => finish({ kind: 'timeout' }));
      });
      const stopListening = events.onGone((failure) => {
        giveUp();
        resolve(err(failure));
      });
      port.write(bytes, (cause) => {
        giveUp();
        stopListening();
        if (!cause) return resolve(ok(null));
        finish({ kind: 'unplugged' });
        resolve(err(events.end ?? { kind: 'unplugged' }));
      });
    });
  }

  return {
    async open() {
      opening = new Promise<Error | null>((resolve) => port.open(resolve));
      const cause = await opening;
      if (cause === null) return closing === null ? ok(null) : err({ kind: 'closed' });
      const failure = openFailure(cause);
      events.gone(failure);
      return err(failure);
    },
    async send(bytes) {
      if (events.end !== null) return err(events.end);
      if (closing !== null) return err({ kind: 'closed' });
      if (bytes.length === 0) return ok(null);
      return sends.during(write(bytes));
    },
    onBytes: events.onBytes,
    onGone: events.onGone,
    close() {
      closing ??= (async () => {
        await opening;
        await sends.over();
        events.gone({ kind: 'closed' });
        if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
      })();
      return closing;
    },
  };
}

/** The package has no error codes; these are the texts of its bindings (serialport_unix.cpp, serialport_win.cpp). */
function openFailure(cause: Error): WireFailure {
  if (/no such file|no such device|not found|cannot find|input\/output error|broken pipe|inappropriate ioctl/i.test(cause.message)) return { kind: 'unplugged' };
  if (/permission denied|access denied|cannot lock|temporarily unavailable|busy/i.test(cause.message)) return { kind: 'not-permitted' };
  throw cause;
}
