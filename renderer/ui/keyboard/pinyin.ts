import { type Lattice, LETTERS, openLattice, type Span } from './lattice.ts';
import { readWordTable } from './words.ts';

/**
 * Pinyin keys to Chinese text, word by word. A whole word may be typed in full (`xinchang`), in part (`xinch`) or by initials (`xc`);
 * what no word covers is put together by the likeliest row of words. ü is typed as v. Nothing that is chosen is remembered.
 */
export type Candidate = {
  text: string;
  /** How many of the typed keys it stands for; the rest stays to be typed on. */
  uses: number;
};

export type PinyinDictionary = {
  /** @param typed letters a … z; @returns at most `most` candidates, best first, none for letters that no Chinese begins with */
  suggest(typed: string, most?: number): Candidate[];
  /** The same for the digits of a telephone's pad: 2 = abc … 9 = wxyz. @param digits 2 … 9; `uses` counts digits */
  suggestDigits(digits: string, most?: number): Candidate[];
  /** How a character is told from its likes in speech: a common word that holds it (张 → 主张), else its parts (木 + 子), else ''. */
  explain(character: string): string;
};

/** More keys than any sentence has that is typed in one go; what comes after waits until these are chosen. */
const MOST_KEYS = 40;
/** Words that are only begun, or typed by initials, are offered after what is typed out; a row of them would bury the characters. */
const MOST_BEGUN = 24;
/** What a word costs that goes on after the keys, in nats: less than a begun syllable, for most of it may be typed. */
const LONGER_COST = 4;
/** What a word of the county's forms costs, in nats: less than any other word, so that it comes first. */
const FORM_WORD_COST = -2;
/** ITU-T E.161: the digits of a … z. */
const DIGITS = '22233344455566677778889999';

/** @param text what `build/typing/words.ts` compiled */
export function readPinyinDictionary(text: string): PinyinDictionary {
  const table = readWordTable(text);
  // Among themselves they keep their order.
  const own = table.form.map(({ text: word, syllables }, index) => ({ syllables, words: [{ text: word, cost: FORM_WORD_COST + index / table.form.length }] }));
  const letters = openLattice(table, LETTERS, own);
  // Nine visits in ten never use the pad.
  let pad: Lattice | null = null;
  return {
    suggest: (typed, most = 60) => suggest(letters, typed, most),
    suggestDigits(digits, most = 60) {
      pad ??= openLattice(table, { keysOf: (one) => [...one].map((letter) => DIGITS.charAt(letter.charCodeAt(0) - 97)).join('') }, own);
      return suggest(pad, digits, most);
    },
    explain: (character) => table.explain(character),
  };
}

function suggest(lattice: Lattice, keys: string, most: number): Candidate[] {
  const typed = keys.slice(0, MOST_KEYS);
  if (typed === '') return [];
  const found = new Map<string, Candidate>();
  const add = (text: string, uses: number) => {
    if (!found.has(text)) found.set(text, { text, uses });
  };
  const spans = lattice.spans(typed);
  const byCost = (a: Span, b: Span) => a.cost - b.cost;
  const all = spans.filter((span) => span.end === typed.length).sort(byCost);
  const sentence = lattice.sentence(typed);
  const whole = all.filter((span) => span.whole);
  // Keys that are initials only spell no sentence: each of them could be a hundred characters.
  const readsWell = sentence !== null && sentence.words > 1;
  const [best] = all;
  if (readsWell && (best === undefined || sentence.cost < best.cost)) add(sentence.text, typed.length);
  for (const span of whole.slice(0, whole[0]?.syllables === 1 ? most : MOST_BEGUN)) add(span.text, span.end);
  const begun = all.filter((span) => !span.whole && span.syllables > 1).concat(lattice.longer(typed).slice(0, MOST_BEGUN).map((word) => ({ ...word, cost: word.cost + LONGER_COST })));
  for (const span of begun.sort(byCost).slice(0, MOST_BEGUN)) add(span.text, span.end);
  if (readsWell) add(sentence.text, typed.length);
  const rest = spans.filter((span) => span.end < typed.length && span.whole && span.syllables > 1).sort((a, b) => b.end - a.end || byCost(a, b));
  for (const span of rest.slice(0, MOST_BEGUN)) add(span.text, span.end);
  // Characters of the longest first syllable, then of shorter ones (xian: 先, then 西).
  for (const span of spans.filter((one) => one.syllables === 1).sort((a, b) => Number(b.whole) - Number(a.whole) || b.end - a.end || byCost(a, b))) add(span.text, span.end);
  return [...found.values()].slice(0, most);
}
