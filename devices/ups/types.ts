import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { PowerState } from '../../domain/contracts/ups.ts';

/** `garbled`: what came is no answer to what was asked, or more than any UPS has to say; the connection is of no more use. `refused`: `ERR` and its word. */
export type UpsFailure = { kind: 'unplugged' | 'not-permitted' | 'timeout' | 'cancelled' | 'garbled' } | { kind: 'refused'; word: string };

/** What a technician's log may hold of the UPS. */
export type UpsLogEntry = { kind: 'status'; status: DeviceStatus } | { kind: 'command-failed'; command: string; why: string } | { kind: 'power'; power: PowerState['kind'] } | { kind: 'identified'; model: string };

/**
 * The public service.
 *
 * | kind | reason, warning | who can help |
 * |---|---|---|
 * | offline | `starting` | nobody: it is being connected |
 * | offline | `unplugged`, `no-answer`, `garbled` | a technician: `upsd`, its address |
 * | offline | `not-permitted` | a technician: `upsd` does not let this machine ask |
 * | offline | `data-stale`, `driver-not-connected` | the caretaker: the cable between UPS and computer; a technician: the driver of NUT |
 * | out-of-service | `no-such-ups`, `refused` | a technician: the name in the settings |
 * | blocked | `output-off` | the caretaker: the UPS says that it gives no power |
 * | online | `power-ending` (critical: citizens are turned away), `on-battery`, `battery-low` | whoever can bring the mains back |
 * | online | `replace-battery`, `overload`, `bypass`, `alarm` | a technician |
 */
export type Ups = {
  status(): DeviceStatus;
  /** Tells the present status at once, then every change; the answer stops it. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /** What the machine lives on, at once as far as it is known, then on every change, until the signal is aborted or the service closed. */
  power(signal: AbortSignal): AsyncIterable<PowerState>;
  /** Idempotent. */
  close(): Promise<void>;
};
