/**
 * The road between a terminal and the hall, HTTPS with JSON bodies. A terminal proves itself by answering a challenge with its
 * enrolled Ed25519 key and gets a bearer token for 15 minutes; a token only opens what belongs to that machine.
 * Published as OpenAPI by the hall. Errors that a terminal must tell apart are in the answers; HTTP status codes say the rest:
 * 401 token missing or over, 403 machine not enrolled or retired, 413 body too large (the batch must shrink), 429 slow down.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { WrappedKey } from '../action/payload.ts';
import { Acknowledgement } from '../action/acknowledgement.ts';
import { Action } from '../action/types.ts';
import { SignedText } from '../catalogue/signed.ts';
import { Neighbour } from '../fleet/neighbour.ts';
import { CaseId, Hash, MachineId, Ulid } from '../ids.ts';
import { Item } from '../item/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { SiteAppointments, terminalAppointments } from './appointments.ts';
import { Backup, Head } from './backup.ts';
import { MachineReport } from './fleet.ts';
import { HelpCall, HelpWord } from './help.ts';
import { Letter, LetterOutcome, MessageWord, OpenSurvey } from './letters.ts';
import { kind, resultOf } from './result-schema.ts';
import { MOST_DAYS, SiteDayOutcome, SiteDayPiece, SiteDayStand, SiteName } from './site-days.ts';

/** Version of this road. Hall and terminal speak this one and the one before (`hall-1.ts`), and use the newest that both know. */
export const PROTOCOL = 6;
export const OLDEST_PROTOCOL = 1;
/** The version from which on pages of materials may name a thumbnail: an older hall could not read such an action. */
export const THUMBNAILS_SINCE = 2;
/** The version from which on a terminal may introduce itself: an older hall refuses a token request that does. */
export const INTRODUCTION_SINCE = 2;
/** The version from which on a terminal may report on itself. */
export const REPORTS_SINCE = 2;
/** The version from which on the hall tells terminals of what it does between acceptance and decision, and after the end: older ones cannot read it. */
export const WHOLE_LIFECYCLE_SINCE = 3;
/** The version from which on items travel signed, and the shelf with them; from then on a terminal takes no item without the hall's signature. */
export const SIGNED_CATALOGUE_SINCE = 3;
/** The version from which on letters go up, help is called for, and surveys come down. */
export const LETTERS_SINCE = 4;
/** The version from which on a hand-in may be confirmed on the keypad instead of signed: an older hall could not read such an action. */
export const CONFIRMATION_SINCE = 4;
/** The version from which on a hand-in may say which situation (情形) was declared: an older hall could not read such an action. */
export const SITUATIONS_SINCE = 4;
/** The version from which on a hand-in may hold promises in place of materials and say how its pages came in: an older hall could not read such an action. */
export const PROMISES_SINCE = 5;
/** The version from which on a hand-in may name who acted for whom, and what of it a window has to look at: an older hall could not read such an action, and its terminals no word on it. */
export const PARTIES_SINCE = 5;
/** The version from which on a site's machines bring the days of its queue. */
export const SITE_DAYS_SINCE = 6;
/** The version from which on appointments are booked at terminals, and those of a site come down. */
export const APPOINTMENTS_SINCE = 6;
/** Most actions in one batch, and most bytes of one request body. */
export const MAX_BATCH = 200;
export const MAX_BODY = 4 * 1024 * 1024;

export const HallKeys = z.strictObject({
  hall: MachineId,
  /** Ed25519 public key that signs acknowledgements and hall actions, base64. */
  signing: z.base64(),
  /** X25519 public key that case keys are wrapped for, base64. */
  wrapping: z.base64(),
});
export type HallKeys = z.infer<typeof HallKeys>;

/** Why the hall keeps an action aside instead of applying it. `hall-fault`: the hall's own program fails on it, or on an earlier one of its case. */
export const QuarantineReason = z.enum(['malformed', 'wrong-machine', 'bad-hash', 'bad-signature', 'chain-gap', 'chain-fork', 'unknown-item', 'illegal-transition', 'number-not-leased', 'hall-fault']);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

