import { pinyin } from 'pinyin-pro';
import { COMMON_CHARACTERS, FORM_WORDS } from './pinyin-words.ts';

/**
 * Pinyin letters to Chinese text, word by word. A whole word may be typed in full (`xinchang`), in part (`xinch`) or by initials (`xc`);
 * what no word covers is put together from the most common characters. ü is typed as v.
 */
export type Candidate = {
  text: string;
  /** How many of the typed letters it stands for; the rest stays to be typed on. */
  uses: number;
};

export type PinyinDictionary = {
  /** @param typed letters a … z; @returns at most `most` candidates, best first, none for letters that no Chinese begins with */
  suggest(typed: string, most?: number): Candidate[];
  /** The same for the digits of a telephone's pad: 2 = abc … 9 = wxyz. @param digits 2 … 9; `uses` counts digits */
  suggestDigits(digits: string, most?: number): Candidate[];
  /** How a character is told from its likes in speech: a common word that holds it (张 → 紧张), else its parts (木 + 子), else ''. */
  explain(character: string): string;
};

type Word = { text: string; syllables: readonly string[]; letters: string; initials: string };

/** Longest syllable: `zhuang`, `chuang`, `shuang`. */
const LONGEST_SYLLABLE = 6;

/** More letters than any word here has; what comes after waits until these are chosen. */
const MOST_LETTERS = 40;

/** The dictionary is built once, on the first use: 6 763 readings take some tens of milliseconds. */
let built: PinyinDictionary | null = null;
export function pinyinDictionary(): PinyinDictionary {
  built ??= build();
  return built;
}

/** Every character of GB 2312 (levels 1 and 2), in its order. */
function gb2312(): string[] {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    // Row D7 ends five places early.
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1) bytes.push(row, cell);
  }
  return [...new TextDecoder('gb18030').decode(Uint8Array.from(bytes))];
}

function build(): PinyinDictionary {
  const bySyllable = new Map<string, string[]>();
  for (const character of new Set([...COMMON_CHARACTERS, ...gb2312()])) {
    const readings = new Set(pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true }));
    for (const reading of readings) {
      const held = bySyllable.get(reading);
      if (held === undefined) bySyllable.set(reading, [character]);
      else held.push(character);
    }
  }
  const syllables = [...bySyllable.keys()].sort();
  const words: Word[] = FORM_WORDS.filter((text) => text.length > 1).map((text) => {
    const read = pinyin(text, { toneType: 'none', type: 'array', v: true });
    return { text, syllables: read, letters: read.join(''), initials: read.map((syllable) => syllable.charAt(0)).join('') };
  });

  /** Characters of a whole syllable, or of every syllable that begins so while it is being typed. */
  function characters(part: string): string[] {
    const whole = bySyllable.get(part) ?? [];
    if (whole.length > 0 && part.length > 2) return whole;
    const begun = syllables.filter((syllable) => syllable !== part && syllable.startsWith(part));
    const rest = begun.flatMap((syllable) => (bySyllable.get(syllable) ?? []).slice(0, 4));
    return [...whole, ...rest.sort((a, b) => rank(a) - rank(b))];
  }

  /**
   * Longest syllables first, going back where the rest would not fit; the last may be unfinished. Empty when nothing fits.
   * `known` keeps what each rest gave, so that long nonsense does not try every way twice.
   */
  function split(typed: string, known = new Map<string, string[]>()): string[] {
    const held = known.get(typed);
    if (held !== undefined) return held;
    const parts = trySplit(typed, known);
    known.set(typed, parts);
    return parts;
  }

  function trySplit(typed: string, known: Map<string, string[]>): string[] {
    if (typed === '') return [];
    for (let length = Math.min(LONGEST_SYLLABLE, typed.length); length > 0; length -= 1) {
      const head = typed.slice(0, length);
      if (!bySyllable.has(head)) continue;
      if (length === typed.length) return [head];
      const tail = split(typed.slice(length), known);
      if (tail.length > 0) return [head, ...tail];
    }
    if (syllables.some((syllable) => syllable.startsWith(typed))) return [typed];
    // Initials only: a single letter that begins a syllable, then the rest.
    const head = typed.charAt(0);
    if (!syllables.some((syllable) => syllable.startsWith(head))) return [];
    const tail = split(typed.slice(1), known);
    return tail.length > 0 ? [head, ...tail] : [];
  }

  /** One text for all syllables: the longest known words, else the most common character. */
  function sentence(parts: readonly string[]): string {
    let text = '';
    for (let at = 0; at < parts.length; ) {
      const word = words.filter((one) => one.syllables.length <= parts.length - at && one.syllables.every((syllable, index) => syllable === parts[at + index])).sort((a, b) => b.syllables.length - a.syllables.length)[0];
      text += word?.text ?? characters(parts[at] ?? '')[0] ?? '';
      at += word?.syllables.length ?? 1;
    }
    return text;
  }

  return {
    suggest(typed, most = 60) {
      const found = new Map<string, Candidate>();
      const add = (text: string, uses: number) => {
        if (text !== '' && !found.has(text)) found.set(text, { text, uses });
      };
      const parts = split(typed.slice(0, MOST_LETTERS));
      if (parts.length === 0) return [];
      for (const word of words) if (word.letters === typed) add(word.text, typed.length);
      if (typed.length > 1) for (const word of words) if (word.initials === typed) add(word.text, typed.length);
      if (typed.length > 2) for (const word of words) if (word.letters.startsWith(typed)) add(word.text, typed.length);
      // Initials alone spell no sentence: every one of them could be a hundred characters.
      if (parts.length > 1 && parts.some((part) => part.length > 1)) add(sentence(parts), typed.length);
      for (let count = parts.length - 1; count > 1; count -= 1) {
        const letters = parts.slice(0, count).join('');
        for (const word of words) if (word.letters === letters) add(word.text, letters.length);
      }
      const first = parts[0] ?? '';
      for (const character of characters(first)) add(character, first.length);
      return [...found.values()].slice(0, most);
    },
    suggestDigits(digits, most = 60) {
      const found = words.filter((word) => digitsOf(word.letters) === digits || digitsOf(word.initials) === digits).map((word) => ({ text: word.text, uses: digits.length }));
      for (const syllable of syllables) if (digitsOf(syllable) === digits) found.push(...characters(syllable).map((text) => ({ text, uses: digits.length })));
      return digits === '' ? [] : found.slice(0, most);
    },
    explain(character) {
      return FORM_WORDS.find((word) => word.length > 1 && word.includes(character)) ?? '';
    },
  };
}

/** ITU-T E.161: letters on a telephone's digits. */
function digitsOf(letters: string): string {
  return [...letters].map((letter) => '22233344455566677778889999'.charAt(letter.charCodeAt(0) - 97)).join('');
}

const RANKS = new Map([...COMMON_CHARACTERS].map((character, index) => [character, index]));
function rank(character: string): number {
  return RANKS.get(character) ?? COMMON_CHARACTERS.length;
}
