import { addNaturalDays, startOfDay } from '../../domain/calendar/civil-date.ts';
import { checkInOf, type Held, standingOf } from '../../domain/appointments/rules.ts';
import { MISSED_NOTICE, SOON_NOTICE } from '../../domain/messages/notices.ts';
import { ticketCode } from '../../domain/queue/numbers.ts';
import { type QueueEntry, QueueRules } from '../../domain/queue/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { queueSms } from '../messages/sms/queue.ts';
import type { SiteDayRow } from '../queue/rows.ts';
import { readSettings } from '../settings/settings.ts';
import { bookingRules } from './calendars.ts';
import { openHolder } from './holders.ts';
import type { AppointmentRow } from './rows.ts';
import { momentOf } from './texts.ts';

/** What one round does at most; the next takes the rest. */
const ROUND = 200;
/**
 * A machine that was off since noon says that its list is over, and it is for itself. So a list counts that reaches beyond the check-in, or any once so many days have passed: by then every machine of the site was on.
 */
const LATECOMERS_DAYS = 2;
/** A site whose list has not come so many days after: whether anybody came will not be known any more. */
const GIVE_UP_DAYS = 14;
/** Whose it was is forgotten so many days after it: by then nothing counts any more, whatever a county has set. */
const FORGET_DAYS = 400;
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Appointments that led to a ticket: their holders came. Called with what is new in a day's list. @param fresh entries as they came */
export async function keepAppointments(ground: Ground, write: Write, day: Pick<SiteDayRow, 'day' | 'site' | 'rules'>, fresh: readonly QueueEntry[]): Promise<void> {
  const issues = fresh.flatMap(({ deed }) => (deed.kind === 'issued' && deed.issue.appointment !== null ? [deed.issue] : []));
  if (issues.length === 0) return;
  const rules = QueueRules.parse(JSON.parse(day.rules));
  for (const { appointment, business, number } of issues) {
    const ticket = ticketCode(rules.businesses.find(({ key }) => key === business)?.prefix ?? '', number);
    // A list that came late: nobody had known, or it was taken for a no-show by hand.
    await write.updateTable('appointment').set({ state: 'kept', state_at: nowOf(ground), ticket }).where('division', '=', ground.division).where('id', '=', appointment?.id ?? '').where('site', '=', day.site).where('day', '=', day.day)
      .where('state', 'in', ['booked', 'unsettled', 'no-show']).execute();
  }
}

/** Said by staff, from the slot's beginning on: where the site has no queue, or the queue was led on paper. */
export async function settleAppointment(ground: Ground, staff: Staff, id: string, came: boolean): Promise<Result<null, { kind: 'unknown-appointment' | 'over' | 'too-soon' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const row = await write.selectFrom('appointment').selectAll().where('division', '=', division).where('id', '=', id).forUpdate().executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-appointment' as const });
    if (row.state !== 'booked' && row.state !== 'unsettled' && row.state !== 'no-show') return err({ kind: 'over' as const });
    const { from, until } = checkInOf({ from: row.from_at }, await bookingRules(write, division));
    if (ground.clock.now() < Date.parse(came ? from : until)) return err({ kind: 'too-soon' as const });
    if (came) await write.updateTable('appointment').set({ state: 'kept', state_at: nowOf(ground) }).where('division', '=', division).where('id', '=', id).execute();
    else if (row.state !== 'no-show') await miss(ground, write, row);
    await recordDeed(ground, write, staff, { what: 'appointments.settle', subject: id, body: { came } });
    return ok(null);
  });
}

/**
 * Reminds of what is near, and settles what is over: a no-show is one only when the site's whole day is here and has no ticket for it, for with the line cut nobody here knows who came. Safe on two servers. @returns how many of each
 */
export async function sweepAppointments(ground: Ground): Promise<{ reminded: number; missed: number }> {
  const reminded = await remind(ground);
  const missed = await settleOver(ground);
  await forget(ground);
  return { reminded, missed };
}

