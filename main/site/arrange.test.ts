/** What a manager arranges, at real machines: who may, what uses it, and that it is kept from day to day whichever machine leads. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ulid } from '../../domain/ids.ts';
import { saying } from '../../domain/queue/test-site.ts';
import { type Arrangement, TicketId } from '../../domain/queue/types.ts';
import type { Clock } from '../../domain/time.ts';
import { openTestSite, SITE_MANAGER, SITE_PIN, type SiteMachine, type TestSite } from '../../test/fixtures/site.ts';
import { systemClock } from '../../wire/clock.ts';

vi.setConfig({ testTimeout: 60_000 });

let site: TestSite | null = null;
afterEach(async () => {
  await site?.close();
  site = null;
});
async function open(options: Parameters<typeof openTestSite>[0] = {}): Promise<TestSite> {
  site = await openTestSite(options);
  return site;
}
function machinesOf({ machines: [first, second] }: TestSite): [SiteMachine, SiteMachine] {
  if (first === undefined) throw new Error('a site has a machine');
  return [first, second ?? first];
}

let serial = 0;
const newId = () => ulid(Date.now() + (serial += 1), crypto.getRandomValues(new Uint8Array(10)));
const ARRANGED: Arrangement = { windows: [{ number: 1, businesses: ['social-security', 'housing'] }, { number: 20, businesses: ['housing'] }], hours: [], assigned: [{ account: 'wang.li', windows: [20] }], alarms: { waitMinutes: 30, waiting: 1 } };
const arranging = (after: number, arrangement: Arrangement | null) => ({ id: newId(), wish: { kind: 'arrange' as const, after, arrangement } });
const opening = (account: string, window: number) => ({ id: newId(), wish: saying({ kind: 'window-opened', window, account, businesses: ['housing'] }) });
/** The first word of a line. */
async function firstOf<Word>(line: Promise<AsyncIterable<Word>>): Promise<Word> {
  for await (const word of await line) return word;
  throw new Error('a line says something');
}
const takes = (machine: SiteMachine) => machine.site().tickets.take({ ticket: TicketId.parse(newId()), business: 'housing', holder: null, priority: null, appointment: null, case: null, way: 'card' });

describe('a manager arranges', () => {
  test('windows, who may open them, hours and alarms, from that moment on and at every machine', async () => {
    const made = await open({ machines: 2 });
    const [one, two] = machinesOf(made);
    const [manager, wang, chen] = [await made.signIn(SITE_MANAGER), await made.signIn('wang.li'), await made.signIn('chen.jie')];
    await expect.poll(async () => (await takes(one)).ok).toBe(true);
    expect((await firstOf(one.client(manager).arrangement())).view).toMatchObject({ version: 0, arrangement: null, account: null, inUse: [], settings: { windows: made.config.rules.windows }, staff: expect.arrayContaining([{ account: 'wang.li', name: '王丽' }]) });
    expect(await one.client(manager).wish(arranging(0, ARRANGED))).toMatchObject({ ok: true, value: { entry: { deed: { kind: 'arranged', version: 1 }, account: SITE_MANAGER }, code: null } });
    expect(one.events).toContainEqual({ event: 'site-deed', account: SITE_MANAGER, deed: 'arranged', subject: '1' });
    await expect.poll(async () => (await two.client().about()).arranged).toBe(1);
    expect((await two.client().about()).windows).toEqual(ARRANGED.windows);
    expect((await firstOf(two.client().board())).view.windows.map(({ window }) => window)).toEqual([1, 20]);
    expect((await firstOf(two.client(manager).arrangement())).view).toMatchObject({ version: 1, arrangement: ARRANGED, account: SITE_MANAGER });
    // Somebody waits: with one that is a long line already.
    expect((await firstOf(two.client(manager).manager())).view.alarms).toContainEqual({ kind: 'long-line', business: 'housing', waiting: 1 });

    expect((await firstOf(two.client(wang).choice())).view.windows).toEqual([{ window: 20, state: 'closed', account: null, businesses: ['housing'] }]);
    expect((await firstOf(two.client(chen).choice())).view.windows.map(({ window }) => window)).toEqual([1, 20]);
    expect(await one.client(wang).wish(opening('wang.li', 1))).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    expect(await one.client(wang).wish(opening('wang.li', 20))).toMatchObject({ ok: true });
    // It is somebody else's turn from now on; who has the window keeps it, through a pause too.
    expect(await one.client(manager).wish(arranging(1, { ...ARRANGED, assigned: [{ account: 'wang.li', windows: [1] }] }))).toMatchObject({ ok: true });
    expect(await one.client(wang).wish({ id: newId(), wish: saying({ kind: 'window-paused', window: 20, why: '暂离' }) })).toMatchObject({ ok: true });
    expect(await one.client(wang).wish(opening('wang.li', 20))).toMatchObject({ ok: true });
    expect(await one.client(manager).wish(arranging(2, { ...ARRANGED, windows: ARRANGED.windows.slice(0, 1), assigned: [] }))).toEqual({ ok: false, error: { kind: 'window-in-use', window: 20 } });

    expect(await one.client(manager).wish(arranging(2, { ...ARRANGED, hours: [{ days: [1], from: '00:00', until: '00:00' }] }))).toMatchObject({ ok: true });
    await expect.poll(() => takes(two)).toEqual({ ok: false, error: { kind: 'closed' } });
    expect(two.site().hours()).toHaveLength(1);
  });

  test('nobody else does, and not what a machine alone may', async () => {
    const made = await open();
    const [one] = machinesOf(made);
    const [manager, wang] = [await made.signIn(SITE_MANAGER), await made.signIn('wang.li')];
    await expect.poll(async () => (await one.client(wang).wish(arranging(0, null)))).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    await expect(one.client(wang).arrangement()).rejects.toMatchObject({ status: 403 });
    expect(await one.client(manager).wish({ id: newId(), wish: { kind: 'carry', version: 9, arrangement: null } })).toEqual({ ok: false, error: { kind: 'not-allowed' } });
  });

  test('two at once, at two machines: one of them is told that the other was first', async () => {
    const made = await open({ machines: 3 });
    const [one, two] = machinesOf(made);
    const manager = await made.signIn(SITE_MANAGER);
    const other: Arrangement = { ...ARRANGED, alarms: { waitMinutes: 10, waiting: 10 } };
    const answers = await Promise.all([one.client(manager).wish(arranging(0, ARRANGED)), two.client(manager).wish(arranging(0, other))]);
    expect(answers.map((answer) => (answer.ok ? 'arranged' : answer.error.kind)).toSorted()).toEqual(['arranged', 'arranged-before']);
    const holds = answers[0].ok ? ARRANGED : other;
    for (const machine of made.machines) await expect.poll(() => machine.site().days.queue.get().arranged).toMatchObject({ version: 1, arrangement: holds });
  });
});

