import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { CaseId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { judgeAccount } from '../../domain/supervision/accounts.ts';
import { replyBy } from '../../domain/supervision/card.ts';
import { startOf } from '../../domain/supervision/outages.ts';
import { numberOf, ruleOn } from '../../domain/supervision/rules.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { addDeed, cardId, HALL, raiseCards } from './keep-cards.ts';
import { BATCH, lookAtCases } from './look.ts';
import { sumDays } from './day-sums.ts';
import { loadRules, loadWorld } from './world.ts';

/**
 * Looks at everything that is due: cases, accounts, cards that nobody answered, and days whose sums have changed. Reads nothing of what is not due. Repeating it does nothing; several servers may
 * do it at once, since each takes only rows that no other holds.
 * @returns how many things it looked at
 */
export async function sweepSupervision(ground: Ground): Promise<number> {
  const cases = await untilDry(() => lookAtCases(ground));
  const accounts = await untilDry(() => lookAtAccounts(ground));
  const grown = await untilDry(() => growCards(ground));
  return cases + accounts + grown + await sumDays(ground);
}

async function untilDry(batch: () => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = await batch();
    sum += done;
    if (done < BATCH) return sum;
  }
}

/** Days of accounts on which they finished something since they were looked at last. */
async function lookAtAccounts(ground: Ground): Promise<number> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const due = await write.selectFrom('account_look').select(['account', 'day']).where('division', '=', division).orderBy('account').orderBy('day').limit(BATCH).forUpdate().skipLocked().execute();
    if (due.length === 0) return 0;
    const rules = await loadRules(write, division);
    const { calendar } = await loadWorld(write, division);
    for (const { account, day } of due) {
      await write.deleteFrom('account_look').where('division', '=', division).where('account', '=', account).where('day', '=', day).execute();
      const { finishes, names } = await finishesOf(write, division, account, day);
      const found = judgeAccount(account, day, finishes, rules).map((finding) => ({ finding, id: cardId(division, `${account} ${day.slice(0, finding.rule === 'same-person' ? 7 : 10)}`, finding), about: { case_id: null, number: '', item_name: '', department_name: names.get(finding.owner.department) ?? finding.owner.department } }));
      const known = await write.selectFrom('card').select('id').where('division', '=', division).where('id', '=', ({ fn, val }) => fn.any(val(found.map(({ id }) => id)))).execute();
      await raiseCards(ground, write, found.filter(({ id }) => !known.some((card) => card.id === id)), rules, calendar);
    }
    return due.length;
  });
}

async function finishesOf(write: Write, division: string, account: string, day: string) {
  const from = `${day.slice(0, 7)}-01`;
  const rows = await write.selectFrom('case_figure')
    .innerJoin('case_view', (join) => join.onRef('case_view.division', '=', 'case_figure.division').onRef('case_view.id', '=', 'case_figure.case_id'))
    .innerJoin('item', (join) => join.onRef('item.division', '=', 'case_view.division').onRef('item.code', '=', 'case_view.item_code').onRef('item.version', '=', 'case_view.item_version'))
    .select(['case_figure.case_id', 'case_figure.finished_at', 'case_figure.department', 'case_view.person_number'])
    .where('case_figure.division', '=', division).where('finished_by', '=', account).where('finished_on', '>=', from).where('finished_on', '<', addNaturalDays(from, 31)).where('finished_at', '<', instant(startOf(addNaturalDays(day, 1)))).execute();
  const departments = await departmentNames(write, division, rows.map(({ department }) => department ?? ''));
  return { finishes: rows.map((row) => ({ case: CaseId.parse(row.case_id), at: Date.parse(row.finished_at ?? ''), person: row.person_number, department: row.department ?? '' })), names: departments };
}

/** Names of bodies by credit code, from any item of theirs. */
export async function departmentNames(read: Pick<Write, 'selectFrom'>, division: string, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all([...new Set(codes)].filter((code) => code !== '').map(async (code) => {
    const row = await read.selectFrom('item').select('body').where('division', '=', division).where('code', '>=', code).where('code', '<', `${code}~`).orderBy('code').limit(1).executeTakeFirst();
    return [code, row === undefined ? code : (JSON.parse(row.body) as Item).body.name] as const;
  }));
  return new Map(found);
}

/** Yellow cards whose last day to answer is over become red, as of the end of that day. */
async function growCards(ground: Ground): Promise<number> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const due = await write.selectFrom('card').select(['id', 'events', 'grows_at']).where('division', '=', division).where('grows_at', '<=', instant(ground.clock.now())).orderBy('id').limit(BATCH).forUpdate().skipLocked().execute();
    if (due.length === 0) return 0;
    const { calendar } = await loadWorld(write, division);
    const rules = await loadRules(write, division);
    for (const card of due) await growCard(ground, write, { ...card, grows_at: card.grows_at ?? '' }, rules, calendar);
    return due.length;
  });
}

/** Writes that a card grew at the instant at which it did, whenever that is seen. @param card whose row is locked */
export async function growCard(ground: Ground, write: Write, card: { id: string; events: number; grows_at: string }, rules: Awaited<ReturnType<typeof loadRules>>, calendar: Awaited<ReturnType<typeof loadWorld>>['calendar']): Promise<void> {
  const at = Date.parse(card.grows_at);
  const rule = ruleOn(rules, 'unanswered', civilDate(at - 1));
  const fault = await addDeed(ground, write, card, { at: card.grows_at, by: HALL, deed: { kind: 'escalated', replyBy: replyBy('red', at, rule === null ? 5 : numberOf(rule, 'days'), calendar) ?? civilDate(at) } });
  if (fault !== null) throw new Error(`a card that is due to grow cannot: ${fault}`);
  ground.log({ event: 'card-raised', card: card.id, rule: 'unanswered', level: 'red' });
}
