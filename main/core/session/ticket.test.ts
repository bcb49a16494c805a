import { afterEach, expect, test, vi } from 'vitest';
import { queueHolder } from '../../../crypto/queue-holder.ts';
import { hashPassword } from '../../../crypto/passwords.ts';
import type { SiteAppointment } from '../../../domain/contracts/appointments.ts';
import { SiteConfig } from '../../../domain/contracts/site-config.ts';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { CaseId } from '../../../domain/ids.ts';
import { mayPrint, mayPrintCopy } from '../../../domain/print-ledger/ledger.ts';
import { PrintEntry } from '../../../domain/print-ledger/types.ts';
import { siteRules } from '../../../domain/queue/test-site.ts';
import type { Result } from '../../../domain/result.ts';
import { playQueue } from '../../../test/fixtures/played-queue.ts';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import type { Job, Printing } from '../printing.ts';
import { createSiteRoad } from '../site-road.ts';
import { printAgain } from './papers-of-visit.ts';
import { newSession, type SessionState } from './state.ts';
import { beginTicket, chooseBusiness, giveUpTicket, holdByPhone, letGo, prioritise, printTicketCopy, resumeTicket, takeTicket, ticketView } from './ticket.ts';
import type { Visit } from './visit.ts';

const KEY = Buffer.alloc(32, 9).toString('base64');
const DAY = '2026-11-23';
const WATER = '11330624002600026L4000131001009';
const id = (number: number) => `01J5V1S1T${String(number).padStart(17, '0')}`;
/** 75 on the day of the test. */
const old = CardHolder.parse({ card: 'resident', name: '张测试', sex: 'male', birth: '1951-03-02', number: '330624195103020016', validFrom: '2010-01-01', validTo: null, ethnicity: '01', address: '浙江省新昌县沃洲镇样板村1号', authority: '新昌县公安局' });
const young = CardHolder.parse({ ...old, birth: '1991-03-02', number: '330624199103020016' });
const PHONE = '13800001234';
const kind = (answer: Result<unknown, { kind: string }>) => (answer.ok ? 'ok' : answer.error.kind);

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A visit over a queue at the wire and a ledger in memory. */
async function machine(change: { ordinaryEvery?: number; holder?: CardHolder | null; appointments?: readonly SiteAppointment[] } = {}) {
  const clock = testClock();
  const road = createSiteRoad({ clock });
  const queue = playQueue(road);
  open.push(road.close, queue.die);
  queue.connect();
  await vi.waitFor(() => expect(road.desk.get()).not.toBeNull());
  const config = SiteConfig.parse({ listen: { host: '127.0.0.1' }, rules: siteRules({ ordinaryEvery: change.ordinaryEvery ?? 3, missed: { kind: 'end', times: 1 } }), holderKey: KEY });
  let state: SessionState = { ...newSession(id(1), 'boot', clock.now()), holder: change.holder === undefined ? old : change.holder };
  let ids = 500;
  let outcome: PrintEntry['state'] = 'printed';
  const ledger: PrintEntry[] = [];
  const jobs: Job[] = [];
  const put = async (part: Partial<SessionState>) => void (state = { ...state, ...part });
  const log: object[] = [];
  let looking: Promise<void> = Promise.resolve();
  const visit = {
    checkIn: null,
    behind<Answer>(work: Promise<Answer>, goOn: (answer: Answer) => Promise<void>) {
      looking = work.then(goOn);
    },
    state: () => state, change: put, show: put, clock, newId: () => id((ids += 1)), log: (event: object) => log.push(event), queue: road, store: { appointments: { on: async () => change.appointments ?? [] } },
    config: { hallName: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000', queue: config },
  } as unknown as Visit;
  const printing = {
    ofCase: async (about: string) => ledger.filter((entry) => entry.case === about), all: async () => ledger,
    views: async (prints: string[]) => ledger.filter((entry) => prints.includes(entry.id)).map(({ id: print, paper, state: stands, reason }) => ({ print, paper, state: stands, reason })),
    async start(job: Job) {
      const before = ledger.filter((entry) => entry.case === job.case);
      if (!(job.copy === true ? mayPrintCopy(before) : mayPrint(before, job.paper))) return null;
      jobs.push(job);
      const entry = PrintEntry.parse({ id: id(1000 + ledger.length), case: job.case, paper: job.paper, session: job.session, state: outcome, reason: '', host: null, licence: '', history: [{ state: 'reserved', at: new Date(clock.now()).toISOString(), by: 'core' }] });
      ledger.push(entry);
      return entry.id;
    },
  } as unknown as Printing;
  return {
    queue, road, clock, jobs, ledger, log, state: () => state, put,
    ends: (as: PrintEntry['state']) => void (outcome = as),
    view: () => ticketView(visit, printing, state),
    begin: async (item: string | null = null) => kind(await beginTicket(visit, { item })),
    choose: async (business = 'household') => kind(await chooseBusiness(visit, business)),
    phone: async (typed: string) => kind(await holdByPhone(visit, typed)),
    prioritise: async (priority: Parameters<typeof prioritise>[1]) => kind(await prioritise(visit, priority)),
    take: async () => kind(await takeTicket(visit, printing)),
    copy: async () => kind(await printTicketCopy(visit, printing, state.ticket?.shown?.ticket ?? '')),
    again: async (print: string) => kind(await printAgain(visit, printing, print as PrintEntry['id'])),
    giveUp: async () => kind(await giveUpTicket(visit)),
    end: () => letGo(visit, state.ticket),
    /** The hashes are tried. */
    looked: () => looking,
    /** Another core, on what the first had written down. */
    dies: async () => {
      visit.checkIn = null;
      await resumeTicket(visit, printing);
    },
    /** The next person, or the same one on another visit. */
    next: (holder: CardHolder | null) => void (state = { ...newSession(id(2), 'boot', clock.now()), holder }),
  };
}

test('by card: the queue learns a keyed hash and no number, the age is offered to go first, and the paper has no name on it', async () => {
  const { begin, choose, take, state, queue, jobs, view, log } = await machine();
  expect([await begin(), state().step, state().errand]).toEqual(['ok', 'tickets', 'ticket']);
  expect([await choose(), state().step]).toEqual(['ok', 'ticket-confirm']);
  expect(await view()).toMatchObject({ business: 'household', way: 'card', priority: 'elderly', offers: ['elderly', 'disabled', 'expecting', 'military'], paper: null });
  expect([await take(), state().step]).toEqual(['ok', 'ticket']);
  expect(queue.asked).toEqual([{ ticket: state().ticket?.papers[0]?.ticket, business: 'household', holder: queueHolder(KEY, DAY, old.number), way: 'card', priority: 'elderly', appointment: null, case: null }]);
  expect(await view()).toMatchObject({ paper: { code: 'A001' }, held: false, copies: false, print: state().prints[0], missed: { kind: 'end', times: 1 } });
  expect(jobs).toMatchObject([{ paper: 'queue-ticket', case: state().ticket?.papers[0]?.ticket, content: { kind: 'ticket', ticket: { kind: 'queue-ticket', code: 'A001', business: '户籍与身份证', missed: { kind: 'end', times: 1 } } } }]);
  for (const told of [JSON.stringify(queue.asked), JSON.stringify(jobs), JSON.stringify(log)]) for (const secret of [old.number, old.name, KEY]) expect(told).not.toContain(secret);
  // It was taken: the same screen takes no second one.
  expect(await take()).toBe('wrong-step');
});

test('by telephone: only a mobile number, which is written down nowhere; two people of one number are one holder', async () => {
  const { begin, choose, phone, take, state, queue, view, next } = await machine({ holder: null });
  await begin();
  expect([await choose(), state().step, await take()]).toEqual(['ok', 'identify', 'wrong-step']);
  for (const wrong of ['', '1380000123', '0575-86000000', '23800001234']) expect([wrong, await phone(wrong), (await view())?.wrongPhone]).toEqual([wrong, 'incomplete', true]);
  expect([await phone(PHONE), state().step, (await view())?.wrongPhone, JSON.stringify(state()).includes(PHONE)]).toEqual(['ok', 'ticket-confirm', false, false]);
  expect((await view())?.priority).toBeNull();
  expect([await take(), queue.asked[0]]).toMatchObject(['ok', { way: 'phone', priority: null, holder: queueHolder(KEY, DAY, PHONE) }]);
  next(null);
  await begin();
  await choose();
  await phone(`138 0000 1234`);
  expect([await take(), (await view())?.held]).toEqual(['ok', true]);
});

test('whoever holds one is shown it; its paper is printed again by wish, three times in all, and not while nobody knows of the last one whether it came out', async () => {
  const { begin, choose, take, state, view, copy, next, ledger, jobs, again, ends } = await machine();
  const take2 = async () => [await begin(), await choose(), await take()];
  await take2();
  next(old);
  expect([...(await take2()), state().step, state().prints]).toEqual(['ok', 'ok', 'ok', 'ticket', []]);
  expect(await view()).toMatchObject({ held: true, copies: true, print: null, paper: { code: 'A001' } });
  ends('unknown');
  expect([await copy(), jobs.length, (await view())?.copies]).toEqual(['ok', 2, false]);
  // Another visit: what is open is asked about, and nothing is printed.
  next(old);
  await take2();
  expect([state().prints, await copy(), jobs.length]).toEqual([[ledger[1]?.id], 'ok', 2]);
  // Somebody says that it did not come out: it may be tried again, and takes the same place.
  Object.assign(ledger[1] ?? {}, { state: 'not-printed' });
  ends('printed');
  expect([await again(state().prints[0] ?? ''), state().prints, jobs.length]).toEqual(['ok', [ledger[2]?.id], 3]);
  next(old);
  await take2();
  expect([await copy(), jobs.length]).toEqual(['ok', 4]);
  next(old);
  await take2();
  expect([(await view())?.copies, await copy(), jobs.length]).toEqual([false, 'enough-printed', 4]);
});

test('a queue that does not answer may have given the number or not: asked again it is the same one, and one that nobody was shown is given up', async () => {
  const { begin, choose, take, state, queue, road, end } = await machine();
  await begin();
  await choose();
  queue.is('dies-with-the-answer');
  expect([await take(), state().step]).toEqual(['queue-away', 'ticket-confirm']);
  const asked = state().ticket?.asked;
  expect([await take(), queue.asked.length]).toEqual(['queue-away', 1]);
  queue.is('answers');
  queue.connect();
  expect([await take(), state().ticket?.papers[0]?.ticket, state().ticket?.shown?.held, queue.papers.size]).toEqual(['ok', asked, false, 1]);
  end();
  await choose('water');
  queue.is('dies-with-the-answer');
  expect([await take(), queue.left]).toEqual(['queue-away', []]);
  const ghost = state().ticket?.asked;
  queue.is('answers');
  queue.connect();
  await vi.waitFor(() => expect(road.desk.get()).not.toBeNull());
  end();
  await vi.waitFor(() => expect(queue.left).toEqual([ghost]));
  expect(queue.papers.size).toBe(1);
});

test.each([['closed', 'tickets-closed'], ['no-numbers', 'no-numbers'], ['disk-full', 'store-full'], ['unknown-business', 'unknown-business']] as const)('a queue that is %s gives no number, and says so', async (mood, refused) => {
  const { begin, choose, take, state, queue, jobs } = await machine();
  await begin();
  await choose();
  queue.is(mood);
  expect([await take(), state().step, jobs]).toEqual([refused, 'ticket-confirm', []]);
});

test('from an item to its business; the case that was handed in goes along, and what was only begun does not; nothing begins where no numbers are given', async () => {
  const { begin, choose, state, take, queue, put, road } = await machine();
  await put({ case: CaseId.parse(id(7)) });
  expect([await begin(WATER), state().step, state().ticket?.business]).toEqual(['ok', 'ticket-confirm', 'water']);
  await take();
  await put({ handedIn: CaseId.parse(id(8)) });
  expect([await begin('another item'), state().ticket?.business, await take()]).toEqual(['ok', 'household', 'ok']);
  expect(queue.asked.map((wish) => wish.case)).toEqual([null, id(8)]);
  // Both papers stay with the visit, so that either is tried again.
  expect(state().ticket?.papers).toHaveLength(2);
  queue.tell({ open: false });
  await vi.waitFor(() => expect(road.desk.get()?.open).toBe(false));
  expect([await begin(WATER), state().step]).toEqual(['ok', 'tickets']);
  expect(await choose('estate')).toBe('unknown-business');
  queue.die();
  await vi.waitFor(() => expect(road.desk.get()).toBeNull());
  expect(await begin()).toBe('queue-away');
});

test('going first is offered to whom it can be, and to nobody where the site lets nobody', async () => {
  const { begin, choose, view, prioritise: goFirst } = await machine({ holder: young });
  await begin();
  await choose();
  expect(await view()).toMatchObject({ priority: null, offers: ['disabled', 'expecting', 'military'] });
  expect([await goFirst('elderly'), await goFirst('expecting'), (await view())?.priority, await goFirst(null), (await view())?.priority]).toEqual(['wrong-step', 'ok', 'expecting', 'ok', null]);
  const plain = await machine({ ordinaryEvery: 1 });
  await plain.begin();
  await plain.choose();
  expect([await plain.view(), await plain.prioritise('elderly')]).toMatchObject([{ priority: null, offers: [] }, 'wrong-step']);
});

test('who waits no longer gives it up, and may take another', async () => {
  const { begin, choose, take, giveUp, state, queue } = await machine();
  await begin();
  await choose();
  expect(await giveUp()).toBe('wrong-step');
  await take();
  const first = state().ticket?.papers[0]?.ticket;
  expect([await giveUp(), state().step, queue.left, state().ticket?.papers]).toEqual(['ok', 'goodbye', [first], []]);
  await begin();
  await choose();
  expect([await take(), state().ticket?.shown?.held]).toEqual(['ok', false]);
});

test('who comes in time for an appointment of that business is taken for it, by card or by telephone; anybody else, and at any other business, takes a number like all', async () => {
  // The hall's hashes are dearer; what fits is the same. Nine o'clock, and the slot begins then.
  const checks = await Promise.all([old.number, PHONE].map((number) => hashPassword(number, { ln: 4, r: 8, p: 1 })));
  const booked: SiteAppointment = { id: id(77), number: '1123-001', business: 'household', name: '户籍与身份证', from: `${DAY}T01:00:00.000Z`, until: `${DAY}T02:00:00.000Z`, opens: `${DAY}T00:30:00.000Z`, closes: `${DAY}T01:15:00.000Z`, checks };
  const taken = { way: 'appointment', appointment: { id: booked.id, from: booked.from, until: booked.until } };
  const byCard = await machine({ appointments: [booked] });
  await byCard.begin();
  await byCard.choose();
  expect([await byCard.take(), byCard.queue.asked[0]]).toMatchObject(['ok', { ...taken, business: 'household', holder: queueHolder(KEY, DAY, old.number) }]);
  await byCard.begin();
  await byCard.choose('water');
  expect([await byCard.take(), byCard.queue.asked[1]]).toMatchObject(['ok', { business: 'water', way: 'card', appointment: null }]);
  byCard.next(young);
  await byCard.begin();
  await byCard.choose();
  expect([await byCard.take(), byCard.queue.asked[2]]).toMatchObject(['ok', { way: 'card', appointment: null }]);

  const byPhone = await machine({ holder: null, appointments: [booked] });
  await byPhone.begin();
  await byPhone.choose();
  await byPhone.phone(PHONE);
  expect(JSON.stringify(byPhone.state())).not.toContain(PHONE);
  expect([await byPhone.take(), byPhone.queue.asked[0]]).toMatchObject(['ok', { ...taken, holder: queueHolder(KEY, DAY, PHONE) }]);

  // Too late for it, and a number all the same.
  const late = await machine({ appointments: [{ ...booked, closes: `${DAY}T00:59:00.000Z` }] });
  await late.begin();
  await late.choose();
  expect([await late.take(), late.queue.asked[0]]).toMatchObject(['ok', { way: 'card', appointment: null }]);
});

test('the last look says whether there is an appointment: at once that it is looked for, then open, early, late, or of another business; a number is given in each', async () => {
  const checks = [await hashPassword(old.number, { ln: 4, r: 8, p: 1 })];
  // Nine o'clock.
  const at = (opens: string, closes: string, business = 'household'): SiteAppointment => ({ id: id(77), number: '1123-001', business, name: '户籍与身份证', from: `${DAY}T01:00:00.000Z`, until: `${DAY}T02:00:00.000Z`, opens: `${DAY}T${opens}:00.000Z`, closes: `${DAY}T${closes}:00.000Z`, checks });
  const cases = [[at('00:30', '01:15'), { kind: 'open', own: true }], [at('01:01', '01:15'), { kind: 'early', own: true }], [at('00:30', '00:59'), { kind: 'late', own: true }], [at('00:30', '01:15', 'water'), { kind: 'open', own: false }]] as const;
  for (const [booked, said] of cases) {
    const one = await machine({ appointments: [booked] });
    await one.begin();
    await one.choose();
    expect((await one.view())?.checkIn).toEqual({ kind: 'looking' });
    await one.looked();
    expect((await one.view())?.checkIn).toMatchObject({ ...said, number: '1123-001', opens: booked.opens, closes: booked.closes });
    expect([await one.take(), one.queue.asked[0]?.appointment === null]).toEqual(['ok', said.kind !== 'open' || !said.own]);
    expect(JSON.stringify(one.state())).not.toContain(checks[0]);
  }
  const none = await machine({ holder: young, appointments: [cases[0][0]] });
  await none.begin();
  await none.choose();
  await none.looked();
  expect((await none.view())?.checkIn).toEqual({ kind: 'none' });
});

test('of two appointments the one of the business that the number is for is found', async () => {
  const checks = [await hashPassword(old.number, { ln: 4, r: 8, p: 1 })];
  const open = { name: '', from: `${DAY}T01:00:00.000Z`, until: `${DAY}T02:00:00.000Z`, opens: `${DAY}T00:30:00.000Z`, closes: `${DAY}T01:15:00.000Z`, checks };
  const { begin, choose, take, queue } = await machine({ appointments: [{ ...open, id: id(70), number: '1123-001', business: 'household' }, { ...open, id: id(71), number: '1123-002', business: 'water' }] });
  await begin();
  await choose('water');
  expect([await take(), queue.asked[0]?.appointment?.id]).toEqual(['ok', id(71)]);
});

test('core dies while it looks: a card is tried again, and a telephone number, which is written down nowhere, is asked for once more', async () => {
  const checks = await Promise.all([old.number, PHONE].map((number) => hashPassword(number, { ln: 4, r: 8, p: 1 })));
  const booked: SiteAppointment = { id: id(77), number: '1123-001', business: 'household', name: '', from: `${DAY}T01:00:00.000Z`, until: `${DAY}T02:00:00.000Z`, opens: `${DAY}T00:30:00.000Z`, closes: `${DAY}T01:15:00.000Z`, checks };
  const byCard = await machine({ appointments: [booked] });
  await byCard.begin();
  await byCard.choose();
  await byCard.put({ ticket: { ...(byCard.state().ticket as NonNullable<SessionState['ticket']>), appointment: null } });
  await byCard.dies();
  expect([await byCard.take(), byCard.queue.asked[0]?.appointment?.id]).toEqual(['ok', booked.id]);

  const byPhone = await machine({ holder: null, appointments: [booked] });
  await byPhone.begin();
  await byPhone.choose();
  await byPhone.put({ step: 'ticket-confirm', ticket: { ...(byPhone.state().ticket as NonNullable<SessionState['ticket']>), byPhone: 'a'.repeat(64), appointment: null } });
  await byPhone.dies();
  expect([byPhone.state().step, byPhone.state().ticket?.byPhone]).toEqual(['ticket-phone', null]);
});
