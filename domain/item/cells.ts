import { err, never, ok, type Result } from '../result.ts';
import type { Element } from './elements.ts';

/** A cell of a sheet. An empty one is `''`. */
export type Cell = string | number | boolean;

/** Written where nothing would not be the same: a text that is there and empty. */
const EMPTY = '（空）';
/** Written where nothing would not be the same: a list that is there and empty, or a null. */
export const NONE = '（无）';

export type CellFault = { kind: 'not-a-number' | 'not-yes-or-no' | 'not-json' | 'not-a-text' | 'not-pairs' };

/**
 * One element in one cell, and back without loss. An empty cell is the empty text or list where the element must be there, and its absence where it need
 * not. A list has one entry a line; pairs have `value=label` a line. Words of a dictionary stand for its codes.
 */
export function writeCell(element: Element, value: unknown): Cell {
  if (value === undefined) return '';
  if (value === null) return element.optional ? NONE : '';
  switch (element.kind) {
    case 'number':
      return value as number;
    case 'yes-no':
      return value === true ? '是' : '否';
    case 'json':
      return JSON.stringify(value);
    case 'text':
      return value === '' ? (element.optional ? EMPTY : '') : guarded(inWords(element, value as string));
    case 'list': {
      const entries = value as string[];
      return entries.length === 0 ? (element.optional ? NONE : '') : entries.map((entry) => (entry === '' ? EMPTY : guarded(escaped(inWords(element, entry))))).join('\n');
    }
    case 'pairs': {
      const pairs = value as { value: string; label: string }[];
      return pairs.length === 0 ? (element.optional ? NONE : '') : pairs.map((pair) => [pair.value, pair.label].map((part) => escaped(part).replaceAll('=', '\\=')).join('=')).join('\n');
    }
    default:
      return never(element.kind);
  }
}

/** @returns `undefined` for an element that is absent; whether the value is a right one is the schema's to say */
export function readCell(element: Element, cell: Cell): Result<unknown, CellFault> {
  if (cell === '' && element.optional) return ok(undefined);
  if (element.nullable && (cell === '' || cell === NONE)) return ok(null);
  switch (element.kind) {
    case 'number': {
      const number = typeof cell === 'string' && /^-?[\d.]+(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
      return typeof number === 'number' && Number.isFinite(number) ? ok(number) : err({ kind: 'not-a-number' });
    }
    case 'yes-no':
      return cell === '是' || cell === true ? ok(true) : cell === '否' || cell === false ? ok(false) : err({ kind: 'not-yes-or-no' });
    case 'json':
      return jsonOf(cell);
    case 'text':
      if (typeof cell === 'boolean') return err({ kind: 'not-a-text' });
      return ok(cell === EMPTY ? '' : inCode(element, unguarded(String(cell))));
    case 'list':
      if (typeof cell === 'boolean') return err({ kind: 'not-a-text' });
      return ok(linesOf(cell).map((line) => (line === EMPTY ? '' : inCode(element, unescaped(unguarded(line))))));
    case 'pairs':
      return pairsOf(cell);
    default:
      return never(element.kind);
  }
}

function linesOf(cell: string | number): string[] {
  return cell === '' || cell === NONE ? [] : String(cell).split('\n');
}

function pairsOf(cell: Cell): Result<{ value: string; label: string }[], CellFault> {
  if (typeof cell === 'boolean') return err({ kind: 'not-a-text' });
  const pairs = linesOf(cell).map((line) => /^((?:[^\\=]|\\.)*)=(.*)$/s.exec(line));
  if (pairs.includes(null)) return err({ kind: 'not-pairs' });
  return ok(pairs.flatMap((pair) => (pair === null ? [] : [{ value: unescaped(pair[1] ?? ''), label: unescaped(pair[2] ?? '') }])));
}

function jsonOf(cell: Cell): Result<unknown, CellFault> {
  try {
    return ok(JSON.parse(String(cell)) as unknown);
  } catch {
    return err({ kind: 'not-json' });
  }
}

function inWords({ words }: Element, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}
function inCode({ words }: Element, written: string): string {
  return Object.entries(words).find(([, spoken]) => spoken === written)?.[0] ?? written;
}

/** A text that reads like one of our two words is told apart by a backslash before it. */
function guarded(value: string): string {
  return /^\\*（[空无]）$/.test(value) ? `\\${value}` : value;
}
function unguarded(written: string): string {
  return /^\\+（[空无]）$/.test(written) ? written.slice(1) : written;
}

function escaped(entry: string): string {
  return entry.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
function unescaped(written: string): string {
  return written.replace(/\\(.)/gs, (_whole, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? letter);
}
