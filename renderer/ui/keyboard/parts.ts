/** A key of the palette: a part and the strokes it is written with. */
export type PartKey = { part: string; strokes: number };

export type PartsIndex = {
  /** The parts that most characters have, simplest first. */
  palette: readonly PartKey[];
  /** The parts a character is put together from, left to right; none when it falls into strokes only. */
  partsOf(character: string): readonly string[];
  /**
   * Characters that hold all chosen parts, at any depth; a part chosen twice must be in there twice. First those made of these parts only, then
   * those with the fewest strokes besides, the commoner first. `next`: the parts that the others of these characters have, commonest first.
   */
  find(chosen: readonly string[]): { characters: string[]; next: PartKey[] };
};

/** Parts offered after a choice: a few pages; a second choice narrows them further. */
const MOST_NEXT = 240;
/** Characters whose other parts are looked at for what to offer next: the likeliest ones. */
const MOST_LOOKED_AT = 3000;
/** Deeper than any sequence goes; the list names a few characters by each other. */
const DEEPEST = 12;
/** What a part counts that stands beside the chosen ones, and one deep inside. A single stroke tells little: strokes come last. */
const BESIDE = 4;
const WITHIN = 1;
const STROKE = 0.001;

/** @param text what `build/typing/parts.ts` compiled */
export function readPartsIndex(text: string): PartsIndex {
  const end = text.indexOf('\n');
  const characters: string[] = [];
  const strokes: number[] = [];
  const parts: string[] = [];
  const places = new Map<string, number>();
  for (let start = end + 1; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const character = String.fromCodePoint(text.codePointAt(start) as number);
    let at = start + character.length;
    let count = 0;
    for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - 48) {
      count = count * 10 + digit;
      at += 1;
    }
    places.set(character, characters.length);
    characters.push(character);
    strokes.push(count);
    parts.push(text.slice(at, next));
    start = next + 1;
  }
  const palette = text.slice(0, end).split(' ').map((entry) => {
    const [part = ''] = entry;
    return { part, strokes: Number(entry.slice(part.length)) };
  });
  const strokesOf = (part: string) => strokes[places.get(part) ?? -1] ?? 0;
  const partsOf = (character: string) => parts[places.get(character) ?? -1] ?? '';

  /** Which characters have a part of their own, not within another: built on the first search. */
  let holders: Map<string, number[]> | null = null;
  function direct(part: string): readonly number[] {
    if (holders === null) {
      holders = new Map();
      for (let place = 0; place < parts.length; place += 1) {
        for (const one of parts[place] as string) {
          const held = holders.get(one);
          if (held === undefined) holders.set(one, [place]);
          else held.push(place);
        }
      }
    }
    return holders.get(part) ?? [];
  }

  /** Every character that holds a part at any depth: those that have it, those that have them, and so on. */
  function holding(part: string): { list: number[]; marked: Uint8Array } {
    const marked = new Uint8Array(characters.length);
    const list: number[] = [];
    for (let step: readonly string[] = [part]; step.length > 0; ) {
      const further: string[] = [];
      for (const one of step) {
        for (const place of direct(one)) {
          if (marked[place] === 1) continue;
          marked[place] = 1;
          list.push(place);
          further.push(characters[place] as string);
        }
      }
      step = further;
    }
    return { list, marked };
  }

  function times(character: string, part: string, depth = 0): number {
    if (depth > DEEPEST) return 0;
    let sum = 0;
    for (const one of partsOf(character)) sum += one === part ? 1 : times(one, part, depth + 1);
    return sum;
  }

  /** Adds what the parts of a character count, each once. */
  function count(character: string, uses: Map<string, number>, seen: Set<string>, depth = 0): void {
    for (const part of partsOf(character)) {
      if (seen.has(part)) continue;
      seen.add(part);
      uses.set(part, (uses.get(part) ?? 0) + (strokesOf(part) < 2 ? STROKE : depth === 0 ? BESIDE : WITHIN));
      if (depth < DEEPEST) count(part, uses, seen, depth + 1);
    }
  }

  return {
    palette,
    partsOf: (character) => [...partsOf(character)],
    find(chosen) {
      const wanted = new Map<string, number>();
      for (const part of chosen) wanted.set(part, (wanted.get(part) ?? 0) + 1);
      const [rarest, ...others] = [...wanted.keys()].map(holding).sort((a, b) => a.list.length - b.list.length);
      if (rarest === undefined) return { characters: [], next: [] };
      const twice = [...wanted].filter(([, number]) => number > 1);
      const found = rarest.list.filter((place) => others.every(({ marked }) => marked[place] === 1) && twice.every(([part, number]) => times(characters[place] as string, part) >= number));
      const own = chosen.reduce((sum, part) => sum + strokesOf(part), 0);
      const sorted = [...chosen].sort().join('');
      const rest = (place: number) => ([...(parts[place] as string)].sort().join('') === sorted ? -1 : Math.max(0, (strokes[place] ?? 0) - own));
      const likeliest = found.map((place) => ({ character: characters[place] as string, place, rest: rest(place) })).sort((a, b) => a.rest - b.rest || a.place - b.place);
      const inChosen = new Set(chosen);
      for (const part of chosen) count(part, new Map(), inChosen);
      const uses = new Map<string, number>();
      for (const { character } of likeliest.slice(0, MOST_LOOKED_AT)) count(character, uses, new Set(inChosen));
      return {
        characters: likeliest.map(({ character }) => character),
        next: [...uses].sort(([, m], [, n]) => n - m).slice(0, MOST_NEXT).map(([part]) => ({ part, strokes: strokesOf(part) })),
      };
    },
  };
}
