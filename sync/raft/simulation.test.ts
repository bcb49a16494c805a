import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { howMany, SEED } from '../../test/faults/rig/seed.ts';
import { createJudge } from './test-laws.ts';
import { createWorld, FAIR, type Machine, type World } from './test-world.ts';
import { LAN, MOST_ENTRIES } from './types.ts';

/** The slowest that a message ever is, milliseconds: longer than any election timeout. */
const SLOWEST = 2500;

const machine = fc.nat({ max: 4 });
/** What may happen to a site, in any order. Machines are counted around. */
const happening = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('time' as const), milliseconds: fc.constantFrom(5, 20, 60, 200, 600, 1700) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wish' as const), id: fc.nat({ max: 20 }), at: fc.constantFrom<number | 'leader'>('leader', 'leader', 'leader', 0, 1, 2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('halves' as const), side: fc.nat({ max: 31 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deaf' as const), from: machine, to: machine }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'heal' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('power' as const), at: fc.constantFrom<number | 'leader'>('leader', 0, 1, 2, 3, 4), fuse: fc.nat({ max: 8 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('start' as const), at: machine }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall' as const), at: machine, milliseconds: fc.integer({ min: 100, max: 4000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('weather' as const), loss: fc.constantFrom(0, 0.05, 0.3), twice: fc.constantFrom(0, 0.3), slowest: fc.constantFrom(5, 30, 400, SLOWEST) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), at: machine }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('hurry' as const), who: fc.nat({ max: 31 }) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** @property mostEntries few in a message: what is lacking comes in several, and any of them may be lost @property lost one machine for good, before that happening @property ends the list, before that happening */
const run = fc.noBias(fc.record({
  seed: fc.nat(), beginning: fc.constantFrom(0, 3000, 3000), mostEntries: fc.constantFrom(1, 2, MOST_ENTRIES),
  lost: fc.option(fc.record({ machine, after: fc.nat({ max: 40 }) }), { freq: 2 }), ends: fc.option(fc.nat({ max: 60 }), { freq: 2 }),
  happenings: fc.array(happening, { minLength: 10, maxLength: 80, size: 'max' }),
}));

const at = (world: World, place: number): Machine => world.machines[place % world.machines.length] as Machine;

/** @returns how long to wait for what it does */
function perform(world: World, step: Happening): number {
  switch (step.kind) {
    case 'time':
      return step.milliseconds;
    case 'wish': {
      const target = step.at === 'leader' ? world.leader() : at(world, step.at);
      if (target !== null) world.propose(target, `wish-${step.id}`, { said: step.id });
      return 0;
    }
    case 'halves':
      for (const [one, from] of world.machines.entries()) for (const [other, to] of world.machines.entries()) if ((step.side >> one) % 2 !== (step.side >> other) % 2) world.cuts.add(`${from.id}>${to.id}`);
      return 0;
    case 'deaf':
      world.cuts.add(`${at(world, step.from).id}>${at(world, step.to).id}`);
      return 0;
    case 'heal':
      world.cuts.clear();
      return 0;
    case 'power': {
      const target = step.at === 'leader' ? world.leader() : at(world, step.at);
      if (target !== null) target.fuse = step.fuse;
      return 0;
    }
    case 'start': {
      const target = at(world, step.at);
      if (target.life === null && !target.gone) world.start(target);
      return 0;
    }
    case 'restart': {
      const target = at(world, step.at);
      if (target.life !== null) world.restart(target);
      return 0;
    }
    case 'hurry':
      for (const [place, each] of world.machines.entries()) if ((step.who >> place) % 2 === 1) world.hurry(each, LAN.electionLongest);
      return 0;
    case 'stall':
      at(world, step.at).stalledUntil = world.now + step.milliseconds;
      return 0;
    case 'weather':
      world.weather = step;
      return 0;
  }
}

/** For good. */
function lose(world: World, target: Machine): void {
  target.gone = true;
  world.kill(target);
}

/** Nothing is to be taken behind this. */
function end(world: World): void {
  const leader = world.leader();
  if (leader !== null) world.propose(leader, 'last', null, true);
}

/** Everything is mended that can be. */
function mend(world: World): void {
  world.cuts.clear();
  world.weather = FAIR;
  for (const each of world.machines) {
    each.fuse = null;
    each.stalledUntil = 0;
    if (each.life === null && !each.gone) world.start(each);
  }
}

/** Longest from the mending to a committed wish, milliseconds: three elections that come to nothing, and old messages that are still on their way. */
const BOUND = 8000;

type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;

/** @returns what happened: entries that were agreed on, terms, whether the list was ended and a machine lost */
async function live(members: number, voters: number, { seed, beginning, mostEntries, lost, ends, happenings }: Run): Promise<{ agreed: number; terms: number; ended: number; lost: number }> {
  const world = createWorld({ members, voters, seed, tuning: { ...LAN, mostEntries } });
  const judge = createJudge(world);
  try {
    for (const each of world.machines) world.start(each);
    await world.pass(beginning, judge.look);
    for (const [place, step] of happenings.entries()) {
      if (place === lost?.after) lose(world, at(world, lost.machine));
      if (place === ends) end(world);
      await world.pass(perform(world, step), judge.look);
    }
    mend(world);
    const mendedAt = world.now;
    const done = () => world.answered.some(({ id }) => id === 'after all') || world.refusals.some(({ kind }) => kind === 'list-ended');
    while (!done()) {
      if (world.now - mendedAt > BOUND) throw new Error('liveness: a wish is committed within a bounded time after the last fault');
      const leader = world.leader();
      if (leader !== null) world.propose(leader, 'after all', 'value');
      await world.pass(100, judge.look);
    }
    // A request for a vote that was on its way for seconds may unseat the leader once more.
    await world.pass(SLOWEST, judge.look);
    const settledBy = world.now + BOUND;
    while (!judge.haveAll() && world.now < settledBy) await world.pass(100, judge.look);
    judge.lookAtEnd();
    return {
      agreed: judge.agreed.length, terms: Math.max(...world.machines.map(({ storage }) => storage.disk.currentTerm)),
      ended: judge.agreed.some(({ proposal }) => proposal?.last === true) ? 1 : 0, lost: world.machines.some(({ gone }) => gone) ? 1 : 0,
    };
  } finally {
    world.close();
  }
}

describe.each([[3, 3, howMany(1600, 100_000)], [5, 5, howMany(800, 60_000)], [5, 3, howMany(800, 60_000)]])('%d machines, of which %d vote, in %d runs of cuts, losses, kills, stalls and clocks that jump', (members, voters, numRuns) => {
  test('never disagree, lose nothing that was answered, and go on', async () => {
    const lived: Awaited<ReturnType<typeof live>>[] = [];
    await fc.assert(fc.asyncProperty(run, async (chosen) => void lived.push(await live(members, voters, chosen))), { numRuns, seed: SEED });
    const mean = (of: keyof (typeof lived)[number]) => lived.reduce((sum, each) => sum + each[of], 0) / lived.length;
    // Runs in which nothing is agreed on and nobody is unseated would show nothing.
    expect(mean('agreed')).toBeGreaterThan(4);
    expect(mean('terms')).toBeGreaterThan(2);
    expect(mean('ended')).toBeGreaterThan(0.1);
    expect(mean('lost')).toBeGreaterThan(0.2);
  }, 60_000 + numRuns * 20);
});
