import type { Unihan } from './words.ts';

/** Signs that say how parts stand to each other (Unicode 15.1, 2FF0 … 2FFF and 31EF), strokes written with letters, and notes. */
const NO_PART = /[\u2FF0-\u2FFF\u31EF\p{ASCII}\uE000-\uF8FF]/u;

/** The parts of each character as the list's first sequence has them, left to right; none for those that fall into strokes only. */
export function readSequences(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [character = '', sequences = ''] = line.split('\t');
    const first = sequences.split(';')[0]?.replace(/\([.A-Za-z0-9,]+\)$/u, '').replace(/\{[^}]*\}|\[[^\]]*\]/gu, '') ?? '';
    const parts = [...first].filter((sign) => !NO_PART.test(sign) && sign !== character);
    if (character !== '' && parts.length > 0) found.set(character, parts);
  }
  return found;
}

/** How many parts the palette offers. */
const PALETTE = 280;

/**
 * Characters and their parts as text; `renderer/ui/keyboard/parts.ts` reads it. First line: the palette, simplest parts first. Then one character a
 * line, commonest first: the character, its strokes, its parts.
 * @param commonness a larger number for a commoner character
 * @param drawn whether the window's own font has it: only such parts can be keys
 */
export function compileParts(sequences: ReadonlyMap<string, readonly string[]>, unihan: Unihan, commonness: (character: string) => number, drawn: (character: string) => boolean): string {
  const characters = [...sequences.keys()].filter((character) => isIdeograph(character));
  const known = new Map<string, Set<string>>();
  const within = (character: string): Set<string> => {
    const held = known.get(character);
    if (held !== undefined) return held;
    const all = new Set<string>();
    known.set(character, all);
    for (const part of sequences.get(character) ?? []) {
      all.add(part);
      for (const deeper of within(part)) all.add(deeper);
    }
    return all;
  };
  const uses = new Map<string, number>();
  for (const character of characters) for (const part of within(character)) uses.set(part, (uses.get(part) ?? 0) + (commonness(character) > 0 ? 4 : 1));
  const strokesOf = (character: string) => unihan.get(character)?.strokes ?? 0;
  const palette = [...uses].filter(([part]) => drawn(part) && isIdeograph(part)).sort(([, m], [, n]) => n - m).slice(0, PALETTE).map(([part]) => part);
  const order = new Map(palette.map((part, index) => [part, index]));
  palette.sort((a, b) => strokesOf(a) - strokesOf(b) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const ranked = characters.map((character) => ({ character, worth: commonness(character), own: drawn(character) ? 1 : 0, code: character.codePointAt(0) ?? 0 })).sort((a, b) => b.worth - a.worth || b.own - a.own || a.code - b.code);
  return [palette.map((part) => `${part}${strokesOf(part)}`).join(' '), ...ranked.map(({ character }) => `${character}${strokesOf(character)}${(sequences.get(character) ?? []).join('')}`), ''].join('\n');
}

function isIdeograph(character: string): boolean {
  return /\p{Script=Han}/u.test(character);
}
