/** What staff see of cases and do with them. Part of the console's road (`console.ts`). */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Answers, Ask, Certificate, FormValues, Material, PauseWhy, TrustLevel } from '../action/payload.ts';
import { Action } from '../action/types.ts';
import { ApplicantWay, CheckDue, PartyKey } from '../identity/applicant.ts';
import { CaseId } from '../ids.ts';
import { DayUnit, Item } from '../item/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';
import { Role } from './staff.ts';
import { Scanned } from './window.ts';

export const StageName = z.enum(['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished', 'refused', 'withdrawn']);

/**
 * What a list holds beside the cases of one stage: `open` all that are on their way, `mine` those that I claimed, `overdue` those whose duty should have been done,
 * `to-issue` results that nobody collected, `identity` those in which somebody's identity is still to be looked at, `papers` those whose papers are on their way to me.
 */
export const ListName = z.enum(['open', 'mine', 'overdue', 'to-issue', 'identity', 'papers', 'all', ...StageName.options]);
export type ListName = z.infer<typeof ListName>;
/** `duty`: what is due soonest, then oldest hand-in. `newest`: handed in last. */
export const ListOrder = z.enum(['duty', 'newest']);
export type ListOrder = z.infer<typeof ListOrder>;
/** Longest search text, in UTF-16 units: a name of a hundred rare characters has twice as many. */
export const LONGEST_QUERY = 200;

export const InboxRow = z.strictObject({
  id: CaseId, number: z.string(), itemName: z.string(), person: z.string(), stage: StageName,
  handedInAt: Instant, machine: z.string(), promisedBy: CivilDate.nullable(), daysLeft: z.int().nullable(),
  /** Scans still on their way. */
  missing: z.int(),
  claimedBy: z.string().nullable(),
  /** The legal clock stands still. */
  paused: z.boolean(),
});
export type InboxRow = z.infer<typeof InboxRow>;

/** A department's step that waits for it, with its own last day; null while the clock stands. `pre-review`: its word before acceptance. */
export const TaskRow = z.strictObject({ row: InboxRow, step: z.string(), name: z.string(), kind: z.enum(['pre-review', 'open']), since: CivilDate, dueBy: CivilDate.nullable(), daysLeft: z.int().nullable() });
export type TaskRow = z.infer<typeof TaskRow>;

/** Another case of the same person and item that is open or ended in the last 90 days (F48). */
export const Duplicate = z.strictObject({ id: CaseId, number: z.string(), stage: StageName, handedInAt: Instant });
export type Duplicate = z.infer<typeof Duplicate>;

/** What is told at once of cases that changed. `by`: the account, or the kind of actor that has none. `cases` empty: more than can be named, look again. */
export const CaseWord = z.strictObject({ cases: z.array(CaseId), by: z.string(), what: z.string() });
export type CaseWord = z.infer<typeof CaseWord>;

/** A party of a case beside its applicant, by card. */
const Party = z.strictObject({ name: z.string(), number: z.string(), card: z.string() });

/** What a time line tells of a ticket; notes and priorities are the counters' own. */
export const CaseVisitKind = z.enum(['issued', 'called', 'recalled', 'started', 'missed', 'suspended', 'returned', 'transferred', 'finished', 'left', 'rated']);
/** A ticket that was taken for the case at a site's queue, and what became of it. @property window null: at none */
export const CaseVisit = z.strictObject({
  site: z.string(), code: z.string(),
  steps: z.array(z.strictObject({ kind: CaseVisitKind, at: Instant, window: z.int().nullable() })),
});
export type CaseVisit = z.infer<typeof CaseVisit>;

