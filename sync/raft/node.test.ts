import { describe, expect, test } from 'vitest';
import { howMany, SEED } from '../../test/faults/rig/seed.ts';
import { type TestClock, testClock } from '../../test/fixtures/test-clock.ts';
import { MachineId } from '../../domain/ids.ts';
import { drop } from '../../domain/result.ts';
import { type Committed, openRaftNode } from './node.ts';
import { testStorage } from './test-storage.ts';
import { createWorld, type Machine, type World } from './test-world.ts';
import { LAN, LARGEST_VALUE, type RaftEvent } from './types.ts';

const ALONE = MachineId.parse('T330624-0001');

/** A site of one machine. */
function alone(clock: TestClock, storage = testStorage(), events: RaftEvent[] = []) {
  return openRaftNode({ me: ALONE, members: [ALONE], clock, storage, transport: { send: () => expect.unreachable(), onMessage: () => () => undefined }, random: () => 0.5, log: (event) => events.push(event) });
}

/** Lets what was brought be taken. */
function soon<Value>(clock: TestClock, brought: Promise<Value>): Promise<Value> {
  clock.advance(1);
  return brought;
}

/** All started, and one of them leads. */
async function led(members: number, seed: number): Promise<{ world: World; leader: Machine }> {
  const world = createWorld({ members, seed });
  for (const each of world.machines) world.start(each);
  await until(world, () => world.leader() !== null);
  await world.pass(500);
  return { world, leader: world.leader() as Machine };
}

/** @returns how long it took, milliseconds */
async function until(world: World, come: () => boolean): Promise<number> {
  const from = world.now;
  while (!come()) {
    if (world.now - from > 20_000) throw new Error('it does not come');
    await world.pass(10);
  }
  return world.now - from;
}
const status = (machine: Machine) => machine.life?.node.status();

describe('a site of one machine', () => {
  test('commits what it is brought, tells it once and from the beginning, and again after a restart', async () => {
    const [clock, storage] = [testClock(), testStorage()];
    const node = alone(clock, storage);
    const told: Committed[] = [];
    node.onCommitted((entry) => told.push(entry));
    clock.advance(1);
    const value = { deed: 'called' };
    const first = node.propose('one', value);
    value.deed = 'changed afterwards';
    expect([await soon(clock, first), await soon(clock, node.propose('two', [2])), await soon(clock, node.propose('one', 'other'))]).toEqual([2, 3, 2].map((index) => ({ ok: true, value: { index } })));
    const entries = [{ index: 2, id: 'one', value: { deed: 'called' }, last: false }, { index: 3, id: 'two', value: [2], last: false }];
    expect(told).toEqual(entries);
    const late: Committed[] = [];
    node.onCommitted((entry) => late.push(entry))();
    expect(late).toEqual(entries);
    node.close();
    node.close();
    expect([await node.propose('three', 3), node.status().role, clock.waiting]).toEqual([{ ok: false, error: { kind: 'closed', leader: null } }, 'closed', 0]);
    const again = alone(clock, storage);
    const after: Committed[] = [];
    again.onCommitted((entry) => after.push(entry));
    clock.advance(1);
    expect([after, again.status()]).toMatchObject([entries, { role: 'leader', term: 2, commitIndex: 4, lastIndex: 4, ended: false, behind: [] }]);
    again.close();
  });
  test('who listens from within a listener, or proposes from there, hears each once and in order', async () => {
    const [clock, storage] = [testClock(), testStorage()];
    const node = alone(clock, storage);
    clock.advance(1);
    const [outer, inner]: [string[], string[]] = [[], []];
    node.onCommitted(({ id }) => {
      outer.push(id);
      if (id !== 'one') return;
      node.onCommitted((entry) => inner.push(entry.id));
      drop(node.propose('from within', 1));
    });
    await soon(clock, node.propose('one', 1));
    await soon(clock, node.propose('two', 2));
    expect([outer, inner]).toEqual([['one', 'from within', 'two'], ['one', 'from within', 'two']]);
    node.close();
    // After a restart all are committed together.
    const again = alone(clock, storage);
    inner.length = 0;
    again.onCommitted(({ id }) => id === 'one' && again.onCommitted((entry) => inner.push(entry.id)));
    clock.advance(1);
    expect(inner).toEqual(['one', 'from within', 'two']);
    again.close();
  });
  test('an ended list takes no more, and says so after a restart, too', async () => {
    const [clock, storage] = [testClock(), testStorage()];
    const node = alone(clock, storage);
    clock.advance(1);
    expect([await soon(clock, node.proposeLast('end', { tickets: 2 })), await soon(clock, node.propose('late', 1)), node.status().ended]).toEqual([{ ok: true, value: { index: 2 } }, { ok: false, error: { kind: 'list-ended', leader: ALONE } }, true]);
    node.close();
    const again = alone(clock, storage);
    clock.advance(1);
    expect(await soon(clock, again.propose('later', 1))).toEqual({ ok: false, error: { kind: 'list-ended', leader: ALONE } });
    again.close();
  });
  test('what comes together is saved together', async () => {
    const [clock, storage] = [testClock(), testStorage()];
    const node = alone(clock, storage);
    clock.advance(1);
    let saves = 0;
    storage.fails = () => {
      saves += 1;
      return 'no';
    };
    const hundred = Promise.all(Array.from({ length: 100 }, (_, place) => node.propose(`wish-${place % 90}`, place)));
    clock.advance(1);
    expect([(await hundred).map((answer) => (answer.ok ? answer.value.index : 0)), saves]).toEqual([Array.from({ length: 100 }, (_, place) => 2 + (place % 90)), 1]);
    node.close();
  });
  test('a value that is no JSON, or too long, is a mistake of who brings it', () => {
    const node = alone(testClock());
    expect(() => node.propose('none', undefined)).toThrow(RangeError);
    expect(() => node.propose('long', 'x'.repeat(LARGEST_VALUE))).toThrow(RangeError);
    node.close();
  });
  test.each(['full', 'failed'] as const)('when nothing can be saved (%s) it takes no part any more; what was answered stays', async (why) => {
    const [clock, storage, events] = [testClock(), testStorage(), [] as RaftEvent[]];
    const node = alone(clock, storage, events);
    clock.advance(1);
    await soon(clock, node.propose('one', 1));
    storage.fails = () => {
      throw why === 'full' ? Object.assign(new Error('no room'), { code: 'SQLITE_FULL' }) : new Error('a surprise');
    };
    const second = node.propose('two', 2);
    if (why === 'full') clock.advance(1);
    else expect(() => clock.advance(1)).toThrow('a surprise');
    expect(await second).toEqual({ ok: false, error: { kind: 'closed', leader: null } });
    expect([node.status().role, events.at(-1), clock.waiting, storage.disk.log.length]).toEqual(['halted', { event: 'raft-halted', why }, 0, 2]);
  });
});

