import type { ColumnType, Generated as Given, Kysely, Transaction } from 'kysely';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { Hash } from '../../domain/ids.ts';
import type { LeaseKind, QuarantineReason } from '../../domain/contracts/hall.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import type { Stage } from '../../domain/case/types.ts';
import type { MessageTables } from '../messages/rows.ts';
import type { AppointmentTables } from '../appointments/rows.ts';
import type { QueueTables } from '../queue/rows.ts';
import type { RatingTables } from '../ratings/rows.ts';
import type { JournalKind } from '../../domain/audit/journal.ts';
import type { SignInStep } from '../../domain/staff/sign-in.ts';
import type { CardState } from '../../domain/supervision/card.ts';
import type { Level } from '../../domain/supervision/rules.ts';
import type { DraftState } from '../../domain/catalogue/states.ts';
import type { Adjusted as AdjustmentKind } from '../../domain/catalogue/publication.ts';
import type { Item } from '../../domain/item/types.ts';

/**
 * The hall's tables as Kysely sees them. SQL is the truth: `migrations/` make them, this file names their columns.
 * Every key begins with `division`, so that a province can distribute many counties over one cluster by it.
 * Instants are `timestamptz` and read as ISO text with milliseconds; civil dates are `date` and read as `YYYY-MM-DD`; bigints read as numbers.
 */
type Key = { division: string };

/** A terminal, or the hall itself: both are machines with a key and a chain of their own. */
export type MachineRow = Key & {
  machine: string;
  /** Ed25519, base64; null until the machine was enrolled. */
  public_key: string | null;
  enrolled_at: string | null;
  retired_at: string | null;
  last_contact: string | null;
  head_sequence: number;
  head_hash: string;
  /** How often a spare took over this identity: the number of its key. */
  generation: number;
  /** What it said of itself with its last token, as `Introduction` has it; null: nothing. Its clock minus the hall's, milliseconds, less what the way took. */
  clock_offset: number | null;
  protocol: number | null;
  program: string | null;
  /** The last `MachineReport`, JSON, and when it came; null before the first. */
  report: string | null;
  reported_at: string | null;
};

/** Where a machine stands. `hours`: `OpeningHours` as JSON. `told_…`: its entry in the feed, what that said works there as JSON, and when; null before the first. */
export type PlaceRow = Key & {
  machine: string;
  site: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
  hours: string;
  told_position: number | null;
  told_works: string | null;
  told_at: string | null;
};

/** `replaces`: a spare may take over with it, and nobody may enrol anew. */
export type EnrolmentCodeRow = Key & { code_hash: string; machine: string; created_at: string; expires_at: string; used_at: string | null; replaces: boolean };
/**
 * A key that a machine had before it was lost. It still vouches for the machine's actions up to `through`: the hall's head then, or that of the
 * backup when it was ahead. `backup_*` are null until the spare came, and when it came without a backup.
 */
export type FormerKeyRow = Key & {
  machine: string;
  generation: number;
  public_key: string;
  through: number;
  replaced_at: string;
  taken_over_at: string | null;
  hall_sequence: number;
  backup_sequence: number | null;
  backup_at: string | null;
};
export type ChallengeRow = Key & { challenge_hash: string; machine: string; expires_at: string };
export type TokenRow = Key & { token_hash: string; machine: string; expires_at: string };
/** A number that only ever grows. `name` says of what. */
export type CounterRow = Key & { name: string; value: number };
/** How far the journal of a PGlite hall was applied; stays 0 on PostgreSQL. */
export type JournalRow = Key & { position: number };

export type ItemRow = Key & { code: string; version: number; body: string; body_hash: string; published_at: string };
/**
 * What is known of a published version without reading its text: a line of the adjust log. `account`, `draft` null: from a pack of files. `reviewers`, `origin`
 * (codes it came from) and `successors` (codes that took its place) are JSON. `changes`: elements that differ from the version before; null for a first or a pack's.
 */
