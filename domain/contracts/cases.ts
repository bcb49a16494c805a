/** What staff see of cases and do with them. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Certificate, FormValues, Material } from '../action/payload.ts';
import { Action } from '../action/types.ts';
import { CaseId } from '../ids.ts';
import { Item } from '../item/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

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

const ActFailure = z.discriminatedUnion('kind', [kind('unknown-case'), kind('wrong-stage'), kind('claimed-by-other'), kind('materials-missing')]);
const acted = resultOf(z.strictObject({ stage: StageName }), ActFailure);

export const casesContract = {
  /** Newest duty first: what is due soonest, then oldest hand-in. */
  inbox: oc.route({ method: 'GET', path: '/inbox' }).input(z.object({ stage: z.union([StageName, z.literal('open'), z.literal('all')]), query: z.string().max(60), after: z.string().max(80), limit: z.coerce.number().int().min(1).max(100) }))
    .output(z.strictObject({ rows: z.array(InboxRow), next: z.string(), counts: z.record(z.string(), z.int()) })),
  open: oc.route({ method: 'GET', path: '/cases/{id}' }).input(z.object({ id: CaseId })).output(resultOf(ConsoleCase, z.discriminatedUnion('kind', [kind('unknown-case')]))),
  claim: oc.route({ method: 'POST', path: '/cases/{id}/claim' }).input(z.object({ id: CaseId })).output(acted),
  accept: oc.route({ method: 'POST', path: '/cases/{id}/accept' }).input(z.object({ id: CaseId })).output(acted),
  refuse: oc.route({ method: 'POST', path: '/cases/{id}/refuse' }).input(z.object({ id: CaseId, reason: z.string().min(1).max(1000) })).output(acted),
  askCorrection: oc.route({ method: 'POST', path: '/cases/{id}/correction' })
    .input(z.object({ id: CaseId, asks: z.array(z.strictObject({ target: z.enum(['form', 'material']), key: z.string().max(64), words: z.string().min(1).max(500) })).min(1).max(50) })).output(acted),
  /** Decides and finishes; a granted item with a template issues its certificate. */
  finish: oc.route({ method: 'POST', path: '/cases/{id}/finish' }).input(z.object({ id: CaseId, granted: z.boolean(), words: z.string().max(1000) })).output(acted),
  /** Pages of a material are read at `GET /console/api/blobs/{case}/{hash}`, unsealed for this session only. */
};
