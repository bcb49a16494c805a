/** Vitest's global set-up of the tests in test/electron: a terminal that is ready to start, and a screen. */
import { displayMend, startDisplay } from './display.ts';
import { prepareTerminal } from './terminal.ts';

/**
 * Runs once before the tests; what it answers runs after them. The screen is always one of their own: DISPLAY may name none at all (empty,
 * or a server that has gone), and windows that come and go are no sight for whoever works on this machine.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await prepareTerminal();
  if (process.platform !== 'linux') return () => Promise.resolve();
  const display = await startDisplay();
  if (!display.ok) throw new Error(`${display.error.reason}. ${displayMend}`);
  process.env['DISPLAY'] = display.value.name;
  return display.value.stop;
}