export type ItemPublicationRow = Key & {
  code: string; version: number; name: string; type: string; body_name: string; credit_code: string; state: Item['state']; effective_from: string; effective_to: string | null;
  kind: AdjustmentKind; at: string; account: string | null; draft: string | null; reviewers: string; reason: string; origin: string; successors: string; changes: number | null;
};
/** `bases` (code and version it starts from), `bodies` (the texts), `authors` (whoever saved) are JSON. `revision` grows with every save and step. `holder`: who works on it, since `held_at`. */
export type ItemDraftRow = Key & {
  id: string; kind: AdjustmentKind; state: DraftState; revision: number; name: string; body_name: string; bases: string; bodies: string; reason: string; authors: string;
  created_by: string; changed_by: string; changed_at: string; holder: string | null; held_at: string | null;
};
/** The codes a draft is about, with the bodies they belong to. `locks`: it is open and starts from this code. */
export type ItemDraftCodeRow = Key & { draft: string; code: string; credit_code: string; locks: boolean };
export type ItemReviewRow = Key & { id: number; draft: string; revision: number; at: string; account: string; verdict: 'approve' | 'reject'; words: string };
/** `body`: a `ShelfRule` as JSON. The counter `shelf` says how often the rules changed. */
export type ShelfRuleRow = Key & { id: string; body: string; account: string; at: string };
/** `body`: a `Theme` as JSON. */
export type ThemeRow = Key & { code: string; version: number; body: string; effective_from: string; account: string; at: string };
/** `generation`: of the machine's key that may use these numbers. */
export type LeaseRow = Key & { id: string; machine: string; request: string; kind: LeaseKind; prefix: string; first: number; last: number; width: number; granted_at: string; generation: number };
/** `audience`: one machine, `all`, or `neighbours`, which is for all and wakes nobody. `subject` is the id of an action, message, letter or call, a day, an item's code with `version`, or a machine. */
export type FeedRow = Key & { position: number; audience: string; kind: 'action' | 'item' | 'acknowledgement' | 'neighbour' | 'shelf' | 'message' | 'letter' | 'surveys' | 'help' | 'appointments'; subject: string; version: number };

/** Every authentic action, applied or not, in its machine's chain. */
export type ActionRow = Key & {
  machine: string;
  sequence: number;
  id: string;
  hash: string;
  /** null with a kind this hall cannot read: signed by the machine all the same, so it keeps its place in the chain. */
  case_id: string | null;
  kind: string | null;
  /** Place among the applied actions of its case, from 1; null when it was not applied. */
  case_position: number | null;
  body: string;
  received_at: string;
  quarantine_reason: QuarantineReason | null;
};

export type QuarantineRow = Key & {
  id: number;
  machine: string;
  reason: QuarantineReason;
  first_at: string;
  last_at: string;
  /** How often the same entry came. */
  times: number;
  action_id: string | null;
  sequence: number | null;
  /** SHA-256 of the entry's text, whole even where `body` was cut. */
  fingerprint: string;
  body: string;
  /** Set when the same entry was stored later, in its order. */
  resolved_at: string | null;
};

export type CaseRow = Key & {
  id: string;
  machine: string;
  number: string;
  /** The number the terminal gave: it stays findable when a provisional one was mapped to an official one. */
  handed_in_number: string;
  item_code: string;
  item_version: number;
  item_name: string;
  person: string;
  person_key: string;
  person_number: string;
  stage: Stage;
  /** When it was handed in, as the hall reckons it from the evidence. */
  handed_in_at: string;
  received_at: string;
  promised_by: string | null;
  statutory_by: string | null;
  /** The legal clock stands still. */
  paused: boolean;
  /** The applicant's, for searching. */
  phone: string;
  /** The emergency paper form it was first taken on. */
  late_paper: string | null;
  /** Whom its papers are on their way to. */
  papers_to: string | null;
  /** It has a result that nobody collected yet. */
  to_issue: boolean;
  /** A window still has to look at somebody's identity. */
  identity_open: boolean;
  /** The day by which somebody must act next; 9999-12-31 when nobody must. Orders the inbox. */
  duty_by: string;
  claimed_by: string | null;
  claimed_at: string | null;
  /** How many actions were applied. */
  actions: number;
  /** `CaseState` as JSON, folded from those actions. */
  state: string;
};

