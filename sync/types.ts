import type { ActionVerifier } from '../domain/action/types.ts';
import type { MachineReport } from '../domain/contracts/fleet.ts';
import type { HallKeys, LeaseKind, QuarantineReason } from '../domain/contracts/hall.ts';
import type { HelpWord } from '../domain/contracts/help.ts';
import type { ActionId, CaseId, Hash } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { SiteDays, SiteDaysEvent } from './site-days/send.ts';
import type { TerminalStore } from './terminal-store/types.ts';
import type { HallTransport, TransportFailure } from './transport/types.ts';

/**
 * What sync is doing.
 *
 * | phase | what happens | next |
 * |---|---|---|
 * | stopped | nothing, until `start` | idle |
 * | idle | waits for the interval or a nudge | sending-actions |
 * | sending-actions | own actions up, acknowledgements back | sending-letters |
 * | sending-letters | what citizens say beside their cases up | taking-feed |
 * | taking-feed | the hall's actions and items down | reporting |
 * | reporting | how this machine is, when that has changed | renewing-leases |
 * | renewing-leases | number blocks, when few are left | sending-blobs |
 * | sending-blobs | sealed files up; ends early when a new action waits | sending-site-days |
 * | sending-site-days | the days of the site's queue up, where the machine takes part in one; ends early likewise | idle |
 * | backing-off | the last run failed; waits longer after each | sending-actions |
 */
export type SyncPhase = 'stopped' | 'idle' | 'sending-actions' | 'sending-letters' | 'taking-feed' | 'reporting' | 'renewing-leases' | 'sending-blobs' | 'sending-site-days' | 'backing-off';

export type RunFailure = TransportFailure | { kind: 'not-enrolled' }
  /** What came could not be written down: the disk has no room. It comes again with a later run. */
  | { kind: 'store-full' };

export type SyncStatus = {
  phase: SyncPhase;
  /** Whether the last contact that was tried came through. */
  line: 'online' | 'offline';
  /** The hall's time at the last contact; null before the first. */
  lastContact: string | null;
  /** Why the last run ended early; null after a whole one. */
  failure: RunFailure | null;
  /** Runs that failed one after another. */
  failures: number;
};

/** What one run did. Counts, no contents. */
export type SyncReport = {
  failure: RunFailure | null;
  acknowledged: number;
  /** Actions that the hall holds and does not apply. */
  keptAside: number;
  /** Actions that the hall does not hold, as it says; they stay waiting. */
  notHeld: number;
  /** Answers whose signature was not the hall's; their actions stay waiting. */
  forgedAcknowledgements: number;
  hallActions: number;
  /** Feed entries that were not the hall's, or that this program cannot read. */
  ignoredEntries: number;
  items: number;
  leases: number;
  /** Blobs the hall has confirmed. */
  blobs: number;
  /** Letters that are settled, taken or not. */
  letters: number;
  /** Entries of the site's queue that the hall has taken. */
  queueEntries: number;
};

/** Log events of sync: ids and kinds only. */
export type SyncEvent =
  | { event: 'sync-run-init' }
  /** The device clock is this many minutes from the hall's, for county IT; told when it comes to be so. Actions carry the drift, citizens are not told. */
  | { event: 'device-clock-off'; minutes: number }
  | { event: 'sync-run-complete'; report: SyncReport }
  | { event: 'action-kept-aside'; action: ActionId; case: CaseId; reason: QuarantineReason }
  | { event: 'action-not-held'; action: ActionId; case: CaseId; reason: QuarantineReason }
  | { event: 'action-not-taken'; action: ActionId; case: CaseId; why: TransportFailure['kind'] }
  | { event: 'acknowledgement-refused'; action: ActionId }
  | { event: 'feed-entry-refused'; why: string }
  | { event: 'lease-added'; lease: string }
  /** The hall never takes it; or failed on it this time. */
  | { event: 'letter-refused' | 'letter-not-taken'; letter: string; why: string }
  | { event: 'blob-not-taken'; case: CaseId; blob: Hash }
  | SiteDaysEvent;

export type LeasePolicy = { kind: LeaseKind; below: number; want: number };

export type SyncIntervals = {
  /** Between two runs on a good line, milliseconds: how old a progress view may be. */
  idle: number;
  /** First wait after a failure; it doubles with each. */
  retry: number;
  /** Longest wait after failures. */
  retryMost: number;
  /** Between two looks for a line that is away. */
  look: number;
};

export type SyncSettings = {
  store: TerminalStore;
  transport: HallTransport;
  verifier: ActionVerifier;
  clock: Clock;
  random(count: number): Uint8Array;
  log(event: SyncEvent): void;
  intervals?: SyncIntervals;
  /** When to ask for numbers; a machine without a line uses what it has. */
  leases?: readonly LeasePolicy[];
  /** Whether somebody is at the machine now: scans then leave half of the line. */
  busy?(): boolean;
  /** How this machine is now; left out: it does not report. */
  report?(): Promise<MachineReport>;
  /** The days of the site's queue; left out: this machine takes part in none. */
  siteDays?: SiteDays;
  /** Staff have said something to a call for help; it may be an old one. */
  heardHelp?(word: HelpWord): void;
};

export type EnrolFailure = TransportFailure | { kind: 'wrong-code' } | { kind: 'already-enrolled' }
  /** The hall answered with other keys than those this machine is bound to. */
  | { kind: 'other-hall' };

export type Sync = {
  start(): void;
  /** Ends the run in flight and waits for it. */
  stop(): Promise<void>;
  /** The run in flight, or a new one. Works while stopped, too. */
  runNow(): Promise<SyncReport>;
  /** Something waits or the line came back: run at once, and again when a run is in flight. */
  nudge(): void;
  status(): SyncStatus;
  /** Called after every change of the status; the answer stops it. */
  watch(tell: (status: SyncStatus) => void): () => void;
  /** Registers this machine with the one-time code of county IT and binds it to the hall's keys. `publicKey`: Ed25519, base64. */
  enrol(request: { code: string; publicKey: string }): Promise<Result<HallKeys, EnrolFailure>>;
  /** The keys of the hall that this machine is bound to; null before it was enrolled. */
  hallKeys(): Promise<HallKeys | null>;
  /** The version of the road agreed on with the hall at the last contact; 0 before the first. */
  hallProtocol(): Promise<number>;
};

/** What every part of a run gets. */
export type Run = {
  store: TerminalStore;
  transport: HallTransport;
  verifier: ActionVerifier;
  hall: HallKeys;
  report: SyncReport;
  signal: AbortSignal;
  log(event: SyncEvent): void;
  heardHelp(word: HelpWord): void;
};
