/** The auditor's look at who read whose data and who did what. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { JournalKind } from '../audit/journal.ts';
import { CaseId, Ulid } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** Rows on a page. */
export const AUDIT_PAGE = 50;
/** Longest span that is searched or checked at once, days. */
export const LONGEST_SPAN = 92;

/** Civil days, both in it. `before`: the id of the last row of the page before, 0 for the first page. Bodies and never addresses: what is asked may be a person's number. */
const span = { from: CivilDate, to: CivilDate };
const paged = { ...span, account: z.string().max(64), before: z.int().min(0) };

/** What was shown: a list of cases, a case, a scan of it, a message, or a slip of a terminal that was opened at a window. */
export const ReadWhat = z.enum(['inbox', 'case', 'blob', 'message', 'slip']);

export const ReadLine = z.strictObject({
  id: z.int(), at: Instant, account: z.string(), name: z.string(), what: z.string(),
  /** How many cases were shown, and the first of them, with the numbers that people know. */
  count: z.int(), cases: z.array(z.strictObject({ id: z.string(), number: z.string() })),
});
export type ReadLine = z.infer<typeof ReadLine>;
export const DeedLine = z.strictObject({ id: z.int(), at: Instant, account: z.string(), name: z.string(), what: z.string(), subject: z.string(), body: z.string() });
export type DeedLine = z.infer<typeof DeedLine>;

export const JournalDay = z.strictObject({ kind: JournalKind, date: CivilDate, position: z.int(), count: z.int(), hash: z.string() });
export type JournalDay = z.infer<typeof JournalDay>;

const spanFault = z.discriminatedUnion('kind', [kind('bad-span')]);

export const auditContract = {
  /** `subject`: a case's number or id, or a person's whole identity number; empty for all. `bursts`: accounts that opened very many files within an hour of the span. The search is written down. */
  auditReads: oc.route({ method: 'POST', path: '/audit/reads' }).input(z.strictObject({ ...paged, subject: z.string().max(60), what: z.union([ReadWhat, z.literal('all')]) }))
    .output(resultOf(z.strictObject({ rows: z.array(ReadLine), next: z.int(), bursts: z.array(z.strictObject({ account: z.string(), name: z.string(), cases: z.int(), from: Instant })) }), spanFault)),
  /** `what`: the beginning of a deed's name; `subject`: whole. The search is written down. */
  auditDeeds: oc.route({ method: 'POST', path: '/audit/deeds' }).input(z.strictObject({ ...paged, what: z.string().max(60), subject: z.string().max(60) }))
    .output(resultOf(z.strictObject({ rows: z.array(DeedLine), next: z.int() }), spanFault)),
  /** The newest days that were closed, newest first, and what the rules would let go. */
  auditDays: oc.route({ method: 'GET', path: '/audit/days' }).output(z.strictObject({ days: z.array(JournalDay), publicKey: z.string(), expired: z.strictObject({ before: CivilDate, rows: z.int(), proposed: z.boolean() }) })),
  /** Reads the journals of a span anew and checks every link, row and signature. */
  checkJournals: oc.route({ method: 'POST', path: '/audit/check' }).input(z.strictObject(span))
    .output(resultOf(z.strictObject({ deeds: z.int(), reads: z.int(), days: z.int(), removed: z.int(), findings: z.array(z.strictObject({ journal: JournalKind.nullable(), position: z.int().nullable(), kind: z.string(), from: z.int().nullable(), to: z.int().nullable(), date: z.string().nullable() })) }), spanFault)),
  /** Asks for what is older than the rules to be removed; somebody else approves. */
  proposeRetention: oc.route({ method: 'POST', path: '/audit/retention' }).input(z.strictObject({})).output(resultOf(z.strictObject({ proposal: Ulid }), z.discriminatedUnion('kind', [kind('nothing-expired'), kind('already-proposed')]))),
};

/** For whoever looks into a stored read: its `cases`. */
export const ReadCases = z.array(CaseId);