/**
 * A department's step of a case. `pre-review` and `open` wait for it; `later` waits for acceptance or for other steps; `over` is done, or needs no doing any more. A
 * row stays with its case: whoever had a part in it may look at it. `due_by`: the last day of the step's own time box, or of the answer that the hall owes.
 */
export type CaseTaskRow = Key & { case_id: string; step: string; department: string; kind: 'pre-review' | 'open' | 'later' | 'over'; since: string; due_by: string };

/** A year's holiday notice that was imported; `days` is `NoticeDays` as JSON. */
export type CalendarNoticeRow = Key & { year: number; source: string; days: string; imported_at: string; account: string };
/** A day that the county itself made working or free. `running`: due dates that were reckoned before it move as well. */
export type LocalDayRow = Key & { date: string; working: boolean; reason: string; running: boolean; entered_at: string; account: string };

/** A list of an account under one of its keys: `list` and `list_order` are `ListName` and `ListOrder`. */
export type SavedFilterRow = Key & { account: string; key: number; name: string; list: string; query: string; list_order: string };
/** A ready sentence of the county: `use` is `SentenceUse`; `item_code` empty: for every item. */
export type SentenceRow = Key & { id: string; item_code: string; use: string; letters: string; words: string; account: string; changed_at: string };

/** A case that a window is about to hand in: `case_key` is its `WrappedKey` as JSON. `window_scan`: its scans so far. */
export type WindowDraftRow = Key & { case_id: string; account: string; case_key: string; begun_at: string };
export type WindowScanRow = Key & { case_id: string; hash: Hash; size: number; media_type: BlobReference['mediaType'] };

/** A legal paper that was made: `facts` is `LegalPaper` as JSON, as it stood then. */
export type PaperRow = Key & { action: string; kind: string; case_id: string; number: string; made_at: string; facts: string };

/** The sealed files that a case names, those that a supplement replaced among them: `NamedFile[]` as JSON. */
export type CaseFilesRow = Key & { case_id: string; files: string };
/** A sealed file that is here. */
export type BlobRow = Key & { hash: string; size: number; received_at: string };

/**
 * `scope`: JSON, null for the whole county. `granted_at`: null until a second person approved the role of a new account. `one_time_until`: its password was
 * given by somebody else, must be replaced, and is good until then. `totp`: the second factor's secret, sealed, as JSON, with the last step whose code was
 * taken; `totp_pending`: one that was not proved yet. `last_…`: the last whole sign-in.
 */
export type AccountRow = Key & {
  account: string; name: string; role: Role; password: string; failures: number; locked_until: string | null; disabled_at: string | null; scope: string | null; granted_at: string | null; one_time_until: string | null;
  totp: string | null; totp_since: string | null; totp_step: number | null; totp_pending: string | null; last_at: string | null; last_address: string | null;
};
/** `step`: what is asked for next; `whole`: nothing. `last_…` and `failed`: the sign-in before this one, and how many tries failed since. */
export type SessionRow = Key & { token_hash: string; account: string; created_at: string; seen_at: string; step: SignInStep; address: string; last_at: string | null; last_address: string | null; failed: number };
export type RecoveryCodeRow = Key & { account: string; code_hash: string; used_at: string | null };
/** A sensitive act that waits for a second person. `body`: JSON. `outcome`: null while it is open. */
export type ProposalRow = Key & { id: string; what: string; subject: string; body: string; proposed_by: string; at: string; decided_by: string | null; decided_at: string | null; outcome: 'approved' | 'refused' | 'withdrawn' | null };

