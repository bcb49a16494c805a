import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SiteDayPiece } from '../../domain/contracts/site-days.ts';
import { CaseId, type MachineId } from '../../domain/ids.ts';
import { simulateMorning } from '../../domain/queue/test-morning.ts';
import { saying, siteRules, taking, tellDay } from '../../domain/queue/test-site.ts';
import type { QueueEntry } from '../../domain/queue/types.ts';
import { ELDER_CARD, elderCardHandIn, PGLITE, POSTGRES, signInAt, type TestConsole, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { keepPlaces } from '../fleet/places.ts';
import { storedEntries } from './entries.ts';
import { sweepCounterRatings } from './ratings.ts';

const DAY = '2026-11-23';
const morning = simulateMorning(5);
let serial = 0;

describe.each([PGLITE, POSTGRES])('the days of a site on $name', (databases) => {
  const served = hallOfSuite(databases);
  let [one, two] = [null as unknown as TestTerminal, null as unknown as TestTerminal];
  let site = '';
  beforeAll(async () => {
    [one, two] = [await served.freshTerminal(), await served.freshTerminal()];
  }, 180_000);
  beforeEach(() => {
    site = `网点${(serial += 1)}`;
  });

  const piece = (from: number, to: number, change: Partial<SiteDayPiece> = {}): SiteDayPiece => ({ site, day: DAY, rules: from === 1 ? morning.rules : null, from, entries: morning.entries.slice(from - 1, to), over: false, ...change });
  const bring = async (by: TestTerminal, what: SiteDayPiece) => {
    const { status, body } = await by.call('POST', '/site-days', what);
    if (status !== 200) return status;
    return body.outcome.ok === true ? body.outcome.value.entries : body.outcome.error;
  };
  const stands = async (days = [DAY]) => (await one.call('POST', '/site-days/stands', { site, days })).body.days;
  const dayRow = () => served.db.read.selectFrom('site_day').selectAll().where('site', '=', site).where('day', '=', DAY).executeTakeFirstOrThrow();
  const refusals = async () => (await served.db.read.selectFrom('deed').selectAll().where('what', '=', 'queue.refuse').execute()).filter(({ body }) => JSON.parse(body).site === site);

  test('pieces come from any machine, twice and overlapping, and every entry stands once at its place with who brought it', async () => {
    expect(await stands()).toEqual([{ day: DAY, entries: 0, rules: false, over: false }]);
    expect(await bring(one, piece(1, 100, { rules: null }))).toEqual({ kind: 'rules-missing' });
    expect(await bring(one, piece(101, 150, { rules: morning.rules }))).toEqual({ kind: 'gap', entries: 0 });
    expect(await bring(one, piece(1, 100))).toBe(100);
    expect(await bring(two, piece(1, 100))).toBe(100);
    expect(await bring(two, piece(51, 180))).toBe(180);
    expect(await bring(one, piece(201, 210))).toEqual({ kind: 'gap', entries: 180 });
    expect(await bring(one, piece(101, 150, { over: true }))).toBe(180);
    expect(await stands()).toEqual([{ day: DAY, entries: 180, rules: true, over: false }]);
    const count = 380;
    expect(await bring(one, piece(181, count, { over: true }))).toBe(count);
    expect(await stands(['2026-11-22', DAY])).toEqual([{ day: '2026-11-22', entries: 0, rules: false, over: false }, { day: DAY, entries: count, rules: true, over: true }]);
    expect(await storedEntries(served.db.read, await dayRow())).toEqual(morning.entries.slice(0, count));
    const brought = await served.db.read.selectFrom('site_entry').select(['place', 'machine']).where('site', '=', site).orderBy('place').execute();
    expect(brought.map(({ machine }) => machine)).toEqual(brought.map(({ place }) => (place <= 100 || place > 180 ? one : two).maker.machine));
  });

  test('two machines that bring a day at one moment take turns', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => bring(index % 2 === 0 ? one : two, piece(1, 60 + index))));
    expect(answers.every((answer) => typeof answer === 'number' && answer >= 60 && answer <= 67)).toBe(true);
    expect(await storedEntries(served.db.read, await dayRow())).toEqual(morning.entries.slice(0, 67));
  });

  test('another entry at a place, or other rules, overwrite nothing: the journal has it once, the log each time', async () => {
    await bring(one, piece(1, 50));
    const forged = morning.entries.map((entry, index): QueueEntry => (index === 29 ? { ...entry, account: 'somebody-else' } : entry));
    const other = { ...piece(21, 60), entries: forged.slice(20, 60) };
    expect([await bring(two, other), await bring(two, other)]).toEqual([{ kind: 'other-entry', place: 30 }, { kind: 'other-entry', place: 30 }]);
    expect(await bring(two, piece(1, 60, { rules: siteRules({ elderlyFrom: 60 }) }))).toEqual({ kind: 'other-rules' });
    expect(await storedEntries(served.db.read, await dayRow())).toEqual(morning.entries.slice(0, 50));
    expect((await refusals()).map(({ account, subject, body }) => [account, subject, JSON.parse(body)])).toEqual([
      [two.maker.machine, DAY, { site, why: 'other-entry', place: 30 }], [two.maker.machine, DAY, { site, why: 'other-rules', place: null }],
    ]);
    expect(await dayRow()).toMatchObject({ refused_by: two.maker.machine, refused_why: 'other-rules' });
    expect(served.hall.logged.filter((line) => line.includes('site-day-refused') && line.includes('other-entry')).length).toBeGreaterThanOrEqual(2);
    // The day goes on all the same with those that agree.
    expect(await bring(one, piece(51, 70))).toBe(70);
  });

  test('a machine that the county has put elsewhere brings nothing of this site; entries of another day, too many, and whoever has no token are refused', async () => {
    const third = await served.freshTerminal();
    const placed = await keepPlaces(served.hall.hall.ground, [{ machine: third.maker.machine, place: { site: '别处', address: '测试路 9 号', latitude: null, longitude: null, hours: { days: Array.from({ length: 7 }, () => []), holidays: [] } } }]);
    expect(placed).toEqual({ ok: true, value: 1 });
    expect(await bring(third, piece(1, 10))).toEqual({ kind: 'other-site' });
    expect(await bring(one, piece(1, 10, { day: '2026-11-24' }))).toBe(400);
    expect(await bring(one, { ...piece(1, 10), entries: Array.from({ length: 201 }, () => morning.entries[0] as QueueEntry) })).toBe(400);
    expect((await one.call('POST', '/site-days', piece(1, 10), { authorization: 'Bearer nobody-nobody-nobody-nobody' })).status).toBe(401);
    expect(await stands()).toEqual([{ day: DAY, entries: 0, rules: false, over: false }]);
  });

  describe('a rating before the window', () => {
    let sun: TestConsole;
    beforeAll(async () => {
      sun = await signInAt(served.hall, 'sun', 'supervisor');
    });

    /** A day on which one ticket is served and rated. */
    function ratedDay(ticket: { case: string | null; machine: MachineId; level: number }) {
      const day = tellDay();
      day.wish(saying({ kind: 'window-opened', window: 3, account: 'wang', businesses: ['social-security'] }));
      day.wish({ kind: 'lease', business: 'social-security' }, { machine: ticket.machine });
      const taken = day.wish(taking('social-security', { case: ticket.case === null ? null : CaseId.parse(ticket.case) }), { machine: ticket.machine });
      if (!taken.ok || taken.value.deed.kind !== 'issued') throw new Error('a ticket was taken');
      const at = { ticket: taken.value.deed.issue.ticket, window: 3 };
      for (const kind of ['called', 'started'] as const) day.wish(saying({ kind, ...at }));
      day.wish(saying({ kind: 'finished', ...at, items: [] }));
      day.wish(saying({ kind: 'rated', ...at, level: ticket.level, tags: [] }));
      return day.entries;
    }
    const bringDay = (entries: QueueEntry[], by = one) => bring(by, { site, day: DAY, rules: siteRules(), from: 1, entries, over: true });
    const ratings = () => served.db.read.selectFrom('counter_rating').selectAll().where('site', '=', site).execute();
    const ratingOf = (id: string) => served.db.read.selectFrom('rating').selectAll().where('case_id', '=', id).executeTakeFirst();

    test('of a ticket with a case is the case’s rating, once, and a poor one obliges as any other does', async () => {
      const [id, terminal] = [served.freshCase(), await served.freshTerminal()];
      await terminal.intake([served.handIn(terminal, id)]);
      const entries = ratedDay({ case: id, machine: terminal.maker.machine, level: 1 });
      expect(await bringDay(entries, terminal)).toBe(entries.length);
      expect(await ratings()).toMatchObject([{ code: 'A001', level: 1, account: 'wang', window_number: 3, state: 'waits' }]);
      // Handed in and not decided on: nobody rates that yet.
      expect(await ratingOf(id)).toBeUndefined();
      const clerk = await signInAt(served.hall, `clerk-${site}`, 'clerk');
      expect((await clerk.call('POST', `/cases/${id}/refuse`, { reason: '不在本县办理' })).body).toMatchObject({ ok: true });
      expect(await sweepCounterRatings(served.hall.hall.ground)).toBe(1);
      expect(await ratings()).toMatchObject([{ state: 'kept' }]);
      expect(await ratingOf(id)).toMatchObject({ level: 1, channel: 'counter', rated_at: entries.at(-1)?.at, rated_on: DAY });
      const { rows } = (await sun.call('GET', '/ratings/duties?show=open')).body as { rows: { id: string }[] };
      expect(rows.map((row) => row.id)).toContain(id);
      // Brought again, looked for again: one service, one rating.
      await bringDay(entries, two);
      expect(await sweepCounterRatings(served.hall.hall.ground)).toBe(0);
      expect((await served.db.read.selectFrom('action').select('id').where('case_id', '=', id).where('kind', '=', 'rated').execute()).length).toBe(1);
    });

    test('waits for a case that comes later, and passes by one that was rated or that another machine took', async () => {
      const [id, terminal, stranger] = [served.freshCase(), await served.freshTerminal(), await served.freshTerminal()];
      await bringDay(ratedDay({ case: id, machine: terminal.maker.machine, level: 5 }), terminal);
      expect(await sweepCounterRatings(served.hall.hall.ground)).toBe(0);
      expect(await ratings()).toMatchObject([{ state: 'waits' }]);
      await terminal.intake([terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: id })]);
      const clerk = await signInAt(served.hall, `clerk-${site}`, 'clerk');
      await clerk.call('POST', `/cases/${id}/refuse`, { reason: '不在本县办理' });
      site = `${site}乙`;
      await bringDay(ratedDay({ case: id, machine: stranger.maker.machine, level: 1 }), stranger);
      expect(await ratings()).toMatchObject([{ state: 'passed' }]);
      expect(await sweepCounterRatings(served.hall.hall.ground)).toBe(1);
      expect(await ratingOf(id)).toMatchObject({ level: 5, channel: 'counter' });
      site = `${site}丙`;
      await bringDay(ratedDay({ case: id, machine: terminal.maker.machine, level: 1 }), terminal);
      expect(await ratings()).toMatchObject([{ state: 'passed' }]);
      expect(await ratingOf(id)).toMatchObject({ level: 5 });
    });

    test('without a case counts in the queue alone', async () => {
      await bringDay(ratedDay({ case: null, machine: one.maker.machine, level: 2 }));
      expect(await ratings()).toMatchObject([{ level: 2, state: 'none', case_id: null }]);
    });
  });

  test('a case shows its tickets and what became of them, however the list came in pieces; a ticket of a machine that the case is not of is no part of it', async () => {
    const [id, terminal, stranger] = [served.freshCase(), await served.freshTerminal(), await served.freshTerminal()];
    await terminal.intake([served.handIn(terminal, id)]);
    const day = tellDay();
    day.wish(saying({ kind: 'window-opened', window: 3, account: 'wang', businesses: ['social-security'] }));
    for (const { maker } of [terminal, stranger]) day.wish({ kind: 'lease', business: 'social-security' }, { machine: maker.machine });
    for (const { maker } of [terminal, stranger]) day.wish(taking('social-security', { case: CaseId.parse(id) }), { machine: maker.machine });
    for (let served = 0; served < 2; served += 1) day.serve(3);
    const whole = { site, day: DAY, rules: siteRules(), from: 1, entries: day.entries, over: true };
    for (const cut of [1, 4, 6, 7, day.entries.length]) await bring(two, { ...whole, entries: day.entries.slice(0, cut), over: false });
    await bring(one, whole);
    const clerk = await signInAt(served.hall, `clerk-${site}`, 'clerk');
    expect((await clerk.call('GET', `/cases/${id}`)).body.value.visits).toMatchObject([{ site, code: 'A001', steps: [{ kind: 'issued', window: null }, { kind: 'called', window: 3 }, { kind: 'started', window: 3 }, { kind: 'finished', window: 3 }] }]);
  });
});