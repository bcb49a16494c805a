import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { t, TEXT_KEYS, word } from './texts.ts';

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/texts\.ts$|\.test\.tsx?$/.test(name))
  .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\n');

test('every sentence is said somewhere', () => {
  // Some keys are put together from a prefix and a keyword that came over the road.
  const prefixes = [...sources.matchAll(/(?:word\(|t\()['`]([a-z.-]+?)(?:', |\.\$\{)/g)].map(([, prefix]) => `${prefix}.`);
  expect(TEXT_KEYS.filter((key) => !sources.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
});

test('values take their places, and a value with braces changes nothing else', () => {
  expect(t('due.left', { days: '{days}' })).toBe('剩 {days}');
  expect(t('due.left')).toBe('剩 {days}');
});

test('a keyword that nobody knows is shown as it came', () => {
  expect([word('stage', 'accepted'), word('stage', 'constructor'), word('stage', 'of-tomorrow')]).toEqual(['已受理', 'constructor', 'of-tomorrow']);
});
