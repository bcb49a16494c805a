import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { generateWrappingKey } from '../../crypto/seal.ts';
import { MachineId } from '../../domain/ids.ts';
import type * as Backup from '../../sync/backup/backup.ts';
import { backupsOf } from '../../sync/backup/backup.ts';
import { HALL_KEYS } from '../../sync/cursors.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { type TestClock, testClock } from '../../test/fixtures/test-clock.ts';
import { startBackups } from './backups.ts';
import type { CoreEvent } from './log.ts';

/** Core itself copies nothing: it would stand still for as long as a slow share takes. */
vi.mock('../../sync/backup/backup.ts', async (original) => ({ ...(await original<typeof Backup>()), backUp: () => Promise.reject(new Error('copied in core')) }));

const HOUR_MS = 3_600_000;
const machine = MachineId.parse('T330624-0001');
let folder: string;
let clock: TestClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-backups-'));
  clock = testClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

test('once a day while nobody is here, beside the open store; one that fails is told and the next day tries again', async () => {
  const settings = { file: join(folder, 'store.db'), key: new Uint8Array(32), nativeBinding: null, signer: createSigner(machine, generateSigningKey().privateKey), clock, boot: 'boot-1', random: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
  const opened = await openTerminalStore(settings);
  if (!opened.ok) return expect.unreachable(opened.error.kind);
  await opened.value.cursors.set(HALL_KEYS, { hall: 'H330624', signing: generateSigningKey().publicKey, wrapping: generateWrappingKey().publicKey });
  const events: CoreEvent[] = [];
  const told = async (count: number) => {
    // A backup opens a store, which takes more turns than the clock waits for.
    while (events.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  let busy = true;
  let scrubbed = 0;
  const to = join(folder, 'backups');
  const backups = startBackups({ store: settings, to, scrub: () => Promise.resolve(void (scrubbed += 1)), clock, busy: () => busy, log: (event) => events.push(event) });
  await clock.pass(20 * HOUR_MS);
  expect(events).toEqual([]);
  busy = false;
  await clock.pass(HOUR_MS);
  expect(backups.running()).toBe(true);
  await told(1);
  expect(backups.running()).toBe(false);
  expect(backupsOf(machine, to)).toHaveLength(1);
  rmSync(to, { recursive: true });
  writeFileSync(to, 'a file where the share should be');
  await clock.pass(25 * HOUR_MS);
  await told(2);
  rmSync(to);
  await clock.pass(25 * HOUR_MS);
  await told(3);
  expect(events.map(({ event }) => event)).toEqual(['backup-complete', 'backup-failed', 'backup-complete']);
  // Stopped in the middle: nothing is said of it any more.
  await clock.pass(25 * HOUR_MS);
  backups.stop();
  while (backups.running()) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toHaveLength(3);
  expect(scrubbed).toBe(3);
  expect(clock.waiting).toBe(0);
  await opened.value.close();
});

test('a surprise in the thread is told, and takes nothing else with it', async () => {
  const events: CoreEvent[] = [];
  const file = join(folder, 'store.db');
  writeFileSync(file, '');
  const store = { file, key: new Uint8Array(32), nativeBinding: null, signer: createSigner(machine, generateSigningKey().privateKey), clock, boot: 'boot-1', random: (count: number) => new Uint8Array(count) };
  // No system takes such a name: nothing that a backup expects.
  const backups = startBackups({ store, to: 'a\0b', scrub: () => Promise.resolve(), clock, busy: () => false, log: (event) => events.push(event) });
  await clock.pass(HOUR_MS);
  while (events.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([{ event: 'backup-failed', why: 'TypeError' }]);
  backups.stop();
});
