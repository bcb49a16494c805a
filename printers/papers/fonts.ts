/**
 * The font chain: cuts a text into runs that one font can draw, and says which characters nobody can draw.
 * One character is one glyph here, always: ligatures, kerning and substitutions are left out, so that the count of drawn
 * glyphs can be compared with the count of characters. Scripts that cannot be set that way count as missing.
 */
import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import type { z } from 'zod';
import type { MissingGlyph as MissingGlyphSchema } from '../../domain/contracts/devices.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { bundledFont, systemFonts } from './font-files.ts';
import type { Face } from './font-files.ts';

export type { Face } from './font-files.ts';
export type MissingGlyph = z.infer<typeof MissingGlyphSchema>;

/** One opened font. All measures are in ems (1 = the type size). */
export type LoadedFont = {
  /** Stable within a chain; names the font in drawing commands. */
  key: string;
  ascent: number;
  descent: number;
  /** Glyph of a code point, or null when the font cannot draw it (no glyph, or an empty one). */
  glyph(codePoint: number): { id: number; advance: number } | null;
  /** What pdfkit embeds: a fontkit font whose layout is one glyph a character. `name` makes the embedded subset's name. */
  source(name: string): object;
};

/** A piece of text that one font draws. `width` in ems. */
export type Run = { font: string; text: string; width: number };

export type FontChain = {
  /** Runs of a text without line breaks, in order; nothing is drawn when one character is missing. */
  cut(text: string, face: Face): Result<Run[], MissingGlyph>;
  /** The font of a key that `cut` gave out. */
  font(key: string): LoadedFont;
};

/** The font that draws a character; null: none. */
type Has = { font: LoadedFont; advance: number } | null;

/** Scripts whose characters stand side by side unchanged. Arabic, Tibetan, Mongolian, Devanagari and the like need shaping. */
const SIDE_BY_SIDE = /^[\p{sc=Han}\p{sc=Latn}\p{sc=Zyyy}\p{sc=Bopo}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Yiii}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Lisu}]$/u;
/** Combining marks and variation selectors change their neighbour; controls, lone surrogates and private use have no agreed shape. */
const NO_SHAPE_OF_ITS_OWN = /^[\p{M}\p{C}\p{Zl}\p{Zp}]$/u;
const BLANK = /^\p{Zs}$/u;

/**
 * @param settings.further paths of fonts tried after the bundled ones. Left out: those that the system has.
 *   An empty list means the bundled fonts alone.
 * Files are opened when a text first needs them (about 15 ms for one of the 10 MB bundled faces, once a process).
 */
export function openFontChain(settings: { further?: readonly string[] } = {}): FontChain {
  const fonts = new Map<string, LoadedFont>();
  let further: readonly string[] | undefined = settings.further;
  // A layout asks for the same few hundred characters thousands of times.
  const known = new Map<Face, Map<string, Has>>();

  function open(key: string, path: () => string): LoadedFont {
    const known = fonts.get(key);
    if (known !== undefined) return known;
    const font = loadFont(key, path());
    fonts.set(key, font);
    return font;
  }

  function whoHas(character: string, face: Face): Has {
    let ofFace = known.get(face);
    if (ofFace === undefined) known.set(face, (ofFace = new Map()));
    let has = ofFace.get(character);
    if (has === undefined) ofFace.set(character, (has = look(character, character.codePointAt(0) as number, face)));
    return has;
  }

  function look(character: string, codePoint: number, face: Face): Has {
    if (NO_SHAPE_OF_ITS_OWN.test(character) || !SIDE_BY_SIDE.test(character)) return null;
    const first = open(face, () => bundledFont(face));
    const glyph = first.glyph(codePoint);
    if (glyph !== null) return { font: first, advance: glyph.advance };
    further ??= systemFonts();
    for (const path of further) {
      const font = open(path, () => path);
      const found = font.glyph(codePoint);
      if (found !== null) return { font, advance: found.advance };
    }
    return null;
  }

  return {
    cut(text, face) {
      const runs: Run[] = [];
      const missing = new Set<string>();
      let last: Run | undefined;
      for (const character of text) {
        const found = whoHas(character, face);
        if (found === null) missing.add(codePointName(character.codePointAt(0) as number));
        else if (last !== undefined && last.font === found.font.key) {
          last.text += character;
          last.width += found.advance;
        } else {
          last = { font: found.font.key, text: character, width: found.advance };
          runs.push(last);
        }
      }
      return missing.size === 0 ? ok(runs) : err({ kind: 'missing-glyph', codePoints: [...missing] });
    },
    font(key) {
      const font = fonts.get(key);
      if (font === undefined) throw new Error(`font ${key} was never cut`);
      return font;
    },
  };
}

/** `U+20BB7`, as the Unicode Standard writes a code point. */
function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function loadFont(key: string, path: string): LoadedFont {
  const opened = fontkit.create(readFileSync(path));
  // fontkit's types leave out the table that says where each outline begins.
  if (opened.type !== 'TTF' || !('loca' in opened)) throw new Error(`font ${key} is not a single font with TrueType outlines`);
  const font: fontkit.Font = opened;
  const offsets: readonly number[] = (opened.loca as { offsets: number[] }).offsets;
  const perEm = font.unitsPerEm;
  const glyphs = new Map<number, { id: number; advance: number } | null>();

  function glyph(codePoint: number): { id: number; advance: number } | null {
    const known = glyphs.get(codePoint);
    if (known !== undefined) return known;
    const { id, advanceWidth } = font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint) : { id: 0, advanceWidth: 0 };
    // A glyph without outline would print as nothing: that is a missing glyph, unless the character is a space.
    const empty = offsets[id] === offsets[id + 1] && !BLANK.test(String.fromCodePoint(codePoint));
    const found = id === 0 || empty ? null : { id, advance: advanceWidth / perEm };
    glyphs.set(codePoint, found);
    return found;
  }

  return { key, ascent: font.ascent / perEm, descent: font.descent / perEm, glyph, source: (name) => oneGlyphACharacter(font, perEm, glyph, name) };
}

/**
 * A view of the font that sets one glyph for each character. The glyph objects are made fresh because fontkit's own are shared
 * for the life of the font and keep the code point they were first seen with, which would end up in the PDF's text layer.
 */
function oneGlyphACharacter(font: fontkit.Font, perEm: number, glyph: LoadedFont['glyph'], name: string): object {
  function layout(text: string) {
    const glyphs: { id: number; advanceWidth: number; codePoints: number[] }[] = [];
    const positions: { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }[] = [];
    for (const character of text) {
      const codePoint = character.codePointAt(0) as number;
      const found = glyph(codePoint);
      if (found === null) throw new Error('a character was drawn that no check had passed');
      const advance = found.advance * perEm;
      glyphs.push({ id: found.id, advanceWidth: advance, codePoints: [codePoint] });
      positions.push({ xAdvance: advance, yAdvance: 0, xOffset: 0, yOffset: 0 });
    }
    return {
      glyphs,
      positions,
      // pdfkit scales the positions in place and then asks for the sum.
      get advanceWidth() {
        return positions.reduce((sum, position) => sum + position.xAdvance, 0);
      },
    };
  }
  return Object.create(font, { layout: { value: layout }, postscriptName: { value: name } }) as object;
}
