import { describe, expect, test } from 'vitest';
import { howMany, SEED } from './rig/seed.ts';
import { AROUND, inFaultWorld } from './rig/world.ts';

const CASES = howMany(20, 10_000);
const LIMIT = 300_000 + CASES * 400;
const TWO_WEEKS = 14 * 24 * 3_600_000;
/**
 * Most that core may hold more at the end of the drain than after its first contact, bytes. What a whole backlog would take if it were held
 * at once is 60 MB of text for 10 000 cases, twice that as objects, and the pages on top.
 */
const MOST_GROWTH = 16 * 1024 * 1024;
/** The same of its resident memory: what the engine needs to work on a long backlog at full speed, and does not give back. */
const MOST_RESIDENT = 256 * 1024 * 1024;

describe('two weeks without a line', () => {
  test(`${CASES} cases are taken, all are at the hall once when the line is back, and core needs no more memory than before`, async () => {
    await inFaultWorld({ name: 'two-weeks', seed: SEED, limitMs: LIMIT }, async (world) => {
      await world.startTerminal({ ahead: -TWO_WEEKS }).ready;
      await world.enrolled();
      // What a program needs once to do its work is not growth.
      await world.handIn(5);
      await world.drained();
      const before = await world.terminal.look();
      await world.hall.kill();
      const began = performance.now();
      await world.handIn(CASES, { apart: Math.floor(TWO_WEEKS / CASES) });
      const taken = performance.now();
      expect((await world.terminal.look()).waiting).toBe(CASES);
      await world.hall.start();
      await world.drained();
      const drained = performance.now();
      const after = await world.terminal.look();
      const memory = `core holds ${megabytes(before.held)} before, ${megabytes(after.held)} after; resident ${megabytes(before.resident)} and ${megabytes(after.resident)}`;
      world.note(memory);
      process.stdout.write(`two weeks: ${CASES} cases taken in ${seconds(taken - began)}, drained in ${seconds(drained - taken)}; ${memory}\n`);
      expect(after.held - before.held).toBeLessThan(MOST_GROWTH);
      expect(after.resident - before.resident).toBeLessThan(MOST_RESIDENT);
      const { chain, hall } = await world.judge();
      expect([chain.length, hall.cases]).toEqual([CASES + 5, CASES + 5]);
    });
  }, LIMIT + AROUND);
});

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
