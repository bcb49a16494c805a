import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import * as fontkit from 'fontkit';
import type { MissingGlyph as MissingGlyphSchema } from '../../domain/contracts/devices.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { z } from 'zod';
import type { Bitmap } from './bitmap.ts';
import { blacken, blank, stamp } from './bitmap.ts';
import type { Line } from './layout.ts';
import { lineColumns } from './layout.ts';
import { CHARACTER_DOTS, COLUMN_DOTS } from './model.ts';
import { columnsOf, graphemes } from './text.ts';

/**
 * Draws one line as the printer's own font would have set it: each character in its cell of 12 or 24 × 24 dots, times the size.
 * Fails with every character that no font has; it never leaves one out.
 */
export type DrawLine = (line: Line, widthDots: number) => Result<Bitmap, MissingGlyph>;
export type MissingGlyph = z.infer<typeof MissingGlyphSchema>;

/** TrueType files. `bold` may be the same file. */
export type FontFiles = { regular: string; bold: string };

const FAMILY = { regular: 'Jinban ticket', bold: 'Jinban ticket bold' };
/** Dots of the em: a little under the cell, so that neighbouring characters do not touch. */
const EM_DOTS = 23;
/** Where Latin and Chinese letters stand in the cell, from its top. */
const BASELINE_DOTS = 20;
/** A dot is printed when this share of it is covered; below one half, because thin strokes of 203 dpi would break. */
const INK_THRESHOLD = 0.42;

/** Noto Sans SC from the npm package (OFL); Medium, since Regular's strokes are thinner than a dot at this size. */
export function bundledFonts(): FontFiles {
  const { resolve } = createRequire(import.meta.url);
  return {
    regular: resolve('@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
    bold: resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  };
}

/** Reads the fonts when the first line is drawn. @throws when a font file is missing: the installation is broken */
export function lineDrawer(files: FontFiles = bundledFonts()): DrawLine {
  let fonts: { covers: (codePoint: number) => boolean } | null = null;
  return (line, widthDots) => {
    fonts ??= loadFonts(files);
    const { covers } = fonts;
    const missing = new Set(line.runs.flatMap((run) => [...run.text].map(codePointOf).filter((codePoint) => !covers(codePoint))));
    if (missing.size > 0) return err({ kind: 'missing-glyph', codePoints: [...missing].map((codePoint) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`) });
    return ok(draw(line, widthDots));
  };
}

function loadFonts(files: FontFiles): { covers: (codePoint: number) => boolean } {
  // Read here, not by the native canvas: only Node's own file functions see into the archive of a packaged terminal.
  const coverage = ([[files.regular, FAMILY.regular], [files.bold, FAMILY.bold]] as const).map(([path, family]) => {
    const bytes = readFileSync(path);
    const font = fontkit.create(bytes);
    if (!('hasGlyphForCodePoint' in font)) throw new Error('a font collection cannot be used for tickets');
    if (GlobalFonts.register(bytes, family) === null) throw new Error(`cannot load the font file ${path}`);
    return font;
  });
  return { covers: (codePoint) => coverage.every((font) => font.hasGlyphForCodePoint(codePoint)) };
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function draw(line: Line, widthDots: number): Bitmap {
  const { size, align, reverse } = line;
  const textDots = lineColumns(line) * COLUMN_DOTS;
  const left = align === 'left' ? 0 : align === 'right' ? widthDots - textDots : Math.floor((widthDots - textDots) / 2);
  const cells = blank(textDots, CHARACTER_DOTS * size.height);
  drawCells(cells, line);
  const whole = blank(widthDots, CHARACTER_DOTS * size.height);
  stamp(whole, cells, left, 0);
  if (reverse) {
    for (let y = 0; y < whole.height; y += 1) {
      for (let x = left; x < left + textDots; x += 1) {
        const at = (y * whole.width + x) >> 3;
        whole.bits[at] = (whole.bits[at] ?? 0) ^ (0x80 >> (x & 7));
      }
    }
  }
  return whole;
}

function drawCells(cells: Bitmap, { runs, size }: Line): void {
  const canvas = createCanvas(cells.width, cells.height);
  const pen = canvas.getContext('2d');
  pen.scale(size.width, size.height);
  let column = 0;
  for (const { text, bold } of runs) {
    pen.font = `${EM_DOTS}px "${bold ? FAMILY.bold : FAMILY.regular}"`;
    for (const grapheme of graphemes(text)) {
      const cell = columnsOf(grapheme) * COLUMN_DOTS;
      drawCharacter(pen, grapheme, column * COLUMN_DOTS, cell);
      column += cell / COLUMN_DOTS;
    }
  }
  const { data } = pen.getImageData(0, 0, cells.width, cells.height);
  for (let y = 0; y < cells.height; y += 1) {
    for (let x = 0; x < cells.width; x += 1) {
      if ((data[(y * cells.width + x) * 4 + 3] ?? 0) > INK_THRESHOLD * 255) blacken(cells, x, y);
    }
  }
}

/** In the middle of its cell; a letter wider than that (M, W, @) is drawn narrower. */
function drawCharacter(pen: SKRSContext2D, character: string, x: number, cell: number): void {
  const { width } = pen.measureText(character);
  const squeeze = Math.min(1, cell / Math.max(width, 1));
  pen.save();
  pen.translate(x + (cell - width * squeeze) / 2, BASELINE_DOTS);
  pen.scale(squeeze, 1);
  pen.fillText(character, 0, 0);
  pen.restore();
}
