import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { ChainHead } from '../../domain/action/chain.ts';
import type { WrappedKey } from '../../domain/action/payload.ts';
import type { Action } from '../../domain/action/types.ts';
import type { terminalAppointments } from '../../domain/contracts/appointments.ts';
import type { Backup } from '../../domain/contracts/backup.ts';
import type { MachineReport } from '../../domain/contracts/fleet.ts';
import type { About, FeedEntry, HallKeys, IntakeOutcome, Lease, LeaseKind, LiveWord } from '../../domain/contracts/hall.ts';
import type { HelpCall } from '../../domain/contracts/help.ts';
import type { Letter, LetterOutcome } from '../../domain/contracts/letters.ts';
import type { SiteDayOutcome, SiteDayPiece, SiteDayStand } from '../../domain/contracts/site-days.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Governor } from '../blobs/governor.ts';

/** Why nothing came of a request. Each asks for another answer from the caller. */
export type TransportFailure =
  /** No line, no name, no hall behind it, or no answer in time. Whether the hall acted is unknown. */
  | { kind: 'unreachable' }
  /** The hall does not let this machine in: not enrolled, retired, or its key is not the enrolled one. */
  | { kind: 'refused'; status: number }
  /** The body is larger than the hall, or something on the way, takes. */
  | { kind: 'too-large' }
  /** The hall has a fault of its own or asks to slow down: later. */
  | { kind: 'server-fault'; status: number }
  /** An answer this program does not understand: not the hall, or one with a fault. */
  | { kind: 'protocol'; status: number }
  /** The hall speaks no version from before `oldest`, so this terminal must be updated. */
  | { kind: 'outdated'; oldest: number };

/** What a contact showed about the time; see `Timekeeper.contact`. */
export type Contact = { hallNow: string; sentMonotonic: number; answeredMonotonic: number; answeredWall: number };

/** What the hall tells a spare: where the chain it continues ended there, and how often its identity was taken over. */
export type Takeover = { keys: HallKeys; head: ChainHead; generation: number; key: WrappedKey | null };

export type Answer<Value> = Promise<Result<Value, TransportFailure>>;
export type CallOptions = { signal?: AbortSignal };

type Asked = InferContractRouterInputs<typeof terminalAppointments>;
type Said = InferContractRouterOutputs<typeof terminalAppointments>;
/** What may be booked at a site, and by which rules. */
export type BookingSlots = Omit<Said['bookingSlots'], 'now'>;
export type BookOutcome = Said['bookAtTerminal']['outcome'];
export type OwnAppointments = Omit<Said['myAppointments'], 'now'>;
export type CancelOutcome = Said['cancelAtTerminal']['outcome'];

/** The hall as sync sees it, whatever carries the words. */
export type HallTransport = {
  /** The hall's keys, unchecked: only enrolling pins them. */
  about(options?: CallOptions): Answer<About>;
  /** Registers this machine's public key. `publicKey`: Ed25519, 32 bytes, base64. */
  enrol(request: { code: string; publicKey: string }, options?: CallOptions): Promise<Result<{ keys: HallKeys }, TransportFailure | { kind: 'wrong-code' } | { kind: 'already-enrolled' }>>;
  /** Takes over a lost machine's identity; the answer's key opens the backup, wrapped for `reader`. */
  takeOver(request: { code: string; publicKey: string; backup: Backup | null; reader: string }, options?: CallOptions): Promise<Result<Takeover, TransportFailure | { kind: 'wrong-code' } | { kind: 'already-enrolled' } | { kind: 'backup-unreadable' } | { kind: 'other-chain' }>>;
  /**
   * Sends a batch. `after`: the last sequence of a batch that was sent before this one and is not answered yet, else 0; a hall of protocol 1 takes no such second
   * batch. `protocol`: the version that was spoken.
   */
  intake(actions: readonly Action[], options?: CallOptions & { after?: number }): Answer<{ outcomes: IntakeOutcome[]; protocol: number }>;
  lease(request: { kind: LeaseKind; want: number; request: string }, options?: CallOptions): Answer<{ lease: Lease }>;
  /** `unreadable` counts entries that this program does not understand; they are left out and block nothing. `protocol`: the version that was spoken. */
  feed(request: { after: number; limit: number }, options?: CallOptions): Answer<{ entries: FeedEntry[]; unreadable: number; checkpoint: number; more: boolean; protocol: number }>;
  /** Listens until the hall ends it: tells where this machine's feed stands. `not-spoken`: this hall has no live lines. */
  live(hear: (word: LiveWord) => void, options?: CallOptions): Answer<'ended' | 'not-spoken'>;
  /** Says how this machine is. `not-spoken`: this hall takes no reports. */
  report(report: MachineReport, options?: CallOptions): Answer<'taken' | 'not-spoken'>;
  /** Sends one letter. `not-spoken`: this hall takes none, and it waits. */
  letter(letter: Letter, options?: CallOptions): Answer<LetterOutcome | 'not-spoken'>;
  /** Calls for staff, or says that nobody waits any more. `not-spoken`: this hall has no such call. */
  help(call: HelpCall, options?: CallOptions): Answer<'heard' | 'not-spoken'>;
  /** How much of a site's days the hall has. `not-spoken`: this hall takes none. */
  siteDays(request: { site: string; days: readonly string[] }, options?: CallOptions): Answer<SiteDayStand[] | 'not-spoken'>;
  /** Brings a piece of a site's day. */
  siteDay(piece: SiteDayPiece, options?: CallOptions): Answer<SiteDayOutcome | 'not-spoken'>;
  /** What is free at a site. `not-spoken`, here and below: this hall has no appointments. */
  bookingSlots(request: Asked['bookingSlots'], options?: CallOptions): Answer<BookingSlots | 'not-spoken'>;
  /** Books; asked again under the same id, the answer is the same. */
  bookAtTerminal(request: Asked['bookAtTerminal'], options?: CallOptions): Answer<BookOutcome | 'not-spoken'>;
  myAppointments(request: Asked['myAppointments'], options?: CallOptions): Answer<OwnAppointments | 'not-spoken'>;
  /** Cancels; once cancelled, cancelling again is no fault. */
  cancelAtTerminal(request: Asked['cancelAtTerminal'], options?: CallOptions): Answer<CancelOutcome | 'not-spoken'>;
  missingBlobs(blobs: readonly { case: CaseId; hash: Hash }[], options?: CallOptions): Answer<{ missing: Hash[] }>;
  /** Sends one sealed blob, going on where an earlier try ended. */
  upload(blob: BlobUpload, options?: CallOptions): Answer<UploadOutcome>;
  /** Told after every answer to a proven request that carries the hall's time. */
  watchContact(tell: (contact: Contact) => void): () => void;
};

/**
 * `complete`: every byte went out and was taken. `paused`: as asked, to go on later. `unknown`: an answer got lost and the hall no longer
 * knows the upload, because it is whole or because it was forgotten; `missingBlobs` tells.
 */
export type UploadOutcome = 'complete' | 'paused' | 'unknown';

export type BlobUpload = {
  case: CaseId;
  hash: Hash;
  bytes: Uint8Array;
  /** Where an earlier try was begun, or null. */
  begun: string | null;
  /** Keeps where this one was begun, before the first piece goes; null when the hall has forgotten it. */
  keep(begun: string | null): Promise<void>;
  /** Says how large pieces are, and learns from them. */
  governor: Governor;
  /** Aborted when a text waits: no other piece is begun, one in flight gets a moment and is then given up, and the answer is `paused`. */
  text: AbortSignal;
};
