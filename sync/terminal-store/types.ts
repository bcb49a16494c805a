/**
 * What the terminal keeps, as core and sync see it. One encrypted SQLite file holds all of it (`sync/store`).
 * A promise resolves only when what it wrote is on the disk. Reads answer copies: changing them changes nothing here.
 */
import { z } from 'zod';
import type { ActionDraft, ChainHead } from '../../domain/action/chain.ts';
import type { BlobReference, WrappedKey } from '../../domain/action/payload.ts';
import type { Acknowledgement } from '../../domain/action/acknowledgement.ts';
import type { Action, ActionSigner } from '../../domain/action/types.ts';
import type { SiteAppointment, SiteAppointments } from '../../domain/contracts/appointments.ts';
import type { HallKeys, Lease, LeaseKind, QuarantineReason } from '../../domain/contracts/hall.ts';
import type { PrintView } from '../../domain/contracts/kiosk.ts';
import type { Letter, LetterOutcome, LetterRefusal, MessageWord } from '../../domain/contracts/letters.ts';
import { MessageKind } from '../../domain/messages/message.ts';
import type { Neighbour } from '../../domain/fleet/neighbour.ts';
import type { ActionId, CaseId, Hash, PrintId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock, TimeEvidence } from '../../domain/time.ts';
import type { OpenFailure } from '../store/types.ts';

/** Anything JSON can hold. Core parses what it reads back with its own schema. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

export type TerminalStoreSettings = {
  /** Path of the one file; its folder exists. */
  file: string;
  /** 32 bytes that the operating system keeps for this machine. */
  key: Uint8Array;
  /** Path of the native module built for this runtime; null: the package's own. */
  nativeBinding: string | null;
  /** Signs this machine's actions. */
  signer: ActionSigner;
  clock: Clock;
  /** Changes at every boot of the machine (on Linux `/proc/sys/kernel/random/boot_id`); `clock.monotonic` compares only within one. */
  boot: string;
  /** `count` random bytes, for action ids; injected so that a test owns it. */
  random(count: number): Uint8Array;
};

/** What the maker of an action says; id and time evidence are put in when it is its turn in the queue. */
export type ActionRequest = Omit<ActionDraft, 'id' | 'time'>;

/** How far an action of this machine got, or that it came from the hall. */
export type Travel =
  | { kind: 'waiting' }
  | { kind: 'received'; acknowledgement: Acknowledgement }
  /** The hall holds it but does not apply it; a person there decides. `reason` is the hall's word. */
  | { kind: 'kept-aside'; reason: QuarantineReason }
  | { kind: 'from-hall' };

export type LoggedAction = { action: Action; travel: Travel };

export type SettledAction = { action: ActionId; travel: Extract<Travel, { kind: 'received' | 'kept-aside' }> };

export type Log = {
  /**
   * Hangs an action on this machine's chain, signs it and makes it durable: one transaction, one fsync.
   * Calls are served one after another; a failed one leaves the chain as it was and the next is served.
   * @param request the action, or a function called when it is its turn. Numbers from leases must be taken in there:
   *   then no two hand-ins can take the same one.
   */
  append(request: ActionRequest | ((head: ChainHead) => ActionRequest | Promise<ActionRequest>)): Promise<Action>;
  /** Stores the hall's action once; `false` when it was here already, or its case is not. The caller has checked its signature. */
  addHallAction(action: Action): Promise<boolean>;
  /** A case's actions in the order in which they became known here, oldest first; empty when unknown. */
  ofCase(id: CaseId): Promise<LoggedAction[]>;
  /** Cases handed in here in which the person is the applicant, acted for one, or applied together with one; newest first. */
  casesOf(personKey: string): Promise<CaseId[]>;
  /** Cases handed in here, newest first. */
  cases(options?: { limit?: number }): Promise<CaseId[]>;
  /** This machine's whole chain in its order, for export. */
  all(): Promise<Action[]>;
  /** Actions still waiting for the hall, in chain order, from those with a sequence above `after` (0: all). */
  unacknowledged(limit: number, after?: number): Promise<Action[]>;
  waiting(): Promise<number>;
  /** Puts this machine's actions above a sequence back among those that wait for the hall, whatever became of them. */
  resend(after: number): Promise<void>;
  /** Marks actions as settled by the hall. The caller has checked the acknowledgement's signature. */
  settle(settled: readonly SettledAction[]): Promise<void>;
  acknowledgementOf(action: ActionId): Promise<Acknowledgement | null>;
  head(): ChainHead;
  /** Called after any change of the log with the cases it touched; the answer stops it. */
  watch(tell: (cases: ReadonlySet<CaseId>) => void): () => void;
  /** HMAC-SHA-256 of an identity number under a key of this store only, hex: finds a person's cases without storing the number as a key. */
  personKey(identityNumber: string): string;
};

