/** What a desk keeps for itself: saved filters of an account, and the county's ready sentences. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Ulid } from '../ids.ts';
import { ListName, ListOrder, LONGEST_QUERY } from './cases.ts';
import { kind, resultOf } from './result-schema.ts';

/** A list under one of the keys 1 to 9. */
export const SavedFilter = z.strictObject({ key: z.int().min(1).max(9), name: z.string().trim().min(1).max(20), list: ListName, query: z.string().max(LONGEST_QUERY), order: ListOrder });
export type SavedFilter = z.infer<typeof SavedFilter>;

/** What a sentence is written for: 补正, 不予受理, 退件. */
export const SentenceUse = z.enum(['correction', 'refusal', 'return']);
export type SentenceUse = z.infer<typeof SentenceUse>;
/** A ready sentence. `itemCode` empty: for every item. `letters`: typed behind a slash they become the sentence. */
export const Sentence = z.strictObject({ id: Ulid, itemCode: z.string().max(31), use: SentenceUse, letters: z.string().regex(/^[a-z0-9]{1,12}$/), words: z.string().trim().min(1).max(500) });
export type Sentence = z.infer<typeof Sentence>;

export const deskContract = {
  filters: oc.route({ method: 'GET', path: '/filters' }).output(z.array(SavedFilter)),
  /** Takes the place of what the key meant before. */
  saveFilter: oc.route({ method: 'PUT', path: '/filters' }).input(SavedFilter).output(z.null()),
  dropFilter: oc.route({ method: 'DELETE', path: '/filters/{key}' }).input(z.strictObject({ key: z.coerce.number().int().min(1).max(9) })).output(z.null()),
  sentences: oc.route({ method: 'GET', path: '/sentences' }).output(z.array(Sentence)),
  /** Makes one, or changes the one of that id. Letters mean one thing for an item and a use. */
  saveSentence: oc.route({ method: 'PUT', path: '/sentences' }).input(Sentence).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('letters-taken'), kind('unknown-item')]))),
  dropSentence: oc.route({ method: 'DELETE', path: '/sentences/{id}' }).input(z.strictObject({ id: Ulid })).output(z.null()),
};