/** Who read whose data. `cases` is a JSON array of case ids; of a slip, which is no case yet, an id that stands for its person. `position`: its place in the chain of reads, null until it is sealed. */
export type ReadAuditRow = Key & { id: number; at: string; account: string; what: 'inbox' | 'case' | 'blob' | 'message' | 'slip'; cases: string; blob: string | null; position: number | null };
/** Cases that an account opened within an hour of the clock, of the reads that are sealed. */
export type ReadHourRow = Key & { account: string; hour: string; opened: number };
/** A deed by the id that its console gave it. `said`: hash of what was asked. `answer`: JSON; null only while its transaction runs. */
export type DeedAnswerRow = Key & { account: string; id: string; call: string; said: string; at: string; answer: string | null };
/** Wrong tries to open a slip, of an account or at a slip. `at`: of the last. */
export type SlipTryRow = Key & { what: string; tries: number; at: string };
/** What staff did beside the cases. `body`: JSON without personal data. */
export type DeedRow = Key & { id: number; at: string; account: string; what: string; subject: string; body: string; position: number | null };
export type JournalLinkRow = Key & { kind: JournalKind; position: number; row_id: number; row_hash: string; previous: string; hash: string };
/** Where a chain stands, signed; the day that is not closed yet; and up to where its rows were removed by rule, signed. */
export type JournalHeadRow = Key & { kind: JournalKind; position: number; hash: string; at: string; signature: string; open_day: string; removed_through: number; removed_at: string | null; removed_signature: string | null };
export type DayHeadRow = Key & { kind: JournalKind; date: string; position: number; count: number; hash: string; signature: string };

/**
 * A machine's courier. `request`, `blobs` and `outcomes` are JSON: what the newest parcel asked, the hashes of its pages, and the answers to its actions as
 * far as they were taken (`parts_taken` of `parts`). `machine_key`: the key it was signed with; a spare that takes the machine's place begins anew.
 * `made_…`: the last parcel that was made for the machine.
 */
export type CourierRow = Key & {
  machine: string;
  machine_key: string;
  taken_serial: number;
  taken_hash: string;
  taken_at: string;
  parts: number;
  parts_taken: number;
  request: string;
  blobs: string;
  outcomes: string;
  made_serial: number;
  made_hash: string;
};

/**
 * What figures are made of and when supervision looks at a case next; null: not before something happens to it. Columns are as in `CaseFacts`, null before the first look.
 * `ended_at`: the hall knew that it was closed.
 */
export type CaseFigureRow = Key & {
  case_id: string; next_look_at: string | null;
  item_code: string | null; department: string | null; machine: string | null; handed_in_on: string | null; at_terminal: boolean | null; late: boolean | null;
  accepted_on: string | null; finished_on: string | null; finished_at: string | null; finished_by: string | null; ended_at: string | null; granted: boolean | null;
  over_promised: boolean | null; over_statutory: boolean | null; early: boolean | null;
  promised: number | null; statutory: number | null; used: number | null; own: number | null; visits: number | null;
};
/** Sums of `case_figure` over one day, item and machine: `Totals` under the database's names. */
export type FigureDayRow = Key & {
  day: string; item_code: string; machine: string; department: string;
  handed_in: number; at_terminal: number; late: number; accepted: number; accepted_closed: number; finished: number; on_time: number; early: number;
  over_promised: number; over_statutory: number; statutory: number; promised: number; used: number; own: number; visits: number;
};
/** The same of a whole month. @property month its first day */
export type FigureMonthRow = Omit<FigureDayRow, 'day'> & { month: string };
/** A day whose sums are to be made anew, and a day of an account's work that is to be looked at. */
export type FigureDirtyRow = Key & { day: string };
export type AccountLookRow = Key & { account: string; day: string };
/**
 * A finding of supervision and how it stands, folded from its events. `case_id` null: it is about an account. `raised_as_of`: from when it holds by the log; `raised_at`: when it was seen.
 * `actions`: what it rests on, JSON. `grows_at`: when yellow becomes red unless somebody answers.
 */
