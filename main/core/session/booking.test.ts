import { expect, test } from 'vitest';
import type { AppointmentRow, BookFailure, CalendarSlots } from '../../../domain/contracts/appointments.ts';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { mayPrint } from '../../../domain/print-ledger/ledger.ts';
import { PrintEntry } from '../../../domain/print-ledger/types.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { packItem } from '../../../test/fixtures/pack-item.ts';
import type { Job, Printing } from '../printing.ts';
import { beginBooking, book, bookingView, cancelBooking, chooseLine, holdBookingByPhone, identifiedForBooking, lookAgain, openMine, pickSlot, resumeBooking } from './booking.ts';
import { mayGoBooking, NO_NEWS } from './booking-state.ts';
import { printAgain } from './papers-of-visit.ts';
import { newSession, SessionState } from './state.ts';
import type { Visit } from './visit.ts';

const id = (number: number) => `01J5V1S1T${String(number).padStart(17, '0')}`;
const holder = CardHolder.parse({ card: 'resident', name: '张测试', sex: 'male', birth: '1991-03-02', number: '330624199103020016', validFrom: '2010-01-01', validTo: null, ethnicity: '01', address: '浙江省新昌县沃洲镇样板村1号', authority: '新昌县公安局' });
const PHONE = '13800001234';
const SITE = '儒岙镇便民服务中心';
const ELDER = packItem('elder-card');
const RULES = { ahead: 0, horizon: 14, cancel: 120, early: 30, late: 15, most: 3, noShows: 3, within: 90, rest: 30 };
const [NINE, TEN] = ['2026-11-24T01:00:00.000Z', '2026-11-24T02:00:00.000Z'];
const kind = (answer: Result<unknown, { kind: string }>) => (answer.ok ? 'ok' : answer.error.kind);

type Mood = 'answers' | 'silent' | 'books-and-dies' | 'old' | BookFailure;

/** A hall in the place of the real one: one appointment for an id, whoever asks how often. */
function playHall() {
  const calendar = (number: number, business: string, items: string[], free: number): CalendarSlots => ({
    calendar: { id: id(number), site: SITE, business, name: business === 'social' ? '社保' : '户籍', items },
    slots: [NINE, TEN].map((from, place) => ({ from, until: new Date(Date.parse(from) + 1_800_000).toISOString(), free: place === 0 ? free : free + 1, capacity: 4, extended: false })),
  });
  const calendars = [calendar(11, 'household', [], 0), calendar(12, 'social', [ELDER.code], 2)];
  const rows = new Map<string, AppointmentRow>();
  const asked: { id: string; from: string; holder: object }[] = [];
  let mood: Mood = 'answers';
  let changes = true;
  const away = () => (mood === 'silent' ? err({ kind: 'away' as const }) : mood === 'old' ? err({ kind: 'none' as const }) : null);
  return {
    rows, asked, calendars, is: (as: Mood) => void (mood = as), tooLate: () => void (changes = false),
    desk: {
      slots: async () => away() ?? ok({ calendars: structuredClone(calendars), rules: RULES }),
      async book(wanted: { id: string; calendar: string; from: string; holder: { name: string; card: string; phone: string } }) {
        asked.push(wanted);
        const silent = away();
        if (silent !== null) return silent;
        if (typeof mood === 'object') return ok(err(mood));
        const known = calendars.find((one) => one.calendar.id === wanted.calendar)?.calendar;
        const row = rows.get(wanted.id) ?? { id: wanted.id, number: `1124-00${rows.size + 1}`, calendar: wanted.calendar, site: SITE, business: known?.business ?? '', name: known?.name ?? '', from: wanted.from, until: TEN, state: 'booked' as const, way: 'terminal' as const, mayChange: true, holder: { name: '张**', card: '', phone: '' }, ticket: null };
        rows.set(wanted.id, row);
        return mood === 'books-and-dies' ? err({ kind: 'away' as const }) : ok(ok({ row, standing: { missed: 0, limitedUntil: null } }));
      },
      mine: async () => away() ?? ok({ rows: [...rows.values()], standing: { missed: 1, limitedUntil: null } }),
      async cancel({ id: which }: { id: string }) {
        const silent = away();
        if (silent !== null) return silent;
        const row = rows.get(which);
        if (row === undefined || !changes) return ok(err({ kind: row === undefined ? 'unknown-appointment' as const : 'too-late' as const }));
        rows.set(which, { ...row, state: 'cancelled' });
        return ok(ok(null));
      },
    },
  };
}