test('an arrangement as large as there may be one is taken over the network and agreed on', async () => {
  const made = await open({ machines: 2 });
  const [one, two] = machinesOf(made);
  const manager = await made.signIn(SITE_MANAGER);
  const windows = Array.from({ length: 99 }, (_, index) => ({ number: index + 1, businesses: ['social-security', 'registration', 'housing'] }));
  const assigned = Array.from({ length: 150 }, (_, index) => ({ account: `clerk-${index}`, windows: [1 + (index % 99)] }));
  const large: Arrangement = { ...ARRANGED, windows, assigned: assigned.concat({ account: 'x', windows: [] }) };
  const room = 16_000 - JSON.stringify(large).length;
  expect(room).toBeGreaterThan(0);
  const largest: Arrangement = { ...large, hours: Array.from({ length: Math.min(20, Math.floor(room / 70)) }, () => ({ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '23:59' })) };
  await expect.poll(async () => (await one.client(manager).wish(arranging(0, largest))).ok).toBe(true);
  await expect.poll(() => two.site().days.queue.get().arranged.arrangement).toEqual(largest);
});

test('a machine that was off leads the next day: the one that knows what was arranged carries it there, and what was older on that one turns nothing back', async () => {
  let later = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + later };
  const made = await open({ machines: 2, clock, change: ({ members: [, second] }) => second !== undefined && Object.assign(second, { votes: false }) });
  const [one, two] = machinesOf(made);
  const manager = await made.signIn(SITE_MANAGER);
  const fewer: Arrangement = { ...ARRANGED, windows: ARRANGED.windows.slice(0, 1), assigned: [] };
  await expect.poll(async () => (await one.client(manager).wish(arranging(0, ARRANGED))).ok).toBe(true);
  await expect.poll(() => two.site().days.queue.get().arranged.version).toBe(1);
  // The second one knows the first arrangement, and is off when there is another.
  await two.stop();
  expect(await one.client(manager).wish(arranging(1, fewer))).toMatchObject({ ok: true });
  await one.stop();
  later = 24 * 3_600_000;
  // From the next day on the second one alone votes, so it leads.
  made.config.members.forEach((member, place) => Object.assign(member, { votes: place === 1 }));
  await two.start();
  await expect.poll(() => two.site().days.queue.get().arranged.version).toBe(1);
  // A window is open there that is arranged away: nobody is pushed out of it.
  const answer = await two.client().signIn({ account: 'wang.li', pin: SITE_PIN });
  const wang = two.client(answer.ok ? answer.value.token : '');
  expect(await wang.wish(opening('wang.li', 20))).toMatchObject({ ok: true });
  await one.start();
  await expect.poll(() => one.site().days.queue.get().windows.find(({ number }) => number === 20)?.state, { timeout: 20_000 }).toBe('open');
  expect(two.site().days.queue.get().arranged.version).toBe(1);
  expect(await wang.wish({ id: newId(), wish: saying({ kind: 'window-closed', window: 20 }) })).toMatchObject({ ok: true });
  await expect.poll(() => two.site().days.queue.get().arranged, { timeout: 20_000 }).toMatchObject({ version: 2, arrangement: fewer, account: null });
  expect(one.events).toContainEqual({ event: 'site-arrangement-carried', version: 2, whole: true });
  await one.stop();
  await two.stop();
  await two.start();
  await expect.poll(() => two.site().days.queue.get().arranged.version).toBe(2);
});
