import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPassed, passedBefore, stateOf } from './last-passed.ts';
import { run } from './run.ts';

let folder: string;
const git = async (...argv: string[]) => {
  const done = await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...argv], { cwd: folder });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-state-'));
  await git('init', '-q');
  writeFileSync(join(folder, '.gitignore'), 'ignored\n');
  writeFileSync(join(folder, 'kept.ts'), 'one');
  await git('add', '.');
  await git('commit', '-qm', 'first');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the same files are the same state, committed or not, and what Git ignores does not count', async () => {
  const first = await stateOf(folder);
  writeFileSync(join(folder, 'ignored'), 'anything');
  expect(await stateOf(folder)).toBe(first);
  writeFileSync(join(folder, 'kept.ts'), 'two');
  const edited = await stateOf(folder);
  expect(edited).not.toBe(first);
  await git('commit', '-qam', 'second');
  expect(await stateOf(folder)).toBe(edited);
});

test('a file that is new, gone, renamed or cut in two is another state', async () => {
  const states = [await stateOf(folder)];
  writeFileSync(join(folder, 'new.ts'), '');
  states.push(await stateOf(folder));
  writeFileSync(join(folder, 'new.ts'), 'one');
  states.push(await stateOf(folder));
  unlinkSync(join(folder, 'kept.ts'));
  states.push(await stateOf(folder));
  expect(new Set(states).size).toBe(4);
});

test('what passed stands for its own state and a day, and for nothing else', async () => {
  const file = join(folder, '.cache', 'last-passed.json');
  const at = Date.UTC(2026, 10, 26, 9);
  const day = 24 * 3_600_000;
  expect(await passedBefore('one', at, file)).toBeNull();
  const passed = { state: 'one', passed: 1943, at: new Date(at).toISOString() };
  await keepPassed(passed, file);
  expect([await passedBefore('one', at, file), await passedBefore('one', at + day - 1, file)]).toEqual([passed, passed]);
  expect([await passedBefore('two', at, file), await passedBefore('one', at + day, file), await passedBefore('one', at - 1, file)]).toEqual([null, null, null]);
  writeFileSync(file, '{"state":"on');
  expect(await passedBefore('one', at, file)).toBeNull();
});

test('without Git nothing is known', async () => {
  rmSync(join(folder, '.git'), { recursive: true });
  expect(await stateOf(folder)).toBeNull();
});
