/**
 * The pinyin dictionary's data, as `build/typing/words.ts` compiles it. A line is taken apart when somebody first types its initials: loading
 * only cuts the text into lines, and what nobody types stays text.
 */
export type Rated = { text: string; /** How rare, in nats: 0 would be a word that is always said. */ cost: number };
/** Words that are read alike; `syllables` are places in `WordTable.syllables`. */
export type Reading = { syllables: readonly number[]; words: readonly Rated[] };

export type WordTable = {
  /** Every syllable there is, sorted. */
  syllables: readonly string[];
  /** Characters read so, commonest first. */
  characters(syllable: string): readonly Rated[];
  /** Initials of all words, sorted; some words have up to eight. */
  initials: readonly string[];
  /** Readings whose syllables begin with exactly these letters. */
  readings(initials: string): readonly Reading[];
  /** Words of the county's forms, the most wanted first. */
  form: readonly { text: string; syllables: readonly number[] }[];
  explain(character: string): string;
};

const FIRST_SIGN = 33;
const STEPS_A_NAT = 5;

export function readWordTable(text: string): WordTable {
  const characterLines = new Map<string, string>();
  const wordLines = new Map<string, string>();
  const formLines = new Map<string, string>();
  let explanations = '';
  let into: Map<string, string> | null = null;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
    if (line === '#syllables') into = characterLines;
    else if (line === '#words') into = wordLines;
    else if (line === '#form') into = formLines;
    else if (line === '#explanations') into = null;
    else if (into === null) explanations = line;
    else {
      const tab = line.indexOf('\t');
      if (into === formLines) into.set(line.slice(tab + 1), line.slice(0, tab));
      else into.set(line.slice(0, tab), line.slice(tab + 1));
    }
  }
  const characters = new Map<string, readonly Rated[]>();
  const readings = new Map<string, readonly Reading[]>();
  let explained: Map<string, string> | null = null;
  const syllables = [...characterLines.keys()];
  const places = new Map(syllables.map((syllable, place) => [syllable, place]));

  const placesOf = (reading: string) => reading.split("'").map((syllable) => places.get(syllable) as number);

  return {
    syllables,
    initials: [...wordLines.keys()],
    form: [...formLines].map(([text, reading]) => ({ text, syllables: placesOf(reading) })),
    characters(syllable) {
      let held = characters.get(syllable);
      if (held === undefined) characters.set(syllable, (held = ratedIn(characterLines.get(syllable) ?? '')));
      return held;
    },
    readings(initials) {
      let held = readings.get(initials);
      if (held === undefined) readings.set(initials, (held = readingsIn(wordLines.get(initials), placesOf)));
      return held;
    },
    explain(character) {
      explained ??= new Map(explanations.split(' ').map((entry) => {
        const [first = ''] = entry;
        return [first, entry.slice(first.length).split('+').join(' + ')];
      }));
      return explained.get(character) ?? '';
    },
  };
}

function readingsIn(line: string | undefined, placesOf: (reading: string) => number[]): Reading[] {
  if (line === undefined) return [];
  return line.split('\t').map((part) => {
    const space = part.indexOf(' ');
    return { syllables: placesOf(part.slice(0, space)), words: ratedIn(part.slice(space + 1)) };
  });
}

/** Words, each behind its sign. The signs are printable ASCII, which no word holds. */
function ratedIn(text: string): Rated[] {
  return [...text.matchAll(/([!-z])([^!-z]+)/gu)].map(([, sign = '!', word = '']) => ({ text: word, cost: (sign.charCodeAt(0) - FIRST_SIGN) / STEPS_A_NAT }));
}
