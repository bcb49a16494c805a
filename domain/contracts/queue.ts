/** 排队: what the queues of the county's sites add up to, at the console. Part of the console's road (`console.ts`). No citizen is in it: a queue holds numbers. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** Longest span that is added up at once, days. */
export const LONGEST_SPAN = 366;

const count = z.int();
/** Times in milliseconds, medians to a quarter of a minute. `over`: how many lasted as long as the county finds too long. null: there were none. */
const Times = z.strictObject({ count, mean: z.number(), median: z.number(), p90: z.number(), over: count }).nullable();

/** The words of `domain/queue/figures.ts`. @property key of the business, window, account, hour, day or site; empty for the whole @property name for people @property days with a queue */
export const QueueGroup = z.strictObject({
  key: z.string(), name: z.string(), days: count, taken: count, ways: z.strictObject({ card: count, phone: count, staff: count, appointment: count, roll: count }), served: count, withoutTicket: count, missed: count, left: count, abandoned: count,
  waiting: Times, walking: Times, service: Times, kioskShare: z.number().nullable(), ratings: z.strictObject({ 5: count, 4: count, 3: count, 2: count, 1: count }),
});
export type QueueGroup = z.infer<typeof QueueGroup>;

/** How far a day is here. @property over no more will come @property lastAt when something last came @property refused what a machine brought that does not agree with it */
export const QueueDayRow = z.strictObject({
  day: CivilDate, site: z.string(), entries: count, over: z.boolean(), lastAt: Instant, machines: z.array(z.string()), refused: z.strictObject({ at: Instant, machine: z.string(), why: z.string(), place: count.nullable() }).nullable(),
});
export type QueueDayRow = z.infer<typeof QueueDayRow>;

/** A poor rating that was given before a window. @property state what became of it: `CounterRatingRow` */
const PoorRating = z.strictObject({ day: CivilDate, site: z.string(), code: z.string(), business: z.string(), window: count, account: z.string(), level: count, tags: z.array(z.string()), at: Instant, state: z.enum(['waits', 'kept', 'passed', 'none']), case: z.string().nullable() });

/** @property overMinutes what the county finds too long @property windows and accounts of one site alone; empty for all together, for a window's number means nothing beyond its site */
export const QueueSheet = z.strictObject({
  from: CivilDate, to: CivilDate, site: z.string(), asOf: Instant, overMinutes: count, whole: QueueGroup, sites: z.array(QueueGroup), businesses: z.array(QueueGroup), windows: z.array(QueueGroup), accounts: z.array(QueueGroup), hours: z.array(QueueGroup),
  days: z.array(QueueGroup), arrived: z.array(QueueDayRow), poor: z.array(PoorRating),
});
export type QueueSheet = z.infer<typeof QueueSheet>;

export const queueContract = {
  /** `site` empty: all of them. */
  queueFigures: oc.route({ method: 'GET', path: '/queue/figures' }).input(z.strictObject({ site: z.string().max(60), from: CivilDate, to: CivilDate })).output(resultOf(QueueSheet, z.discriminatedUnion('kind', [kind('bad-period')]))),
};
