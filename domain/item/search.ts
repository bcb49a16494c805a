import { pinyin } from 'pinyin-pro';
import { lastRead, lettersRead, LONGEST_READ, misspells, reader, reads, slipsRead, soundsRead, wholeRead } from './reading.ts';
import { alike, beginsNearly, LONGEST_SYLLABLE } from './sounds.ts';
import type { Item } from './types.ts';

/** One character of the searchable texts, once, with every way to spell it in pinyin, and with what these are often taken for. */
export type Spelled = { /** Its place in `ItemIndex.spelled`. */ id: number; letter: string; syllables: readonly string[]; alike: readonly string[] };
/** One text, once, however many items have it: `items` are their places in the index and what the text counts there. */
type Term = { letters: readonly Spelled[]; text: string; items: { at: number; weight: number }[] };

/** Items made ready for searching; make it once for a set of items. */
export type ItemIndex = {
  codes: readonly string[];
  terms: readonly Term[];
  spelled: readonly Spelled[];
  /** Where a text can be read from a letter on: first character → places. */
  starts: Places;
  /** Where a syllable, or one that it is taken for, stands. */
  sounds: Places;
};
/** Key → term and place in its letters, in pairs. */
type Places = ReadonlyMap<string, readonly number[]>;

/** How much a hit counts by where it stands. */
const WEIGHTS = { name: 100, word: 90, topic: 50, body: 30, summary: 20 } as const;

/** Spells every searchable text out. Done when items change, not when somebody types (`docs/finding.md` has the figures). */
export function buildIndex(items: readonly Item[]): ItemIndex {
  const letters = new Map<string, Spelled>();
  const terms = new Map<string, Term>();
  items.forEach((item, at) => {
    const add = (source: string, weight: number) => {
      const text = normalise(source);
      const known = terms.get(text) ?? { text, items: [], letters: [...text].map((letter) => spell(letter, letters)) };
      known.items.push({ at, weight });
      terms.set(text, known);
    };
    add(item.name, WEIGHTS.name);
    for (const word of item.words) add(word, WEIGHTS.word);
    for (const topic of [...item.topics, ...(item.corporateTopics ?? [])]) add(topic, WEIGHTS.topic);
    add(item.body.name, WEIGHTS.body);
    add(item.summary, WEIGHTS.summary);
  });
  terms.delete('');
  const all = [...terms.values()];
  return {
    codes: items.map(({ code }) => code), terms: all, spelled: [...letters.values()],
    starts: placesOf(all, ({ letter, syllables }) => [letter, ...syllables.map((syllable) => syllable.charAt(0))]),
    sounds: placesOf(all, ({ letter, syllables, alike: others }) => (syllables.length === 0 ? [letter] : [...syllables, ...others])),
  };
}

function placesOf(terms: readonly Term[], keysOf: (spelled: Spelled) => readonly string[]): Places {
  const places = new Map<string, number[]>();
  terms.forEach(({ letters }, index) => letters.forEach((spelled, place) => {
    for (const key of new Set(keysOf(spelled))) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [index, place]);
      else known.push(index, place);
    }
  }));
  return places;
}

function eachPlace(terms: readonly Term[], places: Places, key: string, tell: (one: Term, place: number) => void): void {
  const pairs = places.get(key) ?? [];
  for (let pair = 0; pair < pairs.length; pair += 2) {
    const one = terms[pairs[pair] ?? 0];
    if (one !== undefined) tell(one, pairs[pair + 1] ?? 0);
  }
}

/**
 * Item codes that match, best first. The query may be part of a name, an everyday word, a whole sentence holding one,
 * pinyin in full, its initials, or any mix of these (老nianz); an empty query gives all items in their order.
 */
export function searchItems(index: ItemIndex, query: string): string[] {
  const { codes, terms, starts } = index;
  const wanted = normalise(query);
  if (wanted === '') return [...codes];
  const qualities = new Map<Term, number>();
  const found = (one: Term, quality: number) => {
    if (quality > (qualities.get(one) ?? 0)) qualities.set(one, quality);
  };
  if (wanted.length <= LONGEST_READ) {
    const spells = reader(index, wanted, lettersRead);
    eachPlace(terms, starts, [...wanted][0] ?? '', (one, place) => {
      if (reads(one.letters, place, wanted.length, spells)) found(one, place === 0 ? 0.8 : 0.6);
    });
  }
  const letters = [...wanted];
  const inOrder = letters.length >= 2 && /^\p{Script=Han}+$/u.test(wanted);
  for (const one of terms) {
    if (one.text === wanted) found(one, 1);
    // Somebody wrote a sentence: 我想办老年证.
    else if (one.letters.length >= 2 && wanted.includes(one.text)) found(one, 0.5);
    // 老人证 stands within 老年人优待证 with letters left out. Only for Chinese; pinyin would match everything.
    else if (inOrder && one.letters.length >= letters.length && isWithin(one, letters)) found(one, 0.3);
  }
  return ranked(codes, qualities);
}