/** A visit over that hall and a ledger in memory. What is done behind the wishes is done when `rest` has ended. */
function machine(who: CardHolder | null = holder) {
  const clock = testClock();
  const hall = playHall();
  let state: SessionState = { ...newSession(id(1), 'boot', clock.now()), holder: who };
  let ids = 500;
  let online = true;
  const ledger: PrintEntry[] = [];
  let outcome: PrintEntry['state'] = 'printed';
  const jobs: Job[] = [];
  const log: object[] = [];
  const saved: string[] = [];
  const behind: Promise<void>[] = [];
  const put = async (part: Partial<SessionState>) => {
    state = { ...state, ...part };
    saved.push(JSON.stringify(state));
  };
  const visit = {
    state: () => state, change: put, show: put, refresh() {}, clock, newId: () => id((ids += 1)), log: (event: object) => log.push(event), online: () => online, bookingNews: NO_NEWS, appointments: hall.desk,
    behind<Answer>(work: Promise<Answer>, goOn: (answer: Answer) => Promise<void>) {
      behind.push(work.then(goOn));
    },
    queue: { desk: { get: () => ({ lines: [{ business: 'household', items: [] }, { business: 'social', items: [ELDER.code] }] }) } },
    currentItem: async (code: string) => (code === ELDER.code ? ELDER : null),
    config: { hallName: '新昌县政务服务中心', site: SITE, phone: '0575-86000000' },
  } as unknown as Visit;
  const printing = {
    ofCase: async (about: string) => ledger.filter((entry) => entry.case === about), all: async () => ledger,
    views: async (prints: string[]) => ledger.filter((entry) => prints.includes(entry.id)).map(({ id: print, paper, state: stands, reason }) => ({ print, paper, state: stands, reason })),
    async start(job: Job) {
      if (!mayPrint(ledger.filter((entry) => entry.case === job.case), job.paper)) return null;
      jobs.push(job);
      const entry = PrintEntry.parse({ id: id(1000 + ledger.length), case: job.case, paper: job.paper, session: job.session, state: outcome, reason: '', host: null, licence: '', history: [{ state: 'reserved', at: new Date(clock.now()).toISOString(), by: 'core' }] });
      ledger.push(entry);
      return entry.id;
    },
  } as unknown as Printing;
  const rest = async () => {
    while (behind.length > 0) await behind.shift();
  };
  /** A wish, and all that comes of it. */
  const wish = async (answer: Promise<Result<unknown, { kind: string }>>) => {
    const said = kind(await answer);
    await rest();
    return said;
  };
  return {
    hall, clock, jobs, log, saved, ledger, state: () => state, put, rest, cut: () => void (online = false), ends: (as: PrintEntry['state']) => void (outcome = as),
    view: () => bookingView(visit, printing, state),
    begin: (item: string | null = null) => wish(beginBooking(visit, { item })),
    look: () => wish(lookAgain(visit)),
    choose: (number = 12) => wish(chooseLine(visit, id(number))),
    pick: (from = NINE) => wish(pickSlot(visit, from)),
    phone: (typed: string) => wish(holdBookingByPhone(visit, typed)),
    book: () => wish(book(visit, printing)),
    mine: () => wish(openMine(visit)),
    cancel: (which: string) => wish(cancelBooking(visit, which)),
    card: (read: CardHolder) => identifiedForBooking(visit, read).then(rest),
    again: () => wish(printAgain(visit, printing, state.prints[0] as PrintEntry['id'])),
    /** Another core, on what the first had written down. */
    async dies() {
      state = SessionState.parse(JSON.parse(saved.at(-1) ?? ''));
      visit.bookingNews = NO_NEWS;
      await resumeBooking(visit, printing);
      await rest();
    },
    toConfirm: async (phone = '') => {
      const said = [await wish(beginBooking(visit, { item: null })), await wish(chooseLine(visit, id(12))), await wish(pickSlot(visit, NINE)), await wish(holdBookingByPhone(visit, phone))];
      expect([said, state.step]).toEqual([['ok', 'ok', 'ok', 'ok'], 'booking-confirm']);
    },
  };
}

