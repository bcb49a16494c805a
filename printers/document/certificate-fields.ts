/** The grid of a certificate's fields: short ones side by side, long ones over the whole width. */
import { line } from './layout/commands.ts';
import type { Colour, Command } from './layout/commands.ts';
import { GREY, INK } from './certificate-style.ts';
import type { Line, Style, Typesetter } from './layout/typesetter.ts';

export type FieldRow = { height: number; draw: (commands: Command[], x: number, y: number, rule: Colour) => void };

type Cell = { x: number; width: number; label: Line[]; value: Line[] };

const GUTTER = 24;
/** Lines of one row at most; a longer value goes on in a further row, so that a page can break inside it. */
const ROW_LINES = 8;

/**
 * @param size type size of the values in points; labels and distances follow it
 * @returns rows in order, each drawn at its own place
 */
export function layFields(fields: readonly { label: string; value: string }[], set: Typesetter, width: number, size: number): FieldRow[] {
  const label: Style = { face: 'sans', size: Math.max(8, size - 3), colour: GREY, leading: 1.35 };
  const value: Style = { face: 'serif-medium', size, colour: INK, leading: 1.4 };
  // The label column fits the usual four to six characters; longer labels wrap inside it.
  const labelWidth = Math.min(100, Math.max(...fields.map((field) => set.width(field.label, label)))) + 18;
  const half = (width - GUTTER) / 2;

  const rows: Cell[][] = [];
  let open: Cell | null = null;
  for (const field of fields) {
    const text = field.value === '' ? '—' : field.value;
    const labels = set.wrap(field.label, label, labelWidth - 17);
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
        rows.push([{ x: 0, width, label: at === 0 ? labels : [], value: lines.slice(at, at + ROW_LINES) }]);
      }
    }
  }
  if (open !== null) rows.push([{ ...open, width }]);
  return rows.map((cells) => rowOf(cells, set, label, value, labelWidth));
}

function rowOf(cells: readonly Cell[], set: Typesetter, label: Style, value: Style, labelWidth: number): FieldRow {
  const step = value.size * 1.4;
  const labelStep = label.size * 1.35;
  const padding = value.size * 0.42;
  const height = Math.max(...cells.map((cell) => Math.max(cell.value.length * step, cell.label.length * labelStep))) + 2 * padding;
  return {
    height,
    draw(commands, x, y, rule) {
      for (const cell of cells) {
        // Label and value share their first baseline.
        set.place(commands, cell.label, label, x + cell.x, y + padding + (step - labelStep) / 2 + (value.size - label.size) * 0.3);
        set.place(commands, cell.value, value, x + cell.x + labelWidth, y + padding);
        commands.push({ kind: 'path', path: line(x + cell.x, y + height, x + cell.x + cell.width, y + height), stroke: rule, line: 0.5 });
      }
    },
  };
}
