import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { FULL_RUNS, randomFrom, SEED } from './rig/seed.ts';
import { AROUND, type FaultWorld, inFaultWorld } from './rig/world.ts';

/** Kills in one county; then it is judged and a new one begins, so that one run's backlog does not hide another's faults. */
const KILLS_A_WORLD = 50;
/** Kills on each database in the ordinary run: some three seconds. */
const ORDINARY = 3;
const kills = FULL_RUNS === null ? ORDINARY : Math.ceil(FULL_RUNS / 2);

/** Longest life of a terminal or hall once it serves, milliseconds: a hand-in takes some 5, a run of the sync some 50. */
const LONGEST_LIFE = 400;
/** Longest start: a terminal that is killed within it has not said a word yet. */
const LONGEST_START = 1500;
const MOST_HAND_INS = 6;
/** Who is killed: mostly the terminal while people hand in. */
const VICTIMS = ['terminal', 'terminal', 'terminal', 'terminal', 'terminal', 'terminal as it starts', 'hall'] as const;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const limitOf = (count: number) => 60_000 + count * 12_000;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function killAndKill(world: FaultWorld, seed: number, count: number): Promise<void> {
  const random = randomFrom(seed);
  await world.startTerminal().ready;
  await world.enrolled();
  for (let made = 0; made < count; made += 1) {
    if (!world.terminal.alive()) world.startTerminal();
    const { terminal } = world;
    const handIns = random.between(1, MOST_HAND_INS);
    const which = random.pick(VICTIMS);
    if (which !== 'terminal as it starts') await terminal.ready;
    const going = terminal.ready.then(() => world.handIn(handIns)).catch((cause: unknown) => world.note(String(cause)));
    const life = random.between(0, which === 'terminal as it starts' ? LONGEST_START : LONGEST_LIFE);
    await pause(life);
    world.note(`kill ${made + 1}: the ${which} after ${life} ms`);
    if (which === 'hall') {
      await world.hall.kill();
      await world.hall.start();
    } else await terminal.kill();
    await going;
  }
  if (!world.terminal.alive()) world.startTerminal();
  await world.terminal.ready;
  await world.drained();
}

describe.each(['PGlite', 'PostgreSQL'] as const)('terminal and hall on %s, killed without warning again and again', (database) => {
  test(`${kills} times: every hand-in that was said is at the hall once, and both logs are whole`, async () => {
    let handedIn = 0;
    for (let done = 0; done < kills; done += KILLS_A_WORLD) {
      const seed = SEED + done;
      const count = Math.min(KILLS_A_WORLD, kills - done);
      const databaseUrl = database === 'PGlite' ? null : await postgres.database();
      handedIn += await inFaultWorld({ name: 'kill', seed, limitMs: limitOf(count), databaseUrl }, async (world) => {
        await killAndKill(world, seed, count);
        const { chain } = await world.judge();
        expect(chain.length).toBeGreaterThanOrEqual(world.said.length);
        return chain.length;
      });
      if (FULL_RUNS !== null) process.stdout.write(`${database}: ${done + count} kills, ${handedIn} hand-ins\n`);
    }
  }, limitOf(kills) + Math.ceil(kills / KILLS_A_WORLD) * AROUND);
});
