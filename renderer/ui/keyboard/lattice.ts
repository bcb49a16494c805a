import type { Rated, Reading, WordTable } from './words.ts';

/** What keys stand for: letters for themselves, or the digits of a telephone's pad for three or four letters each. */
export type Alphabet = {
  /** The keys that type a syllable. */
  keysOf(letters: string): string;
};

/** Letters for themselves. */
export const LETTERS: Alphabet = { keysOf: (letters) => letters };

/** A piece of the typed keys that one syllable is read from. `whole`: the syllable is typed out; else these are only its first keys. */
type Part = { keys: string; whole: boolean };
/** A word over some of the typed keys. */
export type Span = { end: number; text: string; cost: number; syllables: number; /** All its syllables are typed out. */ whole: boolean };

/** Longest syllable: `zhuang`, `chuang`, `shuang`. */
const LONGEST_SYLLABLE = 6;
/** 人力资源和社会保障局 has ten; the word list's own end at eight. */
const LONGEST_WORD = 12;
/** What a syllable costs that is only begun, in nats: a third of the way from a common word to the rarest, so that typed-out words win. */
const BEGUN_COST = 6;
/** What each word of a sentence costs besides, so that few long words beat many short ones. */
const WORD_COST = 1;

export type Lattice = {
  /** Words that begin with the first of these keys, whole ones and begun ones. */
  spans(typed: string): Span[];
  /** Words that go on after these keys, commonest first: 营业执照 for `yingyezh`. */
  longer(typed: string): Span[];
  /** The likeliest words in a row for all keys; null when no words fit. */
  sentence(typed: string): { text: string; cost: number; words: number } | null;
};

/** @param preferred words that come before all others, such as those of the county's forms */
export function openLattice(table: WordTable, alphabet: Alphabet, preferred: readonly Reading[]): Lattice {
  const wholes = new Map<string, string[]>();
  const begins = new Set<string>();
  for (const syllable of table.syllables) {
    for (const spelling of spellings(syllable)) {
      const keys = alphabet.keysOf(spelling);
      wholes.set(keys, [...(wholes.get(keys) ?? []), syllable]);
      for (let length = 1; length <= keys.length; length += 1) begins.add(keys.slice(0, length));
    }
  }
  const ownByInitials = new Map<string, Reading[]>();
  for (const reading of preferred) {
    const initials = reading.syllables.map((place) => table.syllables[place]?.charAt(0)).join('');
    ownByInitials.set(initials, [...(ownByInitials.get(initials) ?? []), reading]);
  }
  const { sorted, initialsOf } = initialsBy(alphabet, table, [...ownByInitials.keys()]);
  const isBegun = (keys: string) => sorted[firstFrom(sorted, keys)]?.startsWith(keys) === true;

  /** For each syllable whether a part can be it. There are some hundred parts, and a word is compared with thousands of readings. */
  const fits = new Map<string, Uint8Array>();
  function fitting({ keys, whole }: Part): Uint8Array {
    const name = whole ? keys : `${keys}…`;
    let held = fits.get(name);
    if (held === undefined) {
      const reads = (spelling: string) => (whole ? alphabet.keysOf(spelling) === keys : alphabet.keysOf(spelling).startsWith(keys));
      fits.set(name, (held = Uint8Array.from(table.syllables, (syllable) => (spellings(syllable).some(reads) ? 1 : 0))));
    }
    return held;
  }

  /** Tells of every reading that begins with what the parts may be. */
  function eachReading(keys: string, parts: readonly Part[], use: (reading: Reading) => void): void {
    const tests = parts.map(fitting);
    const look = (readings: readonly Reading[]) => {
      for (const reading of readings) {
        let at = 0;
        while (at < tests.length && (tests[at] as Uint8Array)[reading.syllables[at] as number] === 1) at += 1;
        if (at === tests.length) use(reading);
      }
    };
    for (const initials of initialsOf(keys)) {
      look(ownByInitials.get(initials) ?? []);
      look(table.readings(initials));
    }
  }

  /** Ways to read one syllable from `at` on. A begun one in the middle is one key, or a second after a z, c, s: those are initials. */
  function partsAt(typed: string, at: number, begun: boolean): Part[] {
    const found: Part[] = [];
    for (let length = Math.min(LONGEST_SYLLABLE, typed.length - at); length > 0; length -= 1) {
      const keys = typed.slice(at, at + length);
      if (wholes.has(keys)) found.push({ keys, whole: true });
      const isLast = at + length === typed.length;
      if (begins.has(keys) && (isLast || (begun && (length === 1 || (length === 2 && /^[zcs]h$/u.test(keys)))))) found.push({ keys, whole: false });
    }
    return found;
  }

  function spansFrom(typed: string, from: number, begun: boolean): Span[] {
    const found = new Map<string, Span>();
    const add = (span: Span) => {
      const key = `${span.end} ${span.text}`;
      const held = found.get(key);
      if (held === undefined || span.cost < held.cost) found.set(key, span);
    };
    const walk = (at: number, keys: string, parts: readonly Part[]) => {
      if (parts.length > 1) {
        const cost = begunCost(parts);
        eachReading(keys, parts, (reading) => {
          for (const word of reading.words) add({ end: at, text: word.text, cost: word.cost + cost, syllables: parts.length, whole: cost === 0 });
        });
      }
      if (at === typed.length || parts.length === LONGEST_WORD) return;
      for (const part of partsAt(typed, at, begun)) {
        const longer = keys + part.keys.charAt(0);
        if (parts.length > 0 && !isBegun(longer)) continue;
        if (parts.length === 0) for (const one of charactersOf(part)) add({ end: at + part.keys.length, text: one.text, cost: one.cost, syllables: 1, whole: part.whole });
        walk(at + part.keys.length, longer, [...parts, part]);
      }
    };
    walk(from, '', []);
    return [...found.values()];
  }

  function charactersOf(part: Part): Rated[] {
    if (part.whole) return (wholes.get(part.keys) ?? []).flatMap((syllable) => table.characters(syllable));
    const whole = fitting({ keys: part.keys, whole: true });
    const test = fitting(part);
    const begun = table.syllables.filter((_, place) => test[place] === 1 && whole[place] === 0);
    return begun.flatMap((syllable) => table.characters(syllable).slice(0, 8).map(({ text, cost }) => ({ text, cost: cost + BEGUN_COST })));
  }

  return {
    spans: (typed) => spansFrom(typed, 0, true),
    longer(typed) {
      const found = new Map<string, Span>();
      const walk = (at: number, keys: string, parts: readonly Part[]) => {
        if (at === typed.length) {
          const begun = begunCost(parts);
          for (const longer of keysBeyond(sorted, keys, parts.length > 2 ? LONGEST_WORD : parts.length + 1)) {
            eachReading(longer, parts, (reading) => {
              for (const word of reading.words) {
                if (word.cost + begun < (found.get(word.text)?.cost ?? Infinity)) found.set(word.text, { end: typed.length, text: word.text, cost: word.cost + begun, syllables: reading.syllables.length, whole: false });
              }
            });
          }
          return;
        }
        for (const part of partsAt(typed, at, true)) if (isBegun(keys + part.keys.charAt(0))) walk(at + part.keys.length, keys + part.keys.charAt(0), [...parts, part]);
      };
      if (typed.length > 2) walk(0, '', []);
      return [...found.values()].sort((a, b) => a.cost - b.cost);
    },
    sentence(typed) {
      const best: ({ text: string; cost: number; words: number } | null)[] = [{ text: '', cost: 0, words: 0 }, ...Array.from({ length: typed.length }, () => null)];
      for (let at = 0; at < typed.length; at += 1) {
        const before = best[at] ?? null;
        if (before === null) continue;
        for (const span of spansFrom(typed, at, false)) {
          const cost = before.cost + span.cost + WORD_COST;
          const held = best[span.end] ?? null;
          if (held === null || cost < held.cost) best[span.end] = { text: before.text + span.text, cost, words: before.words + 1 };
        }
      }
      return best[typed.length] ?? null;
    },
  };
}

