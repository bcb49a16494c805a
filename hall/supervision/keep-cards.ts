import { sha256 } from '../../crypto/node.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts';
import type { Item } from '../../domain/item/types.ts';
import { applyDeed, type Card, type CardDeed, CardEvent, foldCard, growsAt, isOver, replyBy } from '../../domain/supervision/card.ts';
import type { Finding } from '../../domain/supervision/finding.ts';
import { numberOf, type Rule, ruleOn } from '../../domain/supervision/rules.ts';
import type { CardEventRow, CardRow, Read, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';

/** What the rules found of a case, all of it. */
export type JudgedCase = { id: string; item: Item; findings: readonly Finding[]; closed: boolean };

/** Whose deeds are nobody's: the rules' own. */
export const HALL = 'hall';

/** A card has one name, whoever looks and how often: what is found a second time is there already. @param subject a case, or an account with a day */
export function cardId(division: string, subject: string, { rule, occurrence }: Pick<Finding, 'rule' | 'occurrence'>): string {
  return sha256([division, subject, rule, occurrence].join('\n')).slice(0, 32);
}

/**
 * Makes the cards of cases what the rules say now: raises what is new, voids what the log no longer says (an outage was registered since), and closes the hints of a case that is done.
 * What was raised keeps the instant and the version it was raised with.
 */
export async function keepCards(ground: Ground, write: Write, judged: readonly JudgedCase[], rules: readonly Rule[], calendar: WorkingCalendar): Promise<void> {
  if (judged.length === 0) return;
  const { division } = ground;
  const before = await write.selectFrom('card').selectAll().where('division', '=', division).where('case_id', '=', ({ fn, val }) => fn.any(val(judged.map(({ id }) => id)))).execute();
  const heads = await caseHeads(write, division, judged.filter(({ findings }) => findings.length > 0).map(({ id }) => id));
  const fresh = judged.flatMap(({ id, item, findings }) => findings.map((finding) => ({ finding, id: cardId(division, id, finding), about: { case_id: id, number: heads.get(id) ?? '', item_name: item.name, department_name: departmentName(item, finding.owner.department) } })));
  await raiseCards(ground, write, fresh.filter(({ id }) => !before.some((card) => card.id === id)), rules, calendar);
  const held = new Set(fresh.map(({ id }) => id));
  const closed = new Set(judged.filter((one) => one.closed).map(({ id }) => id));
  for (const card of before) {
    if (isOver(card.state)) continue;
    if (!held.has(card.id)) await addDeed(ground, write, card, { at: nowOf(ground), by: HALL, deed: { kind: 'voided' } });
    else if ((card.level === 'hint' || card.level === 'warn') && card.case_id !== null && closed.has(card.case_id)) await addDeed(ground, write, card, { at: nowOf(ground), by: HALL, deed: { kind: 'closed', words: '' } });
  }
}

async function caseHeads(read: Read, division: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await read.selectFrom('case_view').select(['id', 'number']).where('division', '=', division).where('id', '=', ({ fn, val }) => fn.any(val(ids))).execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** A body of the item by its name: its own, or whose step it is. */
export function departmentName(item: Item, code: string): string {
  return code === item.body.creditCode ? item.body.name : item.steps.find(({ task }) => task?.department === code)?.who ?? code;
}

export type FreshCard = { id: string; finding: Finding; about: Pick<CardRow, 'case_id' | 'number' | 'item_name' | 'department_name'> };

/** Writes cards that are not there yet. */
export async function raiseCards(ground: Ground, write: Write, fresh: readonly FreshCard[], rules: readonly Rule[], calendar: WorkingCalendar): Promise<void> {
  const { division } = ground;
  const now = ground.clock.now();
  const cards = [...new Map(fresh.map((one) => [one.id, one])).values()].map(({ id, finding, about }) => {
    const days = ruleOn(rules, 'unanswered', civilDate(now));
    // Whoever has to answer has the days from when it could be seen.
    const raised: CardEvent = { at: instant(now), by: HALL, deed: { kind: 'raised', level: finding.level, replyBy: days === null ? null : replyBy(finding.level, now, numberOf(days, 'days'), calendar) } };
    const row: CardRow = {
      division, id, ...about, ...standing(foldCard([raised])), rule: finding.rule, version: finding.version, raised_as_of: instant(finding.since), raised_at: instant(now),
      owner: finding.owner.kind, department: finding.owner.department, account: finding.owner.account, events: 1, actions: JSON.stringify(finding.actions),
    };
    return { row, event: eventRow(division, id, 1, raised) };
  });
  if (cards.length === 0) return;
  await write.insertInto('card').values(cards.map(({ row }) => row)).execute();
  await write.insertInto('card_event').values(cards.map(({ event }) => event)).execute();
  // The seam for messages and texts: whoever tells people of cards reads them by these.
  for (const { row } of cards) ground.log({ event: 'card-raised', card: row.id, rule: row.rule, level: row.level });
}

function standing(card: Card): Pick<CardRow, 'level' | 'state' | 'reply_by' | 'grows_at'> {
  const grows = growsAt(card);
  return { level: card.level, state: card.state, reply_by: card.replyBy, grows_at: grows === null ? null : instant(grows) };
}

function eventRow(division: string, card: string, position: number, { at, by, deed }: CardEvent): CardEventRow {
  return { division, card, position, at, account: by, kind: deed.kind, body: JSON.stringify(deed) };
}

export async function readEvents(read: Read, division: string, card: string): Promise<CardEvent[]> {
  const rows = await read.selectFrom('card_event').select(['at', 'account', 'body']).where('division', '=', division).where('card', '=', card).orderBy('position').execute();
  return rows.map(({ at, account, body }) => CardEvent.parse({ at, by: account, deed: JSON.parse(body) as CardDeed }));
}

/**
 * Writes one more event of a card whose row is locked, where it fits, with how the card stands then.
 * @returns the kind of what is in the way, or null
 */
export async function addDeed(ground: Ground, write: Write, row: Pick<CardRow, 'id' | 'events'>, event: CardEvent): Promise<'wrong-state' | 'same-person' | null> {
  const { division } = ground;
  const next = applyDeed(foldCard(await readEvents(write, division, row.id)), event);
  if (!next.ok) return next.error.kind;
  await write.insertInto('card_event').values(eventRow(division, row.id, row.events + 1, event)).execute();
  await write.updateTable('card').set({ ...standing(next.value), events: row.events + 1 }).where('division', '=', division).where('id', '=', row.id).execute();
  return null;
}
