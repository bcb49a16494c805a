import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayCutPower, mountPowerDisk } from './power-disk.ts';
import { bootingInto } from './reboot.ts';

/** Writes two files, one of them to the disk, and waits. */
const WRITES = `
const { closeSync, fsyncSync, openSync, writeFileSync, writeSync } = require('node:fs');
const folder = process.argv[1];
const kept = openSync(folder + '/synced', 'w');
writeSync(kept, 'kept');
fsyncSync(kept);
closeSync(kept);
fsyncSync(openSync(folder, 'r'));
writeFileSync(folder + '/forgotten', 'lost');
require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
process.stdout.write('written');
setInterval(() => {}, 1000);
`;

test.skipIf(!mayCutPower)('power that fails takes what was not synced, every process with it, and no more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-power-disk-'));
  const disk = mountPowerDisk(folder, 64);
  try {
    const program = spawn(process.execPath, ['-e', WRITES, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(program, 'exit');
    await once(program.stdout, 'data');
    expect(readdirSync(folder).toSorted()).toEqual(['forgotten', 'lost+found', 'synced']);
    await disk.fail(program.pid ?? 0);
    await ended;
    expect(readdirSync(folder).toSorted()).toEqual(['lost+found', 'synced']);
    expect(readFileSync(join(folder, 'synced'), 'utf8')).toBe('kept');
  } finally {
    disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
});

test.skipIf(!mayCutPower)('a program that is booted into finds another name of the boot each time, and nobody else does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-reboot-'));
  const here = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
  const before = here();
  const script = bootingInto('/bin/cat', folder);
  const booted = async () => {
    const program = spawn(script, ['/proc/sys/kernel/random/boot_id'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [words] = (await once(program.stdout, 'data')) as [Buffer];
    return words.toString('utf8');
  };
  const names = [await booted(), await booted()];
  rmSync(folder, { recursive: true, force: true });
  expect(new Set([...names, before]).size).toBe(3);
  expect(names.every((name) => /^[0-9a-f-]{36}\n$/.test(name))).toBe(true);
  expect(here()).toBe(before);
});
