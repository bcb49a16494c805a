/** What the tests of this folder share: poppler's tools for looking at a PDF, and a clock that never waits. */
import { execFileSync } from 'node:child_process';
import type { Clock } from '../../domain/time.ts';
import type { Sheet } from './layout/commands.ts';

/** The text layer, as a program that copies from the page would get it. */
export function textOf(pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-q', '-raw', '-', '-'], { input: pdf, encoding: 'utf8' });
}

export type Picture = { width: number; height: number; dots: Uint8Array; perPoint: number };

/** The first page as grey dots, 0 black. */
export function pictureOf(pdf: Uint8Array, dotsPerInch = 200): Picture {
  return picturesOf(pdf, dotsPerInch)[0] as Picture;
}

/** Every page as grey dots. */
export function picturesOf(pdf: Uint8Array, dotsPerInch: number): Picture[] {
  const pgm = execFileSync('pdftoppm', ['-q', '-gray', '-r', String(dotsPerInch), '-'], { input: pdf, maxBuffer: 256 * 1024 * 1024 });
  const pictures: Picture[] = [];
  for (let at = 0; at < pgm.length; ) {
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', at, at + 40)) ?? [];
    if (head === undefined) throw new Error('pdftoppm made no grey picture');
    const size = Number(width) * Number(height);
    pictures.push({ width: Number(width), height: Number(height), dots: pgm.subarray(at + head.length, at + head.length + size), perPoint: dotsPerInch / 72 });
    at += head.length + size;
  }
  return pictures;
}

/** The texts of a layout, one a line with place, size and face: the golden form of a paper. */
export function textLines(sheets: readonly Sheet[]): string {
  const texts = sheets.flatMap(({ commands }) => commands.filter((command) => command.kind === 'text'));
  return `${texts.map(({ x, y, size, font, text }) => `${x.toFixed(1)} ${y.toFixed(1)} ${size} ${font} ${text}`).join('\n')}\n`;
}

/** A box in points, cut out as rows of `#` (dark) and `.`. */
export function cut(picture: Picture, left: number, top: number, width: number, height: number): string[] {
  const scale = (points: number) => Math.round(points * picture.perPoint);
  const rows: string[] = [];
  for (let y = scale(top); y < scale(top + height); y += 1) {
    let row = '';
    for (let x = scale(left); x < scale(left + width); x += 1) row += (picture.dots[y * picture.width + x] ?? 255) < 110 ? '#' : '.';
    rows.push(row);
  }
  return rows;
}

/** Share of dark dots. */
export function ink(rows: readonly string[]): number {
  const all = rows.join('');
  return all.replaceAll('.', '').length / all.length;
}

/** Time passes only when somebody waits for it, and then at once. Happenings at given times are run on the way. */
export type JumpingClock = Clock & { at(time: number, happening: () => void): void; pending(): number };

export function jumpingClock(): JumpingClock {
  let now = 0;
  let waits: { due: number; call: () => void }[] = [];
  let planned = false;

  function plan(): void {
    if (planned) return;
    planned = true;
    // Everything that can go on without time passing goes on first.
    setImmediate(() => {
      planned = false;
      const [next] = waits.toSorted((left, right) => left.due - right.due);
      if (next === undefined) return;
      waits = waits.filter((wait) => wait !== next);
      now = Math.max(now, next.due);
      next.call();
      if (waits.length > 0) plan();
    });
  }

  return {
    now: () => now,
    monotonic: () => now,
    after(milliseconds, call) {
      const wait = { due: now + milliseconds, call };
      waits.push(wait);
      plan();
      return () => {
        waits = waits.filter((held) => held !== wait);
      };
    },
    at(time, happening) {
      // A happening alone does not make time pass: it runs when somebody waits beyond it.
      waits.push({ due: time, call: happening });
    },
    pending: () => waits.length,
  };
}
