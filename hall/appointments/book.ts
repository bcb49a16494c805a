import { type BookingCalendar, type Slot, slotsOn } from '../../domain/appointments/calendar.ts';
import { type BookingRefusal, type BookingRules, checkBooking, type Held, mayCancel, type Standing, standingOf } from '../../domain/appointments/rules.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { AppointmentRow, BookingHolder } from '../../domain/contracts/appointments.ts';
import { BOOKED_NOTICE, CANCELLED_NOTICE } from '../../domain/messages/notices.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import { countyCalendar } from '../clock/calendar.ts';
import { takeNumbers } from '../db/counter.ts';
import type { Read, Write } from '../db/schema.ts';
import { type Ground, nowOf } from '../ground.ts';
import { queueSms } from '../messages/sms/queue.ts';
import { bookingRules } from './calendars.ts';
import { checksOf, type HolderFault, maskHolder, openHolder, personKey, readHolder, sealHolder } from './holders.ts';
import type { AppointmentRow as StoredRow } from './rows.ts';
import { momentOf } from './texts.ts';
import { announceDay } from './tell.ts';

/** Who books for somebody: an account at the console, or the machine at which the card was read. */
export type Booker = { way: 'console' | 'terminal'; by: string };
export type Wanted = { id: string; calendar: string; from: string; holder: BookingHolder };
export type BookingFault = BookingRefusal | HolderFault | { kind: 'unknown-calendar' };
type Booked = { row: AppointmentRow; standing: Standing };

/** Books a slot. Asked again under its id, it answers what was booked then. */
export async function book(ground: Ground, booker: Booker, wanted: Wanted): Promise<Result<Booked, BookingFault>> {
  const holder = readHolder(wanted.holder);
  if (!holder.ok) return holder;
  const { division } = ground;
  // Slow, so before anybody waits for it.
  const checks = JSON.stringify(await checksOf(holder.value));
  return ground.db.write(async (write): Promise<Result<Booked, BookingFault>> => {
    await lockBooking(write, division);
    const rules = await bookingRules(write, division);
    const before = await write.selectFrom('appointment').selectAll().where('division', '=', division).where('id', '=', wanted.id).executeTakeFirst();
    const person = personKey(ground, holder.value);
    const held = await heldBy(write, division, person);
    if (before !== undefined) return before.person_key === person && before.calendar === wanted.calendar ? ok({ row: rowOf(ground, before, rules), standing: standingOf(held, ground.clock.now(), rules) }) : err({ kind: 'holds-one' });
    const found = await slotAt(write, division, wanted.calendar, wanted.from);
    if (found === null) return err({ kind: 'unknown-calendar' });
    const { calendar, slot } = found;
    const checked = checkBooking({ slot, booked: await takenAt(write, division, calendar.id, wanted.from), business: calendar.business, held, now: ground.clock.now(), rules });
    if (!checked.ok || slot === null) return checked.ok ? err({ kind: 'no-slot' }) : checked;
    const day = civilDate(Date.parse(slot.from));
    const at = nowOf(ground);
    const row: StoredRow = {
      division, id: wanted.id, number: await numberOf(write, division, day), calendar: calendar.id, site: calendar.site, business: calendar.business, name: calendar.name, day, from_at: slot.from, until_at: slot.until, person_key: person,
      holder: sealHolder(ground, wanted.id, holder.value), checks, way: booker.way, booked_by: booker.by, booked_at: at, state: 'booked', state_at: at, reminded: false, ticket: null,
    };
    await write.insertInto('appointment').values(row).execute();
    await announceDay(write, division, calendar.site, day);
    await tellHolder(ground, write, row, holder.value.phone);
    await recordDeed(ground, write, { account: booker.by }, { what: 'appointments.book', subject: wanted.id, body: { site: calendar.site, business: calendar.business, from: slot.from, way: booker.way } });
    return ok({ row: rowOf(ground, row, rules), standing: standingOf(held, ground.clock.now(), rules) });
  });
}

