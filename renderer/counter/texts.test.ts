import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { t, TEXT_KEYS, word } from './texts.ts';

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/texts\.ts$|\.test\.tsx?$/.test(name))
  .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\n');

test('every sentence is said somewhere', () => {
  // Some keys are put together from a prefix and a keyword.
  const prefixes = [...sources.matchAll(/(?:word\('([a-z.-]+)'|`([a-z.-]+)\.\$\{)/g)].map(([, one, other]) => `${one ?? other}.`);
  const shaped = TEXT_KEYS.filter((key) => /^(call|return|leave|priority)\.(title|submit)$/.test(key));
  expect(TEXT_KEYS.filter((key) => !sources.includes(`'${key}'`) && !shaped.includes(key) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
});

test('values take their places, and a value with braces changes nothing else', () => {
  expect([t('done.next', { code: '{code}' }), t('done.next')]).toEqual(['叫了 {code}。', '叫了 {code}。']);
});

test('a keyword that nobody knows is shown as it came', () => {
  expect([word('way', 'card'), word('way', 'constructor')]).toEqual(['刷证取号', 'constructor']);
});
