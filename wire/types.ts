import type { Result } from '../domain/result.ts';
import type { HidFraming } from './hid-framing.ts';

/**
 * The smallest interface to a byte wire. Drivers and printers are written against it; serial, TCP, HID, USB and test wires implement it.
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
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'hid'; device: HidDevice; framing: HidFraming }
  | { kind: 'usb'; device: UsbDevice };

/**
 * Which HID device: by the operating system's path, or the first one with these USB numbers. Devices of several parts (a scanner that is a keyboard
 * too) have a part for each usage page; null takes the first.
 */
export type HidDevice = { path: string } | { vendorId: number; productId: number; usagePage: number | null };

/** Which USB printer; `serial` tells two of a kind apart, null takes the first. */
export type UsbDevice = { vendorId: number; productId: number; serial: string | null };
