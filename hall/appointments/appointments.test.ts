import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { passwordMatches } from '../../crypto/passwords.ts';
import type { BookingCalendar } from '../../domain/appointments/calendar.ts';
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import type { AppointmentRow, SiteAppointments } from '../../domain/contracts/appointments.ts';
import { type MachineId, ulid } from '../../domain/ids.ts';
import { siteRules } from '../../domain/queue/test-site.ts';
import { QueueEntry } from '../../domain/queue/types.ts';
import { PGLITE, POSTGRES, signInAt, takeToken, terminalAt, type TestConsole, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { keepPlaces } from '../fleet/places.ts';
import { takeSiteDay } from '../queue/days.ts';
import { sweepAppointments } from './settle.ts';

const SITE = '县政务服务中心';
const CARDS = ['330624199001010018', '330624199001010034', '330624199001010050', '330624199001010077'] as const;
const DAY = 86_400_000;

describe.each([PGLITE, POSTGRES])('appointments on $name', (databases) => {
  const served = hallOfSuite(databases);
  let [wang, sun, terminal] = [null as unknown as TestConsole, null as unknown as TestConsole, null as unknown as TestTerminal];
  let business = '';
  let calendar: BookingCalendar;
  let serial = 0;

  const newId = () => ulid(served.hall.clock.now() + (serial += 1), randomBytes(10));
  const today = () => civilDate(served.hall.clock.now());
  const at = (date: string, hour: number, minute = 0) => new Date(startOfDay(date) + (hour * 60 + minute) * 60_000).toISOString();
  /** The next Monday to Friday, from tomorrow on. */
  const weekdayAhead = (count = 1) => {
    let date = today();
    for (let left = count; left > 0;) {
      date = addNaturalDays(date, 1);
      if (new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0) left -= 1;
    }
    return date;
  };
  const holder = (change: Partial<{ name: string; card: string; phone: string }> = {}) => ({ name: '王测试', card: '', phone: '13800000001', ...change });
  const bookAs = async (who: TestConsole, from: string, held: object, id = newId()) => {
    const { status, body } = await who.call('POST', `/appointments/${id}`, { calendar: calendar.id, from, holder: held });
    return status !== 200 ? status : body.ok === true ? (body.value.row as AppointmentRow) : (body.error.kind as string);
  };
  const book = (from: string, held: object, id?: string) => bookAs(wang, from, held, id);
  const booked = async (from: string, held: object) => {
    const row = await book(from, held);
    if (typeof row !== 'object') throw new Error(String(row));
    return row;
  };
  const standing = async (who: object) => (await wang.call('POST', '/appointments/found', { card: '', phone: '', ...who })).body.standing;
  const row = (id: string) => served.db.read.selectFrom('appointment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const told = async (day: string, of = terminal, protocol = 6) => {
    const entries = (await of.call('GET', `/feed?after=0&limit=500&protocol=${protocol}`)).body.entries as { kind: string; appointments?: SiteAppointments }[];
    return entries.flatMap((entry) => (entry.kind === 'appointments' && entry.appointments?.day === day ? [entry.appointments] : []));
  };
  const set = (name: string, value: number) => sun.call('PUT', `/settings/${name}`, { value });

  /** Sessions and tokens end while days pass. */
  const signIn = async () => {
    [wang, sun] = [await signInAt(served.hall, 'wang', 'clerk'), await signInAt(served.hall, 'sun', 'supervisor')];
    terminal = { ...terminal, ...terminalAt(served.hall.url, terminal.maker, await takeToken(served.hall.url, terminal.maker)) };
  };
  const pass = async (milliseconds: number) => {
    served.hall.clock.advance(milliseconds);
    await signIn();
  };
  const passTo = (date: string, hour: number) => pass(Date.parse(at(date, hour)) - served.hall.clock.now());

  beforeAll(async () => {
    [wang, sun] = [await signInAt(served.hall, 'wang', 'clerk'), await signInAt(served.hall, 'sun', 'supervisor')];
    terminal = await served.freshTerminal();
    await keepPlaces(served.hall.hall.ground, [{ machine: terminal.maker.machine, place: { site: SITE, address: '测试路 1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => []), holidays: [] } } }]);
    await set('sms.on', 1);
  }, 180_000);
  beforeEach(async () => {
    business = `business-${(serial += 1)}`;
    calendar = {
      id: newId(), site: SITE, business, name: '不动产登记', items: [], from: '2026-01-01', to: null, paused: false,
      slots: [{ kind: 'ordinary', days: [1, 2, 3, 4, 5], from: '08:30', until: '11:30', minutes: 60, capacity: 2 }, { kind: 'extended', days: [6], from: '09:00', until: '11:00', minutes: 60, capacity: 1 }],
    };
    const { body } = await sun.call('PUT', `/appointments/calendars/${calendar.id}`, { ...calendar, id: undefined });
    if (body.ok !== true) throw new Error(JSON.stringify(body));
  });

  test('a calendar is checked, stays with its site and business, and shows what is free', async () => {
    const save = async (change: Partial<BookingCalendar>) => (await sun.call('PUT', `/appointments/calendars/${calendar.id}`, { ...calendar, id: undefined, ...change })).body.error?.kind;
    expect(await save({ business: 'other' })).toBe('other-place');
    expect(await save({ to: '2025-01-01' })).toBe('turned-round');
    expect(await save({ slots: [...calendar.slots, ...calendar.slots] })).toBe('overlap');
    expect((await wang.call('PUT', `/appointments/calendars/${calendar.id}`, { ...calendar, id: undefined })).status).toBe(403);
    const date = weekdayAhead();
    await booked(at(date, 8, 30), holder());
    const slots = async () => {
      const { body } = await wang.call('GET', `/appointments/slots?site=${encodeURIComponent(SITE)}`);
      const own = body.calendars.find((one: { calendar: { id: string } }) => one.calendar.id === calendar.id) as { slots: { from: string; free: number; extended: boolean }[] } | undefined;
      return own?.slots ?? [];
    };
    const found = await slots();
    expect(found.find(({ from }) => from === at(date, 8, 30))?.free).toBe(1);
    expect(found.find(({ from }) => from === at(date, 9, 30))?.free).toBe(2);
    expect(found.some(({ extended }) => extended)).toBe(true);
    await save({ paused: true });
    expect(await slots()).toEqual([]);
  });

  test('is booked once for one id, and nobody takes a slot twice, one more than there is room for, or two of a day', async () => {
    const date = weekdayAhead();
    const [id, from] = [newId(), at(date, 9, 30)];
    const first = await book(from, holder(), id);
    expect(first).toMatchObject({ state: 'booked', from, until: at(date, 10, 30), mayChange: true, number: expect.stringMatching(/^\d{4}-\d{3}$/), holder: { name: '王＊＊', card: '', phone: '138****0001' } });
    expect(await book(from, holder(), id)).toMatchObject({ number: (first as AppointmentRow).number });
    expect(await book(at(date, 8, 30), holder())).toBe('holds-one');
    expect(await book(from, holder({ phone: '13800000002' }))).toMatchObject({ state: 'booked' });
    expect(await book(from, holder({ phone: '13800000003' }))).toBe('full');
    expect(await book(at(date, 9), holder({ phone: '13800000003' }))).toBe('no-slot');
    expect(await book(at(addNaturalDays(today(), 40), 9, 30), holder({ phone: '13800000003' }))).toMatch(/too-far|no-slot/);
    expect(await book(from, { name: '', card: '', phone: '' })).toBe('no-holder');
    expect(await book(from, holder({ card: '330624199001010019' }))).toBe('bad-card');
    expect(await book(from, holder({ phone: '0575-86240000' }))).toBe('bad-phone');
  });

  test('twelve at one moment: the slot holds two', async () => {
    const from = at(weekdayAhead(2), 10, 30);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => book(from, holder({ phone: `1390000${String(serial).padStart(2, '0').slice(-2)}${String(index).padStart(2, '0')}` }))));
    expect(answers.filter((answer) => typeof answer === 'object').length).toBe(2);
    expect(answers.filter((answer) => answer === 'full').length).toBe(10);
    const numbers = (await served.db.read.selectFrom('appointment').select('number').where('calendar', '=', calendar.id).execute()).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(2);
  });

  test('is cancelled and moved in time; its place is free again, and whoever was told hears of it', async () => {
    const date = weekdayAhead();
    const phone = '13800000011';
    const { id } = await booked(at(date, 8, 30), holder({ phone }));
    const move = async (from: string) => {
      const { body } = await wang.call('POST', `/appointments/${id}/move`, { from });
      return body.ok === true ? body.value.row.from : body.error.kind;
    };
    expect(await move(at(date, 9))).toBe('no-slot');
    expect(await move(at(date, 10, 30))).toBe(at(date, 10, 30));
    expect((await told(date)).at(-1)?.appointments.find((one) => one.id === id)?.from).toBe(at(date, 10, 30));
    const cancel = async (one = id) => {
      const { body } = await wang.call('POST', `/appointments/${one}/cancellation`, {});
      return body.ok === true ? 'cancelled' : body.error.kind;
    };
    expect([await cancel(), await cancel()]).toEqual(['cancelled', 'cancelled']);
    expect(await move(at(date, 9, 30))).toBe('over');
    expect((await told(date)).at(-1)?.appointments.some((one) => one.id === id)).toBe(false);
    expect(await cancel(newId())).toBe('unknown-appointment');
    const texts = await served.db.read.selectFrom('sms').select(['template', 'cause_key', 'words']).where('cause_key', 'like', `appointment/${id}/%`).orderBy('cause_key').execute();
    expect(texts.map(({ template }) => template)).toEqual(['appointment-booked', 'appointment-booked', 'appointment-cancelled']);
    expect(texts.map(({ words }) => words).join('')).not.toMatch(/王测试|不动产/);
    const late = await booked(at(date, 8, 30), holder({ phone }));
    await passTo(date, 7);
    expect(await cancel(late.id)).toBe('too-late');
  });

  test('goes to the terminals of its site alone, as slow hashes that its holder’s numbers fit and no others, and not to an older program', async () => {
    const date = weekdayAhead();
    const { id, number } = await booked(at(date, 9, 30), holder({ card: CARDS[0], phone: '13800000021' }));
    const [found] = (await told(date)).at(-1)?.appointments.filter((one) => one.id === id) ?? [];
    expect(found).toMatchObject({ number, business, from: at(date, 9, 30), opens: at(date, 9), closes: at(date, 9, 45) });
    const fits = async (text: string) => (await Promise.all((found?.checks ?? []).map((check) => passwordMatches(text, check)))).filter(Boolean).length;
    expect([await fits(CARDS[0]), await fits('13800000021'), await fits(CARDS[1])]).toEqual([1, 1, 0]);
    expect(JSON.stringify(await told(date))).not.toMatch(new RegExp(`${CARDS[0]}|13800000021|王测试`));
    expect((await told(date)).length).toBe(1);
    expect(await told(date, terminal, 5)).toEqual([]);
    const other = await served.freshTerminal();
    expect(await told(date, other)).toEqual([]);
    // A machine that comes to the site hears of what is still to come.
    await keepPlaces(served.hall.hall.ground, [{ machine: other.maker.machine, place: { site: SITE, address: '测试路 1 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => []), holidays: [] } } }]);
    expect((await told(date, other)).at(-1)?.appointments.map((one) => one.id)).toContain(id);
    // Neither the database nor the log says who comes.
    const stored = JSON.stringify([await served.db.read.selectFrom('appointment').selectAll().execute(), await served.db.read.selectFrom('deed').selectAll().execute()]);
    expect(stored).not.toMatch(new RegExp(`${CARDS[0]}|13800000021|王测试`));
    expect(served.hall.logged.join('')).not.toMatch(new RegExp(`${CARDS[0]}|13800000021|王测试`));
  });

  /** The site's list of a day as it comes to the hall: with a ticket for each of these appointments, or none. */
  async function dayComes(day: string, came: readonly AppointmentRow[], until = 17): Promise<void> {
    const rules = siteRules({ businesses: [{ key: business, prefix: 'C', name: '不动产登记', items: [], usualMinutes: 10 }], windows: [{ number: 1, businesses: [business] }] });
    const entry = (deed: unknown, index: number) => QueueEntry.parse({ id: newId(), day, machine: null, account: 'wang', at: at(day, 9, index), deed });
    const entries = [
      entry({ kind: 'window-opened', window: 1, account: 'wang', businesses: [business] }, 0),
      ...came.map(({ id, from, until }, index) => entry({ kind: 'issued', issue: { ticket: newId(), business, number: index + 1, way: 'appointment', holder: null, priority: null, appointment: { id, from, until }, case: null, at: at(day, 9, index + 1) } }, index + 1)),
      { ...entry({ kind: 'window-closed', window: 1 }, 0), at: at(day, until) },
    ];
    expect(await takeSiteDay(served.hall.hall.ground, terminal.maker.machine as MachineId, { site: SITE, day, rules, from: 1, entries, over: true })).toMatchObject({ ok: true });
  }
  test('whoever took its ticket came; who did not is a no-show only once the site’s day is here, is warned twice and then kept from booking, never from a number', async () => {
    const ground = served.hall.hall.ground;
    const who = { card: CARDS[2], phone: '13800000031' };
    for (let round = 1; round <= 3; round += 1) {
      const date = weekdayAhead();
      const [mine, other] = [await booked(at(date, 9, 30), holder(who)), await booked(at(date, 9, 30), holder({ phone: `1381111${String(serial).padStart(4, '0')}` }))];
      await passTo(addNaturalDays(date, 1), 8);
      // The line is cut: nobody knows.
      expect((await sweepAppointments(ground)).missed).toBe(0);
      expect((await row(mine.id)).state).toBe('booked');
      await dayComes(date, [other]);
      expect(await row(other.id)).toMatchObject({ state: 'kept', ticket: 'C001' });
      // Those of the tests before at the same site, too.
      expect((await sweepAppointments(ground)).missed).toBeGreaterThanOrEqual(1);
      expect(await row(mine.id)).toMatchObject({ state: 'no-show', checks: '[]' });
      expect(await standing({ card: CARDS[2] })).toMatchObject({ missed: round, limitedUntil: round < 3 ? null : expect.any(String) });
      const [text] = await served.db.read.selectFrom('sms').select('words').where('cause_key', '=', `appointment/${mine.id}/missed`).execute();
      expect(text?.words).toMatch(round < 3 ? new RegExp(`90天内第${round}次。不影响您到现场取号`) : /90天内已3次，预约暂停至.*。不影响您到现场取号/);
    }
    const next = at(weekdayAhead(), 8, 30);
    expect(await book(next, holder(who))).toBe('limited');
    // Another person on the same phone, and the same person once the rest is over.
    expect(await book(next, holder({ card: CARDS[3], phone: who.phone }))).toMatchObject({ state: 'booked' });
    await set('appointment.rest', 0);
    expect(await book(next, holder(who))).toMatchObject({ state: 'booked' });
    await set('appointment.rest', 30);
    await pass(31 * DAY);
    expect(await book(at(weekdayAhead(2), 9, 30), holder(who))).toMatchObject({ state: 'booked' });
  }, 120_000);

  test('a list that comes late takes a no-show back; one that never comes counts for nothing; staff may say what they saw', async () => {
    const ground = served.hall.hall.ground;
    const phone = () => ({ phone: `1382222${String((serial += 1)).padStart(4, '0')}` });
    const date = weekdayAhead();
    const [first, second, third] = [await booked(at(date, 8, 30), holder(phone())), await booked(at(date, 9, 30), holder(phone())), await booked(at(date, 10, 30), holder(phone()))];
    const settle = async (id: string, came: boolean) => {
      const { body } = await wang.call('POST', `/appointments/${id}/settlement`, { came });
      return body.ok === true ? 'settled' : body.error.kind;
    };
    expect(await settle(first.id, true)).toBe('too-soon');
    await passTo(date, 12);
    expect([await settle(first.id, false), await settle(second.id, true), await settle(second.id, false)]).toEqual(['settled', 'settled', 'over']);
    expect([(await row(first.id)).state, (await row(second.id)).state]).toEqual(['no-show', 'kept']);
    expect(await settle(first.id, true)).toBe('settled');
    expect((await row(first.id)).state).toBe('kept');
    await pass(15 * DAY);
    await sweepAppointments(ground);
    expect((await row(third.id)).state).toBe('unsettled');
    await dayComes(date, [third]);
    expect(await row(third.id)).toMatchObject({ state: 'kept', ticket: 'C001' });
  });

  test('the list of a machine that was off since the morning makes nobody a no-show until the others had their time to come', async () => {
    const ground = served.hall.hall.ground;
    const date = weekdayAhead();
    const mine = await booked(at(date, 10, 30), holder({ phone: `1382333${String((serial += 1)).padStart(4, '0')}` }));
    await passTo(addNaturalDays(date, 1), 12);
    await dayComes(date, [], 10);
    await sweepAppointments(ground);
    expect((await row(mine.id)).state).toBe('booked');
    await pass(2 * DAY);
    await sweepAppointments(ground);
    expect((await row(mine.id)).state).toBe('no-show');
  });

  test('its holder is reminded once, a day before, and not when it was booked within that day', async () => {
    const ground = served.hall.hall.ground;
    await passTo(addNaturalDays(today(), 1), 9);
    const far = await booked(at(weekdayAhead(3), 9, 30), holder({ phone: '13833330001' }));
    await sweepAppointments(ground);
    const reminders = async (id: string) => (await served.db.read.selectFrom('sms').select('template').where('cause_key', 'like', `appointment/${id}/%/soon`).execute()).length;
    expect(await reminders(far.id)).toBe(0);
    await pass(Date.parse(far.from) - served.hall.clock.now() - 23 * 3_600_000);
    expect((await sweepAppointments(ground)).reminded).toBeGreaterThan(0);
    await sweepAppointments(ground);
    expect(await reminders(far.id)).toBe(1);
  });

  describe('at a terminal', () => {
    test('somebody with a card sees what is free, books, sees it, and cancels it; nobody cancels another’s', async () => {
      await passTo(addNaturalDays(today(), 1), 9);
      const card = CARDS[1];
      const { body: free } = await terminal.call('POST', '/appointments/slots', { site: SITE });
      expect(free.calendars.some((one: { calendar: { id: string } }) => one.calendar.id === calendar.id)).toBe(true);
      expect(free.rules).toMatchObject({ noShows: 3, within: 90, rest: 30, early: 30, late: 15 });
      const id = newId();
      const { body: done } = await terminal.call('POST', '/appointments', { id, calendar: calendar.id, from: at(weekdayAhead(), 8, 30), holder: holder({ card, phone: '' }) });
      expect(done.outcome).toMatchObject({ ok: true, value: { row: { id, way: 'terminal' }, standing: { missed: 0, limitedUntil: null } } });
      const mine = async (number: string) => ((await terminal.call('POST', '/appointments/mine', { card: number })).body.rows as AppointmentRow[]).filter((one) => one.id === id).map(({ state }) => state);
      expect([await mine(card), await mine(CARDS[3])]).toEqual([['booked'], []]);
      const cancel = async (number: string) => {
        const { outcome } = (await terminal.call('POST', '/appointments/cancellations', { id, card: number })).body;
        return outcome.ok === true ? 'cancelled' : outcome.error.kind;
      };
      expect(await cancel(CARDS[3])).toBe('unknown-appointment');
      expect(await cancel(card)).toBe('cancelled');
      expect(await mine(card)).toEqual(['cancelled']);
      expect((await terminal.call('POST', '/appointments/mine', { card }, { authorization: 'Bearer nobody-nobody-nobody-nobody' })).status).toBe(401);
    });
  });
});
