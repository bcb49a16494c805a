/**
 * Four projects, by what a test needs: `pure` beside sources that keep nothing between two calls, `unit` beside the others, `flows` through several modules, `electron` with the
 * bundled terminal on a screen.
 */
import { defineConfig } from 'vitest/config';
import { LongestFirst, WORKERS } from './build/test-order.ts';

const flows = 'test/flows/**/*.test.{ts,tsx}';
const faults = 'test/faults/**/*.test.ts';
const electron = 'test/electron/**/*.test.{ts,tsx}';
/** What is read once serves all of their files: to read it anew for each took longer than the tests. */
const pure = '{domain,crypto,printers}/**/*.test.ts';
const never = ['**/node_modules/**', '**/dist/**', '**/.cache/**', 'out/**'];

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // What a page shows soon, on two cores that several workers share.
    expect: { poll: { timeout: 15_000 } },
    // Below, limits are for what hangs: several times what the longest takes on such a machine when it does much else.
    projects: [
      { extends: true, test: { name: 'pure', include: [pure], exclude: never, isolate: false, maxWorkers: WORKERS.modules, sequence: { groupOrder: 2 }, testTimeout: 90_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...never, pure, flows, faults, electron], maxWorkers: WORKERS.modules, sequence: { groupOrder: 2 }, testTimeout: 90_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'flows', include: [flows, faults], exclude: never, maxWorkers: WORKERS.stories, sequence: { groupOrder: 1 }, testTimeout: 120_000, hookTimeout: 180_000 } },
      {
        extends: true,
        test: {
          name: 'electron',
          include: [electron],
          exclude: never,
          maxWorkers: WORKERS.windows,
          sequence: { groupOrder: 0 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
          setupFiles: ['build/electron-screen.ts'],
          globalSetup: 'build/electron-tests.ts',
        },
      },
    ],
  },
});
