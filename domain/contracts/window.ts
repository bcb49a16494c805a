/** What a window hands in for somebody, at once or later from a paper form. Part of the console's road (`console.ts`). Scans come before, by `POST /console/api/scans/{case}`. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Answers, FormValues, TrustLevel } from '../action/payload.ts';
import { ItemReference } from '../action/types.ts';
import { CaseId, Hash } from '../ids.ts';
import { KeptWho, MOST_SIGNS } from '../item/kept.ts';
import { Item } from '../item/types.ts';
import { checkName } from '../names/name.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** A material and the scans that were sent for it. */
export const Scanned = z.strictObject({ key: z.string().max(64), trust: TrustLevel, pages: z.array(Hash).min(1).max(100) });
export type Scanned = z.infer<typeof Scanned>;

export const HandInAtWindow = z.strictObject({
  /** Made by the console: the same hand-in sent twice is one case. */
  id: CaseId,
  itemCode: z.string().max(50),
  applicant: z.strictObject({ name: z.string().trim().refine((name) => checkName(name).ok), number: z.string().trim().min(15).max(18), address: z.string().trim().max(200), /** Needed for a number that does not say the century (the foreigner's card of 2017); the number goes before it. */ birth: CivilDate.nullable() }),
  phone: z.string().trim().max(20),
  form: FormValues,
  materials: z.array(Scanned).max(50),
  /** The scan of what the applicant signed. */
  signed: Hash,
  /** 双轨补录: the number on the emergency form, when it says the papers were received, and why the hall could not take them. */
  late: z.strictObject({ paper: z.string().trim().min(1).max(40), happenedAt: Instant, outage: z.string().trim().min(1).max(200) }).nullable(),
});
export type HandInAtWindow = z.infer<typeof HandInAtWindow>;

/** A case that was entered late. `days`: working days between the paper and its entry. */
export const LateEntry = z.strictObject({ id: CaseId, number: z.string(), itemName: z.string(), paper: z.string(), happenedAt: Instant, enteredAt: Instant, enteredBy: z.string(), outage: z.string(), days: z.int() });
export type LateEntry = z.infer<typeof LateEntry>;

/** `form`: by field, what is wrong with it, as keywords of the form engine. `number`: the identity number fails its own check. */
export const HandInFailure = z.discriminatedUnion('kind', [
  kind('unknown-item'), kind('number'), z.strictObject({ kind: z.literal('form'), errors: z.record(z.string(), z.string()) }), kind('unknown-scan'), kind('unknown-material'), kind('paper-entered'), kind('future'),
]);
export type HandInFailure = z.infer<typeof HandInFailure>;

/** What is known of a person from their last case here. `form`: of the same item only. */
export const KnownPerson = z.strictObject({ name: z.string(), address: z.string(), phone: z.string(), form: FormValues, from: z.strictObject({ number: z.string(), itemName: z.string(), handedInAt: Instant }) });
export type KnownPerson = z.infer<typeof KnownPerson>;

/** What a citizen filled in at a terminal, as far as the item as it is now takes it. `who` null: nobody was asked for whom. `lost`: labels of what it no longer takes. */
export const OpenedSlip = z.strictObject({ item: ItemReference, answers: Answers, who: KeptWho.nullable(), form: FormValues, lost: z.array(z.string()) });
export type OpenedSlip = z.infer<typeof OpenedSlip>;

/**
 * - `not-a-slip`: the text is none. `number`: the card's number fails its own check. Neither counts as a try.
 * - `wrong-code`: the digits, or it is another card's: nobody can tell which. `left`: tries that are left; `until` is set when none is.
 * - `locked`: too many were wrong, of this account or at this slip. Nobody looked at the digits.
 * - `slip-of-others`: of another county. `item-withdrawn`: no longer taken anywhere; `unknown-item`: not at this window.
 */
export const SlipFailure = z.discriminatedUnion('kind', [
  kind('not-a-slip'), kind('number'), z.strictObject({ kind: z.literal('wrong-code'), left: z.int(), until: Instant.nullable() }), z.strictObject({ kind: z.literal('locked'), until: Instant }),
  kind('slip-of-others'), kind('slip-expired'), kind('unknown-item'), kind('item-withdrawn'),
]);
export type SlipFailure = z.infer<typeof SlipFailure>;

export const windowContract = {
  /** What may be handed in at this window today. */
  windowItems: oc.route({ method: 'GET', path: '/window/items' }).output(z.array(Item)),
  /** POST, so that no identity number stands in an address. Null: no case of that person within the account's scope. */
  knownPerson: oc.route({ method: 'POST', path: '/window/known' }).input(z.strictObject({ number: z.string().trim().min(15).max(18), itemCode: z.string().max(31) })).output(KnownPerson.nullable()),
  /** Opens a slip of a terminal with the card's number and the citizen's digits, which are used and kept nowhere. POST, so that neither stands in an address. */
  openSlip: oc.route({ method: 'POST', path: '/window/slip' }).input(z.strictObject({ text: z.string().max(MOST_SIGNS), card: z.string().trim().min(15).max(18), code: z.string().regex(/^\d{6}$/) })).output(resultOf(OpenedSlip, SlipFailure)),
  handInAtWindow: oc.route({ method: 'POST', path: '/window/cases' }).input(HandInAtWindow).output(resultOf(z.strictObject({ id: CaseId, number: z.string() }), HandInFailure)),
  /** 补录清单: everything that was entered late, newest first. */
  lateEntries: oc.route({ method: 'GET', path: '/window/late' }).input(z.object({ from: z.iso.date(), to: z.iso.date() })).output(z.array(LateEntry)),
};
