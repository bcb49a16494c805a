import type { MessagePerson, MessageSubject, NewMessage } from '../../domain/contracts/messages.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { messageDays, messageNumber, NUMBER_PREFIX } from '../../domain/messages/message.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { takeNumbers } from '../db/counter.ts';
import type { Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { openText, sealText } from '../identity/sealed-text.ts';
import { readSettings } from '../settings/settings.ts';
import { addMessageEvent } from './message-log.ts';
import type { MessageRow } from './rows.ts';

/** What whoever sends a message is told. */
export type Registered = { id: string; number: string; due: string };

/**
 * Registers a message under a number of its kind and year. Sent again under the same id it is the same message, and answers as it did first.
 * @param by the account that took it down; null where the citizen wrote it at a machine or on the web
 * @param from of one that a terminal sent: which, and the base64 key of its recording
 */
export async function registerMessage(ground: Ground, write: Write, message: NewMessage, by: string | null, from: { machine: string; audioKey: string | null } | null = null): Promise<Registered> {
  const { division } = ground;
  const today = civilDate(ground.clock.now());
  const year = today.slice(0, 4);
  const counter = `message/${NUMBER_PREFIX[message.kind]}/${year}`;
  // Takes none, and locks the counter: of two servers with one message, the second sees what the first has made.
  await takeNumbers(write, division, counter, 0);
  const known = await write.selectFrom('message').select(['id', 'number', 'due']).where('division', '=', division).where('id', '=', message.id).executeTakeFirst();
  if (known !== undefined) return known;
  const number = messageNumber(message.kind, division, year, await takeNumbers(write, division, counter, 1));
  const { due, decideBy } = messageDays(message.kind, today, await readSettings(write, division), await countyCalendar(write, division));
  const at = nowOf(ground);
  await write.insertInto('message').values({
    division, id: message.id, number, kind: message.kind, channel: message.channel, site: message.site, subject: JSON.stringify(message.subject),
    person: message.person === null || isNobody(message.person) ? null : sealText(ground, 'messages', `message/${message.id}/person`, JSON.stringify(message.person)),
    words: sealText(ground, 'messages', `message/${message.id}/words`, message.words), audio: message.audio === null ? null : JSON.stringify(message.audio),
    stage: 'registered', department: null, account: null, registered_at: at, registered_by: by, due, decide_by: decideBy, overdue: false, next_limit: null, settled_at: null, package: null, events: 0,
    machine: from?.machine ?? null, audio_key: from?.audioKey == null ? null : sealText(ground, 'messages', `message/${message.id}/audio`, from.audioKey),
  }).execute();
  const added = await addMessageEvent(ground, write, message.id, { kind: 'registered', at, by, of: message.kind, due, decideBy });
  if (!added.ok) throw new Error('a new message has events');
  ground.log({ event: 'message-registered', message: message.id, kind: message.kind, channel: message.channel });
  return { id: message.id, number, due };
}

function isNobody({ name, phone }: MessagePerson): boolean {
  return name === '' && phone === '';
}

/** Who told it, opened; null for nobody. */
export function personOf(ground: Ground, row: Pick<MessageRow, 'id' | 'person'>): MessagePerson | null {
  return row.person === null ? null : JSON.parse(openText(ground, 'messages', `message/${row.id}/person`, row.person)) as MessagePerson;
}

export function wordsOf(ground: Ground, row: Pick<MessageRow, 'id' | 'words'>): string {
  return openText(ground, 'messages', `message/${row.id}/words`, row.words);
}

export function subjectOf(row: Pick<MessageRow, 'subject'>): MessageSubject {
  return JSON.parse(row.subject) as MessageSubject;
}

/** Departments that items name, by their credit code. */
export async function departmentsOf(read: Read, division: string): Promise<{ code: string; name: string }[]> {
  const rows = await read.selectFrom('item').select('body').where('division', '=', division).orderBy('published_at').execute();
  const names = new Map(rows.map(({ body }) => JSON.parse(body) as { body: { creditCode: string; name: string } }).map((item) => [item.body.creditCode, item.body.name]));
  return [...names].map(([code, name]) => ({ code, name })).toSorted((left, right) => left.name.localeCompare(right.name, 'zh'));
}
