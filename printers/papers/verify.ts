/**
 * The last look at a finished PDF: as many glyphs in its pages as characters were to be drawn, and none of them the font's
 * "missing" glyph. It reads the file itself, so a fault of the PDF library cannot lose a character of a name unseen.
 */
import { inflateSync } from 'node:zlib';
import type { Sheet } from './layout/commands.ts';

/** How pdfkit begins a page's dictionary. */
const PAGE = '/Type /Page\n';

/** @throws Error on a difference: that is a bug, and the page must not be printed. */
export function checkDrawnGlyphs(pdf: Uint8Array, sheets: readonly Sheet[]): void {
  const characters = sheets
    .flatMap(({ commands }) => commands)
    .reduce((sum, command) => sum + (command.kind === 'text' ? [...command.text].length : 0), 0);
  const drawn = countGlyphs(pdf);
  if (drawn.missing > 0) throw new Error(`${drawn.missing} characters would print as the missing glyph`);
  if (drawn.glyphs !== characters) throw new Error(`${drawn.glyphs} glyphs drawn for ${characters} characters`);
}

/** Glyphs of every page's content: pdfkit writes each as four hexadecimal digits inside a TJ array (ISO 32000-1 §9.4.3). */
export function countGlyphs(pdf: Uint8Array): { glyphs: number; missing: number } {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let glyphs = 0;
  let missing = 0;
  for (const content of pageContents(bytes)) {
    for (const [array] of content.matchAll(/\[[^\]]*\] TJ/g)) {
      for (const [, hex] of array.matchAll(/<([0-9a-f]*)>/g)) {
        const text = hex ?? '';
        glyphs += text.length / 4;
        for (let at = 0; at < text.length; at += 4) if (text.slice(at, at + 4) === '0000') missing += 1;
      }
    }
  }
  return { glyphs, missing };
}

/** Pages of a PDF made by `draw`. */
export function countPages(pdf: Uint8Array): number {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let pages = 0;
  for (let at = bytes.indexOf(PAGE); at >= 0; at = bytes.indexOf(PAGE, at + 1)) pages += 1;
  return pages;
}

function pageContents(bytes: Buffer): string[] {
  const contents: string[] = [];
  for (let at = bytes.indexOf(PAGE); at >= 0; at = bytes.indexOf(PAGE, at + 1)) {
    const end = bytes.indexOf('>>\nendobj', at);
    const number = /\/Contents (\d+) 0 R/.exec(bytes.toString('latin1', at, end))?.[1];
    if (number === undefined) throw new Error('a page without contents');
    const object = bytes.indexOf(`\n${number} 0 obj`);
    const start = bytes.indexOf('stream\n', object) + 'stream\n'.length;
    const length = Number(/\/Length (\d+)/.exec(bytes.toString('latin1', object, start))?.[1]);
    contents.push(inflateSync(bytes.subarray(start, start + length)).toString('latin1'));
  }
  return contents;
}