describe.each([3, 5])('a site of %d machines on a LAN', (members) => {
  const SITES = howMany(300, 10_000);
  test(`${SITES} times: when the leader dies another leads within five seconds, and takes wishes`, async () => {
    const took: number[] = [];
    for (let seed = SEED; seed < SEED + SITES; seed += 1) {
      const { world, leader } = await led(members, seed);
      world.kill(leader);
      took.push(await until(world, () => world.leader() !== null));
      world.propose(world.leader() as Machine, 'after', 1);
      await until(world, () => world.answered.length === 1);
      world.close();
    }
    expect(Math.max(...took)).toBeLessThanOrEqual(5000);
    // Nobody is in a hurry either: a pause of a leader is not yet its death.
    expect(Math.min(...took)).toBeGreaterThanOrEqual(LAN.electionShortest - LAN.heartbeat - 50);
  });
  test('the half without a majority stops answering and knows nobody who leads; healed, all go on under the new leader', async () => {
    const { world, leader } = await led(members, SEED);
    world.propose(leader, 'before', 1);
    await until(world, () => world.answered.length === 1);
    for (const { id } of world.machines) if (id !== leader.id) world.cuts.add(`${leader.id}>${id}`).add(`${id}>${leader.id}`);
    world.propose(leader, 'in the small half', 2);
    expect(await until(world, () => world.refusals.length === 1)).toBeLessThanOrEqual(LAN.electionLongest + LAN.heartbeat + 20);
    expect([world.refusals, status(leader)]).toMatchObject([[{ kind: 'lost-leadership', leader: null }], { leader: null }]);
    await until(world, () => world.leader() !== null);
    const next = world.leader() as Machine;
    world.propose(next, 'in the large half', 3);
    await until(world, () => world.answered.length === 2);
    world.propose(leader, 'asked here', 4);
    await world.pass(10);
    expect(world.refusals.at(-1)).toEqual({ kind: 'no-leader', leader: null });
    await world.pass(500);
    expect(status(next)?.behind).toEqual([leader.id]);
    const term = status(next)?.term;
    world.cuts.clear();
    await until(world, () => status(leader)?.leader === next.id);
    await world.pass(500);
    // Who comes back unseats nobody, and what it alone had is gone.
    expect([status(next)?.term, status(next)?.role, status(next)?.behind]).toEqual([term, 'leader', []]);
    for (const { life } of world.machines) expect(life?.told.map(({ id }) => id)).toEqual(['before', 'in the large half']);
    world.propose(leader, 'asked here again', 4);
    await world.pass(10);
    expect(world.refusals.at(-1)).toEqual({ kind: 'no-leader', leader: next.id });
    world.close();
  });
  test('a machine that hears nobody does not move the term of the others, however long', async () => {
    const { world, leader } = await led(members, SEED + 1);
    const other = world.machines.find(({ id }) => id !== leader.id) as Machine;
    const term = status(leader)?.term;
    for (const { id } of world.machines) world.cuts.add(`${id}>${other.id}`);
    await world.pass(30_000);
    expect([status(leader)?.role, status(leader)?.term, status(other)?.term]).toEqual(['leader', term, term]);
    world.close();
  });
  test('a leader that can speak and not hear stops leading', async () => {
    const { world, leader } = await led(members, SEED + 2);
    for (const { id } of world.machines) if (id !== leader.id) world.cuts.add(`${id}>${leader.id}`);
    await until(world, () => status(leader)?.role !== 'leader');
    await until(world, () => world.leader() !== null);
    expect(world.leader()?.id).not.toBe(leader.id);
    world.close();
  });
  test('a day of 20 000 entries: one more is agreed on as quickly as the first, and a machine that comes late has them within seconds', async () => {
    const { world, leader } = await led(members, SEED + 3);
    const late = world.machines.find(({ id }) => id !== leader.id) as Machine;
    world.kill(late);
    const log = Array.from({ length: 20_000 }, (_, place) => ({ index: place + 1, term: 1, proposal: { id: `wish-${place}`, value: place, last: false } }));
    for (const each of world.machines) {
      if (each !== late) each.storage.put({ currentTerm: 1, votedFor: null, log });
      else each.storage.put({ currentTerm: 0, votedFor: null, log: [] });
      if (each !== late) world.restart(each);
    }
    await until(world, () => world.leader() !== null);
    world.propose(world.leader() as Machine, 'one more', 1);
    expect(await until(world, () => world.answered.length === 1)).toBeLessThanOrEqual(200);
    world.start(late);
    expect(await until(world, () => late.life?.told.length === 20_001)).toBeLessThanOrEqual(30_000);
    world.close();
  });
});
