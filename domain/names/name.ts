import { err, ok, type Result } from '../result.ts';
import { standardForm } from './private-use.ts';

/**
 * The middle dot of minority and foreign names is U+00B7 by GB 18030 practice. Keyboards, forms and older systems write other dots:
 * U+0387, U+2022, U+2024, U+2027, U+2219, U+22C5, U+2E31, U+30FB, U+FF0E, U+FF65.
 */
const DOTS = /[\u0387\u2022\u2024\u2027\u2219\u22C5\u2E31\u30FB\uFF0E\uFF65]/gu;
/** A plain full stop is a middle dot only between two Chinese characters: J. Smith keeps his. */
const STOP_BETWEEN_HAN = /(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu;
const VARIATION_SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** Most code points a name may have. The longest names known have about 50; twice that leaves room for names with their Latin form. */
export const NAME_LIMIT = 100;

/** Every dot as U+00B7. For comparison and search only: a stored name keeps the dot of the card's chip. */
export function normaliseInterpuncts(text: string): string {
  return text.replace(DOTS, '·').replace(STOP_BETWEEN_HAN, '·');
}

/**
 * What two spellings of one name have in common. Dots, widths, capitals, spaces, variation selectors, compatibility ideographs and
 * old private-use codes are evened out. Different characters stay different: 吉 is not 𠮷.
 */
export function nameKey(name: string): string {
  return normaliseInterpuncts(standardForm(name))
    .normalize('NFKC')
    .replace(VARIATION_SELECTORS, '')
    .toUpperCase()
    .trim()
    .replace(/\s*·\s*/gu, '·')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/gu, ' ');
}

export function sameName(left: string, right: string): boolean {
  return nameKey(left) === nameKey(right);
}

/** Length as people count it, near enough: code points, so that 𠮷 is one. Variation selectors do not count. */
export function nameLength(name: string): number {
  return [...name.replace(VARIATION_SELECTORS, '')].length;
}

/** Why a text cannot be a name. `replacement-character`: U+FFFD or a lone surrogate, the trace of a character lost on the way. */
export type NameFault = { kind: 'empty' } | { kind: 'too-long'; limit: number } | { kind: 'control-character' } | { kind: 'replacement-character' };

/** Takes any legal name as it is, rare characters, 50 characters and dots included. The name is handed back unaltered but for outer space. */
export function checkName(text: string): Result<string, NameFault> {
  const name = text.trim();
  if (name === '') return err({ kind: 'empty' });
  if (!name.isWellFormed() || name.includes('\uFFFD')) return err({ kind: 'replacement-character' });
  if (/\p{Cc}/u.test(name)) return err({ kind: 'control-character' });
  return nameLength(name) <= NAME_LIMIT ? ok(name) : err({ kind: 'too-long', limit: NAME_LIMIT });
}
