import type { FormValues } from '../../../domain/action/payload.ts';
import type { OpenedSlip, SlipFailure } from '../../../domain/contracts/window.ts';
import { itemForWay, wayOf } from '../../../domain/item/applicants.ts';
import { needOf } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { identityNumber } from '../../../domain/numbers/identity-number.ts';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import type { Draft } from './draft.ts';

/** A slip that was opened for a draft: what it says beside the form, and what it filled in, so that it can be told from what the clerk typed. */
export type DraftSlip = Pick<OpenedSlip, 'answers' | 'who' | 'form' | 'lost'>;

/** Signs that a keyboard set to Chinese, or to capitals, makes of those of a slip's code. */
const SPELT: Readonly<Record<string, string>> = { '。': '.', '￥': '$', '¥': '$', '—': '-', '　': ' ' };

/** What a scanner that types like a keyboard meant. */
export function scannedText(typed: string): string {
  return [...typed].map((sign) => SPELT[sign] ?? sign).join('').normalize('NFKC').toUpperCase().trim();
}

/** Whether a text is a whole slip, as far as can be seen. */
export function looksLikeSlip(text: string): boolean {
  return /^JBK1:.{40,}\.$/.test(text);
}

/** The first thing that a slip still lacks before the hall is asked. */
export function slipLacks({ text, card, code }: { text: string; card: string; code: string }): 'text' | 'card' | 'code' | null {
  if (!looksLikeSlip(scannedText(text))) return 'text';
  if (!identityNumber(card).ok) return 'card';
  return /^\d{6}$/.test(code) ? null : 'code';
}

/**
 * The draft with what stands in the slip. It is the citizen's own word of today, so it goes before what was known of them. Whoever holds the slip applies; where they act for somebody it is that
 * person, as far as they were typed, and what stood there of the holder goes.
 * @param card whose slip it is
 */
export function withSlip(draft: Draft, { item, answers, who, form, lost }: OpenedSlip, card: string): Partial<Draft> {
  const slip: DraftSlip = { answers, who, form, lost };
  const before = draft.itemCode === item.code ? draft.form : {};
  const isForAnother = who?.way === 'agent' || who?.way === 'guardian';
  if (isForAnother && (draft.number === '' || draft.number === card)) {
    const { number = '', name = '' } = who.values;
    return { itemCode: item.code, form, slip, number: number.toUpperCase(), name, address: '', phone: '', birth: '', known: '' };
  }
  return { itemCode: item.code, form: { ...before, ...form }, slip, number: draft.number === '' ? card : draft.number };
}

/** The item as it is for whoever applies in the slip's way: what must be brought in their situation, and the paper of authority for whoever acts for another. */
export function itemOfSlip(item: Item, slip: DraftSlip | null): Item {
  if (slip === null) return item;
  const asked = itemForWay(item, wayOf(item, slip.answers, slip.who?.way ?? null));
  return { ...asked, materials: asked.materials.map((material) => ({ ...material, required: needOf(material, item, slip.answers) === 'needed' })) };
}

/** Fields that hold what the slip filled in: they are to be held against the originals. */
export function fromSlip(slip: DraftSlip | null, form: FormValues): ReadonlySet<string> {
  return new Set(Object.entries(slip?.form ?? {}).filter(([key, value]) => form[key] === value).map(([key]) => key));
}

/** For whom it is, and what was typed of them, in words. */
export function whoWords({ who }: DraftSlip): string[] {
  if (who === null || who.way === 'self') return [];
  return [t(`slip.way.${who.way}`), ...Object.entries(who.values).filter(([, value]) => value !== '').map(([field, value]) => `${word('slip.who', field)} ${value}`)];
}

/** What the citizen answered about their situation. */
export function answerWords({ answers }: DraftSlip, { situations = [] }: Item): string[] {
  return situations.flatMap(({ key, question, options }) => {
    const option = options.find(({ value }) => value === answers[key]);
    return option === undefined ? [] : [`${question} ${option.label}`];
  });
}

export function slipFault(error: SlipFailure, now: number): string {
  if (error.kind === 'locked') return t('slip.failed.locked', { until: momentWords(error.until, now) });
  if (error.kind !== 'wrong-code') return word('slip.failed', error.kind);
  return error.until === null ? t('slip.failed.wrong-code', { left: error.left }) : t('slip.failed.last', { until: momentWords(error.until, now) });
}