test('by card: business, time, no telephone, booked; its paper says when to come, until when it may be cancelled and what to bring, and nobody’s name', async () => {
  const { begin, pick, phone, book, state, view, hall, jobs, log, saved } = machine();
  // From an item its business is chosen already.
  expect([await begin(ELDER.code), state().step, (await view())?.chosen?.name]).toEqual(['ok', 'booking-slot', '社保']);
  expect([await pick(), state().step, await phone(''), state().step]).toEqual(['ok', 'booking-phone', 'ok', 'booking-confirm']);
  expect([await book(), state().step]).toEqual(['ok', 'booked']);
  expect(hall.asked).toEqual([{ id: expect.any(String), calendar: id(12), from: NINE, holder: { name: holder.name, card: holder.number, phone: '' } }]);
  expect((await view())?.booked).toMatchObject({ row: { number: '1124-001' }, opens: '2026-11-24T00:30:00.000Z', closes: '2026-11-24T01:15:00.000Z', cancelUntil: '2026-11-23T23:00:00.000Z' });
  expect(jobs).toMatchObject([{ paper: 'appointment-slip', case: hall.asked[0]?.id, content: { ticket: { kind: 'appointment-slip', number: '1124-001', business: '社保', bring: { item: ELDER.name } } } }]);
  expect((await view())?.print).toBe(state().prints[0]);
  for (const told of [JSON.stringify(jobs), JSON.stringify(log)]) for (const secret of [holder.number, holder.name]) expect(told).not.toContain(secret);
  expect(saved.length).toBeGreaterThan(4);
});

test('a telephone is in the draft until it is booked, and nowhere else; without a card it stands in its place', async () => {
  const { begin, choose, pick, phone, book, state, hall, saved, log, view } = machine(null);
  await begin();
  await choose();
  expect([await pick(), state().step]).toEqual(['ok', 'identify']);
  for (const wrong of ['', '1380000123', '0575-86000000']) expect([wrong, await phone(wrong), (await view())?.wrongPhone]).toEqual([wrong, 'incomplete', true]);
  expect([await phone(PHONE), state().step, await book(), state().step]).toEqual(['ok', 'booking-confirm', 'ok', 'booked']);
  expect(hall.asked[0]?.holder).toEqual({ name: '', card: '', phone: PHONE });
  expect([saved.at(-1)?.includes(PHONE), JSON.stringify(log).includes(PHONE), JSON.stringify(await view()).includes(PHONE)]).toEqual([false, false, false]);
});

test('the id is written down before the hall is asked: no answer is no failure, asked again it is the same one, and meanwhile nothing else is chosen', async () => {
  const { toConfirm, book, state, view, hall, saved, choose, pick, phone, mine, begin } = machine();
  await toConfirm();
  hall.is('books-and-dies');
  expect([await book(), state().step]).toEqual(['ok', 'booking-confirm']);
  expect(await view()).toMatchObject({ unsure: true, failure: null, booked: null });
  expect(saved.some((draft) => draft.includes(hall.asked[0]?.id ?? '-'))).toBe(true);
  expect([await choose(), await pick(), await phone(''), await mine()]).toEqual(['wrong-step', 'slot-gone', 'wrong-step', 'wrong-step']);
  expect(mayGoBooking(state(), 'booking-slot')).toEqual({ kind: 'wrong-step' });
  expect([await begin(), state().step, state().booking?.asked]).toEqual(['ok', 'booking-confirm', hall.asked[0]?.id]);
  hall.is('answers');
  expect([await book(), state().step, hall.asked.length, hall.rows.size, new Set(hall.asked.map((one) => one.id)).size]).toEqual(['ok', 'booked', 2, 1, 1]);
});

test('core dies between asking and the answer: the next one asks for the same, and there is one appointment with one paper', async () => {
  const { toConfirm, book, state, hall, dies, jobs } = machine();
  await toConfirm();
  hall.is('books-and-dies');
  await book();
  hall.is('answers');
  await dies();
  expect([state().step, hall.rows.size, state().booking?.asked, jobs.length]).toEqual(['booked', 1, null, 1]);
  await dies();
  expect(jobs.length).toBe(1);
});

