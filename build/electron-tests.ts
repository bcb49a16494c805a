/** Vitest's global set-up of the tests in test/electron: a terminal that is ready to start, and screens. */
import { type Display, displayMend, startDisplay } from './display.ts';
import { prepareTerminal } from './terminal.ts';
import { WORKERS } from './test-order.ts';

/** Where a worker finds its screen (`electron-screen.ts`): names, one a worker. */
export const SCREENS = 'JINBAN_TEST_SCREENS';

/**
 * Runs once before the tests; what it answers runs after them. The screens are always of their own: DISPLAY may name none at all (empty, or a server that has gone), windows that come and go are
 * no sight for whoever works on this machine, and two windows on one screen would take each other's keys.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await prepareTerminal();
  if (process.platform !== 'linux') return () => Promise.resolve();
  const screens: Display[] = [];
  for (let worker = 0; worker < WORKERS.windows; worker += 1) {
    const display = await startDisplay();
    if (!display.ok) throw new Error(`${display.error.reason}. ${displayMend}`);
    screens.push(display.value);
  }
  process.env[SCREENS] = screens.map(({ name }) => name).join(' ');
  return async () => {
    for (const screen of screens) await screen.stop();
  };
}
