import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { contrast } from './contrast.ts';

test('black on white is 21, alike is 1, and the order does not matter', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#0e5257', '#0e5257')).toBe(1);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#fff', '#777')).toBe(contrast('#ffffff', '#777777'));
  expect(contrast('#ffffff', '#777777')).toBe(contrast('#777777', '#ffffff'));
});

/** Texts that the design language lays on a surface. */
const PAIRS = [
  ['ink', 'paper'], ['ink', 'surface'], ['ink', 'surface-sunk'], ['ink-soft', 'paper'], ['ink-soft', 'surface'], ['primary', 'surface'], ['primary', 'primary-soft'], ['on-primary', 'primary'], ['on-primary', 'primary-deep'],
  ['accent', 'surface'], ['accent', 'accent-soft'], ['good', 'good-soft'], ['warn', 'warn-soft'],
] as const;

describe('the tokens themselves', async () => {
  const css = await readFile(new URL('../ui/tokens.css', import.meta.url), 'utf8');
  const block = (selector: string) => new Map([...(css.split(selector)[1]?.split('}')[0] ?? '').matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
  const normal = block(':root {');
  const high = new Map([...normal, ...block(":root[data-contrast='high'] {")]);
  test.each(PAIRS)('%s on %s: 4.5:1 as they are, 7:1 in high contrast', (text, surface) => {
    expect(contrast(normal.get(text) ?? '', normal.get(surface) ?? '')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(high.get(text) ?? '', high.get(surface) ?? '')).toBeGreaterThanOrEqual(7);
  });
});
