import type { ItemIndex, Spelled } from './search.ts';
import { withOneSlip } from './sounds.ts';

/** A query this long is read letter by letter: its places are the bits of a number. A longer one is a sentence, in which words are looked for. */
export const LONGEST_READ = 30;

/** The places of a query that are reached when a letter is read from a place on, as bits. */
export type Reader = (letter: Spelled, place: number) => number;

/**
 * Reads letters in a query, each at each place once, however many texts hold it: a few thousand letters make all texts of a county.
 * @param readings how much of the rest of the query one letter can stand for
 */
export function reader({ spelled }: Pick<ItemIndex, 'spelled'>, wanted: string, readings: (letter: Spelled, rest: string) => readonly number[]): Reader {
  const width = LONGEST_READ + 1;
  const known = new Int32Array(spelled.length * width).fill(-1);
  return (letter, place) => {
    const at = letter.id * width + place;
    const found = known[at] ?? -1;
    if (found !== -1) return found;
    const mask = place >= wanted.length ? 0 : readings(letter, wanted.slice(place)).reduce((bits, length) => bits | (1 << (place + length)), 0);
    known[at] = mask;
    return mask;
  };
}

/** Whether a query of this length can be read to its end from the letter at `at` on. Goes by all places that could be reached, so that no query can make it slow. */
export function reads(letters: readonly Spelled[], at: number, length: number, next: Reader): boolean {
  let reached = 1;
  for (let index = at; index < letters.length; index += 1) {
    const letter = letters[index];
    if (letter === undefined) return false;
    reached = through(reached, letter, next);
    if ((reached & (1 << length)) !== 0) return true;
    if (reached === 0) return false;
  }
  return false;
}

/**
 * Whether a query is the pinyin from the letter at `at` on with one letter too many, too few, or another in its place. By whole syllables: within initials one wrong
 * letter would match anything. The last syllable may be half typed, where it is right so far.
 */
export function misspells(letters: readonly Spelled[], at: number, length: number, by: { whole: Reader; slipped: Reader; last: Reader }): boolean {
  let clean = 1;
  let slipped = 0;
  for (let index = at; index < letters.length; index += 1) {
    const letter = letters[index];
    if (letter === undefined) return false;
    slipped = through(clean, letter, by.slipped) | through(slipped, letter, by.last);
    clean = through(clean, letter, by.whole);
    // A single syllable with a slip is some other syllable: only with another one beside it does it say something.
    if (index > at && (slipped & (1 << length)) !== 0) return true;
    if (clean === 0 && slipped === 0) return false;
  }
  return false;
}

function through(places: number, letter: Spelled, next: Reader): number {
  let reached = 0;
  for (let rest = places; rest !== 0; rest &= rest - 1) reached |= next(letter, 31 - Math.clz32(rest & -rest));
  return reached;
}

/** As itself, as a syllable or the last one half typed, or as its initial. */
export function lettersRead({ letter, syllables }: Spelled, rest: string): number[] {
  return [
    ...(rest.startsWith(letter) ? [letter.length] : []),
    ...syllables.flatMap((syllable) => {
      if (syllable.startsWith(rest)) return [rest.length];
      const lengths = [syllable.length, 1, ...(/^[zcs]h/.test(syllable) ? [2] : [])];
      return lengths.filter((length) => rest.startsWith(syllable.slice(0, length)));
    }),
  ];
}

/** As a whole syllable, or one that it is taken for. */
export function soundsRead({ letter, syllables, alike }: Spelled, rest: string): number[] {
  return syllables.length === 0 ? (rest.startsWith(letter) ? [letter.length] : []) : [...syllables, ...alike].filter((syllable) => rest.startsWith(syllable)).map(({ length }) => length);
}

export function wholeRead({ syllables }: Spelled, rest: string): number[] {
  return syllables.filter((syllable) => rest.startsWith(syllable)).map(({ length }) => length);
}

/** With exactly one slip. */
export function slipsRead({ syllables }: Spelled, rest: string): number[] {
  return syllables.filter(({ length }) => length >= 2).flatMap((syllable) => withOneSlip(syllable, rest));
}

/** Whole, or half typed at the end. */
export function lastRead(spelled: Spelled, rest: string): number[] {
  return [...wholeRead(spelled, rest), ...(spelled.syllables.some((syllable) => syllable.startsWith(rest)) ? [rest.length] : [])];
}
