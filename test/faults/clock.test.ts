import { describe, expect, test } from 'vitest';
import { howMany, randomFrom, SEED } from './rig/seed.ts';
import { AROUND, inFaultWorld } from './rig/world.ts';

const JUMPS = howMany(1, 200);
const LIMIT = 60_000 + JUMPS * 10_000;
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
/** Where somebody, or an empty battery, may set a clock: milliseconds from where it stands. */
const LEAPS = [YEAR, -YEAR, -24 * HOUR, 24 * HOUR, -HOUR, 5 * 60_000, -1000];
/** What may lie between a hand-in and what the hall makes of its evidence, milliseconds: half a round trip each way, on a busy machine. */
const HONEST = 5000;

describe('the clock of a terminal is set wrong', () => {
  test(`${JUMPS} times in one run: the order holds, tokens and numbers go on, and the hall reckons from the evidence`, async () => {
    await inFaultWorld({ name: 'clock', seed: SEED, limitMs: LIMIT }, async (world) => {
      const random = randomFrom(SEED);
      await world.startTerminal({ ahead: YEAR }).ready;
      await world.enrolled();
      const moments: { from: number; to: number }[] = [];
      for (let jump = 0; jump < JUMPS; jump += 1) {
        const leap = random.pick(LEAPS);
        await world.terminal.moveClock(leap);
        world.note(`the clock leaps by ${leap} ms`);
        const count = random.between(1, 3);
        const from = Date.now();
        await world.handIn(count);
        for (let made = 0; made < count; made += 1) moments.push({ from, to: Date.now() });
        await world.drained();
        // Now and then core starts anew while its clock is wrong.
        if (random.next() < 0.2) {
          await world.terminal.kill();
          await world.startTerminal({ ahead: random.pick(LEAPS) }).ready;
        }
      }
      const { chain, hall } = await world.judge();
      expect(chain.map(({ sequence }) => sequence)).toEqual(moments.map((_moment, index) => index + 1));
      expect(chain.every(({ payload }) => payload.kind === 'handed-in' && !payload.number.provisional)).toBe(true);
      const handedInAt = chain.map((action) => Date.parse(hall.handedInAt.get(action.case) ?? ''));
      const dishonest = moments.flatMap(({ from, to }, index) => {
        const reckoned = handedInAt[index] ?? Number.NaN;
        return reckoned >= from - HONEST && reckoned <= to + HONEST ? [] : [{ sequence: index + 1, off: reckoned - from }];
      });
      expect(dishonest, 'hand-ins whose time the hall reckons wrong').toEqual([]);
    });
  }, LIMIT + AROUND);

  test('without a line, a year ahead: the time of hand-in is counted from the last contact, not read off the wrong clock', async () => {
    await inFaultWorld({ name: 'clock-offline', seed: SEED, limitMs: LIMIT }, async (world) => {
      await world.startTerminal().ready;
      await world.enrolled();
      await world.hall.kill();
      await world.terminal.moveClock(YEAR);
      const from = Date.now();
      await world.handIn(3);
      await world.terminal.moveClock(-2 * YEAR);
      await world.handIn(3);
      const to = Date.now();
      await world.hall.start();
      await world.drained();
      const { hall } = await world.judge();
      for (const at of hall.handedInAt.values()) {
        expect(Date.parse(at)).toBeGreaterThan(from - HONEST);
        expect(Date.parse(at)).toBeLessThan(to + HONEST);
      }
    });
  }, LIMIT + AROUND);
});
