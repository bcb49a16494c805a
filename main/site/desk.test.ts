/** Twelve counters press "next" on three machines, of which the one that leads is killed and started and whose network is cut into halves and healed. */
import { afterEach, expect, test } from 'vitest';
import { applyEntry } from '../../domain/queue/queue.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import { nextFor, type Turn } from '../../domain/queue/order.ts';
import { emptyQueue, ticketOf } from '../../domain/queue/state.ts';
import { QueueEntry, QueueRules, TicketId } from '../../domain/queue/types.ts';
import { ulid } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { createWorld, type Machine, type World } from '../../sync/raft/test-world.ts';
import { howMany, randomFrom, SEED } from '../../test/faults/rig/seed.ts';
import { openSiteDesk, type SiteDesk, type WishFailure } from './desk.ts';

const CALLS = howMany(600, 10_000);
const COUNTERS = 12;
const BUSINESSES = Array.from({ length: COUNTERS }, (_, place) => ({ key: `business-${place + 1}`, prefix: 'ABCDEFGHJKLM'.charAt(place), name: `业务${place + 1}`, items: [], usualMinutes: 5 }));
/** Every window serves a third of them, so that several reach for one ticket. */
const RULES = QueueRules.parse({
  businesses: BUSINESSES, missed: { kind: 'end', times: 2 }, ordinaryEvery: 3, elderlyFrom: 70, leaseSize: 20,
  windows: BUSINESSES.map((_, place) => ({ number: place + 1, businesses: BUSINESSES.filter((_business, at) => at % 3 === place % 3).map(({ key }) => key) })),
});
const MORNING = Date.UTC(2026, 10, 27, 0, 30);
const random = randomFrom(SEED);

