/** A day's figures as a table for spreadsheets, made in the page. */
import type { z } from 'zod';
import type { QueueFigures } from '../../../domain/contracts/site.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/csv.ts';
import { type TextKey, t } from '../texts.ts';

export type Figures = z.infer<typeof QueueFigures>;
export const PARTS = ['businesses', 'windows', 'accounts', 'hours'] as const;
export type Part = (typeof PARTS)[number];
export type DayFigures = { whole: Figures } & Record<Part, Record<string, Figures>>;
/** What a part's key is called: a business's name, an account's, `3 号`. */
export type NameOf = (part: Part, key: string) => string;

const WAYS = ['card', 'phone', 'staff', 'appointment', 'roll'] as const;
const TIMES = ['waiting', 'walking', 'service'] as const;
const MEASURES = ['mean', 'median', 'p90'] as const;
const MINUTE = 60_000;

const HEAD: readonly TextKey[] = ['csv.day', 'csv.by', 'csv.part', 'csv.taken', ...WAYS.map((way) => `csv.${way}` as const), 'csv.served', 'csv.withoutTicket', 'csv.missed', 'csv.left', 'csv.abandoned', 'csv.kioskShare', ...TIMES.flatMap((time) => MEASURES.map((measure) => `csv.${time}.${measure}` as const))];

/** UTF-8 with a byte order mark; a cell that a spreadsheet would take for a formula is text. Times in minutes with one decimal. */
export function figuresCsv(day: string, figures: DayFigures, nameOf: NameOf): string {
  const line = (by: string, part: string, { ways, kioskShare, ...counts }: Figures) => csvLine([
    day, by, part, String(counts.taken), ...WAYS.map((way) => String(ways[way] ?? 0)), String(counts.served), String(counts.withoutTicket), String(counts.missed), String(counts.left), String(counts.abandoned),
    kioskShare === null ? '' : (kioskShare * 100).toFixed(1), ...TIMES.flatMap((time) => MEASURES.map((measure) => minutesOf(counts[time]?.[measure]))),
  ]);
  const parts = PARTS.flatMap((part) => rowsOf(figures, part, nameOf).map(({ name, figures: own }) => line(t(`figures.by.${part}`), name, own)));
  return [BYTE_ORDER_MARK, csvLine(HEAD.map((key) => t(key))), line(t('figures.whole'), '', figures.whole), ...parts].join('');
}

/** The rows of a part, in the order people look for them: windows and hours by their number, the others by their name. */
export function rowsOf(figures: DayFigures, part: Part, nameOf: NameOf): { key: string; name: string; figures: Figures }[] {
  const rows = Object.entries(figures[part]).map(([key, own]) => ({ key, name: nameOf(part, key), figures: own }));
  const byNumber = part === 'windows' || part === 'hours';
  return rows.toSorted((one, other) => (byNumber ? Number(one.key) - Number(other.key) : one.name.localeCompare(other.name, 'zh-CN')));
}

/** Minutes with one decimal; empty where nothing was measured. */
export function minutesOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : (milliseconds / MINUTE).toFixed(1);
}
