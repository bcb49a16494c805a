import { addDays } from '../../domain/calendar/working-days.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type MessageEvent, type MessageFault, type MessageKind, type MessageStage, OPEN_MESSAGES } from '../../domain/messages/message.ts';
import { REPLIED_NOTICE } from '../../domain/messages/notices.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { countyCalendar } from '../clock/calendar.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { readSettings } from '../settings/settings.ts';
import { reachedMessage } from './list.ts';
import { addMessageEvent } from './message-log.ts';
import { departmentsOf, personOf } from './register.ts';
import type { MessageRow } from './rows.ts';
import { queueSms } from './sms/queue.ts';

/** What staff do with a message, without when and who. */
export type MessageDeed = MessageEvent extends infer Event
  ? Event extends { kind: 'assigned' | 'transferred' | 'taken-up' | 'declined' | 'replied' | 'rated' | 'hotline-said' | 'closed' } ? Omit<Event, 'at' | 'by'> : never
  : never;
export type MessageActFailure = MessageFault | { kind: 'unknown-message' | 'unknown-owner' };
type Acted = Result<{ stage: MessageStage }, MessageActFailure>;

/** Does it, under the message's lock. A reply is told to the citizen by text where there is a mobile number. */
export async function actOnMessage(ground: Ground, staff: Staff, id: string, deed: MessageDeed): Promise<Acted> {
  return ground.db.write(async (write): Promise<Acted> => {
    const row = await lockMessage(ground, write, staff, id);
    if (row === null) return err({ kind: 'unknown-message' });
    if (!(await isOwner(ground, write, deed))) return err({ kind: 'unknown-owner' });
    return hang(ground, write, staff, row, { ...deed, at: nowOf(ground), by: staff.account } as MessageEvent);
  });
}

/** The citizen comes back once; the limit runs anew. */
export async function reopenMessage(ground: Ground, staff: Staff, id: string, words: string): Promise<Acted> {
  return ground.db.write(async (write): Promise<Acted> => {
    const row = await lockMessage(ground, write, staff, id);
    if (row === null) return err({ kind: 'unknown-message' });
    return hang(ground, write, staff, row, { kind: 'reopened', at: nowOf(ground), by: staff.account, words, due: await dueAnew(ground, write, row.kind) });
  });
}

/** The day by which a message that comes back today is answered. */
async function dueAnew(ground: Ground, write: Write, of: MessageKind): Promise<string> {
  const settings = await readSettings(write, ground.division);
  return addDays(civilDate(ground.clock.now()), settings[`${of}.reply`], 'working', await countyCalendar(write, ground.division)).date;
}

/** The citizen rates the reply at the terminal where the message was written. @returns why not, or null when it is done */
export async function rateReply(ground: Ground, write: Write, machine: string, { message, level, words }: { message: string; level: number; words: string }): Promise<CitizenFault | null> {
  return byCitizen(ground, write, machine, message, async () => ({ kind: 'rated', at: nowOf(ground), by: null, level, words }));
}

/** The citizen says there that it is not solved; once. @returns why not, or null when it is done */
export async function reopenByCitizen(ground: Ground, write: Write, machine: string, { message, words }: { message: string; words: string }): Promise<CitizenFault | null> {
  return byCitizen(ground, write, machine, message, async ({ kind }) => ({ kind: 'reopened', at: nowOf(ground), by: null, words, due: await dueAnew(ground, write, kind) }));
}

type CitizenFault = 'unknown-message' | 'wrong-stage';

async function byCitizen(ground: Ground, write: Write, machine: string, id: string, eventOf: (row: MessageRow) => Promise<MessageEvent>): Promise<CitizenFault | null> {
  const row = await write.selectFrom('message').selectAll().where('division', '=', ground.division).where('id', '=', id).where('machine', '=', machine).forUpdate().executeTakeFirst();
  if (row === undefined) return 'unknown-message';
  return (await addMessageEvent(ground, write, id, await eventOf(row))).ok ? null : 'wrong-stage';
}

/** The row of a message within reach, locked. */
export async function lockMessage(ground: Ground, write: Write, staff: Staff, id: string): Promise<MessageRow | null> {
  await write.selectFrom('message').select('id').where('division', '=', ground.division).where('id', '=', id).forUpdate().execute();
  return reachedMessage(write, ground, staff, id);
}

/** One more event by staff, with what follows from it. What was said stays in the message's own log; the journal holds that it was done. */
export async function hang(ground: Ground, write: Write, staff: Staff, row: MessageRow, event: MessageEvent): Promise<Acted> {
  const next = await addMessageEvent(ground, write, row.id, event);
  if (!next.ok) return next;
  const { stage } = next.value;
  await recordDeed(ground, write, staff, { what: `messages.${event.kind}`, subject: row.id, body: { stage } });
  if (stage === 'replied' && OPEN_MESSAGES.includes(row.stage)) {
    const phone = personOf(ground, row)?.phone ?? '';
    await queueSms(ground, write, [{ cause: `message/${row.id}/${row.events + 1}`, notice: REPLIED_NOTICE, phone, number: row.number }]);
  }
  return ok({ stage });
}

/** A message is given to departments that the county has and to accounts that work on messages. */
async function isOwner(ground: Ground, write: Write, deed: MessageDeed): Promise<boolean> {
  if (deed.kind !== 'assigned' && deed.kind !== 'transferred') return true;
  const department = deed.kind === 'assigned' ? deed.owner.department : deed.department;
  if (!(await departmentsOf(write, ground.division)).some(({ code }) => code === department)) return false;
  if (deed.kind !== 'assigned' || deed.owner.account === null) return true;
  const account = await write.selectFrom('account').select('account').where('division', '=', ground.division).where('account', '=', deed.owner.account).where('disabled_at', 'is', null).executeTakeFirst();
  return account !== undefined;
}
