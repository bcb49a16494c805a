import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { mayMount, mountSmallDisk } from '../rigs/small-disk.ts';
import { howMany, randomFrom, SEED } from './rig/seed.ts';
import { AROUND, type FaultWorld, inFaultWorld } from './rig/world.ts';

const ROUNDS = howMany(1, 60);
const LIMIT = 60_000 + ROUNDS * 40_000;
/** Room of the terminal's disk: its first start takes 1 MB, each round some more, and the log that is copied into the file lies beside it meanwhile. */
const DISK = '16m';

/** Runs a story whose terminal has a small disk of its own. */
function onSmallDisk(name: string, story: (world: FaultWorld, disk: { fill(): void; free(): void; readOnly(now: boolean): void }) => Promise<void>): Promise<void> {
  return inFaultWorld({ name, seed: SEED, limitMs: LIMIT }, async (world) => {
    const place = world.terminalFolder;
    const mounted = mountSmallDisk(place, DISK);
    const ballast = join(place, 'ballast');
    try {
      await story(world, {
        fill: () => fillUp(ballast),
        free: () => rmSync(ballast, { force: true }),
        readOnly: mounted.readOnly,
      });
    } finally {
      await world.terminal.kill();
      mounted.unmount();
    }
  });
}

/** Writes until there is no room for one more byte. */
function fillUp(path: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    for (let piece = 65_536; piece >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(piece));
      } catch (cause) {
        if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause;
        piece = Math.floor(piece / 4);
      }
    }
  } finally {
    closeSync(file);
  }
}

describe.skipIf(!mayMount)('the disk of a terminal (needs the right to mount)', () => {
  test(`runs full ${ROUNDS} times: what cannot be written is not said to be handed in, and it goes on when there is room again`, async () => {
    const random = randomFrom(SEED);
    await onSmallDisk('full', async (world, disk) => {
      await world.startTerminal().ready;
      await world.enrolled();
      for (let round = 0; round < ROUNDS; round += 1) {
        await world.handIn(random.between(1, 3));
        disk.fill();
        world.note('the disk is full');
        const [refused, stopped] = [world.refused.length, world.logged('terminal', '"store-full"')];
        // The write-ahead log is laid out ahead, so some hand-ins find room in it.
        while (world.refused.length === refused) {
          const heard = world.said.length + world.refused.length;
          await world.handIn(5, { bytes: random.between(20_000, 90_000) });
          expect(world.said.length + world.refused.length).toBe(heard + 5);
        }
        await until('the sync met the full disk, or got by', async () => {
          const { waiting, files } = await world.terminal.look();
          return world.logged('terminal', '"store-full"') > stopped || waiting + files === 0;
        });
        const { papers } = await world.terminal.look();
        // Some words of the ledger find room, too.
        for (let asked = 0; (await world.terminal.look()).unwritten === 0; asked += 100) {
          expect(asked).toBeLessThan(10_000);
          await world.terminal.slips(100);
        }
        expect(world.terminal.alive(), 'core lives').toBe(true);
        disk.free();
        world.note('there is room again');
        await until('the ledger written', async () => (await world.terminal.look()).unwritten === 0);
        expect((await world.terminal.look()).papers).toBeGreaterThan(papers);
        await world.handIn(2);
        await world.drained();
        await world.terminal.endVisit();
      }
      expect(world.logged('terminal', '"store-full"')).toBeGreaterThan(0);
      // At a page it is an answer, at a row of the log a surprise of that one write.
      expect(world.refused.length).toBeGreaterThan(0);
      expect(world.refused.filter(({ why }) => why !== 'store-full' && why !== 'SqliteError SQLITE_FULL')).toEqual([]);
      await world.judge();
    });
  }, LIMIT + AROUND);

  test('is full at a start, or read-only: the start says which, and everything is there afterwards', async () => {
    await onSmallDisk('read-only', async (world, disk) => {
      await world.startTerminal().ready;
      await world.enrolled();
      await world.handIn(3);
      await world.terminal.kill();
      disk.readOnly(true);
      await expect(world.startTerminal().ready).rejects.toThrow('store: not-permitted');
      await world.terminal.close();
      disk.readOnly(false);
      await world.startTerminal().ready;
      await world.terminal.close();
      disk.fill();
      await expect(world.startTerminal().ready).rejects.toThrow('store: full');
      await world.terminal.close();
      disk.free();
      await world.startTerminal().ready;
      await world.handIn(1);
      await world.drained();
      await world.judge();
    });
  }, LIMIT + AROUND);
});