/** The site: each living machine's desk, and time that passes for all of them. */
function openSite(world: World) {
  const desks = new Map<string, SiteDesk>();
  let timers: { at: number; call(): void }[] = [];
  const clock: Clock = {
    now: () => MORNING + world.now, monotonic: () => world.now,
    after(milliseconds, call) {
      const timer = { at: world.now + milliseconds, call };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
  };
  const start = (machine: Machine) => {
    world.start(machine);
    if (machine.life !== null) desks.set(machine.id, openSiteDesk({ node: machine.life.node, rules: RULES, clock }));
  };
  const kill = (machine: Machine) => {
    desks.get(machine.id)?.close();
    desks.delete(machine.id);
    world.kill(machine);
  };
  for (const machine of world.machines) start(machine);
  return {
    desks, start, kill,
    wait: (milliseconds: number) => new Promise<void>((resolve) => clock.after(milliseconds, resolve)),
    async pass(milliseconds: number): Promise<void> {
      for (const end = world.now + milliseconds; world.now < end;) {
        await world.pass(5);
        const due = timers.filter(({ at }) => at <= world.now);
        timers = timers.filter(({ at }) => at > world.now);
        for (const { call } of due) call();
        // Whoever was answered goes on before more time passes.
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    },
  };
}

let world: World;
afterEach(() => world.close());

test(`${CALLS} calls through deaths and cuts: nobody is called twice, nobody is lost, and every call is explained by the rules`, async () => {
  world = createWorld({ members: 3, seed: SEED });
  const site = openSite(world);
  const answered = new Map<string, QueueEntry>();
  let [ids, called, over] = [0, 0, false];

  /** Brings a wish to one machine after the other until one has an answer, under one id as a counter's page does. */
  async function insist(wish: QueueWish, window?: number): Promise<Result<QueueEntry, WishFailure>> {
    ids += 1;
    const id = ulid(MORNING + ids, new Uint8Array(10));
    for (;;) {
      const reached = [...site.desks.values()];
      const desk = reached[random.between(0, Math.max(0, reached.length - 1))];
      const answer = await desk?.wish(wish, { id, machine: null, account: `clerk-${window ?? 0}`, manager: false, windows: [] });
      if (answer?.ok === true) answered.set(id, answer.value);
      if (answer !== undefined && (answer.ok || (answer.error.kind !== 'unsure' && answer.error.kind !== 'not-leading'))) return answer;
      await site.wait(random.between(5, 120));
    }
  }

  async function taker(): Promise<void> {
    while (!over) {
      const business = BUSINESSES[random.between(0, COUNTERS - 1)]?.key ?? '';
      await insist({ kind: 'take', business, way: 'staff', holder: null, priority: random.chance(0.3) ? 'elderly' : null, appointment: null, case: null });
      await site.wait(random.between(1, 10));
    }
  }
  async function counter(window: number): Promise<void> {
    const businesses = RULES.windows[window - 1]?.businesses ?? [];
    await insist({ kind: 'do', deed: { kind: 'window-opened', window, account: `clerk-${window}`, businesses }, revision: null }, window);
    while (!over) {
      const answer = await insist({ kind: 'next', window }, window);
      if (!answer.ok || answer.value.deed.kind !== 'called') {
        await site.wait(50);
        continue;
      }
      called += 1;
      const { ticket } = answer.value.deed;
      for (const deed of [{ kind: 'started' as const, ticket, window }, { kind: 'finished' as const, ticket, window, items: [] }]) {
        const done = await insist({ kind: 'do', deed, revision: null }, window);
        if (!done.ok) throw new Error(`${deed.kind}: ${done.error.kind}`);
      }
    }
  }
  async function misfortune(): Promise<void> {
    while (!over) {
      await site.wait(random.between(300, 2500));
      const leader = world.leader();
      const [one = null] = world.machines.filter(({ life }) => life !== null);
      const struck = random.chance(0.7) ? leader : one;
      if (random.chance(0.5) && struck !== null) {
        site.kill(struck);
        await site.wait(random.between(20, 2500));
        site.start(struck);
      } else {
        const alone = world.machines[random.between(0, 2)];
        for (const other of world.machines) if (alone !== undefined && other !== alone) for (const cut of [`${alone.id}>${other.id}`, `${other.id}>${alone.id}`]) world.cuts.add(cut);
        await site.wait(random.between(50, 4000));
        world.cuts.clear();
      }
    }
  }

  const each = Array.from({ length: COUNTERS }, (_, place) => place + 1);
  // More come than can be called: every press finds somebody.
  const people = [...each.flatMap(() => [taker(), taker()]), ...each.map(counter), misfortune()];
  for (let seconds = 0; called < CALLS && seconds < 36_000; seconds += 1) await site.pass(1000);
  over = true;
  let ended = false;
  const all = Promise.all(people).then(() => (ended = true));
  for (let seconds = 0; !ended && seconds < 60; seconds += 1) await site.pass(1000);
  await all;
  world.cuts.clear();
  await site.pass(10_000);
  expect(called).toBeGreaterThanOrEqual(CALLS);

  const lists = world.machines.map(({ life }) => (life?.told ?? []).map(({ value }) => QueueEntry.parse(value)));
  expect(lists[1]).toEqual(lists[0]);
  expect(lists[2]).toEqual(lists[0]);
  // What was answered stands in the list as it was answered, once.
  const agreed = new Map((lists[0] ?? []).map((entry) => [entry.id, entry]));
  expect(agreed.size).toBe(lists[0]?.length);
  for (const [id, entry] of answered) expect(agreed.get(id)).toEqual(entry);

  let queue = emptyQueue(RULES);
  const calls = new Map<string, number>();
  const why = new Set<Turn['why']>();
  for (const entry of lists[0] ?? []) {
    if (entry.deed.kind === 'called') {
      const turn = nextFor(queue, entry.deed.window, entry.at);
      expect(turn?.ticket.ticket).toBe(entry.deed.ticket);
      if (turn !== null) why.add(turn.why);
      calls.set(entry.deed.ticket, (calls.get(entry.deed.ticket) ?? 0) + 1);
    }
    const applied = applyEntry(queue, entry);
    // A leader decides on all that stands before: no entry that was agreed on fails to hold.
    if (!applied.ok) throw new Error(`${entry.deed.kind}: ${applied.error.kind}`);
    queue = applied.value;
  }
  expect([...calls.values()].filter((times) => times > 1)).toEqual([]);
  expect(calls.size).toBe(called);
  expect([...why].toSorted()).toEqual(['longest', 'ordinary-turn', 'priority']);
  for (const { deed } of answered.values()) if (deed.kind === 'issued') expect(ticketOf(queue, TicketId.parse(deed.issue.ticket))?.state.kind).toMatch(/^(waiting|done)$/);
  for (const desk of site.desks.values()) expect(desk.queue.get()).toEqual(queue);
}, howMany(120_000, 1_200_000));