export const ConsoleCase = z.strictObject({
  row: InboxRow,
  item: Item,
  /** `birth` null and `sex` empty: a legal person. */
  applicant: z.strictObject({ name: z.string(), number: z.string(), birth: CivilDate.nullable(), sex: z.string(), card: z.string(), address: z.string(), assurance: z.string(), phone: z.string() }),
  /** 法定代表人 of a legal person. */
  representative: z.string().nullable(),
  /** Who acted for the applicant, and who applies together with them. */
  acting: Party.extend({ way: ApplicantWay }).nullable(),
  together: z.array(Party),
  /** Identities that a window has to look at, and what it said. `blocks`: one of them stands in the way of acceptance. */
  identity: z.strictObject({ blocks: z.boolean(), checks: z.array(CheckDue.extend({ name: z.string(), number: z.string(), said: z.strictObject({ outcome: z.enum(['same', 'not-same']), words: z.string(), on: CivilDate, by: z.string() }).nullable() })) }),
  form: FormValues,
  /** 情形: what was declared at the hand-in; null: nothing. */
  situation: Answers.nullable(),
  /** `here`: the sealed pages the hall already holds, by hash. */
  materials: z.array(Material),
  here: z.array(z.string()),
  /** Promises that stand in a material's place, in the words of the item. `genuine`: those words are what was shown, by their hash. */
  promises: z.array(z.strictObject({ key: z.string(), kind: z.enum(['commitment', 'deferral']), by: CivilDate.nullable(), agreedAt: Instant, text: z.string(), genuine: z.boolean() })),
  signature: z.string().nullable(),
  correction: z.array(z.strictObject({ target: z.string(), key: z.string(), words: z.string() })),
  certificate: Certificate.nullable(),
  actions: z.array(Action),
  visits: z.array(CaseVisit),
  ratedLevel: z.int().nullable(),
  /** The certificate the item's template would give, for the clerk to look at before finishing. */
  proposed: Certificate.nullable(),
  /** Steps of the process that this account speaks for. How the process stands, its limits, papers and surveys are folded from `actions`. */
  own: z.array(z.string()),
  duplicates: z.array(Duplicate),
});
export type ConsoleCase = z.infer<typeof ConsoleCase>;

/** Why a deed was not done; each is for people to read. `hall/cases/acts/deed.ts` says what they mean. */
export const ActFailure = z.discriminatedUnion('kind', [
  kind('unknown-case'), kind('wrong-stage'), kind('paused'), kind('claimed-by-other'), kind('materials-missing'), kind('identity-open'), kind('steps-open'), kind('objected'), kind('not-your-step'), kind('over-law'), kind('unknown-scan'),
]);
const acted = resultOf(z.strictObject({ stage: StageName }), ActFailure);
const Reason = z.string().trim().min(1).max(500);
const Lacking = z.strictObject({ key: z.string().max(64), by: CivilDate });
const Allowed = z.strictObject({ days: z.int().min(1).max(400), unit: DayUnit });

/** A deed on one case: `POST /cases/{id}/<path>`. */
function deed<const Path extends string, Shape extends z.ZodRawShape>(path: Path, shape: Shape) {
  return oc.route({ method: 'POST', path: `/cases/{id}/${path}` }).input(z.strictObject({ id: CaseId, ...shape })).output(acted);
}

