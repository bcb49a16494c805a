import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../../crypto/node.ts';
import { MOST_ENTRIES } from '../../domain/contracts/site-days.ts';
import { simulateMorning } from '../../domain/queue/test-morning.ts';
import { enrolTerminal, openTestDatabase, startHall } from '../../test/fixtures/hall.ts';
import { createSync } from '../sync.ts';
import { caseId, createRig, createTestRandom, handIn, MACHINE, type Rig } from '../test-rig.ts';
import { createHallTransport } from '../transport/http.ts';
import { startHubDays } from './hub.ts';
import { createSiteDays, type SiteDays, type SiteDaysEvent, type SiteDaysSource } from './send.ts';

const { rules, entries } = simulateMorning(5);
const [YESTERDAY, TODAY] = ['2026-11-22', '2026-11-23'];

/** A site host that has so much of each day, and answers at most 500 at once. */
function sourceOf(days: Record<string, { count: number; over: boolean }>): SiteDaysSource {
  return {
    days: () => Promise.resolve(Object.keys(days)),
    entries: ({ day, from }) => {
      const { count, over } = days[day] ?? { count: 0, over: false };
      return Promise.resolve({ entries: entries.slice(from - 1, Math.min(count, from + 499)).map((entry) => ({ ...entry, day })), rules, over: over && from + 499 >= count });
    },
  };
}

describe('a site’s days on their way to the hall', () => {
  let rig: Rig;
  let events: SiteDaysEvent[] = [];
  beforeEach(async () => {
    rig = await createRig();
    events = [];
  });
  afterEach(() => rig.close());
  const daysOf = (source: SiteDaysSource) => createSiteDays({ site: '县政务服务中心', source, log: (event) => events.push(event) });
  const never = new AbortController().signal;
  const sent = (days: SiteDays) => days.send(rig.transport, never);
  const requests = () => rig.hall.requests.filter((request) => request.includes('/site-days')).length;

  test('go in pieces, the whole of each day, and then the line is silent until there is something new', async () => {
    const today = { count: 450, over: false };
    const days = daysOf(sourceOf({ [YESTERDAY]: { count: 300, over: true }, [TODAY]: today }));
    expect(await sent(days)).toEqual({ sent: 750, failure: null });
    expect(rig.hall.pieces).toEqual([MOST_ENTRIES, 100, MOST_ENTRIES, MOST_ENTRIES, 50]);
    expect([rig.hall.siteDays.get(YESTERDAY)?.length, rig.hall.siteDays.get(TODAY)?.length, [...rig.hall.over]]).toEqual([300, 450, [YESTERDAY]]);
    const before = requests();
    expect(await sent(days)).toEqual({ sent: 0, failure: null });
    expect(requests()).toBe(before);
    today.count = 460;
    expect(await sent(days)).toEqual({ sent: 10, failure: null });
    // That the day is over is said by itself.
    today.over = true;
    expect(await sent(days)).toEqual({ sent: 0, failure: null });
    expect([...rig.hall.over]).toEqual([YESTERDAY, TODAY]);
    const settled = requests();
    await sent(days);
    expect(requests()).toBe(settled);
    expect(rig.hall.siteDays.get(TODAY)).toEqual(entries.slice(0, 460));
  });

  test('one that another machine has brought is asked for and not sent; a hall that was put back to a copy gets what it lacks', async () => {
    rig.hall.siteDays.set(TODAY, entries.slice(0, 400));
    const days = daysOf(sourceOf({ [TODAY]: { count: 450, over: false } }));
    expect(await sent(days)).toEqual({ sent: 50, failure: null });
    rig.hall.siteDays.set(TODAY, entries.slice(0, 120));
    const grown = daysOf(sourceOf({ [TODAY]: { count: 460, over: false } }));
    expect(await sent(grown)).toEqual({ sent: 340, failure: null });
    expect(rig.hall.siteDays.get(TODAY)).toEqual(entries.slice(0, 460));
  });

  test('a hall of an older protocol is not called', async () => {
    rig.hall.protocol = 5;
    expect(await sent(daysOf(sourceOf({ [TODAY]: { count: 10, over: false } })))).toEqual({ sent: 0, failure: null });
    expect(requests()).toBe(0);
  });

  test('pieces that something on the way finds too large are halved; a day that the hall has otherwise is told and left alone, and the next goes on', async () => {
    rig.hall.faults.bodyLimit = 30_000;
    rig.hall.faults.otherDays.add(YESTERDAY);
    const days = daysOf(sourceOf({ [YESTERDAY]: { count: 20, over: true }, [TODAY]: { count: 150, over: false } }));
    expect(await sent(days)).toEqual({ sent: 150, failure: null });
    expect(Math.max(...rig.hall.pieces)).toBeLessThan(150);
    expect(events).toEqual([{ event: 'site-day-refused', day: YESTERDAY, why: 'other-entry' }]);
    expect(await sent(days)).toEqual({ sent: 0, failure: null });
    expect(events.length).toBe(1);
  });

  test('a hall that falls over holds nothing else up, a line that is gone ends the run, and both come again', async () => {
    const days = daysOf(sourceOf({ [YESTERDAY]: { count: 5, over: true }, [TODAY]: { count: 10, over: false } }));
    rig.hall.faults.status.set('/site-days', 500);
    expect(await sent(days)).toEqual({ sent: 0, failure: null });
    expect(events.map(({ event, why }) => [event, why])).toEqual([['site-day-not-taken', 'server-fault'], ['site-day-not-taken', 'server-fault']]);
    rig.hall.faults.status.delete('/site-days');
    rig.hall.faults.cutAfter.push({ path: '/site-days', times: 1 });
    expect(await sent(days)).toEqual({ sent: 0, failure: { kind: 'unreachable' } });
    expect(await sent(days)).toEqual({ sent: 10, failure: null });
    expect(rig.hall.siteDays.get(TODAY)).toEqual(entries.slice(0, 10));
    expect(rig.hall.siteDays.get(YESTERDAY)?.length).toBe(5);
  });

  test('in a run of the sync it goes last, and a hand-in that comes meanwhile goes before the rest of it', async () => {
    let asked = 0;
    const source = sourceOf({ [TODAY]: { count: 800, over: false } });
    const slow: SiteDaysSource = { ...source, async entries(request) {
      asked += 1;
      if (asked === 3) {
        await rig.store.log.append(handIn(caseId(7)));
        sync.nudge();
      }
      return source.entries(request);
    } };
    const sync = createSync({ store: rig.store, transport: rig.transport, verifier, clock: rig.clock, random: createTestRandom(), log: () => undefined, siteDays: daysOf(slow) });
    const first = await sync.runNow();
    expect(first).toMatchObject({ failure: null, acknowledged: 0 });
    expect(first.queueEntries).toBeGreaterThan(0);
    expect(first.queueEntries).toBeLessThan(800);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 1, queueEntries: 800 - first.queueEntries });
    const order = rig.hall.requests.map((request) => request.replace('POST ', ''));
    expect(order.lastIndexOf('/intake')).toBeLessThan(order.lastIndexOf('/site-days'));
    expect(rig.hall.siteDays.get(TODAY)).toEqual(entries.slice(0, 800));
    await sync.stop();
  });
});

