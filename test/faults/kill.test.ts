import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { FULL_RUNS, randomFrom, SEED } from './rig/seed.ts';
import { type FaultWorld, inFaultWorld } from './rig/world.ts';

/** Kills in one county; then it is judged and a new one begins, so that one run's backlog does not hide another's faults. */
const KILLS_A_WORLD = 50;
/** Kills on each database in the ordinary run: some ten seconds. */
const ORDINARY = 10;
const kills = FULL_RUNS === null ? ORDINARY : Math.ceil(FULL_RUNS / 2);

/** Longest life of a terminal before it is killed, milliseconds: its start takes some 600, the rest is hand-ins and sync. */
const LONGEST_LIFE = 1500;
/** Longest life of a hall that is killed while a terminal sends to it. */
const LONGEST_BUSY = 700;
const MOST_HAND_INS = 6;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function killAndKill(world: FaultWorld, seed: number, count: number): Promise<void> {
  const random = randomFrom(seed);
  await world.startTerminal().ready;
  await world.enrolled();
  for (let made = 0; made < count; made += 1) {
    if (!world.terminal.alive()) world.startTerminal();
    const { terminal } = world;
    const handIns = random.between(1, MOST_HAND_INS);
    const [which, life] = random.next() < 0.8 ? ['terminal', random.between(0, LONGEST_LIFE)] as const : ['hall', random.between(0, LONGEST_BUSY)] as const;
    // A hall dies in the middle of work; a terminal may also die while it starts.
    if (which === 'hall') await terminal.ready;
    const going = terminal.ready.then(() => world.handIn(handIns)).catch((cause: unknown) => world.note(String(cause)));
    await pause(life);
    world.note(`kill ${made + 1}: the ${which} after ${life} ms`);
    if (which === 'terminal') await terminal.kill();
    else {
      await world.hall.kill();
      await world.hall.start();
    }
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
      handedIn += await inFaultWorld({ name: 'kill', seed, databaseUrl }, async (world) => {
        await killAndKill(world, seed, count);
        const { chain } = await world.judge();
        expect(chain.length).toBeGreaterThanOrEqual(world.said.length);
        return chain.length;
      });
      if (FULL_RUNS !== null) process.stdout.write(`${database}: ${done + count} kills, ${handedIn} hand-ins\n`);
    }
  }, 60_000 + kills * 10_000);
});
