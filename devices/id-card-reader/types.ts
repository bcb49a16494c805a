import type { CardReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import type { Status } from './status-codes.ts';

/**
 * Why a command of the reader did not end well.
 *
 * | kind | meaning | what the service does |
 * |---|---|---|
 * | unplugged | the wire is gone | reconnects with back-off |
 * | not-permitted | another program holds the port | reconnects with back-off |
 * | cancelled | the caller's signal was aborted, or the driver closed | nothing |
 * | timeout | not one byte of an answer in time | sends once more, then reconnects |
 * | garbled | an answer that is no valid frame, or does not fit its command | sends once more, then reconnects |
 * | refused | a whole answer whose status says no | by the status, see `machine.ts` |
 */
export type ReaderFailure =
  | { kind: 'unplugged' }
  | { kind: 'not-permitted' }
  | { kind: 'cancelled' }
  | { kind: 'timeout' }
  | { kind: 'garbled'; why: Garbled }
  | { kind: 'refused'; status: Status };

/** `unexpected` is a valid frame whose status says success but whose data has another length than the command's answer. */
export type Garbled = 'bad-length' | 'bad-checksum' | 'cut-off' | 'unexpected';

/** What a technician's log may hold of the reader: never a byte of a card. */
export type ReaderLogEntry =
  | { kind: 'status'; status: DeviceStatus; samId: string | null }
  | { kind: 'command-failed'; command: string; failure: ReaderFailure };

/** The public service. Its states are `DeviceStatus`; reasons used: */
export type ReaderReason =
  /** offline: not connected yet since the start. */
  | 'starting'
  /** offline: no such port, or the cable is out. */
  | 'unplugged'
  /** offline: another program holds the port, or rights are missing. */
  | 'not-permitted'
  /** offline: the port is there, the reader is silent: switched off, or another speed. */
  | 'no-answer'
  /** offline: the vendor's library is not where the settings say, or is for another system. */
  | 'no-library'
  /** offline: answers come damaged: cable, speed, or another kind of device. */
  | 'garbled'
  /** out-of-service: SAM status 60. */
  | 'sam-self-test-failed'
  /** out-of-service: SAM status 66. */
  | 'sam-not-authorised';

export type IdCardReader = {
  status(): DeviceStatus;
  /** Tells the present status at once, then every change; the answer stops it. */
  watch(tell: (status: DeviceStatus) => void): () => void;
  /** Asks the reader and its module now, or tries to reach it; resolves when the status says what came of it. */
  look(): Promise<void>;
  /**
   * Polls for a card until one is read, refused, the reader fails, or the signal is aborted. A newer call ends an older one quietly:
   * a session left behind must never receive the next person's card.
   */
  read(signal: AbortSignal): AsyncIterable<CardReading>;
  /** Ends every reading and lets go of the port. Idempotent. */
  close(): Promise<void>;
};