/** At most this many bytes of JSON a draft. A form of 2 000-character answers with its list of pages is under 100 KB. */
export const MAX_DRAFT = 256 * 1024;

export type Drafts = {
  save(id: string, value: Json): Promise<Result<null, { kind: 'too-large' }>>;
  get(id: string): Promise<Json | undefined>;
  /** Removes the row itself, not only marks it. */
  remove(id: string): Promise<void>;
  list(): Promise<{ id: string; savedAt: string; value: Json }[]>;
};

/** One row of the print ledger. `entry` is whatever the ledger wants to know again after a crash. */
export type PrintRow = { print: PrintId; session: string; case: CaseId; state: PrintView['state']; entry: Json };
export type Prints = {
  put(row: PrintRow): Promise<void>;
  get(print: PrintId): Promise<PrintRow | null>;
  /** Oldest first. */
  ofSession(session: string): Promise<PrintRow[]>;
  /** All papers of a case, whichever visit asked for them, oldest first: what says whether one more may be printed. */
  ofCase(id: CaseId): Promise<PrintRow[]>;
  inState(...states: PrintRow['state'][]): Promise<PrintRow[]>;
};

/** A captured page that belongs to a session and is not part of an action yet. */
export type PageRow = { page: string; session: string; case: CaseId; material: string; width: number; height: number; blob: BlobReference };
export type Pages = {
  put(row: PageRow): Promise<void>;
  get(page: string): Promise<PageRow | null>;
  /** In the order in which they were captured. */
  ofSession(session: string): Promise<PageRow[]>;
  remove(page: string): Promise<void>;
};

export type Items = {
  put(items: readonly Item[]): Promise<void>;
  get(code: string, version: number): Promise<Item | null>;
  /** The version of every item that is in force on a civil date `YYYY-MM-DD`, by code; cancelled items are left out. */
  current(date: string): Promise<Item[]>;
};

export type Leases = {
  /** A lease that is here already stays as it is. */
  add(lease: Lease): Promise<void>;
  /** Oldest first, the order in which they are used. */
  list(kind: LeaseKind): Promise<Lease[]>;
  /** Numbers taken from each lease by its id, from the numbers in handed-in actions: a crash cannot make one be used again. */
  usage(kind: LeaseKind): Promise<Map<string, number>>;
  /** The next unused number, or null without a lease. Only inside `log.append`'s function is it yours. */
  next(kind: LeaseKind): Promise<{ lease: Lease; serial: number; number: string } | null>;
  /** Takes the next ticket number for good, before anybody sees it; null without a lease. Case numbers are taken by their hand-ins alone. */
  take(kind: 'ticket-number'): Promise<string | null>;
  left(kind: LeaseKind): Promise<number>;
  /** Lets no number of the blocks that are here be taken any more. */
  retire(): Promise<void>;
};

/** What happened to the numbered blanks in this machine, as the print ledger wants to know it again. */
export type BlankBook = {
  /** In the order of writing. */
  all(): Promise<Json[]>;
  /** All of them or none. */
  add(events: readonly Json[]): Promise<void>;
};

/** What the hall told last of the county's machines, this one among them. */
export type Neighbours = {
  /** In the place of what was told of that machine before; one that is no more is forgotten. */
  put(neighbour: Neighbour): Promise<void>;
  all(): Promise<Neighbour[]>;
};

/** The appointments of this machine's site, as the hall told last. */
export type Appointments = {
  /** In the place of what was told of that day before; days that are over are forgotten. */
  put(told: SiteAppointments): Promise<void>;
  /** In the order of their slots; none where nothing was told. */
  on(day: string): Promise<SiteAppointment[]>;
};

