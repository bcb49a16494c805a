/** A grid of labels and values: short ones side by side, long ones over the whole width. */
import { line } from './commands.ts';
import type { Colour, Command } from './commands.ts';
import type { Line, Style, Typesetter } from './typesetter.ts';

export type FieldRow = { height: number; draw: (commands: Command[], x: number, y: number, rule: Colour) => void };

/** `english`: the label in English beneath; drawn where the styles have one for it. */
export type LabelledValue = { label: string; english?: string; value: string };

/** `padding`: above and below a row, in ems of the value. */
export type FieldStyles = { label: Style; value: Style; english?: Style; padding: number };

type Labels = { lines: Line[]; english: Line[] };
type Cell = { x: number; width: number; label: Labels; value: Line[] };

const GUTTER = 24;
/** Lines of one row at most; a longer value goes on in a further row, so that a page can break inside it. */
const ROW_LINES = 8;
/** Widest label column in ems of the label: the usual four to six characters; longer labels wrap inside it. */
const LABEL_EMS = 9;
const NONE: Labels = { lines: [], english: [] };

/** @returns rows in order, each drawn at its own place */
export function layFields(fields: readonly LabelledValue[], set: Typesetter, width: number, styles: FieldStyles): FieldRow[] {
  const { label, value } = styles;
  const widest = (field: LabelledValue) => Math.max(set.width(field.label, label), styles.english === undefined ? 0 : set.width(field.english ?? '', styles.english));
  const labelWidth = Math.min(Math.max(100, label.size * LABEL_EMS), Math.max(...fields.map(widest))) + 18;
  const half = (width - GUTTER) / 2;

  const rows: Cell[][] = [];
  let open: Cell | null = null;
  for (const field of fields) {
    const text = field.value === '' ? '—' : field.value;
    const labels: Labels = {
      lines: set.wrap(field.label, label, labelWidth - 17),
      english: styles.english === undefined || field.english === undefined ? [] : set.wrap(field.english, styles.english, labelWidth - 17),
    };
    const short = !text.includes('\n') && set.width(text, value) <= half - labelWidth;
    if (short && open !== null) {
      rows.push([open, { x: half + GUTTER, width: half, label: labels, value: set.wrap(text, value, half - labelWidth) }]);
      open = null;
      continue;
    }
    if (open !== null) rows.push([{ ...open, width }]);
    open = null;
    const lines = set.wrap(text, value, (short ? half : width) - labelWidth);
    if (short) open = { x: 0, width: half, label: labels, value: lines };
    else {
      for (let at = 0; at < lines.length; at += ROW_LINES) {
        rows.push([{ x: 0, width, label: at === 0 ? labels : NONE, value: lines.slice(at, at + ROW_LINES) }]);
      }
    }
  }
  if (open !== null) rows.push([{ ...open, width }]);
  return rows.map((cells) => rowOf(cells, set, styles, labelWidth));
}

function rowOf(cells: readonly Cell[], set: Typesetter, { label, value, english, padding: ems }: FieldStyles, labelWidth: number): FieldRow {
  const step = value.size * (value.leading ?? 1.5);
  const labelStep = label.size * (label.leading ?? 1.5);
  const englishStep = english === undefined ? 0 : english.size * (english.leading ?? 1.5);
  const padding = value.size * ems;
  const labelTop = (step - labelStep) / 2 + (value.size - label.size) * 0.3;
  const beneath = (cell: Cell) => cell.label.lines.length * labelStep + cell.label.english.length * englishStep;
  const height = Math.max(...cells.map((cell) => Math.max(cell.value.length * step, beneath(cell)))) + 2 * padding;
  return {
    height,
    draw(commands, x, y, rule) {
      for (const cell of cells) {
        // Label and value share their first baseline.
        const bottom = set.place(commands, cell.label.lines, label, x + cell.x, y + padding + labelTop);
        if (english !== undefined) set.place(commands, cell.label.english, english, x + cell.x, bottom);
        set.place(commands, cell.value, value, x + cell.x + labelWidth, y + padding);
        commands.push({ kind: 'path', path: line(x + cell.x, y + height, x + cell.x + cell.width, y + height), stroke: rule, line: 0.5 });
      }
    },
  };
}