export const casesContract = {
  /**
   * A list, a page at a time. `query`: words that all must fit, each the beginning of a name, part of an item's name, a whole number or its last digits (four or more: of
   * the case or the phone), or a whole identity number. `counts`: of the lists that are worked on, not of what is over.
   * A POST, though it changes nothing: what is searched for may be personal data, and addresses are written down on their way.
   */
  inbox: oc.route({ method: 'POST', path: '/inbox' }).input(z.strictObject({ stage: ListName, query: z.string().max(LONGEST_QUERY), order: ListOrder.default('duty'), after: z.string().max(80), limit: z.int().min(1).max(100) }))
    .output(z.strictObject({ rows: z.array(InboxRow), next: z.string(), counts: z.record(z.string(), z.int()) })),
  /** Steps that wait for the account's departments, soonest first. */
  tasks: oc.route({ method: 'GET', path: '/tasks' }).input(z.object({ after: z.string().max(120), limit: z.coerce.number().int().min(1).max(100) })).output(z.strictObject({ rows: z.array(TaskRow), next: z.string() })),
  /** Server-sent events: a word at once when a case within the account's scope changed, and an empty one at every heartbeat of the road. Ends with the session. */
  live: oc.route({ method: 'GET', path: '/live' }).output(eventIterator(CaseWord)),
  /** Who papers may be handed to. */
  colleagues: oc.route({ method: 'GET', path: '/colleagues' }).output(z.array(z.strictObject({ account: z.string(), name: z.string(), role: Role }))),
  open: oc.route({ method: 'GET', path: '/cases/{id}' }).input(z.object({ id: CaseId })).output(resultOf(ConsoleCase, z.discriminatedUnion('kind', [kind('unknown-case')]))),
  claim: deed('claim', {}),
  /** Lets go of one's own claim. */
  release: deed('release', {}),
  accept: deed('accept', { /** 容缺受理 */ lacking: z.array(Lacking).max(20) }),
  refuse: deed('refuse', { reason: z.string().min(1).max(1000) }),
  /** What the window itself lacks; what departments lack is merged into the same paper. */
  askCorrection: deed('correction', { asks: z.array(Ask).max(50) }),
  /** 补正 that somebody brought to the window: what changed of the form, and the materials whose scans were sent before by `POST /console/api/scans/{case}`. */
  supplement: deed('supplement', { form: FormValues, materials: z.array(Scanned).max(50) }),
  /** Decides and finishes; a granted item with a template issues its certificate. */
  finish: deed('finish', { granted: z.boolean(), words: z.string().max(1000) }),
  /** Ends without a decision. */
  closeCase: deed('close', { result: z.enum(['returned', 'lapsed', 'transferred']), words: z.string().trim().min(1).max(1000) }),
  withdraw: deed('withdraw', { reason: Reason }),
  seeOriginals: deed('originals', { materials: z.array(z.strictObject({ key: z.string().max(64), trust: TrustLevel })).min(1).max(50) }),
  /** The original card or paper was compared, or the register asked. */
  checkIdentity: deed('identity', { party: PartyKey, outcome: z.enum(['same', 'not-same']), words: z.string().trim().max(500) }),
  correctForm: deed('form', { form: FormValues, reason: Reason }),
  pause: deed('pause', { why: PauseWhy, procedure: z.string().max(40), allowed: Allowed.nullable(), reason: Reason }),
  resume: deed('resume', { words: z.string().max(500) }),
  extend: deed('extend', { days: z.int().min(1).max(60), approvedBy: z.string().trim().min(1).max(60), reason: Reason }),
  preReview: deed('pre-review', { step: z.string().max(64), verdict: z.enum(['fits', 'lacks', 'not-ours']), asks: z.array(Ask).max(20), words: z.string().max(1000) }),
  review: deed('review', { step: z.string().max(64), outcome: z.enum(['agrees', 'objects']), opinion: z.string().max(1000) }),
  appointSurvey: deed('survey', { steps: z.array(z.string().max(64)).min(1).max(20), on: CivilDate, time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), place: z.string().trim().min(1).max(200), contact: z.string().trim().min(1).max(100) }),
  holdSurvey: deed('survey-held', { present: z.array(z.string().max(64)).max(20), words: z.string().trim().min(1).max(2000) }),
  handOver: deed('hand-over', { to: z.string().trim().min(1).max(60), papers: z.array(z.string().trim().min(1).max(100)).min(1).max(50), words: z.string().max(500) }),
  takeOver: deed('take-over', { missing: z.array(z.string().max(100)).max(50) }),
  deliver: deed('delivery', { way: z.enum(['window', 'terminal', 'post', 'electronic']), collector: z.string().trim().max(120), relation: z.enum(['applicant', 'agent', 'relative']) }),
  /** Pages of a material are read at `GET /console/api/blobs/{case}/{hash}`, unsealed for this session only. */
};
