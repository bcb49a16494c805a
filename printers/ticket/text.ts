import iconv from 'iconv-lite';
import type { PrinterModel } from './model.ts';

/** What a citizen would call one character: a letter with its marks, a surrogate pair, a whole emoji. */
const GRAPHEMES = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });
/** Marks that may not begin a line, and those that may not end one (GB/T 15834, 5.1). */
const NEVER_FIRST = '，。、；：？！）》」』】〕”’…—·,.;:?!)%';
const NEVER_LAST = '（《「『【〔“‘(￥';
/** A run of closing marks longer than this is broken rather than leaving a short line. */
const MOST_CARRIED = 3;

/** Text as it goes to the printer: ￥ for ¥, which two-byte Chinese sets lack; white space and controls become one space; U+3000 stays. */
export function printable(text: string): string {
  return text.normalize('NFC').replaceAll('¥', '￥').replace(/(?:(?!\u3000)[\s\p{Cc}])+/gu, ' ');
}

export function graphemes(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** Columns of font A: ASCII takes one, everything else two. */
export function columnsOf(text: string): number {
  return graphemes(text).reduce((columns, grapheme) => columns + (isAscii(grapheme) ? 1 : 2), 0);
}

/** Whether the printer's own font has every character, in two bytes. If not, the line is drawn. */
export function inFont(text: string, chinese: PrinterModel['chinese']): boolean {
  return [...text].every((character) => isAscii(character) || inTwoBytes(character, chinese));
}

function isAscii(text: string): boolean {
  return /^[ -~]$/.test(text);
}

/**
 * GB 18030 and GBK give two bytes also to their user-defined areas (private use characters here) and to a few signs that came
 * after GBK 1.0; a printer's font has none of the first and GBK fonts none of the second.
 */
function inTwoBytes(character: string, chinese: PrinterModel['chinese']): boolean {
  if (/\p{Co}/u.test(character)) return false;
  const bytes = iconv.encode(character, 'gb18030');
  const [lead = 0, trail = 0] = bytes;
  if (bytes.length !== 2) return false;
  const code = lead * 256 + trail;
  switch (chinese) {
    case 'gb18030':
      return true;
    case 'gbk':
      return lead !== 0xfe && code !== 0xa2e3 && code !== 0xa8bf && !(code >= 0xa989 && code <= 0xa995);
    case 'gb2312':
      // Hanzi of both levels, and the rows of signs and full-width letters; the rest of the sign rows differs between fonts.
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || lead === 0xa1 || lead === 0xa3);
  }
}

/**
 * Breaks text into lines of at most `columns`. Latin words and numbers stay whole when they fit on a line of their own; marks
 * stand neither first nor last where Chinese forbids it. Nothing is cut off: a longer word is broken, not shortened.
 */
export function wrap(text: string, columns: number): string[] {
  if (columns < 4) throw new RangeError('a line takes at least two Chinese characters');
  const lines: string[] = [];
  let line: string[] = [];
  const width = (pieces: readonly string[]): number => columnsOf(pieces.join(''));
  for (const piece of pieces(printable(text).trim(), columns)) {
    if (width([...line, piece]) <= columns) {
      line.push(piece);
      continue;
    }
    const down = carriedDown(line, piece, columns);
    lines.push(line.slice(0, line.length - down).join('').trimEnd());
    line = [...line.slice(line.length - down), piece];
    if (line[0] === ' ') line = line.slice(1);
  }
  if (line.length > 0) lines.push(line.join('').trimEnd());
  return lines;
}

/** Words of Latin letters and digits, and single characters of everything else. */
function pieces(text: string, columns: number): string[] {
  const found: string[] = [];
  for (const grapheme of graphemes(text)) {
    const last = found.at(-1);
    const joins = last !== undefined && isWord(grapheme) && isWord(last.at(-1) ?? '') && columnsOf(last) < columns;
    if (joins) found[found.length - 1] = last + grapheme;
    else found.push(grapheme);
  }
  return found;
}

function isWord(text: string): boolean {
  return /^[!-~]$/.test(text);
}

/** How many pieces at the end of the full line go down with the piece that did not fit; none when no break nearby is allowed. */
function carriedDown(line: readonly string[], next: string, columns: number): number {
  for (let down = 0; down <= MOST_CARRIED && down < line.length; down += 1) {
    const first = line[line.length - down] ?? next;
    const last = line[line.length - down - 1] ?? '';
    if (NEVER_FIRST.includes(first.charAt(0)) || NEVER_LAST.includes(last.slice(-1))) continue;
    return columnsOf(line.slice(line.length - down).join('') + next) <= columns ? down : 0;
  }
  return 0;
}
