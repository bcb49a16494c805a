import type { Result } from '../domain/result.ts';
import { drop, err, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { systemClock } from './clock.ts';
import { wireEvents } from './events.ts';
import { createLock } from './lock.ts';
import { createSends } from './sends.ts';
import type { Transport, WireFailure } from './types.ts';

/** As for serial lines: a device that takes no bytes for so long is off-line. */
const SEND_TIMEOUT = 15_000;
/**
 * How often an open device is looked for among those that are plugged. A handle of a device that left says nothing by itself on some systems; a second
 * is what a citizen may wait for the news.
 */
const LOOK_INTERVAL = 1000;

/** What a library for plugged devices (HID, USB) offers, brought to one shape. Failures that are none of these kinds are thrown. */
export type HandleDriver<Handle> = {
  /** @param listen who takes bytes, and who is told that the handle is dead */
  open(listen: { bytes(chunk: Uint8Array): void; dead(): void }): Promise<Result<Handle, WireFailure>>;
  /** Every byte, or why not. One call at a time. */
  write(handle: Handle, bytes: Uint8Array): Promise<Result<null, { kind: 'unplugged' } | { kind: 'timeout' }>>;
  /** Whether the device of this handle is still plugged. */
  isPlugged(handle: Handle): Promise<boolean>;
  /** Ends what is still written or read on it. */
  close(handle: Handle): Promise<void>;
};

/**
 * A transport over the handle of such a library. Semantics as `serialTransport`. That the device left is noticed by whatever comes first: a failed write, a
 * failed read, or its absence among the plugged devices. A send that times out ends the wire and closes the handle.
 */
export function handleTransport<Handle>(driver: HandleDriver<Handle>, { clock = systemClock, sendTimeout = SEND_TIMEOUT }: { clock?: Clock; sendTimeout?: number } = {}): Transport {
  const events = wireEvents();
  const lock = createLock();
  const sends = createSends();
  let handle: Handle | null = null;
  let opening: Promise<Result<Handle, WireFailure>> | null = null;
  let closing: Promise<void> | null = null;
  let lettingGo: Promise<void> | null = null;
  let stopLooking = (): void => {};

  function finish(failure: WireFailure): void {
    events.gone(failure);
    stopLooking();
    const last = handle;
    handle = null;
    if (last !== null) lettingGo = driver.close(last);
  }

  function look(): void {
    stopLooking = clock.after(LOOK_INTERVAL, () => {
      drop(
        (async () => {
          const mine = handle;
          if (mine === null) return;
          const plugged = await driver.isPlugged(mine);
          if (handle !== mine) return;
          if (plugged) look();
          else finish({ kind: 'unplugged' });
        })(),
      );
    });
  }

  function write(bytes: Uint8Array): Promise<Result<null, WireFailure>> {
    return new Promise((resolve, reject) => {
      const giveUp = clock.after(sendTimeout, () => {
        resolve(err({ kind: 'timeout' }));
        finish({ kind: 'timeout' });
      });
      const stopListening = events.onGone((failure) => {
        giveUp();
        resolve(err(failure));
      });
      lock
        .withLock(async () => {
          if (handle === null) return;
          const written = await driver.write(handle, bytes);
          giveUp();
          stopListening();
          if (!written.ok) finish(written.error);
          resolve(written.ok ? written : err(events.end ?? written.error));
        })
        .catch((cause: unknown) => {
          giveUp();
          stopListening();
          reject(cause);
        });
    });
  }

  return {
    async open() {
      opening = driver.open({
        bytes: (chunk) => events.bytes(chunk),
        dead: () => finish({ kind: 'unplugged' }),
      });
      const opened = await opening;
      if (!opened.ok) {
        events.gone(opened.error);
        return opened;
      }
      if (closing !== null || events.end !== null) {
        await driver.close(opened.value);
        return err(events.end ?? { kind: 'closed' });
      }
      handle = opened.value;
      look();
      return ok(null);
    },
    async send(bytes) {
      if (events.end !== null) return err(events.end);
      if (closing !== null || handle === null) return err({ kind: 'closed' });
      if (bytes.length === 0) return ok(null);
      return sends.during(write(bytes));
    },
    onBytes: events.onBytes,
    onGone: events.onGone,
    close() {
      closing ??= (async () => {
        await opening;
        await sends.over();
        finish({ kind: 'closed' });
        await lettingGo;
      })();
      return closing;
    },
  };
}
