/**
 * React Aria keeps each element that is in transition in a map of its own, and hears of one that is removed meanwhile by a single `transitioncancel`, which it takes for one property. With two it keeps the element, and the
 * screen around it, for as long as the window lives: some sixty elements a visit were seen.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const renderer = join(import.meta.dirname, '..');
const lists = globSync('{ui,kiosk}/**/*.css', { cwd: renderer }).flatMap((file) => [...readFileSync(join(renderer, file), 'utf8').matchAll(/\btransition(?:-property)?:([^;}]*)/g)].map(([, list = '']) => ({ file, list: list.trim() })));

test('no element of the citizen\'s window has two properties in transition', () => {
  expect(lists.length).toBeGreaterThan(2);
  expect(lists.filter(({ list }) => list.split(',').length > 1 || list.startsWith('all'))).toEqual([]);
});
