/** Appointments at a terminal: the real core, devices, line and hall; and the next day the real machine of a site, with the cable out. */
import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { inProject } from '../../build/paths.ts';
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import type { AppointmentRow } from '../../domain/contracts/appointments.ts';
import { ulid } from '../../domain/ids.ts';
import { lentLeft } from '../../domain/queue/ranges.ts';
import { saying } from '../../domain/queue/test-site.ts';
import { valuesOf } from '../../domain/queue/trie.ts';
import type { Port } from '../../main/core/port.ts';
import { serveTerminal } from '../../main/site/terminal-road.ts';
import { openTestSite, type SiteMachine, type TestSite } from '../fixtures/site.ts';
import { answerOf, ELDER_CARD, showCard, well } from '../rigs/citizen.ts';
import { signIn } from '../rigs/clerk.ts';
import { shiftClock } from '../rigs/clock.ts';
import { plainStates } from '../rigs/forensics.ts';
import { secretsOf } from '../rigs/machine.ts';
import { openWorld, type World } from '../rigs/world.ts';

const BUSINESS = 'social-security';
let made = 0;
const newUlid = () => ulid(Date.now(), new Uint8Array(10).fill((made += 1)));
const CALENDAR = newUlid();
const PHONE = '13800001234';
const HOUR = 3_600_000;
/** A hall tells of appointments whoever stands at their site. */
const PLACES = `
- machine: T330624-0001
  site: 新昌县沃洲镇便民服务中心
  address: 沃洲镇样板路 1 号
  latitude: 29.5
  longitude: 120.9
  open: 24h
`;
/** What the line sees of a booking on its way. */
const BOOKING = 'POST /api/v1/appointments HTTP';

const clock = shiftClock();
const tomorrow = addNaturalDays(civilDate(clock.now()), 1);
const at = (hour: number) => new Date(startOfDay(tomorrow) + hour * HOUR).toISOString();
let site: TestSite;
let machine: SiteMachine;
let world: World;

