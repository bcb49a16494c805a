import type { Item } from '../../../domain/item/types.ts';
import type { Availability } from '../../../domain/item/availability.ts';
import type { ItemReference } from '../../../domain/action/types.ts';
import type { CardReading } from '../../../domain/contracts/devices.ts';
import type { SessionView, Step } from '../../../domain/contracts/kiosk.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import type { HallKeys } from '../../../domain/contracts/hall.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import type { FoundAppointment } from '../appointments.ts';
import type { BookingDesk } from '../booking-desk.ts';
import type { DevicesRoad } from '../devices-road.ts';
import type { LetterMaker } from '../letters.ts';
import type { CoreLog } from '../log.ts';
import type { Room } from '../room.ts';
import type { SiteRoad } from '../site-road.ts';
import type { OffShelf } from '../shelf.ts';
import type { BookingNews } from './booking-state.ts';
import type { Ending } from './ending.ts';
import type { SessionState } from './state.ts';

export type Card = SessionView['card'];
export type ReceiptWords = SessionView['receipt'];
export type Wish = Promise<Result<null, Refused>>;

/** What every part of a visit works with. */
export type Visit = {
  readonly config: TerminalConfig;
  readonly store: TerminalStore;
  readonly devices: DevicesRoad;
  readonly clock: Clock;
  readonly log: CoreLog;
  /** The visit as it stands; null while nobody is here. */
  state(): SessionState | null;
  /** Makes a change durable, then shows it. */
  change(part: Partial<SessionState>): Promise<void>;
  /** Shows what stands in the log or the ledger already. It is so whether or not the disk has room for the visit, too: then that is written later. */
  show(part: Partial<SessionState>): Promise<void>;
  /** Shows what changed outside the state: the card's progress, a print, an acknowledgement. */
  refresh(): void;
  /** Goes on with what work answered: behind the wishes that wait, and only while this visit lasts. For what takes longer than somebody should be kept from touching. */
  behind<Answer>(work: Promise<Answer>, goOn: (answer: Answer) => Promise<void>): void;
  card: Card;
  receipt: ReceiptWords;
  /** What the scanner says while a slip is asked for. */
  slip: Exclude<SessionView['slip']['kind'], 'read'>;
  bookingNews: BookingNews;
  /** Whose appointment whoever takes a number has: the trying of hashes that is under way or done; null: none was begun. */
  checkIn: Promise<FoundAppointment> | null;
  /** A new ULID from the machine's clock and random source. */
  newId(): string;
  item(reference: ItemReference): Promise<Item | null>;
  /** The version of an item that is in force today. */
  currentItem(code: string): Promise<Item | null>;
  /** Puts what the citizen says into an envelope for the hall; null while this machine knows none. */
  readonly letter: LetterMaker;
  /** Whether an item can be done at this machine now. */
  here(item: Item): Promise<Availability['kind']>;
  /** Why an item is not offered here now. */
  readonly offShelf: OffShelf;
  /** When this machine last heard from the hall; null before the first time. */
  lastContact(): string | null;
  /** The hall's pinned keys; null until the machine is enrolled. */
  hallKeys(): Promise<HallKeys | null>;
  /** The version of the road agreed on with the hall at the last contact; 0 before the first. */
  hallProtocol(): Promise<number>;
  /** How much room this machine has for what is still to be written. */
  readonly room: Room;
  /** The queue of this machine's site. */
  readonly queue: Pick<SiteRoad, 'desk' | 'take' | 'leave'>;
  /** The hall's appointments. */
  readonly appointments: Pick<BookingDesk, 'slots' | 'book' | 'mine' | 'cancel'>;
  /** When a visit ends that nobody ends, and whether one may begin. */
  readonly ending: Ending;
  /** Whether the last contact with the hall went well. */
  online(): boolean;
  /** Wakes the sync: there is something to send. */
  nudge(): void;
};

export type { CardReading, Step };

export const done = ok(null);

export function refuse(refused: Refused): Result<null, Refused> {
  return err(refused);
}
