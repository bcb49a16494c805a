import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { cannotStart } from '../../main/core/cannot-start.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { openKeys } from '../../main/core/keys/keys.ts';
import { openSqliteFile } from '../../sync/store/file.ts';
import { judgeTerminal } from './rig/judge.ts';
import { howMany, randomFrom, SEED } from './rig/seed.ts';
import { AROUND, inFaultWorld, MACHINE } from './rig/world.ts';

const FLIPS = howMany(3, 2000);
const LIMIT = 120_000 + FLIPS * 500;
/** The first bytes of the file are a salt that a raw key does not use (SQLite3 Multiple Ciphers, "raw" keys): they say nothing. */
const SALT = 16;
const FIRST_PAGE = 4096;

describe('a store whose bytes were changed while the terminal was off', () => {
  test(`is found out at the start (${FLIPS + 1} places), stays as it is, and a copy put in its place goes on`, async () => {
    await inFaultWorld({ name: 'damage', seed: SEED, limitMs: LIMIT }, async (world) => {
      const random = randomFrom(SEED);
      await world.startTerminal().ready;
      await world.enrolled();
      await world.handIn(12, { bytes: 40_000 });
      await world.drained();
      await world.handIn(3);
      await world.terminal.close();
      const [file, copy, aside] = ['store.db', 'store.db.copy', 'store.db.damaged'].map((name) => join(world.terminalFolder, name)) as [string, string, string];
      expect(existsSync(`${file}-wal`)).toBe(false);
      copyFileSync(file, copy);
      const whole = readFileSync(file);
      const flipped = (flip: number) => {
        // Every fourth into the first page, which is always read; of the rest most may fall into free pages, those of scans that are at the hall.
        const at = random.between(SALT, (flip % 4 === 0 ? FIRST_PAGE : whole.length) - 1);
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << random.between(0, 7)), at);
        writeFileSync(file, damaged);
        world.note(`a bit flipped in byte ${at}`);
        // The first page also holds what tells a right key from a wrong one.
        return { damaged, expected: at < FIRST_PAGE ? 'wrong-key' : 'damaged' };
      };
      const keys = await openKeys(world.terminalFolder, file, localKeepers('file'));
      if (!keys.ok) throw new Error(keys.error.kind);
      let found = 0;
      for (let flip = 0; flip < FLIPS; flip += 1) {
        const { damaged, expected } = flipped(flip);
        const opened = openSqliteFile({ path: file, key: keys.value.store, nativeBinding: null });
        if (opened.ok) {
          // A page that holds nothing any more: everything else must be readable as it was.
          opened.value.close();
          await judgeTerminal(world.terminalFolder, MACHINE, world.said);
          continue;
        }
        found += 1;
        expect(opened.error.kind).toBe(expected);
        expect(readFileSync(file).equals(damaged), 'the damaged file was changed').toBe(true);
      }
      expect(found).toBeGreaterThanOrEqual(FLIPS / 4);
      const damaged = Buffer.from(whole).fill(0, FIRST_PAGE, 2 * FIRST_PAGE);
      writeFileSync(file, damaged);
      await expect(world.startTerminal().ready).rejects.toThrow('store: damaged');
      await world.terminal.close();
      expect(readFileSync(file).equals(damaged), 'the damaged file was changed').toBe(true);
      expect(cannotStart({ kind: 'store', why: 'damaged' })).toContain('move it aside, never delete it');

      renameSync(file, aside);
      copyFileSync(copy, file);
      await world.startTerminal().ready;
      await world.handIn(2);
      await world.drained();
      const { chain } = await world.judge();
      expect(chain).toHaveLength(17);
      expect(statSync(aside).size).toBe(whole.length);
    });
  }, LIMIT + AROUND);

  test('replaced by a copy that is older than the last hand-in: what is taken on it is never called received', async () => {
    await inFaultWorld({ name: 'older-copy', seed: SEED, limitMs: LIMIT }, async (world) => {
      await world.startTerminal().ready;
      await world.enrolled();
      await world.handIn(2);
      await world.terminal.close();
      const [file, copy] = [join(world.terminalFolder, 'store.db'), join(world.folder, 'older.db')];
      copyFileSync(file, copy);
      await world.startTerminal().ready;
      await world.handIn(2);
      await world.drained();
      const received = new Set(await world.terminal.received());
      await world.terminal.close();
      rmSync(file);
      copyFileSync(copy, file);
      await world.startTerminal().ready;
      await world.handIn(1);
      await until('the word of the hall', () => world.logged('hall', '"chain-fork"') > 0);
      expect((await world.terminal.look()).waiting, 'it is not let go of either').toBe(1);
      const now = await world.terminal.received();
      expect(now.length).toBe(2);
      expect(now.every((id) => received.has(id))).toBe(true);
    });
  }, LIMIT + AROUND);
});
