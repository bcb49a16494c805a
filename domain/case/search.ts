import { nameKey } from '../names/name.ts';

/** What people type to find a case, read into what an index can answer. */

/**
 * What one word of a search may mean; any of them is a hit.
 * - `person`: beginning of a name, as `nameKey` evens names out; null: no name. `item`: part of an item's name.
 * - `number`: the whole number of a case or its end. `phone`: the whole number or its end. `identity`: a whole identity number, capitals.
 */
export type SearchTerm = { text: string; person: string | null; item: boolean; number: boolean; phone: boolean; identity: boolean };

/** Last digits that are few enough cases to look through: one in ten thousand numbers ends alike. */
const SHORTEST_END = 4;
/** Words beyond these narrow nothing further. */
const MOST_TERMS = 3;

/** Ends as numbers end; a provisional one begins with a character: 临330624-0001-000012. */
const NUMERIC = /[\dX]$/;

/** A search that may be one name written as several words, as foreigners' are, or with spaces about the dot: SMITH JOHN. Null: one word. */
export function wholeName(query: string): string | null {
  return /\S\s+\S/u.test(query) ? nameKey(query) : null;
}

/** The words of a search in their order. A word that is neither a name nor long enough a number finds nothing, and says so by having no meaning. */
export function searchTerms(query: string): SearchTerm[] {
  return query.trim().split(/\s+/u).filter((word) => word !== '').slice(0, MOST_TERMS).map((word) => {
    const text = word.normalize('NFKC');
    const capitals = text.toUpperCase();
    const numeric = NUMERIC.test(capitals) && capitals.replaceAll(/\D/g, '').length >= SHORTEST_END - 1 && capitals.length >= SHORTEST_END;
    const isDigits = /^\d+$/.test(text);
    return {
      text: numeric ? capitals : text, person: isDigits ? null : nameKey(word), item: !isDigits,
      number: numeric, phone: numeric && isDigits && text.length <= 11, identity: numeric && capitals.length >= 15 && capitals.length <= 18,
    };
  });
}

/** The text behind every text that begins with this one, in byte order; null where there is none. A search for beginnings is the range between. */
export function endOfRange(beginning: string): string | null {
  const letters = [...beginning];
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    const next = following(letters[at] ?? '');
    if (next !== null) return letters.slice(0, at).join('') + next;
  }
  return null;
}

/** The next character in the order of code points, which is the order of UTF-8's bytes. */
function following(letter: string): string | null {
  const point = (letter.codePointAt(0) ?? 0) + 1;
  if (point > 0x10ffff) return null;
  // Surrogates are no characters.
  return String.fromCodePoint(point >= 0xd800 && point <= 0xdfff ? 0xe000 : point);
}
