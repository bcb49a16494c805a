import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const project = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, project), 'utf8');

/** Each quoted line of the worked example, with the file that the last `// path: …` above it names. */
function quotes(): { path: string; line: string }[] {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(read('docs/devices.md')) ?? [];
  let path = '';
  return example.split('\n').flatMap((line) => {
    path = /^\/\/ ([\w/.-]+\.ts): /.exec(line)?.[1] ?? path;
    return line === '' || line.startsWith('//') ? [] : [{ path, line }];
  });
}

test('what the guide for builders quotes stands in the files that it names', () => {
  const all = quotes();
  expect(all.length).toBeGreaterThan(40);
  const missing = all.filter(({ path, line }) => !read(path).split('\n').some((there) => there.trim() === line.trim()));
  expect(missing).toEqual([]);
});

test('every file and folder that the guide names is there', () => {
  const named = [...read('docs/devices.md').matchAll(/`((?:devices|domain|wire|build|main|test|printers|renderer|docs)\/[\w/.-]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter((path) => !existsSync(new URL(path, project)));
  expect(missing).toEqual([]);
});
