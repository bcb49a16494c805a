import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { MessageListRow, OpenMessage } from '../../domain/contracts/messages.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { daysLeft } from '../../domain/calendar/working-days.ts';
import { Ulid } from '../../domain/ids.ts';
import { type MessageKind, OPEN_MESSAGES } from '../../domain/messages/message.ts';
import { countyCalendar, type NamedCalendar } from '../clock/calendar.ts';
import { KeyDay, KeyInstant } from '../db/page-key.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { inReach } from '../identity/reach.ts';
import { messageEvents, stateOf } from './message-log.ts';
import { personOf, subjectOf, wordsOf } from './register.ts';
import type { MessageRow } from './rows.ts';

export type MessageList = 'open' | 'mine' | 'overdue' | 'answered' | 'hotline' | 'all';
export type MessageQuery = { show: MessageList; kind: MessageKind | ''; query: string; after: string };

const PAGE = 50;
/** Characters of a message that the list shows. */
const EXCERPT = 60;
const PageKey = z.tuple([KeyDay, KeyInstant, Ulid]);

/** Rows within an account's scope, and whatever it took down or works on itself. Items narrow nothing here: most messages name none. */
export function messageReach(staff: Staff): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${inReach({ ...staff.scope, items: null }, { departments: 'message.department', sites: 'message.site' })} or message.account = ${staff.account} or message.registered_by = ${staff.account})`;
}

/** What is owed comes soonest first; what is answered, newest first. @returns null for a page key that this hall never made */
export async function listMessages(ground: Ground, staff: Staff, query: MessageQuery): Promise<{ rows: MessageListRow[]; next: string; counts: Record<string, number> } | null> {
  const after = query.after === '' ? null : PageKey.safeParse(query.after.split('|'));
  if (after !== null && !after.success) return null;
  const soonest = query.show === 'open' || query.show === 'mine' || query.show === 'overdue';
  const [due, at, id] = after?.data ?? ['', '', ''];
  const rows = await ground.db.read.selectFrom('message').selectAll().where('division', '=', ground.division).where(messageReach(staff)).where(shown(ground, staff, query.show))
    .$if(query.kind !== '', (select) => select.where('kind', '=', query.kind === '' ? 'consult' : query.kind))
    .$if(query.query !== '', (select) => select.where('number', 'like', `%${query.query.toUpperCase().replace(/[\\%_]/g, '\\$&')}%`))
    .$if(after !== null, (select) => select.where(soonest ? sql<boolean>`(due, registered_at, id) > (${due}::date, ${at}::timestamptz, ${id})` : sql<boolean>`(registered_at, id) < (${at}::timestamptz, ${id})`))
    .$if(soonest, (select) => select.orderBy('due').orderBy('registered_at').orderBy('id'))
    .$if(!soonest, (select) => select.orderBy('registered_at', 'desc').orderBy('id', 'desc'))
    .limit(PAGE + 1).execute();
  const calendar = await countyCalendar(ground.db.read, ground.division);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    rows: page.map((row) => listRow(ground, row, calendar)),
    next: rows.length > PAGE && last !== undefined ? [last.due, last.registered_at, last.id].join('|') : '',
    counts: await countMessages(ground, staff),
  };
}

function shown(ground: Ground, staff: Staff, show: MessageList): RawBuilder<SqlBool> {
  const open = sql<SqlBool>`stage = any(${[...OPEN_MESSAGES]})`;
  switch (show) {
    case 'open':
      return open;
    case 'mine':
      return sql<SqlBool>`${open} and account = ${staff.account}`;
    case 'overdue':
      return sql<SqlBool>`${open} and least(due, coalesce(decide_by, due)) < ${civilDate(ground.clock.now())}::date`;
    case 'answered':
      return sql<SqlBool>`stage in ('replied', 'declined', 'rated')`;
    case 'hotline':
      return sql<SqlBool>`stage = 'handed-over'`;
    case 'all':
      return sql<SqlBool>`true`;
  }
}

async function countMessages(ground: Ground, staff: Staff): Promise<Record<string, number>> {
  const lists = ['open', 'mine', 'overdue', 'answered', 'hotline', 'all'] as const;
  const counted = await ground.db.read.selectFrom('message').select(lists.map((list) => sql<number>`count(*) filter (where ${shown(ground, staff, list)})`.as(list)))
    .where('division', '=', ground.division).where(messageReach(staff)).executeTakeFirstOrThrow();
  return counted;
}

function listRow(ground: Ground, row: MessageRow, calendar: NamedCalendar): MessageListRow {
  const open = OPEN_MESSAGES.includes(row.stage);
  const [next = row.due] = [row.decide_by, row.due].filter((day) => day !== null).toSorted();
  const words = wordsOf(ground, row).replaceAll(/\s+/g, ' ');
  return {
    id: row.id, number: row.number, kind: row.kind, channel: row.channel, stage: row.stage, excerpt: [...words].length > EXCERPT ? `${[...words].slice(0, EXCERPT).join('')}…` : words, subject: subjectOf(row),
    anonymous: row.person === null, department: row.department, account: row.account, registeredAt: row.registered_at, due: row.due, decideBy: row.decide_by, takenUp: row.kind === 'complain' && row.decide_by === null,
    daysLeft: open ? daysLeft(civilDate(ground.clock.now()), next, 'working', calendar) : null, overdue: row.overdue,
  };
}

/** One message whole, or null. It shows a person: the caller records the read. */
export async function openMessage(ground: Ground, staff: Staff, id: string): Promise<OpenMessage | null> {
  const row = await reachedMessage(ground.db.read, ground, staff, id);
  if (row === null) return null;
  const events = await messageEvents(ground, ground.db.read, id);
  const { reply, rating, reopened, hotline } = stateOf(events);
  return { row: listRow(ground, row, await countyCalendar(ground.db.read, ground.division)), person: personOf(ground, row), words: wordsOf(ground, row), audio: row.audio === null ? null : JSON.parse(row.audio) as OpenMessage['audio'], reply, rating, reopened, hotline, events };
}

export async function reachedMessage(read: Read, { division }: Pick<Ground, 'division'>, staff: Staff, id: string): Promise<MessageRow | null> {
  return await read.selectFrom('message').selectAll().where('division', '=', division).where('id', '=', id).where(messageReach(staff)).executeTakeFirst() ?? null;
}
