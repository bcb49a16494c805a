import type { Action } from '../../domain/action/types.ts';
import type { Outage } from '../../domain/supervision/outages.ts';
import { DEFAULT_RULES, Rule } from '../../domain/supervision/rules.ts';
import type { Deed, Trail, World } from '../../domain/supervision/trail.ts';
import { itemsByReference } from '../catalogue/items.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { happenedAt } from '../clock/evidence.ts';
import type { Read } from '../db/schema.ts';

/** What the rules need of the hall beside the log. */
export async function loadWorld(read: Read, division: string): Promise<World> {
  const [calendar, outages, accounts] = await Promise.all([
    countyCalendar(read, division),
    read.selectFrom('outage').select(['from_at', 'to_at', 'scope']).where('division', '=', division).orderBy('from_at').execute(),
    read.selectFrom('account').select(['account', 'name']).where('division', '=', division).execute(),
  ]);
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  return {
    calendar,
    outages: outages.map(({ from_at, to_at, scope }): Outage => ({ from: Date.parse(from_at), to: to_at === null ? null : Date.parse(to_at), scope })),
    nameOf: (account) => names.get(account) ?? null,
  };
}

/** Every version of every rule that holds or has held: the program's and those that the county approved. */
export async function loadRules(read: Read, division: string): Promise<Rule[]> {
  const rows = await read.selectFrom('supervision_rule').select('body').where('division', '=', division).where('decision', '=', 'approved').orderBy('rule').orderBy('version').execute();
  return [...DEFAULT_RULES, ...rows.map(({ body }) => Rule.parse(JSON.parse(body)))];
}

/** The logs of cases as supervision reads them. A case that was purged has none. */
export async function loadTrails(read: Read, division: string, ids: readonly string[]): Promise<Map<string, Trail>> {
  if (ids.length === 0) return new Map();
  const rows = await read.selectFrom('action').select(['case_id', 'body', 'received_at']).where('division', '=', division).where('case_id', '=', ({ fn, val }) => fn.any(val(ids)))
    .where('case_position', 'is not', null).orderBy('case_id').orderBy('case_position').execute();
  const deeds = new Map<string, Deed[]>();
  for (const { body, received_at } of rows) {
    const deed = deedOf(JSON.parse(body) as Action, Date.parse(received_at));
    deeds.set(deed.action.case, [...deeds.get(deed.action.case) ?? [], deed]);
  }
  const items = await itemsByReference(read, division, [...deeds.values()].flatMap(([first]) => (first === undefined ? [] : [first.action.item])));
  return new Map([...deeds].flatMap(([id, own]) => {
    const reference = own[0]?.action.item;
    const item = items.get(`${reference?.code ?? ''}@${reference?.version ?? 0}`);
    if (item === undefined) throw new Error('a case names an item that is not there');
    return [[id, { item, deeds: own }] as const];
  }));
}

function deedOf(action: Action, known: number): Deed {
  const { payload, time } = action;
  // A paper form says when the window had it; nobody can have had it after it was entered.
  const late = payload.kind === 'handed-in' ? payload.late : undefined;
  return { action, at: late === undefined ? Date.parse(happenedAt(time, known)) : Math.min(Date.parse(late.happenedAt), known), known };
}