test.each([
  ['full', 'booking-slot'], ['no-slot', 'booking-slot'], ['too-soon', 'booking-slot'], ['too-late', 'booking-slot'], ['too-far', 'booking-slot'], ['unknown-calendar', 'booking'],
  ['holds-one', 'booking-confirm'], ['too-many', 'booking-confirm'], ['bad-card', 'booking-confirm'], ['bad-phone', 'booking-phone'], ['no-holder', 'booking-phone'],
] as const)('refused as %s: it is said where something can be done about it, what is free is asked for anew, and the next try is another', async (failure, step) => {
  const { toConfirm, book, state, view, hall, put } = machine();
  await toConfirm();
  hall.is({ kind: failure });
  hall.calendars[1]?.slots.splice(0, 1);
  expect([await book(), state().step]).toEqual(['ok', step]);
  expect(await view()).toMatchObject({ failure: { kind: failure }, unsure: false, wrongPhone: failure === 'bad-phone', chosen: { slots: [{ from: TEN }] } });
  if (failure === 'holds-one' || failure === 'too-many') expect((await view())?.mine).toMatchObject({ kind: 'known' });
  const first = hall.asked[0]?.id;
  hall.is('answers');
  await put({ step: 'booking-confirm' });
  await book();
  expect([hall.asked[1]?.id === first, state().step]).toEqual([false, 'booked']);
});

test('so near that it cannot be cancelled any more: no time is named until when', async () => {
  const { toConfirm, book, view, clock } = machine();
  await toConfirm();
  clock.advance(Date.parse(NINE) - clock.now() - 7_200_000 + 1);
  await book();
  expect((await view())?.booked).toMatchObject({ row: { from: NINE }, cancelUntil: null });
});

test('booking that rests says until when', async () => {
  const { toConfirm, book, hall, view } = machine();
  await toConfirm();
  hall.is({ kind: 'limited', until: '2026-12-20T01:00:00.000Z' });
  await book();
  expect((await view())?.failure).toEqual({ kind: 'limited', until: '2026-12-20T01:00:00.000Z' });
});

test('without a line nothing is asked and nothing is open; a hall without appointments says so', async () => {
  const { toConfirm, book, hall, view, cut, state, begin, look } = machine();
  await toConfirm();
  cut();
  expect([await book(), hall.asked, state().booking?.asked, (await view())?.free]).toEqual(['ok', [], null, 'no-line']);
  hall.is('silent');
  expect([await begin(), (await view())?.free, (await view())?.lines]).toEqual(['ok', 'no-line', []]);
  hall.is('answers');
  expect([await look(), (await view())?.free, (await view())?.lines]).toEqual(['ok', 'known', [{ calendar: id(11), name: '户籍', free: 1, next: TEN }, { calendar: id(12), name: '社保', free: 5, next: NINE }]]);
  hall.is('old');
  expect([await look(), (await view())?.free]).toEqual(['ok', 'none']);
});

test('a time that is full is not taken, and one that nobody offers neither', async () => {
  const { begin, choose, pick, state } = machine();
  await begin();
  await choose(11);
  expect([await pick(NINE), await pick('2026-11-25T01:00:00.000Z'), await pick(TEN), state().step]).toEqual(['slot-gone', 'slot-gone', 'ok', 'booking-phone']);
});

test('my appointments: the card is asked for first; cancelled in time, and what it means where it is too late or nobody answers', async () => {
  const { begin, mine, card, state, view, hall, toConfirm, book, cancel, put } = machine();
  await toConfirm();
  await book();
  const booked = hall.asked[0]?.id ?? '';
  await put({ holder: null });
  await begin();
  expect([await mine(), state().step, (await view())?.mine]).toEqual(['ok', 'identify', null]);
  await card(holder);
  expect([state().step, (await view())?.mine]).toMatchObject(['my-bookings', { kind: 'known', rows: [{ id: booked, state: 'booked' }], standing: { missed: 1 } }]);
  hall.is('silent');
  expect([await cancel(booked), (await view())?.trouble]).toEqual(['ok', { kind: 'away' }]);
  hall.is('answers');
  expect([await cancel(id(9)), (await view())?.trouble]).toEqual(['ok', { kind: 'unknown-appointment' }]);
  expect([await cancel(booked), (await view())?.trouble, (await view())?.mine]).toMatchObject(['ok', null, { rows: [{ state: 'cancelled' }] }]);
  hall.tooLate();
  expect([await cancel(booked), (await view())?.trouble]).toEqual(['ok', { kind: 'too-late' }]);
});

test('a paper that did not come out is tried again in its place; one that did is not', async () => {
  const { toConfirm, book, ends, again, ledger, state, jobs } = machine();
  await toConfirm();
  ends('not-printed');
  await book();
  ends('printed');
  expect([await again(), jobs.length, state().prints]).toEqual(['ok', 2, [ledger[1]?.id]]);
  expect([await again(), jobs.length]).toEqual(['wrong-step', 2]);
});
