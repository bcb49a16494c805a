import { afterEach, expect, test, vi } from 'vitest';
import { TicketId } from '../../domain/queue/types.ts';
import { PLAYED_DESK, playQueue } from '../../test/fixtures/played-queue.ts';
import { assertNoTimers, testClock } from '../../test/fixtures/test-clock.ts';
import { createSiteRoad, type SiteRoad } from './site-road.ts';

const id = (number: number) => TicketId.parse(`01J5T1CKET${String(number).padStart(16, '0')}`);
const wish = (number: number) => ({ ticket: id(number), business: 'household', holder: 'a'.repeat(64), way: 'card' as const, priority: null, appointment: null, case: null });
const away = { ok: false, error: { kind: 'away' } };

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function start(): { road: SiteRoad; queue: ReturnType<typeof playQueue>; clock: ReturnType<typeof testClock> } {
  const clock = testClock();
  const road = createSiteRoad({ clock });
  const queue = playQueue(road);
  open.push(road.close, queue.die);
  return { road, queue, clock };
}

test('before a site host is there nothing is known of the queue and nothing is taken; with one its desk is told as it changes, and a number holds', async () => {
  const { road, queue, clock } = start();
  expect([road.desk.get(), road.current(), await road.take(wish(1))]).toEqual([null, null, away]);
  queue.connect();
  await vi.waitFor(() => expect(road.desk.get()).toEqual(PLAYED_DESK));
  queue.tell({ alone: true });
  await vi.waitFor(() => expect(road.desk.get()?.alone).toBe(true));
  const taken = await road.take(wish(1));
  expect(taken).toMatchObject({ ok: true, value: { ticket: id(1), code: 'A001', alone: true } });
  expect(await road.take(wish(1))).toEqual(taken);
  expect(await road.take(wish(2))).toMatchObject({ ok: false, error: { kind: 'holds-one', paper: { code: 'A001' } } });
  expect([await road.leave(id(1)), await road.leave(id(1))]).toEqual([{ ok: true, value: null }, { ok: false, error: { kind: 'unknown-ticket' } }]);
  assertNoTimers(clock);
});

test('a host that dies with the answer leaves it open, and the next one has the same number; what was known of the queue goes with the host', async () => {
  const { road, queue, clock } = start();
  queue.connect();
  await vi.waitFor(() => expect(road.desk.get()).not.toBeNull());
  queue.is('dies-with-the-answer');
  expect(await road.take(wish(1))).toEqual(away);
  await vi.waitFor(() => expect([road.desk.get(), road.current()]).toEqual([null, null]));
  queue.is('answers');
  queue.connect();
  expect(await road.take(wish(1))).toMatchObject({ ok: true, value: { code: 'A001' } });
  expect(queue.papers.size).toBe(1);
  assertNoTimers(clock);
});

test('a host that hangs is waited for a moment and no longer, and one that takes its place ends the wait', async () => {
  const { road, queue, clock } = start();
  queue.connect();
  queue.is('hangs');
  const slow = road.take(wish(1));
  await vi.waitFor(() => expect(queue.asked).toHaveLength(1));
  await clock.pass(7999);
  expect(await Promise.race([slow, Promise.resolve('waits')])).toBe('waits');
  await clock.pass(1);
  expect(await slow).toEqual(away);
  const second = road.take(wish(2));
  await vi.waitFor(() => expect(queue.asked).toHaveLength(2));
  queue.connect();
  expect(await second).toEqual(away);
  assertNoTimers(clock);
});