const Stored = z.strictObject({ kind: z.literal('stored'), acknowledgement: Acknowledgement });
const Duplicate = z.strictObject({ kind: z.literal('duplicate'), acknowledgement: Acknowledgement });
/**
 * Per entry of a batch, in its order. `duplicate` carries the first acknowledgement again. `held`: a quarantined action that has its durable
 * place in the hall's copy of the chain, so the terminal need not send it again; one that is not held must be sent until it is.
 */
export const IntakeOutcome = z.discriminatedUnion('kind', [Stored, Duplicate, z.strictObject({ kind: z.literal('quarantined'), reason: QuarantineReason, held: z.boolean() })]);
export type IntakeOutcome = z.infer<typeof IntakeOutcome>;
/** The same as protocol 1 has it: no `held`, and one reason less. `hall-1.ts` turns one into the other. */
export const IntakeOutcome1 = z.discriminatedUnion('kind', [Stored, Duplicate, z.strictObject({ kind: z.literal('quarantined'), reason: QuarantineReason.exclude(['hall-fault']) })]);
export type IntakeOutcome1 = z.infer<typeof IntakeOutcome1>;

/** One of a batch that the hall signed for together with the others of this kind, in its `word`: their order in the batch is that of the tree's leaves. */
export const StoredTogether = z.strictObject({ kind: z.literal('stored') });
export type StoredTogether = z.infer<typeof StoredTogether>;
/** The signature under `togetherText` of those that are `StoredTogether`. */
export const Word = z.strictObject({ receivedAt: z.iso.datetime({ precision: 3 }), signature: z.base64().length(88) });
export type Word = z.infer<typeof Word>;

export const LeaseKind = z.enum(['case-number', 'ticket-number']);
export type LeaseKind = z.infer<typeof LeaseKind>;
/** A block of numbers `first` … `last` reserved for one machine, used in order and never again. */
export const Lease = z.strictObject({ id: z.string(), kind: LeaseKind, prefix: z.string(), first: z.int().min(1), last: z.int().min(1), width: z.int().min(1).max(12) });
export type Lease = z.infer<typeof Lease>;

/** What the hall tells a terminal, in checkpoint order. */
export const FeedEntry = z.discriminatedUnion('kind', [
  /** An action of the hall on a case handed in at this terminal. */
  z.strictObject({ kind: z.literal('action'), action: Action }),
  /** An item was published, changed or withdrawn: before protocol 3. */
  z.strictObject({ kind: z.literal('item'), item: Item }),
  /** The same since protocol 3: the item's canonical JSON under the hall's signature. */
  z.strictObject({ kind: z.literal('signed-item'), signed: SignedText }),
  /** What is offered where and when, whole (`Shelf`); takes the place of what was told before. Not told before protocol 3. */
  z.strictObject({ kind: z.literal('shelf'), signed: SignedText }),
  /** An action of this terminal that was kept aside is applied after all. Not told before protocol 2. */
  z.strictObject({ kind: z.literal('acknowledgement'), case: CaseId, acknowledgement: Acknowledgement }),
  /** A machine of the county, this one too: where it stands, what works there. The newest takes the place of what was told of it before. Not told before protocol 2. */
  z.strictObject({ kind: z.literal('neighbour'), neighbour: Neighbour }),
  /** How a message that was sent from this terminal stands. This and those below are not told before protocol 4. */
  z.strictObject({ kind: z.literal('message'), word: MessageWord }),
  /** What became of a letter that came by stick. */
  z.strictObject({ kind: z.literal('letter'), letter: Ulid, outcome: LetterOutcome }),
  /** What may be answered, whole; takes the place of what was told before. */
  z.strictObject({ kind: z.literal('surveys'), surveys: z.array(OpenSurvey) }),
  /** Staff have heard a call for help of this terminal. */
  z.strictObject({ kind: z.literal('help'), word: HelpWord }),
  /** The appointments of this machine's site on a day, whole; takes the place of what was told of that day before. Not told before protocol 6. */
  z.strictObject({ kind: z.literal('appointments'), appointments: SiteAppointments }),
]);
export type FeedEntry = z.infer<typeof FeedEntry>;