beforeAll(async () => {
  site = await openTestSite({ machines: 1, clock });
  machine = site.machines[0] as SiteMachine;
  world = await openWorld('appointments', { settings: { queue: site.config }, clock });
  await place(world.county);
  const admin = await signIn(world.county.hallUrl, 'admin', 'jinban-demo-admin');
  // Whatever day the test is run on.
  for (const date of [civilDate(clock.now()), tomorrow]) await admin.setLocalDay({ date, working: true, reason: '测试', running: false });
  await well(admin.saveBookingCalendar({ id: CALENDAR, site: world.terminal.terminal().site, business: BUSINESS, name: '社保', items: [ELDER_CARD], slots: [{ kind: 'extended', days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', until: '18:00', minutes: 30, capacity: 2 }], from: '2026-01-01', to: null, paused: false }));
}, 120_000);
afterAll(async () => {
  await world?.close();
  await site?.close();
});
afterEach(async () => {
  world.county.line.restore();
  await well(world.terminal.kiosk.end());
});

/** What county IT does at the hall, which stands still meanwhile. */
async function place(county: World['county']): Promise<void> {
  const file = join(county.folder, 'places.yaml');
  writeFileSync(file, PLACES);
  await county.killHall();
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', inProject('hall', 'main.ts'), '--data', join(county.folder, 'hall'), '--packs', inProject('packs'), '--places', file]);
  await county.startHall();
}

const rows = async (): Promise<AppointmentRow[]> => (await world.clerk.appointments({ site: world.terminal.terminal().site, day: tomorrow })).filter(({ state }) => state === 'booked');
const papers = () => readdirSync(world.county.tickets).filter((name) => name.endsWith('.png')).length;
const free = (kind: string) => world.terminal.see(`free times ${kind}`, ({ booking }) => booking?.free === kind);

/** From the first screen to the last look, for a time of tomorrow. */
async function toConfirm(hour: number, { card = null, phone = '', item = null }: { card?: string | null; phone?: string; item?: string | null } = {}): Promise<void> {
  const { terminal, county } = world;
  const { kiosk } = terminal;
  await terminal.seeTerminal('the line', ({ line }) => line === 'online');
  await well(kiosk.booking.begin({ item }));
  await free('known');
  if (item === null) await well(kiosk.booking.choose({ calendar: CALENDAR }));
  else await terminal.see('the times of the item', ({ step }) => step === 'booking-slot');
  await well(kiosk.booking.pick({ from: at(hour) }));
  if (card === null) await well(kiosk.go({ step: 'booking-phone', errand: 'booking' }));
  else await showCard(terminal, county, card);
  await terminal.see('the telephone', ({ step }) => step === 'booking-phone');
  await well(kiosk.booking.phone({ phone }));
}
const booked = () => world.terminal.see('it is booked', ({ step }) => step === 'booked');

test('by card, from an item: booked at the hall, printed with what to bring, seen under my appointments and cancelled; a second one of that day is refused with the first in sight', async () => {
  const before = papers();
  await toConfirm(10, { card: 'elder', item: ELDER_CARD });
  await well(world.terminal.kiosk.booking.book());
  const { booking } = await booked();
  const [row] = await rows();
  expect(booking?.booked).toMatchObject({ row: { id: row?.id, number: row?.number, from: at(10) }, opens: at(9.5), closes: at(10.25), cancelUntil: at(8) });
  await world.terminal.see('the paper', ({ prints, booking: now }) => prints.some(({ print, paper, state }) => print === now?.print && paper === 'appointment-slip' && state === 'printed'));
  await until('the paper in the tray', () => papers() === before + 1);
  await well(world.terminal.kiosk.end());

  await toConfirm(11, { card: 'elder' });
  await well(world.terminal.kiosk.booking.book());
  const refused = await world.terminal.see('the one that is held', ({ booking: now }) => now?.failure?.kind === 'holds-one' && now.mine?.kind === 'known');
  expect(refused.booking?.mine).toMatchObject({ rows: [{ id: row?.id, state: 'booked', mayChange: true }] });
  await well(world.terminal.kiosk.booking.mine());
  await well(world.terminal.kiosk.booking.cancel({ appointment: row?.id ?? '' }));
  await world.terminal.see('it is cancelled', ({ booking: now }) => now?.doing === null && now.mine?.kind === 'known' && now.mine.rows[0]?.state === 'cancelled');
  expect(await rows()).toEqual([]);
});

/** In how many states of the store's file somebody with disk and key would find it. */
function traces(needle: string): number {
  const { file, storeKey } = secretsOf(world.county);
  return plainStates(file, storeKey).filter((state) => state.includes(needle)).length;
}

test('the line breaks with the answer: nobody knows yet, and asked again it is the same appointment; the telephone goes with the visit', async () => {
  await toConfirm(12, { phone: '13800005678' });
  expect(traces('13800005678')).toBeGreaterThan(0);
  world.county.line.cutAnswerTo(BOOKING);
  await well(world.terminal.kiosk.booking.book());
  await world.terminal.see('that nobody knows', ({ booking }) => booking?.unsure === true);
  expect(world.terminal.view()).toMatchObject({ step: 'booking-confirm', prints: [], booking: { failure: null, booked: null } });
  const [row] = await rows();
  world.county.line.restore();
  await well(world.terminal.kiosk.booking.book());
  expect((await booked()).booking?.booked?.row.id).toBe(row?.id);
  expect(await rows()).toHaveLength(1);
  expect(JSON.stringify(await world.terminal.core.store.drafts.list())).not.toContain('13800005678');
  await well(world.terminal.kiosk.end());
  expect(traces('13800005678')).toBe(0);
});

test('core dies between asking and the answer: the next one asks for the same, and there is one appointment', async () => {
  const before = (await rows()).length;
  await toConfirm(13, { phone: '13800009012' });
  // The answers get lost on the way, so that core still waits when it dies.
  world.county.line.loseAnswers();
  await well(world.terminal.kiosk.booking.book());
  await until('the appointment at the hall', async () => (await rows()).length === before + 1);
  expect(world.terminal.view().booking?.doing).toBe('booking');
  await world.crashTerminal();
  const { booking } = await booked();
  const all = await rows();
  expect(all).toHaveLength(before + 1);
  expect(all.map(({ id }) => id)).toContain(booking?.booked?.row.id);
  expect(JSON.stringify(world.terminal.log)).not.toContain('13800009012');
});

test('with the cable out it says so, and asks nothing; the guide still knows that it can be booked', async () => {
  const before = (await rows()).length;
  await toConfirm(14, { phone: '13800003456' });
  world.county.line.cut();
  world.terminal.core.session.visit.nudge();
  await world.terminal.seeTerminal('no line', ({ line }) => line === 'offline');
  await well(world.terminal.kiosk.booking.book());
  await free('no-line');
  expect(world.terminal.view().booking).toMatchObject({ unsure: false, doing: null });
  expect(await answerOf(world.terminal.kiosk.booking.choose({ calendar: CALENDAR }))).toBe('wrong-step');
  expect(world.terminal.terminal().bookings).toEqual([{ calendar: CALENDAR, business: BUSINESS, items: [ELDER_CARD] }]);
  world.county.line.restore();
  await well(world.terminal.kiosk.booking.look());
  await free('known');
  expect(await rows()).toHaveLength(before);
});

test('the next day, with the cable out, whoever comes in time is known by their telephone, gets the number for it and is called before those without', async () => {
  await toConfirm(9, { phone: PHONE });
  await well(world.terminal.kiosk.booking.book());
  const id = (await booked()).booking?.booked?.row.id ?? '';
  await well(world.terminal.kiosk.end());
  await until('the day of tomorrow at the terminal', async () => (await world.terminal.core.store.appointments.on(tomorrow)).some((one) => one.id === id));
  world.county.line.cut();
  // A quarter to nine.
  await machine.stop();
  clock.forward(Date.parse(at(8.75)) - clock.now());
  await machine.start();
  const { port1, port2 } = new MessageChannel();
  world.terminal.core.connectSite(port1 as unknown as Port);
  serveTerminal(port2, { site: machine.site(), clock });
  await world.terminal.seeTerminal('the desk', ({ tickets }) => tickets?.desk != null);
  await until('lent numbers', () => {
    const lent = machine.site().tickets.local().numbers[BUSINESS];
    return lent !== undefined && lentLeft(lent, machine.machine) > 0;
  });
  const take = async (phone: string, checkIn: string) => {
    const { kiosk } = world.terminal;
    await well(kiosk.ticket.begin({ item: null }));
    await well(kiosk.ticket.choose({ business: BUSINESS }));
    await well(kiosk.go({ step: 'ticket-phone', errand: 'ticket' }));
    await well(kiosk.ticket.byPhone({ phone }));
    await world.terminal.see(`an appointment that is ${checkIn}`, ({ ticket }) => ticket?.checkIn.kind === checkIn);
    await well(kiosk.ticket.take());
    const { ticket } = await world.terminal.see('a number', ({ step }) => step === 'ticket');
    await well(kiosk.end());
    return ticket?.paper ?? null;
  };
  const first = await take('13800007777', 'none');
  expect(first?.appointment).toBeNull();
  const own = await take(PHONE, 'open');
  expect(own?.appointment).toEqual({ from: at(9), until: at(9.5) });
  // Theirs is in the afternoon.
  expect((await take('13800009012', 'none'))?.appointment).toBeNull();
  expect([...valuesOf(machine.site().tickets.local().tickets)].flatMap(({ appointment }) => appointment?.id ?? [])).toEqual([id]);
  // Nine o'clock: the first number was taken before, and the appointment's is called.
  clock.forward(Date.parse(at(9)) + 60_000 - clock.now());
  const counter = machine.client(await site.signIn('wang.li'));
  await well(counter.wish({ id: newUlid(), wish: saying({ kind: 'window-opened', window: 1, account: 'wang.li', businesses: [BUSINESS] }) }));
  expect(await counter.wish({ id: newUlid(), wish: { kind: 'next', window: 1 } })).toMatchObject({ ok: true, value: { code: own?.code } });
});
