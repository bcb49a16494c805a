import { pinyin } from 'pinyin-pro';
import { FORM_WORDS } from './form-words.ts';
import { NAME_READINGS } from './readings.ts';

/** A character's strokes and readings by Unihan. */
export type Unihan = ReadonlyMap<string, { strokes: number; readings: readonly string[] }>;

export function readUnihan(text: string): Unihan {
  const found = new Map<string, { strokes: number; readings: string[] }>();
  for (const line of text.split('\n')) {
    const [character = '', strokes = '0', readings = ''] = line.split('\t');
    if (character !== '' && !line.startsWith('# ')) found.set(character, { strokes: Number(strokes), readings: readings === '' ? [] : readings.split(' ') });
  }
  return found;
}

/** Longer entries are names of films and slogans. */
const LONGEST_WORD = 8;
/** The list's entries below it are mostly misspellings and single persons; of longer ones even at it. */
const LEAST_COUNT = 3;
const LONG_WORD = 5;
/** A word explains a character only when people know the word. */
const LEAST_COUNT_TO_EXPLAIN = 10;
/** jieba's classes of persons' names: 李逵 explains nothing to who has not read the novel. */
const PERSON = /^nr/u;
/** Five steps a nat: 90 printable signs then reach from the most common word to one in sixty million. */
const STEPS_A_NAT = 5;
const STEPS = 89;
const FIRST_SIGN = 33;

const ONLY_HAN = /^\p{Script=Han}+$/u;
/** Exclamations without a vowel (呒 m, 嗯 ng) are no syllables that anyone types. */
const SYLLABLE = /^(?=[a-z]*[aeiouv])[a-z]{1,6}$/;

/**
 * The pinyin dictionary as text; `renderer/ui/keyboard/words.ts` reads it.
 *
 * | section | a line |
 * |---|---|
 * | `#syllables` | a syllable, tab, its characters, each behind a sign for how rare it is, commonest first |
 * | `#words` | initials, then for each reading: tab, syllables parted by `'`, and its words, each behind such a sign, commonest first |
 * | `#form` | a reading and a word of the county's forms, first the one that is wanted most |
 * | `#explanations` | words, each the commonest that holds some character, behind that character |
 *
 * @param list jieba's dictionary: a word, its count, its class on each line
 * @param partsOf parts to explain a character with that no known word holds; none for one that nobody could see
 */
export function compileWords(list: string, unihan: Unihan, partsOf: (character: string) => readonly string[]): string {
  const counts = new Map<string, number>();
  const persons = new Set<string>();
  for (const line of list.split('\n')) {
    const [word = '', count = '0', kind = ''] = line.split(' ');
    if (ONLY_HAN.test(word)) counts.set(word, Number(count));
    if (PERSON.test(kind)) persons.add(word);
  }
  for (const name of Object.keys(NAME_READINGS)) if (!counts.has(name)) counts.set(name, LEAST_COUNT);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sign = (count: number) => String.fromCharCode(FIRST_SIGN + Math.min(STEPS, Math.round(STEPS_A_NAT * Math.log(total / Math.max(count, 0.5)))));

  const byInitials = new Map<string, Map<string, [string, number][]>>();
  /** How often a character is read so, by the words that hold it. */
  const readSo = new Map<string, Map<string, number>>();
  const bestWord = new Map<string, [string, number]>();
  for (const [word, count] of counts) {
    const characters = [...word];
    if (characters.length < 2 || characters.length > LONGEST_WORD || count < LEAST_COUNT || (count === LEAST_COUNT && characters.length >= LONG_WORD)) continue;
    for (const reading of readingsOf(word, characters.length)) {
      characters.forEach((character, index) => addTo(readSo, character, reading[index] as string, count));
      const initials = reading.map((syllable) => syllable.charAt(0)).join('');
      const readings = byInitials.get(initials) ?? new Map<string, [string, number][]>();
      byInitials.set(initials, readings);
      const key = reading.join("'");
      readings.set(key, [...(readings.get(key) ?? []), [word, count]]);
    }
    for (const character of characters) {
      if (characters.length === 2 && !persons.has(word) && characters[0] !== characters[1] && count > (bestWord.get(character)?.[1] ?? LEAST_COUNT_TO_EXPLAIN - 1)) bestWord.set(character, [word, count]);
    }
  }

  const bySyllable = new Map<string, [string, number][]>();
  for (const character of new Set([...counts.keys()].filter((word) => [...word].length === 1).concat([...unihan.keys()]))) {
    const shares = readSo.get(character) ?? new Map<string, number>();
    const spoken = [...shares.values()].reduce((sum, count) => sum + count, 0);
    const readings = characterReadings(character, unihan);
    const count = counts.get(character) ?? 0;
    readings.forEach((reading, index) => {
      // The first reading is the usual one; what words show is believed more, the more of them there are.
      const share = ((shares.get(reading) ?? 0) + (index === 0 ? 50 : 2)) / (spoken + 50 + 2 * (readings.length - 1));
      bySyllable.set(reading, [...(bySyllable.get(reading) ?? []), [character, count * share]]);
    });
  }
  const rareLast = (character: string) => (character.codePointAt(0) ?? 0);
  const packed = (entries: [string, number][]) => entries.sort(([a, m], [b, n]) => n - m || rareLast(a) - rareLast(b)).map(([text, count]) => sign(count) + text).join('');

  const explanations = [...unihan.keys()].flatMap((character) => {
    const word = bestWord.get(character)?.[0];
    if (word !== undefined) return [character + word];
    const parts = partsOf(character);
    return parts.length < 2 ? [] : [character + parts.join('+')];
  });
  return [
    '#syllables', ...[...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([syllable, entries]) => `${syllable}\t${packed(entries)}`),
    '#words', ...[...byInitials].sort(([a], [b]) => (a < b ? -1 : 1)).map(([initials, readings]) => [initials, ...[...readings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entries]) => `${key} ${packed(entries)}`)].join('\t')),
    '#form', ...FORM_WORDS.filter((word) => word.length > 1).map((word) => `${pinyin(word, { toneType: 'none', type: 'array', v: true }).join("'")}\t${word}`),
    '#explanations', explanations.join(' '), '',
  ].join('\n');
}

function addTo(table: Map<string, Map<string, number>>, character: string, reading: string, count: number): void {
  const held = table.get(character) ?? new Map<string, number>();
  held.set(reading, (held.get(reading) ?? 0) + count);
  table.set(character, held);
}

/** What the library says of a word, and the name's own reading where there is one, alone or at the word's beginning (六安 in 六安市). */
function readingsOf(word: string, length: number): string[][] {
  const usual = pinyin(word, { toneType: 'none', type: 'array', v: true });
  const found = usual.length === length && usual.every((syllable) => SYLLABLE.test(syllable)) ? [usual] : [];
  for (let end = 2; end <= length; end += 1) {
    const own = NAME_READINGS[word.slice(0, end)]?.split(' ');
    if (own === undefined) continue;
    const named = [...own, ...usual.slice(end)];
    if (named.join() !== usual.join()) found.push(named);
  }
  return found;
}

function characterReadings(character: string, unihan: Unihan): string[] {
  const library = pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true });
  const own = NAME_READINGS[character];
  return [...new Set([...library, ...(unihan.get(character)?.readings ?? []), ...(own === undefined ? [] : [own])])].filter((reading) => SYLLABLE.test(reading));
}