/**
 * For a query that nothing matches: items whose words sound the same (一个字同音), nearly the same (zh and z, n and l, in and ing), or are one letter off. Best first.
 * Never mixed with what matches: a person who wrote it right must not be given something else.
 */
export function searchClose(index: ItemIndex, query: string): string[] {
  const { codes, terms, starts, sounds } = index;
  const wanted = normalise(query);
  const letters = [...wanted];
  const hanzi = letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length;
  // Less says too little: every word is one letter off some other.
  if (letters.length < (hanzi > 0 ? 2 : 4)) return [];
  const sound = hanzi === 0 ? wanted : pinyin(wanted, { type: 'array', toneType: 'none', v: true }).join('').toLowerCase();
  if (sound.length > LONGEST_READ) return [];
  const sounded = reader(index, sound, soundsRead);
  const qualities = new Map<Term, number>();
  const found = (one: Term, quality: number) => {
    if (quality > (qualities.get(one) ?? 0)) qualities.set(one, quality);
  };
  for (let length = 1; length <= Math.min(LONGEST_SYLLABLE, sound.length); length += 1) {
    eachPlace(terms, sounds, sound.slice(0, length), (one, place) => {
      if (reads(one.letters, place, sound.length, sounded)) found(one, place === 0 ? 0.4 : 0.35);
    });
  }
  if (hanzi === 0) {
    const slip = { whole: reader(index, sound, wholeRead), slipped: reader(index, sound, slipsRead), last: reader(index, sound, lastRead) };
    // The slip may be in the first syllable: every one that it can have been.
    for (const key of sounds.keys()) if (beginsNearly(key, sound)) eachPlace(terms, sounds, key, (one, place) => (misspells(one.letters, place, sound.length, slip) ? found(one, 0.2) : undefined));
  }
  if (hanzi >= 3) for (const offset of [0, 1]) eachPlace(terms, starts, letters[offset] ?? '', (one, place) => (place >= offset && oneLetterOff(one, place - offset, letters) ? found(one, 0.2) : undefined));
  return ranked(codes, qualities);
}

function ranked(codes: readonly string[], qualities: ReadonlyMap<Term, number>): string[] {
  const scores = new Map<number, number>();
  for (const [{ items }, quality] of qualities) for (const { at, weight } of items) scores.set(at, Math.max(scores.get(at) ?? 0, weight * quality));
  // Equals keep the catalogue's order.
  return [...scores].sort(([at, score], [other, second]) => second - score || at - other).map(([at]) => codes[at] ?? '');
}

function isWithin({ text }: Term, letters: readonly string[]): boolean {
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

/** Whether the letters stand in the text from a place on, but for one that is another there, or one too many. */
function oneLetterOff({ letters: own }: Term, from: number, letters: readonly string[]): boolean {
  let same = 0;
  while (same < letters.length && own[from + same]?.letter === letters[same]) same += 1;
  const restFrom = (written: number, read: number) => letters.slice(written).every((letter, index) => own[from + read + index]?.letter === letter);
  return (from + letters.length <= own.length && restFrom(same + 1, same + 1)) || (letters.length > 3 && restFrom(same + 1, same));
}

/** Equal spellings of typing: full-width and half-width, capitals, and no space or punctuation. */
function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Every reading of a character, since people type the one they know (重 as zhong and chong); each character is looked up once. */
function spell(letter: string, known: Map<string, Spelled>): Spelled {
  const found = known.get(letter);
  if (found !== undefined) return found;
  const readings = /\p{Script=Han}/u.test(letter) ? pinyin(letter, { type: 'array', toneType: 'none', v: true, multiple: true }) : [];
  const syllables = [...new Set(readings)].filter((syllable) => /^[a-z]+$/.test(syllable));
  const spelled = { id: known.size, letter, syllables, alike: [...new Set(syllables.flatMap(alike))].filter((syllable) => !syllables.includes(syllable)) };
  known.set(letter, spelled);
  return spelled;
}
