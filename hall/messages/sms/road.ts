import { sql } from 'kysely';
import { civilDate, startOfDay } from '../../../domain/calendar/civil-date.ts';
import type { SmsListRow } from '../../../domain/contracts/sms.ts';
import { maskPhone } from '../../../domain/masking.ts';
import { NOTICES, REPLIED_NOTICE } from '../../../domain/messages/notices.ts';
import { afterQuiet } from '../../../domain/messages/sms.ts';
import { checkTemplate, fillTemplate, partsOf, TEMPLATE_NAMES, TEMPLATES } from '../../../domain/messages/sms-text.ts';
import { err, ok } from '../../../domain/result.ts';
import { recordDeed } from '../../audit/deeds.ts';
import { type Ground, instant, nowOf } from '../../ground.ts';
import type { ConsoleDoors } from '../../http/console-doors.ts';
import { readSettings } from '../../settings/settings.ts';
import type { SmsRow } from '../rows.ts';
import { phoneOf, templatesOf } from './queue.ts';

const LISTED = 200;
const MONTHS = 12;
const DAY = 86_400_000;
/** How the page shows a template: with a number that no case has, and the stage that it is sent for. */
const EXAMPLE_NUMBER = '330624202600000000';
const STAGES = new Map([...Object.values(NOTICES), REPLIED_NOTICE].map(({ template, stage }) => [template, stage]));

/** Texts at the console: the queue, templates, costs. */
export function smsRoad({ known }: ConsoleDoors, ground: Ground) {
  const { division, db } = ground;
  return {
    smsQueue: known.smsQueue.handler(async ({ input: { show } }) => {
      const rows = show === 'costs' ? [] : await listStatement(ground, show).execute();
      const states = await countStatement(ground).execute();
      return { rows: rows.map((row) => listRow(ground, row)), counts: Object.fromEntries(states.map(({ state, count }) => [state, count])), months: show === 'costs' ? await costStatement(ground).execute() : [], price: (await readSettings(db.read, division))['sms.price'] };
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
        const example = fillTemplate(templates[name], { number: EXAMPLE_NUMBER, stage: STAGES.get(name) ?? '', hall: ground.name });
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

/** Texts and parts of the last twelve months, newest first. Paid is what a gateway took: what was refused or never left costs nothing. A month is read by its bounds, which costs a third of naming each text's month. */
export function costStatement({ db, division, clock }: Pick<Ground, 'db' | 'division' | 'clock'>) {
  const months = lastMonths(civilDate(clock.now()));
  const bounds = months.map((month, index) => ({ month, from: instant(startOfDay(`${month}-01`)), until: index === 0 ? instant(clock.now() + DAY) : instant(startOfDay(`${months[index - 1] ?? month}-01`)) }));
  const given = sql`unnest(${bounds.map(({ month }) => month)}::text[], ${bounds.map(({ from }) => from)}::timestamptz[], ${bounds.map(({ until }) => until)}::timestamptz[]) as given(month, since, until)`;
  return db.read.selectFrom(sql<{ month: string; texts: number; parts: number }>`(
    select given.month, spent.texts, spent.parts from ${given}
    cross join lateral (select count(*) as texts, sum(parts) as parts from sms where division = ${division} and made_at >= given.since and made_at < given.until and state in ('sent', 'delivered', 'unknown', 'unsettled')) spent
    where spent.texts > 0)`.as('months')).selectAll().orderBy('month', 'desc');
}

/** `YYYY-MM` of this month and those before it. */
function lastMonths(today: string): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return Array.from({ length: MONTHS }, (_, back) => year * 12 + month - 1 - back).map((number) => `${Math.floor(number / 12)}-${String(number % 12 + 1).padStart(2, '0')}`);
}

function listRow(ground: Ground, row: SmsRow): SmsListRow {
  return { id: row.id, template: row.template, phone: maskPhone(phoneOf(ground, row)), words: row.words, parts: row.parts, state: row.state, attempts: row.attempts, cause: row.cause, madeAt: row.made_at, nextAt: row.next_at };
}
