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
/** Deeper than any sequence goes; the list names a few characters by each other. */
const DEEPEST = 12;

/** @param text what `build/typing/parts.ts` compiled */
export function readPartsIndex(text: string): PartsIndex {
  const [head = '', ...lines] = text.split('\n');
  const characters: string[] = [];
  const strokes: number[] = [];
  const parts: string[][] = [];
  const places = new Map<string, number>();
  for (const line of lines) {
    const [, character = '', count = '0', rest = ''] = /^(.)(\d+)(.*)$/u.exec(line) ?? [];
    if (character === '') continue;
    places.set(character, characters.length);
    characters.push(character);
    strokes.push(Number(count));
    parts.push([...rest]);
  }
  const palette = head.split(' ').map((entry) => {
    const [part = ''] = entry;
    return { part, strokes: Number(entry.slice(part.length)) };
  });
  const strokesOf = (part: string) => strokes[places.get(part) ?? -1] ?? palette.find((key) => key.part === part)?.strokes ?? 0;

  /** Every part of a character, at any depth, once. */
  const within = new Map<string, ReadonlySet<string>>();
  function allParts(character: string, depth = 0): ReadonlySet<string> {
    const held = within.get(character);
    if (held !== undefined) return held;
    const all = new Set<string>();
    if (depth < DEEPEST) {
      for (const part of parts[places.get(character) ?? -1] ?? []) {
        all.add(part);
        for (const deeper of allParts(part, depth + 1)) all.add(deeper);
      }
    }
    within.set(character, all);
    return all;
  }
  /** Which characters hold a part: built on the first search. */
  let holders: Map<string, number[]> | null = null;
  function holdersOf(part: string): readonly number[] {
    if (holders === null) {
      holders = new Map();
      for (const [place, character] of characters.entries()) {
        for (const one of allParts(character)) {
          const held = holders.get(one);
          if (held === undefined) holders.set(one, [place]);
          else held.push(place);
        }
      }
    }
    return holders.get(part) ?? [];
  }

  function times(character: string, part: string, depth = 0): number {
    if (depth > DEEPEST) return 0;
    return (parts[places.get(character) ?? -1] ?? []).reduce((sum, one) => sum + (one === part ? 1 : times(one, part, depth + 1)), 0);
  }

  return {
    palette,
    partsOf: (character) => parts[places.get(character) ?? -1] ?? [],
    find(chosen) {
      const [rarest, ...others] = [...new Set(chosen)].sort((a, b) => holdersOf(a).length - holdersOf(b).length);
      if (rarest === undefined) return { characters: [], next: [] };
      const wanted = new Map<string, number>();
      for (const part of chosen) wanted.set(part, (wanted.get(part) ?? 0) + 1);
      const twice = [...wanted].filter(([, count]) => count > 1);
      const found = holdersOf(rarest).filter((place) => {
        const character = characters[place] as string;
        const all = allParts(character);
        return others.every((part) => all.has(part)) && twice.every(([part, count]) => times(character, part) >= count);
      });
      const own = chosen.reduce((sum, part) => sum + strokesOf(part), 0);
      const sorted = [...chosen].sort().join('');
      const rest = (place: number) => ([...(parts[place] ?? [])].sort().join('') === sorted ? -1 : Math.max(0, (strokes[place] ?? 0) - own));
      const uses = new Map<string, number>();
      for (const place of found) for (const part of allParts(characters[place] as string)) if (!wanted.has(part)) uses.set(part, (uses.get(part) ?? 0) + 1);
      return {
        characters: found.map((place) => ({ place, rest: rest(place) })).sort((a, b) => a.rest - b.rest || a.place - b.place).map(({ place }) => characters[place] as string),
        next: [...uses].sort(([, m], [, n]) => n - m).slice(0, MOST_NEXT).map(([part]) => ({ part, strokes: strokesOf(part) })),
      };
    },
  };
}
