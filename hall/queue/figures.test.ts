import { beforeAll, describe, expect, test } from 'vitest';
import { MOST_ENTRIES } from '../../domain/contracts/site-days.ts';
import type { QueueSheet } from '../../domain/contracts/queue.ts';
import { figuresOf } from '../../domain/queue/figures.ts';
import { simulateMorning } from '../../domain/queue/test-morning.ts';
import { tellDay } from '../../domain/queue/test-site.ts';
import type { QueueEntry } from '../../domain/queue/types.ts';
import { PGLITE, POSTGRES, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { takeSiteDay } from './days.ts';

const [SUNDAY, MONDAY] = ['2026-11-22', '2026-11-23'];
const MACHINE = 'T330624-0001' as MachineId;
const [one, two, three] = [simulateMorning(21), simulateMorning(22), simulateMorning(23)];

describe.each([PGLITE, POSTGRES])('what queues add up to on $name', (databases) => {
  const served = hallOfSuite(databases);
  let sun: TestConsole;
  let admin: TestConsole;

  async function bring(site: string, day: string, entries: readonly QueueEntry[], over: boolean): Promise<void> {
    for (let from = 1; from <= entries.length; from += MOST_ENTRIES) {
      const piece = entries.slice(from - 1, from - 1 + MOST_ENTRIES).map((entry) => ({ ...entry, day }));
      expect(await takeSiteDay(served.hall.hall.ground, MACHINE, { site, day, rules: from === 1 ? one.rules : null, from, entries: piece, over: over && from + MOST_ENTRIES > entries.length })).toMatchObject({ ok: true });
    }
  }
  const sheet = async (by: TestConsole, site = '', from = SUNDAY, to = MONDAY) => {
    const { body } = await by.call('GET', `/queue/figures?${new URLSearchParams({ site, from, to })}`);
    return body.ok === true ? (body.value as QueueSheet) : (body.error.kind as string);
  };
  const sheetOf = async (site = '', from = SUNDAY, to = MONDAY) => {
    const found = await sheet(sun, site, from, to);
    if (typeof found === 'string') throw new Error(found);
    return found;
  };

  beforeAll(async () => {
    [sun, admin] = [await signInAt(served.hall, 'sun', 'supervisor'), await signInAt(served.hall, 'root', 'administrator')];
    await bring('县政务服务中心', SUNDAY, one.entries, true);
    await bring('县政务服务中心', MONDAY, two.entries, false);
    await bring('儒岙镇便民服务中心', MONDAY, three.entries, false);
  }, 180_000);

  test('one day of one site says what its entries say', async () => {
    const { whole, windows, accounts, hours, businesses, days } = await sheetOf('县政务服务中心', SUNDAY, SUNDAY);
    const truth = figuresOf(one.rules, one.entries);
    expect(whole).toMatchObject({ days: 1, taken: truth.whole.taken, served: truth.whole.served, abandoned: truth.whole.abandoned, kioskShare: truth.whole.kioskShare });
    expect(whole.waiting?.mean).toBeCloseTo(truth.whole.waiting?.mean ?? NaN, 3);
    expect(Object.fromEntries(windows.map(({ key, served: of }) => [key, of]))).toEqual(Object.fromEntries(Object.entries(truth.windows).map(([key, of]) => [key, of.served])));
    expect(accounts.map(({ key }) => key).toSorted()).toEqual(Object.keys(truth.accounts).toSorted());
    expect(Object.fromEntries(hours.map(({ key, taken }) => [key, taken]))).toEqual(Object.fromEntries(Object.entries(truth.hours).map(([key, of]) => [key, of.taken])));
    expect(businesses.map(({ name }) => name).toSorted()).toEqual(['不动产', '企业登记', '社保']);
    expect(days.map(({ key }) => key)).toEqual([SUNDAY]);
  });

  test('sites compare, the slowest first; all together have no windows of their own', async () => {
    const { whole, sites, windows, accounts, businesses, days, arrived } = await sheetOf();
    expect(sites.map(({ key }) => key).toSorted()).toEqual(['儒岙镇便民服务中心', '县政务服务中心']);
    const [first, second] = sites.map(({ waiting }) => waiting?.mean ?? 0);
    expect(first).toBeGreaterThanOrEqual(second ?? Infinity);
    expect(sites.reduce((sum, { taken }) => sum + taken, 0)).toBe(whole.taken);
    expect(businesses.reduce((sum, { taken }) => sum + taken, 0)).toBe(whole.taken);
    expect(days.map(({ key, days: count }) => [key, count])).toEqual([[SUNDAY, 1], [MONDAY, 2]]);
    expect([windows, accounts]).toEqual([[], []]);
    expect(whole.days).toBe(2);
    expect(arrived.map(({ day, over, machines, refused }) => [day, over, machines, refused])).toEqual([[MONDAY, false, [MACHINE], null], [MONDAY, false, [MACHINE], null], [SUNDAY, true, [MACHINE], null]]);
  });

  test('what is too long is the county’s to say', async () => {
    const before = (await sheetOf()).whole.waiting;
    expect((await sun.call('PUT', '/settings/queue.wait', { value: 1 })).body).toMatchObject({ ok: true });
    const after = await sheetOf();
    expect(after.overMinutes).toBe(1);
    expect(after.whole.waiting?.over).toBeGreaterThan(before?.over ?? Infinity);
    await sun.call('PUT', '/settings/queue.wait', { value: 30 });
  });

  test('a day that is over is added up once; one that grows is added up anew, and what did not agree is shown', async () => {
    const kept = (site: string, day: string) => served.db.read.selectFrom('site_day').select(['sums', 'summed', 'entries']).where('site', '=', site).where('day', '=', day).executeTakeFirstOrThrow();
    const { whole } = await sheetOf('县政务服务中心', SUNDAY, SUNDAY);
    const { sums, summed, entries } = await kept('县政务服务中心', SUNDAY);
    expect([sums === null, summed]).toEqual([false, entries]);
    expect((await kept('县政务服务中心', MONDAY)).sums).toBeNull();
    // What is kept is what is shown.
    await served.db.write((write) => write.updateTable('site_day').set({ sums: (sums ?? '').replace(`"taken":${whole.taken}`, '"taken":9999') }).where('day', '=', SUNDAY).execute());
    expect((await sheetOf('县政务服务中心', SUNDAY, SUNDAY)).whole.taken).toBe(9999);
    const more = { ...one.entries.find(({ deed }) => deed.kind === 'leased') as QueueEntry, day: SUNDAY, id: '01KAT000000000000000000000' };
    const grown = await takeSiteDay(served.hall.hall.ground, MACHINE, { site: '县政务服务中心', day: SUNDAY, rules: null, from: entries + 1, entries: [more], over: true });
    expect(grown).toEqual({ ok: true, value: { entries: entries + 1 } });
    expect((await sheetOf('县政务服务中心', SUNDAY, SUNDAY)).whole.taken).toBe(whole.taken);
    await takeSiteDay(served.hall.hall.ground, MACHINE, { site: '县政务服务中心', day: SUNDAY, rules: null, from: 1, entries: [more], over: false });
    expect((await sheetOf('县政务服务中心', SUNDAY, SUNDAY)).arrived).toMatchObject([{ refused: { machine: MACHINE, why: 'other-entry', place: 1 } }]);
  });

  test('a day on which the site was arranged is added up with the windows that it then had', async () => {
    const [day, date] = [tellDay(one.rules), '2026-11-10'];
    day.must({ kind: 'arrange', after: 0, arrangement: { windows: [{ number: 40, businesses: ['housing'] }], hours: [], assigned: [], alarms: { waitMinutes: 30, waiting: 30 } } });
    day.open(40, ['housing']);
    day.take('housing');
    day.serve(40, 6);
    await bring('沙溪镇便民服务中心', date, day.entries, true);
    const { windows, whole } = await sheetOf('沙溪镇便民服务中心', date, date);
    expect([windows.map(({ key, served }) => [key, served]), whole.served]).toEqual([[['40', 1]], 1]);
  });

  test('no span is too long or turned round, and a span without a queue is empty', async () => {
    expect(await sheet(sun, '', MONDAY, SUNDAY)).toBe('bad-period');
    expect(await sheet(sun, '', '2025-01-01', '2026-11-23')).toBe('bad-period');
    expect(await sheetOf('', '2026-01-01', '2026-02-01')).toMatchObject({ sites: [], arrived: [], whole: { taken: 0, waiting: null, kioskShare: null } });
    expect(typeof (await sheet(admin))).toBe('object');
  });
});
