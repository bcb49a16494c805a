/** The pieces that slips are made of. */
import type { Block, Size } from './layout.ts';
import { NORMAL } from './layout.ts';

/** China has one time zone and no summer time. */
const CHINA_OFFSET = 8 * 60 * 60 * 1000;
/** Dots between rows, on top of the printer's own line spacing. */
export const LEADING = 8;

export function spaced(rows: readonly Block[]): Block[] {
  return rows.flatMap((block) => [block, space(LEADING)]);
}

export function centre(text: string, sizes: Size[], bold: boolean): Block {
  return { kind: 'text', text, align: 'centre', bold, sizes };
}

export function left(text: string): Block {
  return { kind: 'text', text, align: 'left', bold: false, sizes: [NORMAL] };
}

export function row(name: string, value: string): Block {
  return { kind: 'row', name, value };
}

export function space(dots: number): Block {
  return { kind: 'space', dots };
}

/** `2026年8月1日 09:30`. */
export function chinaTime(instant: string): string {
  const there = new Date(Date.parse(instant) + CHINA_OFFSET);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${there.getUTCFullYear()}年${there.getUTCMonth() + 1}月${there.getUTCDate()}日 ${two(there.getUTCHours())}:${two(there.getUTCMinutes())}`;
}

/** `2026年8月1日（周六）`. */
export function chinaDay(instant: string): string {
  const there = new Date(Date.parse(instant) + CHINA_OFFSET);
  return `${there.getUTCFullYear()}年${there.getUTCMonth() + 1}月${there.getUTCDate()}日（周${'日一二三四五六'[there.getUTCDay()] ?? ''}）`;
}

/** `09:30`. */
export function chinaClock(instant: string): string {
  return chinaTime(instant).slice(-5);
}
