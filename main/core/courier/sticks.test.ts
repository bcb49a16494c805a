import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sticksBelow } from './sticks.ts';

let mounts: string;
beforeEach(() => {
  mounts = mkdtempSync(join(tmpdir(), 'mounts-'));
  for (const folder of ['B', 'A']) mkdirSync(join(mounts, folder, 'jinban-courier'), { recursive: true });
  writeFileSync(join(mounts, 'A', 'jinban-courier', 'one.age'), '');
  writeFileSync(join(mounts, 'no-folder'), '');
});
afterEach(() => rmSync(mounts, { recursive: true }));

test('a folder on the machine\'s own disk is no stick: what is written there would stay here', async () => {
  expect(await sticksBelow(mounts)()).toEqual([]);
});

test('mounted folders are sticks, in the order of their names, with their room and their parcels', async () => {
  expect(await sticksBelow(mounts, () => Promise.resolve(true))()).toMatchObject([{ stick: 'A', parcels: 1, free: expect.any(Number) }, { stick: 'B', parcels: 0 }]);
});

test('a stick that goes while it is looked at, and a place that is not there, are no sticks', async () => {
  expect(await sticksBelow(mounts, async (folder) => {
    rmSync(folder, { recursive: true });
    return true;
  })()).toEqual([]);
  expect(await sticksBelow(join(mounts, 'nowhere'))()).toEqual([]);
});
