import type { BoardCapabilities, BoardEvent, BoardRefusal, LightsWish } from '../../domain/contracts/board.ts';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';

/** How a command to the board failed. `garbled`: bytes came, and no line of them was whole. */
export type BoardFailure = { kind: 'unplugged' | 'not-permitted' | 'timeout' | 'cancelled' } | { kind: 'garbled' } | { kind: 'refused'; word: string };

/** What a technician's log may hold of the board: never a key. */
export type BoardLogEntry = { kind: 'status'; status: DeviceStatus } | { kind: 'command-failed'; command: string; why: string } | { kind: 'greeted'; model: string; firmware: string };

/**
 * The public service.
 *
 * | kind | reason, warning | who can help |
 * |---|---|---|
 * | offline | `starting` | nobody: it is being connected |
 * | offline | `unplugged` | the caretaker: cable, port |
 * | offline | `not-permitted` | a technician: another program holds the port, or rights are missing |
 * | offline | `no-answer`, `garbled` | a technician: power, speed, another kind of device |
 * | out-of-service | `unsupported-version` | a technician: firmware and terminal do not fit |
 * | blocked | `tampered` | a person who has looked at the case, and acknowledges |
 * | online | `door-open`, `key-jammed`, `presence-stuck` | the caretaker; the rest works |
 */
export type Board = {
  status(): DeviceStatus;
  /** Tells the present status at once, then every change; the answer stops it. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /** Null until the board has greeted for the first time. */
  capabilities(): BoardCapabilities | null;
  /** ok: the board has answered that it does so. The last wish is kept, and set again after every reconnection. */
  setLights(wish: LightsWish): Promise<Result<null, BoardRefusal>>;
  /** Until the signal is aborted or the board closed. Several may listen. What happened before is not told, but how things stand is. */
  events(signal: AbortSignal): AsyncIterable<BoardEvent>;
  /** A person has looked at the case. The latch in the board is cleared, and with it the status. */
  acknowledgeTamper(): Promise<Result<null, BoardRefusal>>;
  /** Lights off, as far as that still arrives; ends every listening and lets go of the port. Idempotent. */
  close(): Promise<void>;
};