/** How a body may be packed. */
export const Encoding = z.enum(['gzip', 'zstd']);
export type Encoding = z.infer<typeof Encoding>;

/** What a hall says of itself. A terminal reads it loosely: whatever a later hall adds, its versions must stay readable. */
export const About = z.object({ protocol: z.int().min(1), oldest: z.int().min(1), keys: HallKeys, now: Instant, encodings: z.array(z.string()).default(['gzip']) });
export type About = z.infer<typeof About>;

/** How often the hall speaks on a live line, milliseconds: routers and proxies forget a connection that is silent for a minute. */
export const LIVE_HEARTBEAT = 20_000;
/** All that is said on a live line: the last position of this machine's feed. Whoever stands before it asks the feed. */
export const LiveWord = z.object({ feed: z.int().min(0) });
export type LiveWord = z.infer<typeof LiveWord>;

/**
 * What a terminal says of itself when it takes a token, for the people who look after machines; nothing is decided by it. `wall`: its clock at
 * sending. `protocol`: the version it speaks with this hall. `program`: the version of its program, or null.
 */
export const Introduction = z.object({ wall: Instant, protocol: z.int().min(1), program: z.string().min(1).max(40).nullable() });
export type Introduction = z.infer<typeof Introduction>;

/** The version that a caller speaks; who says nothing speaks the first. */
const Spoken = z.coerce.number().int().min(1).default(1);

