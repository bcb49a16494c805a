import type { QrCorrection } from './bitmap.ts';
import { columnsOf, printable, wrap } from './text.ts';

export type Size = { width: number; height: number };
export type Align = 'left' | 'centre' | 'right';
/** A piece of a line in one weight. */
export type Run = { text: string; bold: boolean };

/** One line of paper that surely fits: all runs together are at most as wide as the paper. */
export type Line = { align: Align; size: Size; reverse: boolean; runs: Run[] };

/** The first level of a job: what stands on the ticket and how it is emphasised, in reading order, for paper of any width. */
export type Block =
  /** Wrapped. `sizes` is tried from the first; the first that fits on one line wins, else the last one wraps. */
  | { kind: 'text'; text: string; align: Align; bold: boolean; sizes: Size[] }
  /** A name on the left and its value beside it; a long value goes on under its own beginning. */
  | { kind: 'row'; name: string; value: string }
  /** White on black over the full width. */
  | { kind: 'banner'; text: string }
  | { kind: 'rule'; weight: 'hair' | 'heavy' }
  /** White paper, in dots. */
  | { kind: 'space'; dots: number }
  | { kind: 'qr'; data: string; module: number; correction: QrCorrection }
  | { kind: 'cut' };

export const NORMAL: Size = { width: 1, height: 1 };
export const TALL: Size = { width: 1, height: 2 };
export const DOUBLE: Size = { width: 2, height: 2 };
/** Columns between the name and the value of a row. */
const GUTTER = 2;

/** Lines of the blocks that are made of text. @param columns of the paper at normal size */
export function textLines(block: Extract<Block, { kind: 'text' | 'row' | 'banner' }>, columns: number): Line[] {
  switch (block.kind) {
    case 'text': {
      const text = printable(block.text).trim();
      const size = block.sizes.find((candidate) => columnsOf(text) * candidate.width <= columns) ?? block.sizes.at(-1) ?? NORMAL;
      return wrap(text, Math.floor(columns / size.width)).map((line) => ({ align: block.align, size, reverse: false, runs: [{ text: line, bold: block.bold }] }));
    }
    case 'row': {
      const name = printable(block.name);
      const indent = columnsOf(name) + GUTTER;
      return wrap(block.value, columns - indent).map((value, index) => ({
        align: 'left',
        size: NORMAL,
        reverse: false,
        runs: [
          { text: (index === 0 ? name : '').padEnd(index === 0 ? name.length + GUTTER : indent), bold: false },
          { text: value, bold: true },
        ],
      }));
    }
    case 'banner': {
      const size = columnsOf(block.text) * DOUBLE.width <= columns ? DOUBLE : TALL;
      const across = Math.floor(columns / size.width);
      return wrap(block.text, across).map((line) => ({ align: 'centre', size, reverse: true, runs: [{ text: padded(line, across), bold: true }] }));
    }
  }
}

/** As much white space left as right, so that the text is in the middle also where that leaves a column over. */
function padded(text: string, columns: number): string {
  const side = ' '.repeat(Math.floor((columns - columnsOf(text)) / 2));
  return side + text + side;
}

/** Columns of the paper that a line takes. */
export function lineColumns(line: Line): number {
  return line.runs.reduce((sum, run) => sum + columnsOf(run.text), 0) * line.size.width;
}
