/**
 * The road between the hall's console in a browser (client) and the hall (server), HTTPS with JSON, session cookie (SameSite=Strict,
 * HttpOnly), same origin only. Every answer that holds personal data is recorded in the hall's read log.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Certificate, FormValues, Material } from '../action/payload.ts';
import { Action } from '../action/types.ts';
import { CaseId } from '../ids.ts';
import { Item } from '../item/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { MachineReport } from './fleet.ts';
import { LeaseKind } from './hall.ts';
import { kind, resultOf } from './result-schema.ts';

export const Role = z.enum(['clerk', 'department', 'supervisor', 'caretaker', 'administrator', 'auditor']);
export type Role = z.infer<typeof Role>;
export const StageName = z.enum(['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished', 'refused', 'withdrawn']);

export const InboxRow = z.strictObject({
  id: CaseId, number: z.string(), itemName: z.string(), person: z.string(), stage: StageName,
  handedInAt: Instant, machine: z.string(), promisedBy: CivilDate.nullable(), daysLeft: z.int().nullable(),
  /** Scans still on their way. */
  missing: z.int(),
  claimedBy: z.string().nullable(),
});
export type InboxRow = z.infer<typeof InboxRow>;

export const ConsoleCase = z.strictObject({
  row: InboxRow,
  item: Item,
  applicant: z.strictObject({ name: z.string(), number: z.string(), birth: CivilDate, sex: z.string(), card: z.string(), address: z.string(), assurance: z.string(), phone: z.string() }),
  form: FormValues,
  /** `here`: the sealed pages the hall already holds, by hash. */
  materials: z.array(Material),
  here: z.array(z.string()),
  signature: z.string(),
  correction: z.array(z.strictObject({ target: z.string(), key: z.string(), words: z.string() })),
  certificate: Certificate.nullable(),
  actions: z.array(Action),
  ratedLevel: z.int().nullable(),
  /** The certificate the item's template would give, for the clerk to look at before finishing. */
  proposed: Certificate.nullable(),
});
export type ConsoleCase = z.infer<typeof ConsoleCase>;

/** A run of numbers that stand alike, as they are printed. `reason` says why a gap is one; null for the others. */
export const NumberRun = z.strictObject({
  machine: z.string(), state: z.enum(['used', 'open', 'gap']), reason: z.enum(['machine-retired', 'machine-replaced', 'skipped', 'kept-aside', 'unaccounted']).nullable(),
  first: z.string(), last: z.string(), count: z.int(),
});
/** Numbers of one kind and year: granted = used + open + gaps, always. `ranges` hold every one of them, in order. */
export const NumberAccount = z.strictObject({ kind: LeaseKind, year: z.string(), granted: z.int(), used: z.int(), open: z.int(), gaps: z.int(), ranges: z.array(NumberRun) });
export type NumberAccount = z.infer<typeof NumberAccount>;

const ActFailure = z.discriminatedUnion('kind', [kind('unknown-case'), kind('not-allowed'), kind('wrong-stage'), kind('claimed-by-other'), kind('materials-missing')]);
const acted = resultOf(z.strictObject({ stage: StageName }), ActFailure);

export const consoleContract = {
  signIn: oc.route({ method: 'POST', path: '/session' }).input(z.strictObject({ account: z.string().max(64), password: z.string().max(200) }))
    .output(resultOf(z.strictObject({ account: z.string(), name: z.string(), role: Role }), z.discriminatedUnion('kind', [kind('refused'), z.strictObject({ kind: z.literal('locked'), until: Instant })]))),
  signOut: oc.route({ method: 'DELETE', path: '/session' }).output(z.null()),
  me: oc.route({ method: 'GET', path: '/session' }).output(resultOf(z.strictObject({ account: z.string(), name: z.string(), role: Role, hall: z.string(), production: z.boolean() }), z.discriminatedUnion('kind', [kind('signed-out')]))),
  /** Newest duty first: what is due soonest, then oldest hand-in. */
  inbox: oc.route({ method: 'GET', path: '/inbox' }).input(z.object({ stage: z.union([StageName, z.literal('open'), z.literal('all')]), query: z.string().max(60), after: z.string().max(80), limit: z.coerce.number().int().min(1).max(100) }))
    .output(z.strictObject({ rows: z.array(InboxRow), next: z.string(), counts: z.record(z.string(), z.int()) })),
  open: oc.route({ method: 'GET', path: '/cases/{id}' }).input(z.object({ id: CaseId })).output(resultOf(ConsoleCase, z.discriminatedUnion('kind', [kind('unknown-case'), kind('not-allowed')]))),
  claim: oc.route({ method: 'POST', path: '/cases/{id}/claim' }).input(z.object({ id: CaseId })).output(acted),
  accept: oc.route({ method: 'POST', path: '/cases/{id}/accept' }).input(z.object({ id: CaseId })).output(acted),
  refuse: oc.route({ method: 'POST', path: '/cases/{id}/refuse' }).input(z.object({ id: CaseId, reason: z.string().min(1).max(1000) })).output(acted),
  askCorrection: oc.route({ method: 'POST', path: '/cases/{id}/correction' })
    .input(z.object({ id: CaseId, asks: z.array(z.strictObject({ target: z.enum(['form', 'material']), key: z.string().max(64), words: z.string().min(1).max(500) })).min(1).max(50) })).output(acted),
  /** Decides and finishes; a granted item with a template issues its certificate. */
  finish: oc.route({ method: 'POST', path: '/cases/{id}/finish' }).input(z.object({ id: CaseId, granted: z.boolean(), words: z.string().max(1000) })).output(acted),
  machines: oc.route({ method: 'GET', path: '/machines' }).output(z.array(z.strictObject({
    machine: z.string(), enrolledAt: Instant.nullable(), retired: z.boolean(), lastContact: Instant.nullable(), actions: z.int(), quarantined: z.int(),
    /** The machine's clock minus the hall's at its last token, milliseconds; null, as the two after it, when it did not say. */
    clockOffset: z.int().nullable(), /** Of the road that it speaks with the hall. */ protocol: z.int().nullable(), program: z.string().nullable(),
    /** The last that it reported; null when it never did. */
    report: MachineReport.nullable(), reportedAt: Instant.nullable(),
  }))),
  /** Where every number is that was ever given out: for county IT and auditors. */
  numbers: oc.route({ method: 'GET', path: '/numbers' }).output(z.array(NumberAccount)),
  quarantine: oc.route({ method: 'GET', path: '/quarantine' }).output(z.array(z.strictObject({ id: z.int(), machine: z.string(), reason: z.string(), at: Instant, action: z.string().nullable(), /** It has its place in the chain: it can be judged again. */ held: z.boolean() }))),
  /** Judges an entry that is held once more, with all of its case that is aside; answers how many actions were applied and how many are aside still. */
  judgeAgain: oc.route({ method: 'POST', path: '/quarantine/{id}/judgement' }).input(z.object({ id: z.coerce.number().int().min(1) }))
    .output(resultOf(z.strictObject({ applied: z.int(), aside: z.int() }), z.discriminatedUnion('kind', [kind('unknown-entry'), kind('not-held'), kind('not-allowed')]))),
  /** Pages of a material are read at `GET /console/api/blobs/{case}/{hash}`, unsealed for this session only. */
};
