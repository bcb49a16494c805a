import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type CaseFacts, factsOf } from '../../domain/supervision/facts.ts';
import { judge } from '../../domain/supervision/judge.ts';
import type { Rule } from '../../domain/supervision/rules.ts';
import type { Trail, World } from '../../domain/supervision/trail.ts';
import type { CaseFigureRow, Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { causeOf } from '../log-events.ts';
import { keepCards, type JudgedCase } from './keep-cards.ts';
import { loadRules, loadTrails, loadWorld } from './world.ts';

/** Cases looked at in one transaction: some tens of milliseconds, for which nothing can happen to them. */
export const BATCH = 50;
/** A case that the hall fails on is tried again the next day, and holds up no other. */
const RETRY = 86_400_000;

/** Puts cases down for a look at once: something has happened to them. In the transaction in which it happens. */
export async function markForLook(write: Write, division: string, cases: readonly string[], at: string): Promise<void> {
  // In one order, so that two transactions never wait for each other.
  const ids = [...new Set(cases)].toSorted();
  if (ids.length === 0) return;
  await write.insertInto('case_figure').values(ids.map((case_id) => ({ ...NOT_SEEN, division, case_id, next_look_at: at })))
    .onConflict((conflict) => conflict.columns(['division', 'case_id']).doUpdateSet({ next_look_at: at })).execute();
}

const NOT_SEEN: Omit<CaseFigureRow, 'division' | 'case_id' | 'next_look_at'> = {
  item_code: null, department: null, machine: null, handed_in_on: null, at_terminal: null, late: null, accepted_on: null, finished_on: null, finished_at: null, finished_by: null, ended_at: null, granted: null,
  over_promised: null, over_statutory: null, early: null, promised: null, statutory: null, used: null, own: null, visits: null,
};

/**
 * Looks at the cases that are due, a batch at most: raises what holds, keeps what they count as, and puts down when to look again. A row that another server looks at is left to it; an action that
 * comes meanwhile waits for the row and puts the case down anew.
 * @returns how many were looked at
 */
export async function lookAtCases(ground: Ground): Promise<number> {
  const { division } = ground;
  const now = ground.clock.now();
  return ground.db.write(async (write) => {
    const rows = await write.selectFrom('case_figure').selectAll().where('division', '=', division).where('next_look_at', '<=', instant(now)).orderBy('next_look_at').limit(BATCH).forUpdate().skipLocked().execute();
    if (rows.length === 0) return 0;
    const trails = await loadTrails(write, division, rows.map(({ case_id }) => case_id));
    const world = await loadWorld(write, division);
    const rules = await loadRules(write, division);
    const looked = rows.map((row) => look(ground, row, trails.get(row.case_id), now, rules, world));
    await keepCards(ground, write, looked.flatMap(({ judged }) => judged ?? []), rules, world.calendar);
    await saveFigures(write, looked.map(({ row }) => row));
    await markDays(write, division, looked.flatMap(({ before, row }) => daysToSum(before, row)));
    await markAccounts(write, division, looked.flatMap(({ before, row }) => accountDays(before, row)));
    return rows.length;
  });
}

type Looked = { before: CaseFigureRow; row: CaseFigureRow; judged: JudgedCase | null };

function look(ground: Ground, before: CaseFigureRow, trail: Trail | undefined, now: number, rules: readonly Rule[], world: World): Looked {
  // Purged: what it counted as stays.
  if (trail === undefined) return { before, row: { ...before, next_look_at: null }, judged: null };
  try {
    const facts = factsOf(trail, now, world);
    if (facts === null) return { before, row: { ...before, next_look_at: null }, judged: null };
    const { findings, next } = judge(trail, now, rules, world);
    return { before, row: { ...before, ...columnsOf(facts), next_look_at: next === null ? null : instant(next) }, judged: { id: before.case_id, item: trail.item, findings, closed: facts.closed } };
  } catch (cause) {
    ground.log({ event: 'failed', where: 'supervision', cause: causeOf(cause) });
    return { before, row: { ...before, next_look_at: instant(now + RETRY) }, judged: null };
  }
}

function columnsOf(facts: CaseFacts): Omit<CaseFigureRow, 'division' | 'case_id' | 'next_look_at'> {
  const at = (milliseconds: number | null) => (milliseconds === null ? null : instant(milliseconds));
  return {
    item_code: facts.item, department: facts.department, machine: facts.machine, handed_in_on: facts.handedInOn, at_terminal: facts.atTerminal, late: facts.late, accepted_on: facts.acceptedOn,
    finished_on: facts.finishedOn, finished_at: at(facts.finishedAt), finished_by: facts.finishedBy, ended_at: at(facts.endedAt), granted: facts.granted,
    over_promised: facts.overPromised, over_statutory: facts.overStatutory, early: facts.early, promised: facts.promised, statutory: facts.statutory, used: facts.used,
    // While a case is open its time grows with every look, and counts nowhere.
    own: facts.finishedOn === null ? 0 : facts.own, visits: facts.visits,
  };
}

async function saveFigures(write: Write, rows: readonly CaseFigureRow[]): Promise<void> {
  await write.insertInto('case_figure').values(rows).onConflict((conflict) => conflict.columns(['division', 'case_id']).doUpdateSet(({ ref }) => ({
    next_look_at: ref('excluded.next_look_at'), item_code: ref('excluded.item_code'), department: ref('excluded.department'), machine: ref('excluded.machine'), handed_in_on: ref('excluded.handed_in_on'),
    at_terminal: ref('excluded.at_terminal'), late: ref('excluded.late'), accepted_on: ref('excluded.accepted_on'), finished_on: ref('excluded.finished_on'), finished_at: ref('excluded.finished_at'),
    finished_by: ref('excluded.finished_by'), ended_at: ref('excluded.ended_at'), granted: ref('excluded.granted'), over_promised: ref('excluded.over_promised'), over_statutory: ref('excluded.over_statutory'), early: ref('excluded.early'),
    promised: ref('excluded.promised'), statutory: ref('excluded.statutory'), used: ref('excluded.used'), own: ref('excluded.own'), visits: ref('excluded.visits'),
  }))).execute();
}

/** The days whose sums a look has changed. */
function daysToSum(before: CaseFigureRow, after: CaseFigureRow): string[] {
  const { next_look_at: _before, ...old } = before;
  const { next_look_at: _after, ...now } = after;
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  return [before, after].flatMap((row) => [row.handed_in_on, row.accepted_on, row.finished_on]).filter((day) => day !== null);
}

async function markDays(write: Write, division: string, days: readonly string[]): Promise<void> {
  const own = [...new Set(days)].toSorted();
  if (own.length > 0) await write.insertInto('figure_dirty').values(own.map((day) => ({ division, day }))).onConflict((conflict) => conflict.doNothing()).execute();
}

function accountDays(before: CaseFigureRow, after: CaseFigureRow): { account: string; day: string }[] {
  if (after.finished_by === null || after.finished_at === null || after.finished_at === before.finished_at) return [];
  return [{ account: after.finished_by, day: civilDate(Date.parse(after.finished_at)) }];
}

async function markAccounts(write: Write, division: string, rows: readonly { account: string; day: string }[]): Promise<void> {
  const own = [...new Map(rows.map((row) => [`${row.account} ${row.day}`, row])).entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => ({ division, ...row }));
  if (own.length > 0) await write.insertInto('account_look').values(own).onConflict((conflict) => conflict.doNothing()).execute();
}