function begunCost(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (part.whole ? 0 : BEGUN_COST), 0);
}

/** Who has no ü on the keys types lue and nue as readily as lve and nve. */
function spellings(syllable: string): string[] {
  return /^[ln]ve$/u.test(syllable) ? [syllable, syllable.replace('v', 'u')] : [syllable];
}

/** Where the keys stand in a sorted list, or would. */
function firstFrom(sorted: readonly string[], keys: string): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < keys) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keys that begin with these and have more, up to a length. */
function* keysBeyond(sorted: readonly string[], keys: string, most: number): Generator<string> {
  for (let at = firstFrom(sorted, keys); at < sorted.length && (sorted[at] as string).startsWith(keys); at += 1) {
    const one = sorted[at] as string;
    if (one.length > keys.length && one.length <= most) yield one;
  }
}

/** The keys of all words' initials, sorted, and which initials they may be: on a pad several share their keys. */
function initialsBy(alphabet: Alphabet, table: WordTable, further: readonly string[]): { sorted: readonly string[]; initialsOf(keys: string): readonly string[] } {
  const sorted = [...table.initials];
  for (const initials of further) {
    const at = firstFrom(sorted, initials);
    if (sorted[at] !== initials) sorted.splice(at, 0, initials);
  }
  if (alphabet.keysOf === LETTERS.keysOf) return { sorted, initialsOf: (keys) => [keys] };
  const byKeys = new Map<string, string[]>();
  for (const initials of sorted) {
    const keys = alphabet.keysOf(initials);
    const held = byKeys.get(keys);
    if (held === undefined) byKeys.set(keys, [initials]);
    else held.push(initials);
  }
  return { sorted: [...byKeys.keys()].sort(), initialsOf: (keys) => byKeys.get(keys) ?? [] };
}