/** Small named values: checkpoints, the pinned hall keys, the last trusted time. */
export type Cursors = {
  get(name: string): Promise<Json | undefined>;
  set(name: string, value: Json): Promise<void>;
};

/** What this machine can honestly say about the time (features: clock trust). */
export type Timekeeper = {
  /** For an action made now. */
  evidence(): TimeEvidence;
  /** Keeps what a contact with the hall showed: its `now`, and the clock readings around the request. */
  contact(seen: { hallNow: string; sentMonotonic: number; answeredMonotonic: number; answeredWall: number }): Promise<void>;
  /** The hall's time at the last contact; null before the first. */
  lastContact(): string | null;
};

export type CaseKeys = {
  /** Makes the case's key; once made it stays. */
  create(id: CaseId): Promise<void>;
  /** The case key wrapped for the hall, as a hand-in carries it. The context is the case id. */
  wrapFor(id: CaseId, hall: Pick<HallKeys, 'wrapping'>): Promise<Result<WrappedKey, { kind: 'no-case-key' }>>;
};

/** `upload`: where an upload of it was begun at the hall, so that it goes on instead of starting anew. */
export type PendingBlob = { case: CaseId; reference: BlobReference; upload: string | null };

/** Sealed files, rows of the same database file. Sealed with AES-256-GCM under the case key, the case id as context. */
export type Blobs = {
  /** @param as thumbnails travel first */
  put(id: CaseId, bytes: Uint8Array, mediaType: BlobReference['mediaType'], as?: 'page' | 'thumbnail'): Promise<Result<BlobReference, { kind: 'no-case-key' } | { kind: 'too-large' } | { kind: 'store-full' }>>;
  open(id: CaseId, reference: Pick<BlobReference, 'hash'>): Promise<Result<Uint8Array, { kind: 'no-case-key' } | { kind: 'missing' } | { kind: 'cannot-open' }>>;
  /** The sealed bytes as they travel; null when they are not here. */
  sealed(id: CaseId, hash: Hash): Promise<Uint8Array | null>;
  remove(id: CaseId, hash: Hash): Promise<void>;
  /**
   * Blobs that an action names and that are not at the hall yet: first the thumbnails of all cases, then the rest; of both the
   * oldest case first, in a case the citizen's signature, then the materials in the order of the item's list. Those in `except` are left out.
   * @param travelled how far the naming actions have come; received ones unless said otherwise
   */
  pending(limit: number, except?: ReadonlySet<Hash>, travelled?: readonly Travel['kind'][]): Promise<PendingBlob[]>;
  /** Keeps where an upload was begun; null when that place is gone. */
  uploadBegun(id: CaseId, hash: Hash, upload: string | null): Promise<void>;
  markUploaded(id: CaseId, hashes: readonly Hash[]): Promise<void>;
  /** Lets go of a case's files that none of its actions names: pages of a supplement that was given up, a signature whose hand-in failed. */
  dropUnnamed(id: CaseId): Promise<void>;
  /** Sealed bytes of all files here. */
  held(): Promise<number>;
  /**
   * Lets go of every file that the hall has confirmed, thumbnails too, and overwrites it: nobody looks at papers here once the visit is over.
   * One after the other, each on the disk by itself; a store that is closed meanwhile ends it.
   * @param except the case of the visit that is going on, whose pages may be shown again
   */
  dropUploaded(except: CaseId | null): Promise<void>;
};

/**
 * What a machine shows of a message that was sent from it. `reference`: its own number, on the slip. `said`: what the citizen said to the reply and the hall may not have yet.
 * The words themselves are in the envelope, and not here.
 */
export const MessageFacts = z.strictObject({
  reference: z.string(), of: MessageKind, about: z.string(), anonymous: z.boolean(), spoken: z.int().nullable(), said: z.strictObject({ rated: z.int().nullable(), reopened: z.boolean() }),
});
export type MessageFacts = z.infer<typeof MessageFacts>;

/** `refused`: the hall does not take it. `word`: null until the hall has told of it. */
export type KeptMessage = { id: string; at: string; facts: MessageFacts; waiting: boolean; refused: LetterRefusal | null; word: MessageWord | null };