export type ChangeFault = { kind: 'unknown-appointment' | 'over' | 'too-late' };

/** Cancels in time; later it counts as made. Once cancelled it stays so, and cancelling again is no fault. @param person whose it must be; null: staff may cancel anybody's */
export async function cancel(ground: Ground, booker: Booker, id: string, person: string | null): Promise<Result<null, ChangeFault>> {
  const { division } = ground;
  return ground.db.write(async (write): Promise<Result<null, ChangeFault>> => {
    await lockBooking(write, division);
    const row = await write.selectFrom('appointment').selectAll().where('division', '=', division).where('id', '=', id).executeTakeFirst();
    if (row === undefined || (person !== null && row.person_key !== person)) return err({ kind: 'unknown-appointment' });
    if (row.state === 'cancelled') return ok(null);
    if (row.state !== 'booked') return err({ kind: 'over' });
    if (!mayCancel({ from: row.from_at, state: row.state }, ground.clock.now(), await bookingRules(write, division))) return err({ kind: 'too-late' });
    await write.updateTable('appointment').set({ state: 'cancelled', state_at: nowOf(ground), checks: '[]' }).where('division', '=', division).where('id', '=', id).execute();
    await announceDay(write, division, row.site, row.day);
    // Whoever did it: somebody who does not know of it would come in vain.
    await queueSms(ground, write, [{ cause: `appointment/${row.id}/cancelled`, notice: { ...CANCELLED_NOTICE, stage: momentOf(row.from_at) }, phone: openHolder(ground, row)?.phone ?? '', number: row.number }]);
    await recordDeed(ground, write, { account: booker.by }, { what: 'appointments.cancel', subject: id, body: { way: booker.way } });
    return ok(null);
  });
}

/** Moves one to another slot of its calendar. Its place is given up only when the new one is had. */
export async function move(ground: Ground, booker: Booker, id: string, from: string): Promise<Result<Booked, BookingFault | ChangeFault>> {
  const { division } = ground;
  return ground.db.write(async (write): Promise<Result<Booked, BookingFault | ChangeFault>> => {
    await lockBooking(write, division);
    const rules = await bookingRules(write, division);
    const row = await write.selectFrom('appointment').selectAll().where('division', '=', division).where('id', '=', id).executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-appointment' });
    if (row.state !== 'booked') return err({ kind: 'over' });
    if (!mayCancel({ from: row.from_at, state: row.state }, ground.clock.now(), rules)) return err({ kind: 'too-late' });
    const held = await heldBy(write, division, row.person_key);
    const standing = standingOf(held, ground.clock.now(), rules);
    if (row.from_at === from) return ok({ row: rowOf(ground, row, rules), standing });
    const found = await slotAt(write, division, row.calendar, from);
    if (found === null) return err({ kind: 'unknown-calendar' });
    const { slot } = found;
    const checked = checkBooking({ slot, booked: await takenAt(write, division, row.calendar, from), business: row.business, held: held.filter((other) => other.id !== id), now: ground.clock.now(), rules });
    if (!checked.ok || slot === null) return checked.ok ? err({ kind: 'no-slot' }) : checked;
    const day = civilDate(Date.parse(slot.from));
    const moved: StoredRow = { ...row, day, from_at: slot.from, until_at: slot.until, number: day === row.day ? row.number : await numberOf(write, division, day), state_at: nowOf(ground), reminded: false };
    await write.updateTable('appointment').set({ day, from_at: moved.from_at, until_at: moved.until_at, number: moved.number, state_at: moved.state_at, reminded: false }).where('division', '=', division).where('id', '=', id).execute();
    for (const told of new Set([row.day, day])) await announceDay(write, division, row.site, told);
    await tellHolder(ground, write, moved, openHolder(ground, moved)?.phone ?? '');
    await recordDeed(ground, write, { account: booker.by }, { what: 'appointments.move', subject: id, body: { from: row.from_at, to: slot.from } });
    return ok({ row: rowOf(ground, moved, rules), standing });
  });
}

