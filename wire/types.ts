import type { Result } from '../domain/result.ts';

/**
 * The smallest interface to a byte wire. Drivers and printers are written against it; serial, TCP and test wires implement it.
 * A transport has one life: open once, close once. Reconnecting makes a new one.
 */
export type WireFailure =
  /** The port or address does not exist or nobody listens: the device is unplugged or switched off. */
  | { kind: 'unplugged' }
  /** Somebody else holds the port, or the process may not open it. */
  | { kind: 'not-permitted' }
  /** Written bytes were not taken in time (a printer that is off-line holds the line). */
  | { kind: 'timeout' }
  /** `close` was called. */
  | { kind: 'closed' };

export type Transport = {
  open(): Promise<Result<null, WireFailure>>;
  /** Resolves when the operating system has taken every byte. */
  send(bytes: Uint8Array): Promise<Result<null, WireFailure>>;
  /** Called with every chunk as it comes; the answer stops it. */
  onBytes(take: (chunk: Uint8Array) => void): () => void;
  /** Called once when the wire is gone for any reason; `closed` when we closed it. */
  onGone(tell: (failure: WireFailure) => void): () => void;
  /** Idempotent; waits for what is in flight. */
  close(): Promise<void>;
};

/** How to reach a device, from `terminal.yaml`. */
export type WireAddress =
  | { kind: 'serial'; path: string; baudRate: number }
  | { kind: 'tcp'; host: string; port: number };