test('a hub enrols itself, brings its days each minute, and looks again soon after the line was gone', async () => {
  const rig = await createRig({ enrolled: false });
  const today = { count: 10, over: false };
  const hub = startHubDays({
    transport: rig.transport, clock: rig.clock, random: createTestRandom(), enrolment: { code: 'right-code', publicKey: rig.key.publicKey },
    days: createSiteDays({ site: '县政务服务中心', source: sourceOf({ [TODAY]: today }), log: () => undefined }),
  });
  const has = () => rig.hall.siteDays.get(TODAY)?.length ?? 0;
  await hub.now();
  expect(has()).toBe(10);
  today.count = 20;
  rig.hall.faults.cutAfter.push({ path: '/site-days/stands', times: 1 });
  rig.clock.advance(60_000);
  await hub.now();
  expect(has()).toBe(10);
  rig.clock.advance(10_000);
  await hub.now();
  expect(has()).toBe(20);
  await hub.stop();
  today.count = 30;
  rig.clock.advance(600_000);
  await hub.now();
  expect(has()).toBe(20);
  await rig.close();
});

test('two machines of a site bring the hall itself one day: once, whole, and in order', async () => {
  const db = await openTestDatabase({ kind: 'pglite', folder: null });
  const hall = await startHall(db);
  const bring = async (name: string) => {
    const { maker } = await enrolTerminal(hall, name);
    const transport = createHallTransport({ baseUrl: hall.url, signer: createSigner(maker.machine, maker.privateKey), clock: hall.clock });
    const said: SiteDaysEvent[] = [];
    const { sent } = await createSiteDays({ site: '县政务服务中心', source: sourceOf({ [TODAY]: { count: entries.length, over: true } }), log: (event) => said.push(event) }).send(transport, new AbortController().signal);
    return { sent, said };
  };
  expect(await bring(MACHINE)).toEqual({ sent: entries.length, said: [] });
  expect(await bring('T330624-0002')).toEqual({ sent: 0, said: [] });
  const rows = await db.read.selectFrom('site_entry').select(['body', 'machine']).orderBy('place').execute();
  expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toEqual(entries);
  expect(new Set(rows.map(({ machine }) => machine))).toEqual(new Set([MACHINE]));
  expect(await db.read.selectFrom('site_day').select(['entries', 'over']).execute()).toEqual([{ entries: entries.length, over: true }]);
  await hall.close();
  await db.close();
}, 60_000);
