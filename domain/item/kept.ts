import { z } from 'zod';
import { Answers, FormValues } from '../action/payload.ts';
import { ApplicantWay } from '../identity/applicant.ts';
import { err, ok, type Result } from '../result.ts';
import { CivilDate } from '../time.ts';
import { waysOpen } from './applicants.ts';
import { checkForm } from './form.ts';
import { fieldAt } from './rows.ts';
import { answersOf, situationOf } from './situation.ts';
import type { Item } from './types.ts';

/** A code of version 25 at correction M holds 1 451 signs (ISO/IEC 18004, table 7): the largest that a 58 mm printer draws with three dots a module. */
export const MOST_SIGNS = 1451;

/** For whom it is (为谁办), and what was typed of them, by its field. */
export const KeptWho = z.strictObject({ way: ApplicantWay, values: z.record(z.string().max(20), z.string().max(120)) });
export type KeptWho = z.infer<typeof KeptWho>;

/** What somebody carries away to go on with another day or elsewhere: answers, no pictures, and nothing of any card: each is read again. `who`: absent, never `undefined`, where it was not asked. */
export const KeptVisit = z.strictObject({ /** County of the machine that sealed it. */ division: z.string().length(6), item: z.string().length(31), version: z.int().min(1), /** The last day it opens. */ until: CivilDate, answers: Answers, form: FormValues, who: z.exactOptional(KeptWho) });
export type KeptVisit = z.infer<typeof KeptVisit>;

/**
 * The visit that was sealed. Whoever knows a card's number and the digits can seal any text: what is no visit of this county is another's.
 * @param opened what the seal held
 * @param here the county that reads it, and its civil date
 */
export function readKept(opened: string, here: { division: string; today: string }): Result<KeptVisit, { kind: 'slip-of-others' | 'slip-expired' }> {
  const kept = KeptVisit.safeParse(parsed(opened));
  if (!kept.success || kept.data.division !== here.division) return err({ kind: 'slip-of-others' });
  return kept.data.until < here.today ? err({ kind: 'slip-expired' }) : ok(kept.data);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What of a kept visit goes on with the item as it is now. `who` null: nobody was asked, or the item no longer lets that way be taken. `lost`: labels of what it no longer takes. */
export type GoingOn = { answers: Answers; who: KeptWho | null; form: FormValues; lost: string[] };

/** @param before the item it was kept for; null where it is not known any more */
export function goingOn(item: Item, before: Item | null, kept: KeptVisit): GoingOn {
  const answers = answersOf(situationOf(item, kept.answers));
  const who = kept.who !== undefined && waysOpen(item, answers).includes(kept.who.way) ? kept.who : null;
  return { answers, who, ...stillFitting(item, before, kept.form) };
}

/** Answers worth carrying: filled in, not computed, not from the card. @param prefilled where values came from */
export function worthKeeping(item: Item, form: FormValues, prefilled: Readonly<Record<string, string>>): FormValues {
  return Object.fromEntries(Object.entries(form).filter(([key, value]) => value !== null && value !== '' && fieldAt(item.form, key)?.computed === undefined && prefilled[key]?.startsWith('card-') !== true));
}

/** The same without its longest text; null when there is none left. `label`: whose it was. */
export function withoutLongest(item: Item, form: FormValues): { form: FormValues; label: string } | null {
  const [longest] = Object.keys(form).filter((key) => typeof form[key] === 'string').toSorted((one, other) => String(form[other]).length - String(form[one]).length);
  if (longest === undefined) return null;
  const { [longest]: _left, ...rest } = form;
  return { form: rest, label: fieldAt(item.form, longest)?.label ?? longest };
}

/**
 * Which kept values the item as it is now still takes, and what the others were called. A value that is merely wrong, such as half a number, was so before and stays.
 * @param before the item they were written for; null where this machine never had it
 */
export function stillFitting(item: Item, before: Item | null, form: FormValues): { form: FormValues; lost: string[] } {
  const checked = checkForm(item.form, form);
  const errors = checked.ok ? {} : checked.error.errors;
  const fits = (key: string) => fieldAt(item.form, key)?.computed === undefined && fieldAt(item.form, key) !== null && errors[key] !== 'form.error.choice' && errors[key] !== 'form.error.type' && errors[key] !== 'form.error.too-many-rows';
  const kept = Object.entries(form).filter(([key]) => fits(key));
  const lost = Object.keys(form).filter((key) => !fits(key)).map((key) => (before === null ? null : fieldAt(before.form, key))?.label ?? fieldAt(item.form, key)?.label ?? key);
  return { form: Object.fromEntries(kept), lost };
}

/** Six digits that somebody would try first: all alike, in a row, or standing in the card's number. */
export function isWeakCode(code: string, card: string): boolean {
  const steps = new Set(Array.from(code.slice(1), (digit, at) => Number(digit) - Number(code.charAt(at))));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 0) || card.includes(code) || card.slice(6, 14).includes(code);
}
