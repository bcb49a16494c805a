/**
 * One grid and one type scale for every paper but the certificates. Inks keep their contrast on a black-and-white printer.
 * A look changes sizes and languages here and nowhere else.
 */
import type { PaperLook } from '../../../domain/documents/legal.ts';
import { A4 } from '../layout/commands.ts';
import type { Command } from '../layout/commands.ts';
import type { Line, Style, Typesetter } from '../layout/typesetter.ts';
import type { Words } from './model.ts';

/** Left and right margin in points (about 18 mm: no office printer needs more). */
export const EDGE = 52;
export const WIDTH = A4.width - 2 * EDGE;
/** Step of the vertical grid in points, at its natural distance: every distance between blocks is a multiple. */
const STEP = 4;

export const INK = '#16202A';
export const GREY = '#55606A';
export const FAINT = '#C9D1D6';
export const ACCENT = '#0F4C6B';
export const PALE = '#E9F1F5';
export const WHITE = '#FFFFFF';
/** Dark amber: 5.6 : 1 on white, and with the broken frame it differs without colour too. */
export const PROVISIONAL = '#9A4A00';

/** Sizes in points. `foot` is for what a clerk or a machine looks up, `key` for the one date or number that counts. */
export type Scale = { body: number; label: number; foot: number; heading: number; title: number; key: readonly number[] };

const SCALES: Record<PaperLook['text'], Scale> = {
  normal: { body: 10, label: 9.5, foot: 8, heading: 11.5, title: 26, key: [27, 24, 21, 18, 15, 12] },
  // 16 points is where guidance on large print (RNIB, Clear Print) begins.
  large: { body: 16, label: 16, foot: 10.5, heading: 19, title: 32, key: [33, 30, 27, 23, 19, 16] },
};

/** Size of English beneath Chinese, as a share. Latin letters of that size are about as tall as the strokes inside an ideograph. */
const ENGLISH = 0.8;

/** What every part needs to measure and to draw. `step` is the grid's step as this sheet takes it. */
export type Pen = { set: Typesetter; scale: Scale; large: boolean; english: boolean; step: number; body: Style; label: Style; strong: Style; heading: Style; foot: Style };

/** @param air 1: the natural distance; a short text may stand wider, a long one closer */
export function penOf(look: PaperLook, set: Typesetter, air: number): Pen {
  const scale = SCALES[look.text];
  const body: Style = { face: 'sans', size: scale.body, colour: INK, leading: 1.55 };
  return {
    set,
    scale,
    large: look.text === 'large',
    english: look.languages === 'zh-en',
    step: STEP * air,
    body,
    label: { ...body, size: scale.label, colour: GREY, leading: 1.4 },
    strong: { ...body, face: 'sans-bold' },
    heading: { ...body, face: 'sans-bold', size: scale.heading, leading: 1.35 },
    foot: { ...body, size: scale.foot, colour: GREY, leading: 1.35 },
  };
}

/** Measured words, ready to stand anywhere. */
export type Laid = { width: number; height: number; place(commands: Command[], x: number, y: number, align?: 'left' | 'centre' | 'right'): void };

/** The style of English beneath Chinese of `style`. */
export function englishOf(pen: Pen, style: Style): Style {
  const size = Math.max(7, Math.min(pen.scale.heading, style.size * ENGLISH));
  return { face: style.face === 'sans-bold' ? 'sans-bold' : 'sans', size, colour: style.colour === WHITE ? WHITE : GREY, leading: 1.25 };
}

/** Lines of which the last is never a lone character or two (孤字): then the others give up a little of their width. */
export function settle(pen: Pen, text: string, style: Style, width: number): Line[] {
  const lines = pen.set.wrap(text, style, width);
  const alone = style.size * 3.5;
  if (lines.length < 2 || (lines.at(-1) as Line).width >= alone) return lines;
  for (let give = 1; give <= 6; give += 1) {
    const narrower = pen.set.wrap(text, style, width - (give * style.size) / 2);
    if (narrower.length > lines.length) break;
    if ((narrower.at(-1) as Line).width >= alone) return narrower;
  }
  return lines;
}

export function layText(pen: Pen, text: string, style: Style, width: number): Laid {
  return laid(pen, [[settle(pen, text, style, width), style]]);
}

/** Chinese, and in the bilingual look English beneath it. */
export function layWords(pen: Pen, words: Words, style: Style, width: number): Laid {
  const english = englishOf(pen, style);
  return laid(pen, [[settle(pen, words.zh, style, width), style], ...(pen.english ? [[settle(pen, words.en, english, width), english] as [Line[], Style]] : [])]);
}

/** The largest size at which the text is one line, else as many lines as it needs at the smallest. */
export function layFitted(pen: Pen, text: string, style: Style, width: number, sizes: readonly number[]): Laid {
  const fitted = pen.set.fit(text, style, width, 1, sizes);
  return laid(pen, [[fitted.lines, fitted.style]]);
}

/** Whatever stands beneath each other. */
export function stack(...parts: (Laid | number)[]): Laid {
  const size = (part: Laid | number) => (typeof part === 'number' ? part : part.height);
  return {
    width: Math.max(0, ...parts.map((part) => (typeof part === 'number' ? 0 : part.width))),
    height: parts.reduce<number>((sum, part) => sum + size(part), 0),
    place(commands, x, y, align) {
      let top = y;
      for (const part of parts) {
        if (typeof part !== 'number') part.place(commands, x, top, align);
        top += size(part);
      }
    },
  };
}

function laid(pen: Pen, parts: [Line[], Style][]): Laid {
  const height = ([lines, style]: [Line[], Style]) => lines.length * style.size * (style.leading ?? 1.5);
  return {
    width: Math.max(0, ...parts.flatMap(([lines]) => lines.map((line) => line.width))),
    height: parts.reduce((sum, part) => sum + height(part), 0),
    place(commands, x, y, align = 'left') {
      let top = y;
      for (const [lines, style] of parts) top = pen.set.place(commands, lines, style, x, top, align);
    },
  };
}
