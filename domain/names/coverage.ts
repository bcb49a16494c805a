import { err, ok, type Result } from '../result.ts';
import { standardCharacter } from './private-use.ts';

/** `U+20BB7`: how a code point is named in reports; a single character of a name tells nobody who it is. */
export function codePointText(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Whether every character of a text can be drawn. Nothing may be dropped silently, so a caller that gets an error stops.
 * Private-use characters and U+FFFD always count as missing: a font that has a glyph there has somebody else's.
 * Variation selectors pick a form of the character before them and need no glyph of their own.
 * @param has whether the font chain draws a code point
 * @returns each missing code point once, in the order of the text
 */
export function coverage(text: string, has: (codePoint: number) => boolean): Result<null, { kind: 'missing-glyph'; codePoints: string[] }> {
  const missing = new Set<string>();
  for (const letter of text) {
    const codePoint = letter.codePointAt(0) ?? 0;
    if (/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(letter)) continue;
    if (/\p{Co}|\p{Cs}|\uFFFD/u.test(letter) || !has(codePoint)) missing.add(codePointText(letter));
  }
  return missing.size === 0 ? ok(null) : err({ kind: 'missing-glyph', codePoints: [...missing] });
}

/**
 * What a clerk should know about a character of a name.
 *
 * | kind | what it means |
 * |---|---|
 * | private-use | no agreed meaning; `standard` is the character that old GB 18030 data meant by it, if known |
 * | compatibility | a duplicate that Unicode keeps for round trips; any normalisation turns it into `standard` |
 * | supplementary | outside the basic plane: four bytes in GB 18030, two units in UTF-16; old systems cut or lose it |
 * | replacement | the trace of a character that was lost before it came here |
 */
export type CharacterNote = { codePoint: string; kind: 'private-use' | 'compatibility' | 'supplementary' | 'replacement'; standard: string | null };

/** Notes on the unusual characters of a text, in its order. Plain characters have none. */
export function characterNotes(text: string): CharacterNote[] {
  return [...text].flatMap((letter): CharacterNote[] => {
    const codePoint = codePointText(letter);
    const standard = letter.normalize('NFC');
    if (/\p{Cs}|\uFFFD/u.test(letter)) return [{ codePoint, kind: 'replacement', standard: null }];
    if (/\p{Co}/u.test(letter)) {
      const meant = standardCharacter(letter);
      return [{ codePoint, kind: 'private-use', standard: meant === null ? null : codePointText(meant) }];
    }
    // The twelve unified ideographs inside the compatibility block (U+FA0E …) have no decomposition and pass as plain.
    if (/\p{Script=Han}/u.test(letter) && standard !== letter) return [{ codePoint, kind: 'compatibility', standard: codePointText(standard) }];
    return letter.length === 2 && /\p{Script=Han}/u.test(letter) ? [{ codePoint, kind: 'supplementary', standard: null }] : [];
  });
}
