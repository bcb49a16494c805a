/** The words between the machine and the service that runs it: where the reader stands, what happens to it, what is to be done. */
import type { CardReading, DeviceStatus } from '../../domain/contracts/devices.ts';
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import type { WireFailure } from '../../wire/types.ts';
import type { TextFault } from './text-block.ts';
import type { ReaderFailure, ReaderReason } from './types.ts';

/**
 * What the reader is busy with. Time enters as the event `timer`; one command and one timer are under way at most.
 *
 * | phase | under way | leaves for |
 * |---|---|---|
 * | stopped | nothing | opening |
 * | waiting-to-open | timer | opening |
 * | opening | the wire | asking-status, waiting-to-open |
 * | asking-status | sam-status after opening | asking-id, out-of-service, waiting-to-open |
 * | asking-id | sam-id | resting, waiting-to-open |
 * | resting | timer: the next poll, or the next proof of life | finding, checking |
 * | checking | sam-status as proof of life | resting, out-of-service, waiting-to-open |
 * | finding | find-card | selecting, resting, out-of-service, waiting-to-open |
 * | selecting | select-card | reading, resting, … |
 * | reading | read-base | resting, … |
 * | out-of-service | timer: the next look | asking-status |
 *
 * A wire that is gone leads to waiting-to-open from every phase.
 */
export type Phase = 'stopped' | 'waiting-to-open' | 'opening' | 'asking-status' | 'asking-id' | 'resting' | 'checking' | 'finding' | 'selecting' | 'reading' | 'out-of-service';

export type ReaderState = {
  phase: Phase;
  status: DeviceStatus;
  samId: string | null;
  /** Somebody waits for a card. */
  listening: boolean;
  /** The last thing the listener was told, so that nothing is said twice in a row. */
  told: CardReading['kind'] | null;
  /** The card on the reader has had its turn: one empty look at the field is due before a card counts again. */
  cardMustLeave: boolean;
  /** Empty looks still made for `cardMustLeave` after nobody listens any more. */
  farewellLooks: number;
  /** Placements of this reading that could not be read. */
  badPlacements: number;
  /** The command under way concerns a card placed for somebody who has left: nobody who listens since then may hear of it. */
  orphaned: boolean;
  /** The command under way is the second try of the same. */
  secondTry: boolean;
  /** Openings that failed since the reader last worked. */
  failedOpenings: number;
};

export type ReaderCommand = 'sam-status' | 'sam-id' | 'find-card' | 'select-card' | 'read-base';

export type ReaderEvent =
  | { kind: 'start' }
  | { kind: 'stop' }
  | { kind: 'opened' }
  | { kind: 'open-failed'; failure: WireFailure | { kind: 'no-library' } }
  | { kind: 'gone'; failure: WireFailure }
  | { kind: 'timer' }
  | { kind: 'listen' }
  | { kind: 'unlisten' }
  | { kind: 'failed'; failure: ReaderFailure }
  | { kind: 'done' }
  | { kind: 'identified'; samId: string }
  | { kind: 'card-read'; holder: CardHolder }
  | { kind: 'card-not-understood'; fault: TextFault };

export type ReaderEffect =
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'send'; command: ReaderCommand }
  | { kind: 'wait'; milliseconds: number }
  | { kind: 'tell'; reading: CardReading };

export const INITIAL: ReaderState = {
  phase: 'stopped',
  status: { kind: 'offline', reason: 'starting' satisfies ReaderReason },
  samId: null,
  listening: false,
  told: null,
  cardMustLeave: false,
  farewellLooks: 0,
  badPlacements: 0,
  orphaned: false,
  secondTry: false,
  failedOpenings: 0,
};