async function remind(ground: Ground): Promise<number> {
  const { division, clock } = ground;
  const now = clock.now();
  return ground.db.write(async (write) => {
    const { 'appointment.remind': hours } = await readSettings(write, division);
    const rows = await write.selectFrom('appointment').selectAll().where('division', '=', division).where('state', '=', 'booked').where('reminded', '=', false).where('from_at', '<=', instant(now + hours * HOUR)).where('from_at', '>', instant(now))
      .orderBy('from_at').limit(ROUND).forUpdate().skipLocked().execute();
    // Who booked within the span was told at once, and is not told twice.
    const far = rows.filter(({ booked_at: at, from_at: from }) => Date.parse(from) - Date.parse(at) > hours * HOUR);
    await queueSms(ground, write, far.map((row) => ({ cause: `appointment/${row.id}/${row.from_at}/soon`, notice: { ...SOON_NOTICE, stage: momentOf(row.from_at) }, phone: openHolder(ground, row)?.phone ?? '', number: row.number })));
    if (rows.length > 0) await write.updateTable('appointment').set({ reminded: true }).where('division', '=', division).where('id', 'in', rows.map(({ id }) => id)).execute();
    return far.length;
  });
}

async function settleOver(ground: Ground): Promise<number> {
  const { division, clock } = ground;
  const now = clock.now();
  return ground.db.write(async (write) => {
    const open = () => write.selectFrom('appointment').selectAll('appointment').where('appointment.division', '=', division).where('appointment.state', '=', 'booked');
    const rows = await open().innerJoin('site_day', (join) => join.onRef('site_day.division', '=', 'appointment.division').onRef('site_day.day', '=', 'appointment.day').onRef('site_day.site', '=', 'appointment.site'))
      .where('site_day.over', '=', true).where('appointment.until_at', '<', instant(now)).orderBy('appointment.from_at').limit(5 * ROUND).forUpdate('appointment').skipLocked().execute();
    const rules = await bookingRules(write, division);
    const reaches = await reachOf(write, division, rows);
    const over = rows.filter((row) => (reaches.get(`${row.day} ${row.site}`) ?? '') >= checkInOf({ from: row.from_at }, rules).until || now - startOfDay(addNaturalDays(row.day, 1)) >= LATECOMERS_DAYS * DAY);
    for (const row of over) await miss(ground, write, row);
    await write.updateTable('appointment').set({ state: 'unsettled', state_at: nowOf(ground), checks: '[]' }).where('division', '=', division).where('state', '=', 'booked').where('until_at', '<', instant(now - GIVE_UP_DAYS * DAY)).execute();
    return over.length;
  });
}

/** When the last that stands in each list was said, by day and site. */
async function reachOf(write: Write, division: string, rows: readonly AppointmentRow[]): Promise<Map<string, string>> {
  const reaches = new Map<string, string>();
  for (const { day, site } of rows) {
    if (reaches.has(`${day} ${site}`)) continue;
    const last = await write.selectFrom('site_entry').select('body').where('division', '=', division).where('day', '=', day).where('site', '=', site).orderBy('place', 'desc').limit(1).executeTakeFirst();
    reaches.set(`${day} ${site}`, last === undefined ? '' : (JSON.parse(last.body) as QueueEntry).at);
  }
  return reaches;
}

/** Its holder is told how often that was, and from when on booking rests; that numbers are given all the same is in the text. */
async function miss(ground: Ground, write: Write, row: AppointmentRow): Promise<void> {
  const { division } = ground;
  await write.updateTable('appointment').set({ state: 'no-show', state_at: nowOf(ground), checks: '[]' }).where('division', '=', division).where('id', '=', row.id).execute();
  const rules = await bookingRules(write, division);
  const all = await write.selectFrom('appointment').select(['id', 'business', 'from_at', 'state']).where('division', '=', division).where('person_key', '=', row.person_key).execute();
  const held = all.map(({ id, business, from_at: from, state }): Held => ({ id, business, from, state }));
  const { missed, limitedUntil } = standingOf(held, ground.clock.now(), rules);
  const stage = limitedUntil === null ? `${rules.within}天内第${missed}次` : `${rules.within}天内已${missed}次，预约暂停至${momentOf(limitedUntil)}`;
  await queueSms(ground, write, [{ cause: `appointment/${row.id}/missed`, notice: { ...MISSED_NOTICE, stage }, phone: openHolder(ground, row)?.phone ?? '', number: row.number }]);
}

async function forget(ground: Ground): Promise<void> {
  const { division, clock } = ground;
  const before = instant(clock.now() - FORGET_DAYS * DAY);
  const old = await ground.db.read.selectFrom('appointment').select('id').where('division', '=', division).where('from_at', '<', before).where('holder', '!=', '').limit(ROUND).execute();
  if (old.length === 0) return;
  await ground.db.write((write) => write.updateTable('appointment').set({ holder: '', checks: '[]' }).where('division', '=', division).where('id', 'in', old.map(({ id }) => id)).execute());
}
