/** Runs in each worker of the tests in test/electron, before its files: gives it the screen that is its own. */
import { SCREENS } from './electron-tests.ts';

const screens = (process.env[SCREENS] ?? '').split(' ').filter((name) => name !== '');
const screen = screens[Number(process.env['VITEST_POOL_ID'] ?? 1) % Math.max(1, screens.length)];
if (screen !== undefined) process.env['DISPLAY'] = screen;