/** Letters to the hall, sealed until it has them, and how messages stand. */
export type Letters = {
  /** One whose id is here already stays as it is. @param row `person`: the key of whose card was shown and who is named; empty: nobody. `facts`: of a message, else null. `about`: another message whose facts change with it */
  add(row: { letter: Letter; person: string; facts: MessageFacts | null; about: { message: string; facts: MessageFacts } | null }): Promise<void>;
  /** Oldest first, from those with an id above `after`. */
  waiting(limit: number, after?: string): Promise<Letter[]>;
  countWaiting(): Promise<number>;
  /** The hall has it, or never will: the envelope goes, and of what is no message all. */
  settle(id: string, outcome: LetterOutcome): Promise<void>;
  /** Keeps how a message stands; one that is not here is passed over. */
  hear(word: MessageWord): Promise<void>;
  message(id: string): Promise<KeptMessage | null>;
  /** Newest first. */
  messagesOf(person: string): Promise<KeptMessage[]>;
  recordings: {
    /** Takes the place of the one before. It belongs to nobody until its letter is added. */
    put(letter: string, recording: { hash: Hash; sealed: Uint8Array }): Promise<void>;
    sealed(letter: string): Promise<Uint8Array | null>;
    /** Removes one whose letter was never sent. */
    drop(letter: string): Promise<void>;
    /** @param includingUnsent those, too, whose letter waits: a stick carries both */
    waiting(includingUnsent: boolean): Promise<{ letter: string; hash: Hash; size: number; upload: string | null }[]>;
    uploadBegun(letter: string, upload: string | null): Promise<void>;
    /** The hall has it. */
    arrived(letter: string, hash: Hash): Promise<void>;
  };
  /** Lets go of messages that were closed and last told of before `closedBefore`, and of those that are half a year old. What waits stays. */
  purge(closedBefore: string): Promise<void>;
  /** Called after any change; the answer stops it. */
  watch(tell: () => void): () => void;
};

export type PurgeFailure =
  /** An action without acknowledgement, or a blob that is not at the hall. */
  | { kind: 'still-travelling' };

export type SpareFailure =
  /** This store was bound to another hall. */
  | { kind: 'other-hall' }
  /** Its chain is not the one that the hall knows. */
  | { kind: 'other-chain' };

export type TerminalStore = {
  /** How often a spare took over this machine's identity before; 0 for a machine that was never lost. */
  readonly generation: number;
  log: Log;
  drafts: Drafts;
  prints: Prints;
  blanks: BlankBook;
  pages: Pages;
  items: Items;
  leases: Leases;
  neighbours: Neighbours;
  appointments: Appointments;
  letters: Letters;
  cursors: Cursors;
  caseKeys: CaseKeys;
  blobs: Blobs;
  time: Timekeeper;
  /** Destroys the case's key, removes its rows, overwrites them and empties the write-ahead log. Safe to repeat. */
  purgeCase(id: CaseId): Promise<Result<null, PurgeFailure>>;
  /**
   * Makes this store a spare's: its chain goes on behind the later of its own head and the hall's, what the hall lacks waits to be sent again, and the
   * numbers that are here are let go, since the lost machine may have given them out. It counts when the store is opened the next time.
   */
  becomeSpare(hall: { head: ChainHead; generation: number; keys: HallKeys }): Promise<Result<null, SpareFailure>>;
  /**
   * Drops a case that was never handed in: its key, pages and blobs. Does nothing to a case with actions.
   * This is the wipe at the end of a session.
   */
  discardCase(id: CaseId): Promise<void>;
  /**
   * Overwrites in the file what was removed and empties the write-ahead log, so that it stays in neither: for the end of a visit.
   * Some milliseconds of disk.
   */
  scrub(): Promise<void>;
  /** Bytes in the file that removed rows left behind and new ones will use. */
  reusable(): Promise<number>;
  /** Waits for what is in flight; idempotent. */
  close(): Promise<void>;
};

export type OpenStoreFailure =
  | OpenFailure
  /** A newer program wrote the file; it is left as it is. `version` is its table version. */
  | { kind: 'newer-file'; version: number };
export type OpenTerminalStore = (settings: TerminalStoreSettings) => Promise<Result<TerminalStore, OpenStoreFailure>>;
