import { sql } from 'kysely';
import { addNaturalDays, civilDate, startOfDay } from '../../../domain/calendar/civil-date.ts';
import type { SmsListRow } from '../../../domain/contracts/sms.ts';
import { maskPhone } from '../../../domain/masking.ts';
import { LACKING_NOTICE, NOTICES, REPLIED_NOTICE } from '../../../domain/messages/notices.ts';
import { afterQuiet } from '../../../domain/messages/sms.ts';
import { checkTemplate, fillTemplate, partsOf, type SlotValues, TEMPLATE_NAMES, type TemplateName, TEMPLATES } from '../../../domain/messages/sms-text.ts';
import { err, ok } from '../../../domain/result.ts';
import { recordDeed } from '../../audit/deeds.ts';
import { type Ground, instant, nowOf } from '../../ground.ts';
import type { ConsoleDoors } from '../../http/console-doors.ts';
import { readSettings } from '../../settings/settings.ts';
import type { SmsRow } from '../rows.ts';
import { phoneOf, templatesOf } from './queue.ts';

const LISTED = 200;
const MONTHS = 12;
/** Of the months that the costs show the last two are counted each time; by then every text of an earlier one was sent or given up, and it is counted once. */
const MOVING = 2;
/** How the page shows a template: with a number that nobody has, and the stage that it is sent for. */
const CASE_NUMBER = '330624202600000000';
const APPOINTMENT = { number: '1124-000', stage: '11月24日 09:30' };
const EXAMPLES: ReadonlyMap<TemplateName, Omit<SlotValues, 'hall'>> = new Map<TemplateName, Omit<SlotValues, 'hall'>>([
  ...[...Object.values(NOTICES), LACKING_NOTICE, REPLIED_NOTICE].map(({ template, stage }) => [template, { number: CASE_NUMBER, stage }] as const),
  ['appointment-booked', APPOINTMENT], ['appointment-soon', APPOINTMENT], ['appointment-cancelled', APPOINTMENT], ['appointment-missed', { ...APPOINTMENT, stage: '90天内第1次' }],
]);

/** Texts at the console: the queue, templates, costs. */
export function smsRoad({ known }: ConsoleDoors, ground: Ground) {
  const { division, db } = ground;
  const costs = countedCosts(ground);
  return {
    smsQueue: known.smsQueue.handler(async ({ input: { show } }) => {
      const rows = show === 'costs' ? [] : await listStatement(ground, show).execute();
      const states = await countStatement(ground).execute();
      return { rows: rows.map((row) => listRow(ground, row)), counts: Object.fromEntries(states.map(({ state, count }) => [state, count])), months: show === 'costs' ? await costs() : [], price: (await readSettings(db.read, division))['sms.price'] };
    }),
    retrySms: known.retrySms.handler(({ input, context }) => db.write(async (write) => {
      const row = await write.selectFrom('sms').select(['state', 'phone']).where('division', '=', division).where('id', '=', input.id).forUpdate().executeTakeFirst();
      if (row === undefined) return err({ kind: 'unknown-sms' as const });
      if (row.state !== 'dead' || row.phone === '') return err({ kind: 'not-dead' as const });
      // Its age counts anew: somebody just said that it still helps.
      await write.updateTable('sms').set({ state: 'queued', attempts: 0, asks: 0, next_at: instant(afterQuiet(ground.clock.now())), made_at: nowOf(ground), settled_at: null, cause: '' }).where('division', '=', division).where('id', '=', input.id).execute();
      await recordDeed(ground, write, context.staff, { what: 'sms.retry', subject: input.id, body: {} });
      return ok(null);
    })),
    smsTemplates: known.smsTemplates.handler(async () => {
      const templates = await templatesOf(db.read, division);
      return TEMPLATE_NAMES.map((name) => {
        const example = fillTemplate(templates[name], { ...(EXAMPLES.get(name) ?? { number: CASE_NUMBER, stage: '' }), hall: ground.name });
        return { name, words: templates[name], own: templates[name] !== TEMPLATES[name], example, parts: partsOf(example) };
      });
    }),
    changeTemplate: known.changeTemplate.handler(async ({ input: { name, words }, context }) => {
      const checked = checkTemplate(words);
      if (!checked.ok) return checked;
      const row = { words, changed_by: context.staff.account, changed_at: nowOf(ground) };
      await db.write(async (write) => {
        await write.insertInto('sms_template').values({ division, name, ...row }).onConflict((conflict) => conflict.columns(['division', 'name']).doUpdateSet(row)).execute();
        await recordDeed(ground, write, context.staff, { what: 'sms.template', subject: name, body: { words } });
      });
      return ok(null);
    }),
  };
}

