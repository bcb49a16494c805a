import { civilDate } from '../../domain/calendar/civil-date.ts';
import { processOf } from '../../domain/approval/process.ts';
import { CaseId } from '../../domain/ids.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { countyCalendar } from '../clock/calendar.ts';
import type { Ground } from '../ground.ts';
import { setLimits } from './acts/clock.ts';
import { doByRule } from './acts/deed.ts';
import { consentBySilence } from './acts/process.ts';
import { deemAccepted } from './acts/receive.ts';

/** Cases looked at in one round: more wait for the next, a minute later. */
const ROUND = 200;

/**
 * What the law and the items' own rules do by themselves: 逾期不告知视为受理, and consent by silence. Each case is done under its lock and looked at again there,
 * so two servers, or one that is killed in between, do nothing twice. @returns how many cases changed
 */
export async function sweepCases(ground: Ground): Promise<number> {
  const { db: { read }, division } = ground;
  const today = civilDate(ground.clock.now());
  const unanswered = await read.selectFrom('case_view').select('id').where('division', '=', division).where('stage', '=', 'handed-in').where('duty_by', '<', today).orderBy('duty_by').limit(ROUND).execute();
  let changed = 0;
  for (const { id } of unanswered) if (await doByRule(ground, CaseId.parse(id), deemAccepted(ground))) changed += 1;
  for (const { id, step } of await silentTasks(ground, today)) if (await doByRule(ground, id, consentBySilence(step))) changed += 1;
  return changed;
}

async function silentTasks({ db: { read }, division }: Ground, today: string): Promise<{ id: CaseId; step: string }[]> {
  const rows = await read.selectFrom('case_task').innerJoin('case_view', (join) => join.onRef('case_view.division', '=', 'case_task.division').onRef('case_view.id', '=', 'case_task.case_id'))
    .select(['case_task.case_id', 'case_task.step', 'case_view.item_code', 'case_view.item_version'])
    .where('case_task.division', '=', division).where('case_task.kind', '=', 'open').where('case_task.due_by', '<', today).where('case_view.paused', '=', false).execute();
  const items = await itemsByReference(read, division, rows.map((row) => ({ code: row.item_code, version: row.item_version })));
  return rows.filter((row) => {
    const item = items.get(`${row.item_code}@${row.item_version}`);
    return item !== undefined && processOf(item).tasks.some(({ key, silence }) => key === row.step && silence === 'consents');
  }).slice(0, ROUND).map((row) => ({ id: CaseId.parse(row.case_id), step: row.step }));
}

/**
 * Reckons due dates again. `notice`: those that were provisional, once, when a year's notice came (they were reckoned on the calendar of their day, and stay there
 * otherwise). `closure`: all that run, because the county closed. @returns how many moved
 */
export async function recountLimits(ground: Ground, why: 'notice' | 'closure'): Promise<number> {
  const { db: { read }, division } = ground;
  const { name } = await countyCalendar(read, division);
  let moved = 0;
  for (let after = ''; ;) {
    const rows = await read.selectFrom('case_view').select(['id', 'state']).where('division', '=', division).where('stage', 'in', ['accepted', 'decided']).where('paused', '=', false).where('id', '>', after).orderBy('id').limit(ROUND).execute();
    for (const { id, state } of rows) {
      const { limits } = JSON.parse(state) as { limits: { provisional: boolean; calendar: string } | null };
      if (limits === null || limits.calendar === name || (why === 'notice' && !limits.provisional)) continue;
      if (await doByRule(ground, CaseId.parse(id), setLimits(why))) moved += 1;
    }
    const last = rows.at(-1);
    if (last === undefined) return moved;
    after = last.id;
  }
}
