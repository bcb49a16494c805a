import { pinyin } from 'pinyin-pro';
import type { Item } from './types.ts';

/** One character of a searchable text with every way to spell it in pinyin, most likely first. */
type Spelled = { letter: string; syllables: readonly string[] };
type Term = { letters: readonly Spelled[]; text: string; weight: number };

/** Items made ready for searching; make it once for a set of items. */
export type ItemIndex = readonly { code: string; terms: readonly Term[] }[];

/** How much a hit counts by where it stands. */
const WEIGHTS = { name: 100, word: 90, topic: 50, body: 30, summary: 20 } as const;

/** Spells every searchable text out. Costs about a millisecond an item, so it is done when items change, not when somebody types. */
export function buildIndex(items: readonly Item[]): ItemIndex {
  return items.map((item) => ({
    code: item.code,
    terms: [
      term(item.name, WEIGHTS.name),
      ...item.words.map((word) => term(word, WEIGHTS.word)),
      ...item.topics.map((topic) => term(topic, WEIGHTS.topic)),
      term(item.body.name, WEIGHTS.body),
      term(item.summary, WEIGHTS.summary),
    ],
  }));
}

/**
 * Item codes that match, best first. The query may be part of a name, an everyday word, a whole sentence holding one,
 * pinyin in full, its initials, or any mix of these (老nianz); an empty query gives all items in their order.
 */
export function searchItems(index: ItemIndex, query: string): string[] {
  const wanted = normalise(query);
  const scored = index.flatMap(({ code, terms }) => {
    const score = wanted === '' ? 1 : Math.max(0, ...terms.map((one) => one.weight * quality(one, wanted)));
    return score > 0 ? [{ code, score }] : [];
  });
  // The sort is stable, so equals keep the catalogue's order.
  return scored.sort((left, right) => right.score - left.score).map(({ code }) => code);
}

/** 0 no match … 1 the very text. */
function quality(one: Term, wanted: string): number {
  if (one.text === wanted) return 1;
  for (let at = 0; at < one.letters.length; at += 1) if (spells(one.letters, at, wanted)) return at === 0 ? 0.8 : 0.6;
  // Somebody wrote a sentence: 我想办老年证.
  if ([...one.text].length >= 2 && wanted.includes(one.text)) return 0.5;
  return isWithin(one, wanted) ? 0.3 : 0;
}

/**
 * Whether `wanted` can be read from the letter at `at` on: each letter as itself, as a syllable, or as its initial.
 * Goes letter by letter with all places in `wanted` that could be reached, so that no query can make it slow.
 */
function spells(letters: readonly Spelled[], at: number, wanted: string): boolean {
  let reached = new Set([0]);
  for (const spelled of letters.slice(at)) {
    const next = new Set<number>();
    for (const place of reached) {
      const rest = wanted.slice(place);
      for (const read of readings(spelled, rest)) next.add(place + read);
    }
    if (next.has(wanted.length)) return true;
    if (next.size === 0) return false;
    reached = next;
  }
  return false;
}

/** How much of `rest` one letter can stand for: itself, a whole syllable, its initial, or the last syllable half typed. */
function readings({ letter, syllables }: Spelled, rest: string): number[] {
  return [
    ...(rest.startsWith(letter) ? [letter.length] : []),
    ...syllables.flatMap((syllable) => {
      if (syllable.startsWith(rest)) return [rest.length];
      const lengths = [syllable.length, 1, ...(/^[zcs]h/.test(syllable) ? [2] : [])];
      return lengths.filter((length) => rest.startsWith(syllable.slice(0, length)));
    }),
  ];
}

/** 老人证 stands within 老年人优待证 with letters left out. Only for Chinese of two letters and more; pinyin would match everything. */
function isWithin(one: Term, wanted: string): boolean {
  const letters = [...wanted];
  if (letters.length < 2 || !/^\p{Script=Han}+$/u.test(wanted)) return false;
  let at = 0;
  for (const letter of one.text) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

/** Equal spellings of typing: full-width and half-width, capitals, and no space or punctuation. */
function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function term(source: string, weight: number): Term {
  const text = normalise(source);
  const letters = [...text];
  // In context first (重 in 重新 is chong), then every other reading, because people type the one they know.
  const inContext = pinyin(text, { type: 'array', toneType: 'none', v: true });
  return {
    text,
    weight,
    letters: letters.map((letter, index) => {
      if (!/\p{Script=Han}/u.test(letter)) return { letter, syllables: [] };
      const readings = pinyin(letter, { type: 'array', toneType: 'none', v: true, multiple: true });
      const likely = inContext.length === letters.length ? inContext[index] : undefined;
      return { letter, syllables: [...new Set([...(likely === undefined ? [] : [likely]), ...readings])].filter((syllable) => /^[a-z]+$/.test(syllable)) };
    }),
  };
}
