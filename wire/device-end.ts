import type { Result } from '../domain/result.ts';
import { drop, ok } from '../domain/result.ts';
import { wireEvents } from './events.ts';
import type { Pty, PtyFailure } from './pty.ts';
import { openPty } from './pty.ts';
import type { Transport } from './types.ts';

/** The device's end of a wire: what an emulator talks into, and the plug it can pull. */
export type DeviceEnd = {
  /** Bytes from the host; the answer stops it. A listener stays through unplugging and re-plugging. */
  onBytes(take: (chunk: Uint8Array) => void): () => void;
  /** Bytes to the host; lost while unplugged. */
  send(bytes: Uint8Array): void;
  unplug(): Promise<void>;
  /** Nothing while plugged. A surprise when the port cannot be made again. */
  replug(): Promise<void>;
  /** Unplugs for good. Idempotent. */
  close(): Promise<void>;
};

/** A device on a real pseudo-terminal at `path`. */
export async function ptyDeviceEnd({ path }: { path: string }): Promise<Result<DeviceEnd, PtyFailure>> {
  const first = await openPty({ path });
  if (!first.ok) return first;
  const takers = new Set<(chunk: Uint8Array) => void>();
  let pty: Pty | null = null;

  function plug(next: Pty): void {
    pty = next;
    next.onBytes((chunk) => {
      for (const take of [...takers]) take(chunk);
    });
  }
  async function unplug(): Promise<void> {
    const last = pty;
    pty = null;
    await last?.unplug();
  }

  plug(first.value);
  return ok({
    onBytes(take) {
      takers.add(take);
      return () => takers.delete(take);
    },
    send(bytes) {
      // The pseudo-terminal keeps the order of writes; nobody waits for the last one.
      if (pty !== null) drop(pty.send(bytes));
    },
    unplug,
    async replug() {
      if (pty !== null) return;
      const made = await openPty({ path });
      if (!made.ok) throw new Error(made.error.message);
      plug(made.value);
    },
    close: unplug,
  });
}

/** Both ends of a wire inside one process, for tests on an injected clock: chunks cross on the next microtask, unchanged. */
export function memoryWire(): { device: DeviceEnd; connect(): Transport } {
  const takers = new Set<(chunk: Uint8Array) => void>();
  let host: ReturnType<typeof wireEvents> | null = null;
  let plugged = true;

  async function unplug(): Promise<void> {
    plugged = false;
    host?.gone({ kind: 'unplugged' });
    host = null;
  }
  return {
    device: {
      onBytes(take) {
        takers.add(take);
        return () => takers.delete(take);
      },
      send(bytes) {
        const to = host;
        const copy = bytes.slice();
        queueMicrotask(() => to?.bytes(copy));
      },
      unplug,
      async replug() {
        plugged = true;
      },
      close: unplug,
    },
    connect() {
      const events = wireEvents();
      return {
        async open() {
          if (!plugged) events.gone({ kind: 'unplugged' });
          else if (host !== null) events.gone({ kind: 'not-permitted' });
          if (events.end !== null) return { ok: false, error: events.end };
          host = events;
          return ok(null);
        },
        async send(bytes) {
          if (events.end !== null) return { ok: false, error: events.end };
          const copy = bytes.slice();
          queueMicrotask(() => {
            if (host === events) for (const take of [...takers]) take(copy);
          });
          return ok(null);
        },
        onBytes: events.onBytes,
        onGone: events.onGone,
        async close() {
          if (host === events) host = null;
          events.gone({ kind: 'closed' });
        },
      };
    },
  };
}