/** The words of the partial index. */
const IN_TROUBLE = sql<boolean>`state in ('dead', 'unsettled', 'unknown')`;

/** Newest first. */
export function listStatement({ db, division }: Pick<Ground, 'db' | 'division'>, show: 'waiting' | 'trouble' | 'all') {
  return db.read.selectFrom('sms').selectAll().where('division', '=', division)
    .$if(show === 'waiting', (select) => select.where('next_at', 'is not', null))
    .$if(show === 'trouble', (select) => select.where(IN_TROUBLE))
    .orderBy('made_at', 'desc').orderBy('id', 'desc').limit(LISTED);
}

/** What is not settled well: few rows, by two small indexes. */
export function countStatement({ db, division }: Pick<Ground, 'db' | 'division'>) {
  return db.read.selectFrom('sms').select(['state', ({ fn }) => fn.countAll<number>().as('count')]).where('division', '=', division).where(({ or, eb }) => or([eb('next_at', 'is not', null), IN_TROUBLE])).groupBy('state');
}

type MonthCost = { month: string; texts: number; parts: number };

/** Texts and parts of the last twelve months, newest first, without the months that had none. */
function countedCosts(ground: Ground): () => Promise<MonthCost[]> {
  const settled = new Map<string, MonthCost>();
  return async () => {
    const months = lastMonths(civilDate(ground.clock.now()));
    const counted = await costStatement(ground, months.filter((month, back) => back < MOVING || !settled.has(month))).execute();
    const cost = (month: string) => counted.find((one) => one.month === month) ?? settled.get(month) ?? { month, texts: 0, parts: 0 };
    for (const month of months.slice(MOVING)) settled.set(month, cost(month));
    return months.map(cost).filter(({ texts }) => texts > 0);
  };
}

/** Paid is what a gateway took: what was refused or never left costs nothing. A month is read by its bounds, which costs a third of naming each text's month. @param months `YYYY-MM` */
export function costStatement({ db, division }: Pick<Ground, 'db' | 'division'>, months: readonly string[]) {
  const bounds = months.map((month) => ({ month, from: instant(startOfDay(`${month}-01`)), until: instant(startOfDay(monthAfter(month))) }));
  const given = sql`unnest(${bounds.map(({ month }) => month)}::text[], ${bounds.map(({ from }) => from)}::timestamptz[], ${bounds.map(({ until }) => until)}::timestamptz[]) as given(month, since, until)`;
  return db.read.selectFrom(sql<MonthCost>`(
    select given.month, spent.texts, spent.parts from ${given}
    cross join lateral (select count(*) as texts, sum(parts) as parts from sms where division = ${division} and made_at >= given.since and made_at < given.until and state in ('sent', 'delivered', 'unknown', 'unsettled')) spent
    where spent.texts > 0)`.as('months')).selectAll();
}

/** First day of the month after one. */
function monthAfter(month: string): string {
  return addNaturalDays(`${month}-01`, 31).slice(0, 8) + '01';
}

/** `YYYY-MM` of this month and those before it. */
function lastMonths(today: string): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return Array.from({ length: MONTHS }, (_, back) => year * 12 + month - 1 - back).map((number) => `${Math.floor(number / 12)}-${String(number % 12 + 1).padStart(2, '0')}`);
}

function listRow(ground: Ground, row: SmsRow): SmsListRow {
  return { id: row.id, template: row.template, phone: maskPhone(phoneOf(ground, row)), words: row.words, parts: row.parts, state: row.state, attempts: row.attempts, cause: row.cause, madeAt: row.made_at, nextAt: row.next_at };
}
