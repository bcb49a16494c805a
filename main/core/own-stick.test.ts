import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOST_FILE_BYTES } from '../../domain/material/picture-header.ts';
import { filesOnSticks, readStickFile } from './own-stick.ts';

let mounts: string;
const on = (...path: string[]) => join(mounts, ...path);
beforeEach(() => {
  mounts = mkdtempSync(join(tmpdir(), 'own-stick-'));
});
afterEach(() => rmSync(mounts, { recursive: true }));

test('no stick, no folder for sticks: none', async () => {
  expect(await filesOnSticks(mounts)).toBeNull();
  expect(await filesOnSticks(on('nowhere'))).toBeNull();
});

test('pictures and PDFs down to the third folder, by name; nothing hidden, linked, empty or of another kind', async () => {
  mkdirSync(on('A', 'DCIM', '100', 'deep'), { recursive: true });
  for (const [path, words] of [['b.JPG', 'x'], ['租房合同.pdf', 'xy'], ['DCIM/a.png', 'x'], ['DCIM/100/c.jpeg', 'x'], ['DCIM/100/deep/d.jpg', 'x'], ['.hidden.jpg', 'x'], ['virus.exe', 'x'], ['a.jpg.lnk', 'x'], ['empty.jpg', '']] as const) writeFileSync(on('A', path), words);
  writeFileSync(on('outside.jpg'), 'secret');
  symlinkSync(on('outside.jpg'), on('A', 'link.jpg'));
  symlinkSync('/etc', on('A', 'etc'));
  const files = await filesOnSticks(mounts);
  expect(files?.map(({ name, type, size }) => [name, type, size])).toEqual([['租房合同.pdf', 'pdf', 2], ['a.png', 'picture', 1], ['b.JPG', 'picture', 1], ['c.jpeg', 'picture', 1]]);
  expect(await readStickFile(files![0]!)).toEqual(new TextEncoder().encode('xy'));
});

test('a stick with thousands of files is looked at for a while, and shows the first', async () => {
  mkdirSync(on('A'));
  for (let number = 0; number < 300; number += 1) writeFileSync(on('A', `${number}.jpg`), 'x');
  expect(await filesOnSticks(mounts)).toHaveLength(200);
});

test('a file that is gone, or larger than any that is taken, is not read', async () => {
  mkdirSync(on('A'));
  writeFileSync(on('A', 'a.jpg'), 'x');
  const [file] = await filesOnSticks(mounts) ?? [];
  truncateSync(on('A', 'a.jpg'), MOST_FILE_BYTES + 1);
  expect(await readStickFile(file!)).toBeNull();
  rmSync(on('A', 'a.jpg'));
  expect(await readStickFile(file!)).toBeNull();
});