export const hallContract = {
  /** The hall's versions, keys and clock; open to everybody. */
  about: oc.route({ method: 'GET', path: '/about' }).input(z.object({ protocol: Spoken }))
    .output(z.union([z.strictObject({ ...About.shape, encodings: z.array(Encoding) }), z.strictObject(About.omit({ encodings: true }).shape)])),
  /** Registers a machine's public key with a one-time code that county IT made. Repeating it with the same key answers the same. */
  enrol: oc
    .route({ method: 'POST', path: '/enrolments' })
    .input(z.strictObject({ machine: MachineId, publicKey: z.base64(), code: z.string().min(8).max(64) }))
    .output(resultOf(z.strictObject({ keys: HallKeys }), z.discriminatedUnion('kind', [kind('wrong-code'), kind('already-enrolled')]))),
  /**
   * A spare takes over a lost machine's identity with the one-time code of `--replace-machine`: registers its own key, learns where the chain ended
   * at the hall, and gets the key of its backup, wrapped for `reader` (X25519, base64). Until it has sent an action or
   * asked for numbers it may repeat it, with another backup too. `already-enrolled`: also for a key that was taken from this machine.
   */
  takeOver: oc
    .route({ method: 'POST', path: '/takeovers' })
    .input(z.strictObject({ machine: MachineId, publicKey: z.base64(), code: z.string().min(8).max(64), /** null: nothing of the lost machine is left. */ backup: Backup.nullable(), reader: z.base64().length(44) }))
    .output(resultOf(
      z.strictObject({ keys: HallKeys, head: Head, /** How often the identity was taken over, this time included. */ generation: z.int().min(1), key: WrappedKey.nullable() }),
      z.discriminatedUnion('kind', [kind('wrong-code'), kind('already-enrolled'), kind('backup-unreadable'), kind('other-chain')]),
    )),
  challenge: oc
    .route({ method: 'POST', path: '/challenges' })
    .input(z.strictObject({ machine: MachineId }))
    .output(z.strictObject({ challenge: z.string(), now: Instant })),
  /** `signature`: Ed25519 over SHA-256 of `jinban-challenge-1\n<machine>\n<challenge>`, base64. */
  token: oc
    .route({ method: 'POST', path: '/tokens' })
    .input(z.strictObject({ machine: MachineId, challenge: z.string(), signature: z.base64(), /** One that cannot be read was not said: it must not cost a machine its token. */ introduction: Introduction.optional().catch(undefined) }))
    .output(resultOf(z.strictObject({ token: z.string(), expiresAt: Instant, now: Instant }), z.discriminatedUnion('kind', [kind('refused')]))),
  /**
   * Takes a batch. Entries are loose so that one malformed entry is answered for itself and never blocks the next. `after`, since protocol 2: the last
   * sequence of a batch that is on the way before this one; the hall takes this one only behind it, and answers 503 when it does not come.
   */
  intake: oc
    .route({ method: 'POST', path: '/intake' })
    .input(z.strictObject({ protocol: z.int(), after: z.int().min(0).default(0), actions: z.array(z.unknown()).max(MAX_BATCH) }))
    .output(z.strictObject({ outcomes: z.array(z.union([StoredTogether, IntakeOutcome, IntakeOutcome1])), /** Absent when nothing is stored together, and before protocol 2. */ word: Word.optional(), now: Instant })),
  lease: oc
    .route({ method: 'POST', path: '/leases' })
    .input(z.strictObject({ kind: LeaseKind, want: z.int().min(1).max(1000), /** Makes a repeated request answer the same block. */ request: z.string().regex(/^[\w.-]{8,64}$/) }))
    .output(z.strictObject({ lease: Lease })),
  /** Entries after `after`; the terminal asks again with the answer's checkpoint while `more`. */
  feed: oc
    .route({ method: 'GET', path: '/feed' })
    .input(z.object({ after: z.coerce.number().int().min(0), limit: z.coerce.number().int().min(1).max(500), protocol: Spoken }))
    .output(z.strictObject({ entries: z.array(FeedEntry), checkpoint: z.int(), more: z.boolean(), now: Instant })),
  /** Server-sent events: a word at once, after every change of the feed, and every `LIVE_HEARTBEAT`. Ends with the token. A machine has one; a newer ends the older. */
  live: oc.route({ method: 'GET', path: '/live' }).output(eventIterator(LiveWord)),
  /** What a machine says of its devices and papers; takes the place of what it said before. Since protocol 2. */
  report: oc.route({ method: 'POST', path: '/reports' }).input(MachineReport).output(z.strictObject({ now: Instant })),
  /** Takes a letter once. What becomes of a message is told in the feed. Since protocol 4. */
  letter: oc.route({ method: 'POST', path: '/letters' }).input(Letter).output(z.strictObject({ outcome: LetterOutcome, now: Instant })),
  /** Somebody calls, waits still, or no longer does. Said again under its id it is the same call; a machine has one. Since protocol 4. */
  help: oc.route({ method: 'POST', path: '/help-calls' }).input(HelpCall).output(z.strictObject({ now: Instant })),
  /** How much of these days of a site's queue the hall has. This and the next since protocol 6. */
  siteDays: oc
    .route({ method: 'POST', path: '/site-days/stands' })
    .input(z.strictObject({ site: SiteName, days: z.array(CivilDate).max(MOST_DAYS) }))
    .output(z.strictObject({ days: z.array(SiteDayStand), now: Instant })),
  /** Takes a piece of a day's list. What is there already and is the same changes nothing. */
  siteDay: oc.route({ method: 'POST', path: '/site-days' }).input(SiteDayPiece).output(z.strictObject({ outcome: SiteDayOutcome, now: Instant })),
  ...terminalAppointments,
  /** Which of these blobs the hall still lacks. Blobs travel by tus 1.0 at `/blobs` with metadata `hash` and `case`; a recording's `case` is its letter. */
  missingBlobs: oc
    .route({ method: 'POST', path: '/blobs/missing' })
    .input(z.strictObject({ blobs: z.array(z.strictObject({ case: CaseId, hash: Hash })).max(500) }))
    .output(z.strictObject({ missing: z.array(Hash) })),
};
