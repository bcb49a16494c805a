import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { openKeys } from '../../main/core/keys/keys.ts';
import { copyFile, openSqliteFile } from '../../sync/store/index.ts';
import { judgeLogs, judgeTerminal } from './rig/judge.ts';
import { howMany, SEED } from './rig/seed.ts';
import { AROUND, inFaultWorld, MACHINE } from './rig/world.ts';

const COPIES = howMany(30, 2000);
const LIMIT = 120_000 + COPIES * 1000;

describe('a second program', () => {
  test(`opens the store and copies it ${COPIES} times while people hand in: no hand-in that was said is lost, and every copy is whole`, async () => {
    await inFaultWorld({ name: 'second', seed: SEED, limitMs: LIMIT }, async (world) => {
      await world.startTerminal().ready;
      await world.enrolled();
      const file = join(world.terminalFolder, 'store.db');
      const keys = await openKeys(world.terminalFolder, file, localKeepers('file'));
      if (!keys.ok) throw new Error(keys.error.kind);
      const folder = mkdtempSync(join(tmpdir(), 'jinban-faults-copies-'));
      const key = keys.value.store;
      for (let copy = 0; copy < COPIES; copy += 1) {
        // The terminal is handing in at this very moment; this process holds it up no more than the file's own locks do.
        const going = world.handIn(3, { bytes: 500 });
        const opened = openSqliteFile({ path: file, key, nativeBinding: null });
        if (!opened.ok) throw new Error(opened.error.kind);
        const to = join(folder, `${copy}.db`);
        copyFile(opened.value, to);
        opened.value.close();
        const copied = openSqliteFile({ path: to, key, nativeBinding: null });
        expect(copied.ok, 'the copy is whole').toBe(true);
        if (copied.ok) copied.value.close();
        rmSync(to);
        await going;
      }
      expect(world.refused).toEqual([]);
      // As a power cut would: what is only in the first process's memory is gone.
      await world.terminal.kill();
      const { chain } = await judgeTerminal(world.terminalFolder, MACHINE, world.said);
      expect(chain).toHaveLength(3 * COPIES);
      judgeLogs(join(world.folder, 'logs'));
      rmSync(folder, { recursive: true });
    });
  }, LIMIT + AROUND);
});
