/** The county's working-day calendar. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CivilDate } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** A year's holiday notice as it is published for machines: days that break the weekday rule. Other members are passed over. */
export const NoticeFile = z.object({ year: z.int().min(2000).max(2100), papers: z.array(z.string().max(300)).max(5).optional(), days: z.array(z.object({ name: z.string().max(40), date: CivilDate, isOffDay: z.boolean() })).min(1).max(120) });
export type NoticeFile = z.infer<typeof NoticeFile>;

/** A day of the county's own. `running`: limits that were reckoned before it move as well. */
export const LocalDay = z.strictObject({ date: CivilDate, working: z.boolean(), reason: z.string().trim().min(1).max(100), running: z.boolean() });

export const calendarContract = {
  calendar: oc.route({ method: 'GET', path: '/calendar' }).output(z.strictObject({
    /** Fingerprint that due dates keep. */ name: z.string(),
    years: z.array(z.strictObject({ year: z.int(), source: z.string(), off: z.int(), working: z.int(), imported: z.boolean() })),
    /** Days that break the weekday rule, in order. */ days: z.array(z.strictObject({ date: CivilDate, working: z.boolean(), reason: z.string(), local: z.boolean() })),
    /** Cases whose due dates wait for a notice. */ provisional: z.int(),
  })),
  /** Takes a year's notice in place of what was known of that year, and reckons provisional due dates again. Answers how many moved. */
  importNotice: oc.route({ method: 'POST', path: '/calendar/notices' }).input(NoticeFile).output(resultOf(z.strictObject({ moved: z.int() }), z.discriminatedUnion('kind', [kind('other-year'), kind('repeated')]))),
  setLocalDay: oc.route({ method: 'POST', path: '/calendar/days' }).input(LocalDay).output(resultOf(z.strictObject({ moved: z.int() }), z.discriminatedUnion('kind', [kind('no-change')]))),
};