/** What somebody has, the newest first, and how they stand. */
export async function appointmentsOf(ground: Ground, person: string): Promise<{ rows: AppointmentRow[]; standing: Standing }> {
  const { db: { read }, division } = ground;
  const rules = await bookingRules(read, division);
  const rows = await read.selectFrom('appointment').selectAll().where('division', '=', division).where('person_key', '=', person).orderBy('from_at', 'desc').limit(50).execute();
  return { rows: rows.map((row) => rowOf(ground, row, rules)), standing: standingOf(await heldBy(read, division, person), ground.clock.now(), rules) };
}

/** A site's day, in its order. @param site empty: of all sites */
export async function appointmentsOn(ground: Ground, { site, day }: { site: string; day: string }): Promise<AppointmentRow[]> {
  const { db: { read }, division } = ground;
  const rules = await bookingRules(read, division);
  const rows = await read.selectFrom('appointment').selectAll().where('division', '=', division).where('day', '=', day).$if(site !== '', (select) => select.where('site', '=', site)).orderBy('from_at').orderBy('number').limit(2000).execute();
  return rows.map((row) => rowOf(ground, row, rules));
}

/** One at a time in the whole county: a booking looks at a slot, at a person and at a number, and a county has a few a minute. */
async function lockBooking(write: Write, division: string): Promise<void> {
  await takeNumbers(write, division, 'appointments', 0);
}

async function slotAt(read: Read, division: string, id: string, from: string): Promise<{ calendar: BookingCalendar; slot: Slot | null } | null> {
  const row = await read.selectFrom('booking_calendar').select('body').where('division', '=', division).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const calendar = JSON.parse(row.body) as BookingCalendar;
  return { calendar, slot: slotsOn(calendar, civilDate(Date.parse(from)), await countyCalendar(read, division)).find((slot) => slot.from === from) ?? null };
}

async function takenAt(read: Read, division: string, calendar: string, from: string): Promise<number> {
  const { count } = await read.selectFrom('appointment').select(({ fn }) => fn.countAll<number>().as('count')).where('division', '=', division).where('calendar', '=', calendar).where('from_at', '=', from).where('state', 'in', ['booked', 'kept']).executeTakeFirstOrThrow();
  return Number(count);
}

/** All that may still count: nothing is older than the longest span a county can set. */
async function heldBy(read: Read, division: string, person: string): Promise<Held[]> {
  const rows = await read.selectFrom('appointment').select(['id', 'business', 'from_at', 'state']).where('division', '=', division).where('person_key', '=', person).execute();
  return rows.map(({ id, business, from_at: from, state }) => ({ id, business, from, state }));
}

async function numberOf(write: Write, division: string, day: string): Promise<string> {
  const serial = await takeNumbers(write, division, `appointment/${day}`, 1);
  return `${day.slice(5, 7)}${day.slice(8)}-${String(serial).padStart(3, '0')}`;
}

async function tellHolder(ground: Ground, write: Write, row: Pick<StoredRow, 'id' | 'number' | 'from_at'>, phone: string): Promise<void> {
  await queueSms(ground, write, [{ cause: `appointment/${row.id}/${row.from_at}`, notice: { ...BOOKED_NOTICE, stage: momentOf(row.from_at) }, phone, number: row.number }]);
}

function rowOf(ground: Ground, row: StoredRow, rules: BookingRules): AppointmentRow {
  return {
    id: row.id, number: row.number, calendar: row.calendar, site: row.site, business: row.business, name: row.name, from: row.from_at, until: row.until_at, state: row.state, way: row.way,
    mayChange: mayCancel({ from: row.from_at, state: row.state }, ground.clock.now(), rules), holder: maskHolder(openHolder(ground, row)), ticket: row.ticket,
  };
}
