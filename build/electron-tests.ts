/** Vitest's global set-up of the tests in test/electron: a terminal that is ready to start, and a screen. */
import { displayMend, startDisplay } from './display.ts';
import { prepareTerminal } from './terminal.ts';

/** Runs once before the tests; what it answers runs after them. */
export default async function setup(): Promise<() => void> {
  await prepareTerminal();
  if (process.platform !== 'linux' || process.env['DISPLAY'] !== undefined) return () => {};
  const display = await startDisplay();
  if (!display.ok) throw new Error(`${display.error.reason}. ${displayMend}`);
  process.env['DISPLAY'] = display.value.name;
  return display.value.stop;
}
