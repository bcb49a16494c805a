/**
 * The day's list of a site's queue on its way to the hall: a stretch of `hall.ts`. Any machine of the site brings it, in pieces, as often as it likes; the hall keeps each entry once, at its place in
 * the list. Two machines that bring other entries for one place do not agree, and then nothing is overwritten: the hall says so to people.
 */
import { z } from 'zod';
import { QueueEntry, QueueRules } from '../queue/types.ts';
import { CivilDate } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** Most entries of one piece: some 70 KB, which gzip makes 10 of. */
export const MOST_ENTRIES = 200;
/** Most days that are asked about at once: what machines keep, and some. */
export const MOST_DAYS = 60;

/** As `terminal.yaml` and `site.yaml` name it. */
export const SiteName = z.string().min(1).max(60);

/** How much of a day the hall has: the first so many entries, and whether it knows the rules that they are added up by. `over`: somebody said that no more will come. */
export const SiteDayStand = z.strictObject({ day: CivilDate, entries: z.int().min(0), rules: z.boolean(), over: z.boolean() });
export type SiteDayStand = z.infer<typeof SiteDayStand>;

/** @property rules of the day; null when the hall knows them @property from place of the first entry, counted from 1 @property over the list ends with these */
export const SiteDayPiece = z.strictObject({ site: SiteName, day: CivilDate, rules: QueueRules.nullable(), from: z.int().min(1), entries: z.array(QueueEntry).max(MOST_ENTRIES), over: z.boolean() })
  .refine(({ day, entries }) => entries.every((entry) => entry.day === day));
export type SiteDayPiece = z.infer<typeof SiteDayPiece>;

/**
 * - `gap`: an earlier entry is missing; `entries` is how many are there.
 * - `rules-missing`: the first piece of a day carries them.
 * - `other-entry`, `other-rules`: the hall has another one. It keeps that, and people are told.
 * - `other-site`: the hall knows this machine to stand elsewhere.
 */
export const SiteDayRefusal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gap'), entries: z.int().min(0) }), kind('rules-missing'), z.strictObject({ kind: z.literal('other-entry'), place: z.int().min(1) }), kind('other-rules'), kind('other-site'),
]);
export type SiteDayRefusal = z.infer<typeof SiteDayRefusal>;
/** How many entries of the day the hall has now. */
export const SiteDayOutcome = resultOf(z.strictObject({ entries: z.int().min(0) }), SiteDayRefusal);
export type SiteDayOutcome = z.infer<typeof SiteDayOutcome>;