export type CardRow = Key & {
  id: string; rule: string; version: number; level: Level; state: CardState; case_id: string | null; number: string; item_name: string; raised_as_of: string; raised_at: string;
  owner: 'window' | 'department' | 'account'; department: string; department_name: string; account: string; reply_by: string | null; grows_at: string | null; events: number; actions: string;
};
/** `body`: `CardDeed` as JSON. Rows are only ever added. */
export type CardEventRow = Key & { card: string; position: number; at: string; account: string; kind: string; body: string };
/** A version of a rule that the county proposed: `Rule` as JSON. `decision` null: nobody else has looked at it yet. */
export type SupervisionRuleRow = Key & { rule: string; version: number; body: string; why: string; proposed_by: string; proposed_at: string; decision: 'approved' | 'refused' | null; decided_by: string | null; decided_at: string | null };
/** A time in which the hall (`hall`), or the machine that `scope` names, could not work. */
export type OutageRow = Key & { id: number; from_at: string; to_at: string | null; scope: string; reason: string; registered_by: string; registered_at: string; ended_by: string | null };
/** `body`: `BulletinBody` as canonical JSON, `hash` its SHA-256. `corrects`: the number of the bulletin that it puts right. */
export type BulletinRow = Key & { year: string; serial: number; title: string; from_on: string; to_on: string; corrects: string | null; body: string; hash: string; published_by: string; published_at: string };
/** The body whose item it is, by its credit code: the first 18 characters of the item's code, filled by the database. */
type WithDepartment<Row> = Row & { department: ColumnType<string, never, never> };

/** A row whose column the database fills. */
type Generated<Row, Column extends keyof Row> = Omit<Row, Column> & { [Name in Column]: Given<Row[Name]> };

export type Tables = {
  machine: MachineRow;
  place: PlaceRow;
  enrolment_code: EnrolmentCodeRow;
  former_key: FormerKeyRow;
  challenge: ChallengeRow;
  token: TokenRow;
  counter: CounterRow;
  journal: JournalRow;
  item: ItemRow;
  item_publication: ItemPublicationRow;
  item_draft: ItemDraftRow;
  item_draft_code: ItemDraftCodeRow;
  item_review: Generated<ItemReviewRow, 'id'>;
  shelf_rule: ShelfRuleRow;
  theme: ThemeRow;
  lease: LeaseRow;
  feed: FeedRow;
  action: ActionRow;
  quarantine: Generated<QuarantineRow, 'id'>;
  case_view: WithDepartment<CaseRow>;
  case_task: CaseTaskRow;
  window_draft: WindowDraftRow;
  window_scan: WindowScanRow;
  saved_filter: SavedFilterRow;
  sentence: SentenceRow;
  calendar_notice: CalendarNoticeRow;
  local_day: LocalDayRow;
  paper: PaperRow;
  case_files: CaseFilesRow;
  blob: BlobRow;
  account: AccountRow;
  session: SessionRow;
  recovery_code: RecoveryCodeRow;
  proposal: ProposalRow;
  read_audit: Generated<ReadAuditRow, 'id' | 'position'>;
  read_hour: ReadHourRow;
  deed: Generated<DeedRow, 'id' | 'position'>;
  deed_answer: DeedAnswerRow;
  slip_try: SlipTryRow;
  journal_link: JournalLinkRow;
  journal_head: JournalHeadRow;
  day_head: DayHeadRow;
  courier: CourierRow;
  case_figure: CaseFigureRow;
  figure_day: FigureDayRow;
  figure_month: FigureMonthRow;
  figure_dirty: FigureDirtyRow;
  account_look: AccountLookRow;
  card: CardRow;
  card_event: CardEventRow;
  supervision_rule: SupervisionRuleRow;
  outage: Generated<OutageRow, 'id'>;
  bulletin: BulletinRow;
} & RatingTables & MessageTables & QueueTables & AppointmentTables;

/** A handle that can only read. */
export type Read = Pick<Kysely<Tables>, 'selectFrom'>;
/** A handle inside a transaction. It reads as well. */
export type Write = Transaction<Tables>;

/** Text of a hash column, whose writers only ever put hashes in. */
export function storedHash(text: string): Hash {
  return text as Hash;
}
