import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type * as FileSystem from 'node:fs';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { generateWrappingKey, unwrapKey } from '../../crypto/seal.ts';
import { verifyChain } from '../../domain/action/chain.ts';
import { backupContext } from '../../domain/contracts/backup.ts';
import { MachineId } from '../../domain/ids.ts';
import { HALL_KEYS } from '../cursors.ts';
import { openTerminalStore } from '../terminal-store/index.ts';
import type { TerminalStore, TerminalStoreSettings } from '../terminal-store/types.ts';
import { testClock, type TestClock } from '../../test/fixtures/test-clock.ts';
import { caseId, createTestRandom, handIn, MACHINE, STORE_KEY } from '../test-rig.ts';
import { BACKUP_STORE, backUp, backupsOf, readBackup } from './backup.ts';
import type * as SyncFolder from './sync-folder.ts';

/** Which backups were there when the names in a folder were made durable. */
const there = vi.hoisted((): { folder: string; backups: string[] }[] => []);
vi.mock('./sync-folder.ts', async (original) => {
  const real = await original<typeof SyncFolder>();
  return { syncFolder(at: string) {
    there.push({ folder: at, backups: backupsOf(MACHINE, to) });
    real.syncFolder(at);
  } };
});
/** A share that lets nothing be removed. */
const stuck = vi.hoisted(() => ({ on: false }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof FileSystem>();
  return { ...real, rmSync(...args: Parameters<typeof FileSystem.rmSync>) {
    if (stuck.on) throw Object.assign(new Error('no permission'), { code: 'EACCES' });
    real.rmSync(...args);
  } };
});

const signing = generateSigningKey();
const wrapping = generateWrappingKey();
let folder: string;
let to: string;
let clock: TestClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  to = join(folder, 'share', 'backups');
  clock = testClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = (file = join(folder, 'terminal.db')): TerminalStoreSettings => ({ file, key: STORE_KEY, nativeBinding: null, signer: createSigner(MACHINE, signing.privateKey), clock, boot: 'boot-1', random: createTestRandom() });
async function open(file?: string): Promise<TerminalStore> {
  const opened = await openTerminalStore(settings(file));
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}
const bind = (store: TerminalStore) => store.cursors.set(HALL_KEYS, { hall: 'H330624', signing: generateSigningKey().publicKey, wrapping: wrapping.publicKey });
async function enrolled(): Promise<void> {
  const store = await open();
  await bind(store);
  await store.close();
}
async function threeDays(): Promise<string[]> {
  const made: string[] = [];
  for (let day = 0; day < 3; day += 1) {
    made.push(await taken());
    clock.advance(24 * 3_600_000);
  }
  return made;
}
async function taken(): Promise<string> {
  const made = await backUp(settings(), to);
  if (!made.ok) throw new Error(made.error.kind);
  return made.value;
}

describe('a backup', () => {
  test('of a store that another process writes to is whole as of one moment, and writing goes on', async () => {
    await enrolled();
    const child = spawn(process.execPath, [fileURLToPath(new URL('../append-child.ts', import.meta.url)), join(folder, 'terminal.db'), signing.privateKey, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    const enough = new Promise<void>((resolve) => createInterface({ input: child.stdout }).on('line', (line) => said.push(line) >= 20 && resolve()));
    await enough;
    const before = said.length;
    const copies = [await taken()];
    clock.advance(1000);
    copies.push(await taken());
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'close');
    const sequences: number[] = [];
    for (const copy of copies) {
      const header = readBackup(copy);
      const opened = await open(join(copy, BACKUP_STORE));
      const chain = await opened.log.all();
      expect(verifyChain(chain, MACHINE, signing.publicKey, verifier)).toMatchObject({ entries: chain.length, faults: [], head: header?.head });
      // A case of the copy has its page as well.
      const newest = chain.at(-1);
      const page = newest?.payload.kind === 'handed-in' ? newest.payload.materials[0]?.pages[0] : undefined;
      expect(newest !== undefined && page !== undefined && await opened.blobs.open(newest.case, page)).toMatchObject({ ok: true });
      sequences.push(chain.length);
      await opened.close();
    }
    expect(sequences[0]).toBeGreaterThanOrEqual(before);
    expect(sequences[1]).toBeGreaterThan(sequences[0] ?? 0);
  }, 30_000);

  test('opens with the key only, which the hall alone can unwrap, and only under the header that was written', async () => {
    const store = await open();
    await bind(store);
    await store.log.append(handIn(caseId(1)));
    await store.close();
    const copy = await taken();
    expect(() => new Database(join(copy, BACKUP_STORE)).prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow('not a database');
    expect(await openTerminalStore({ ...settings(join(copy, BACKUP_STORE)), key: new Uint8Array(32).fill(9) })).toEqual({ ok: false, error: { kind: 'wrong-key' } });
    for (const name of readdirSync(copy)) expect(readFileSync(join(copy, name)).includes('张测试')).toBe(false);
    const header = readBackup(copy);
    if (header === null) return expect.unreachable();
    expect(header).toMatchObject({ machine: MACHINE, head: { sequence: 1 } });
    expect(unwrapKey(wrapping, backupContext(header), header.key)).toEqual({ ok: true, value: STORE_KEY });
    expect(unwrapKey(generateWrappingKey(), backupContext(header), header.key)).toMatchObject({ ok: false });
    for (const altered of [{ ...header, machine: MachineId.parse('T330624-0002') }, { ...header, head: { ...header.head, sequence: 2 } }]) expect(unwrapKey(wrapping, backupContext(altered), header.key)).toMatchObject({ ok: false });
  });

  test('leaves three of a machine, and other folders alone', async () => {
    await enrolled();
    mkdirSync(join(to, 'T330624-0002-20260101T000000-000Z'), { recursive: true });
    const made: string[] = [];
    for (let day = 0; day < 5; day += 1) {
      made.push(await taken());
      clock.advance(24 * 3_600_000);
    }
    expect(made.map((each) => existsSync(each))).toEqual([false, false, true, true, true]);
    expect(readdirSync(to)).toHaveLength(4);
  });

  test('is kept when the clock was years ahead for a while, and those of that time go first', async () => {
    await enrolled();
    const right = clock;
    clock = testClock(Date.UTC(2036, 0, 1));
    const ahead = await threeDays();
    clock = right;
    const made: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      made.push(await taken());
      expect(existsSync(made.at(-1) ?? '')).toBe(true);
      expect(readdirSync(to)).toHaveLength(3);
      clock.advance(24 * 3_600_000);
    }
    expect(ahead.some((each) => existsSync(each))).toBe(false);
    expect(backupsOf(MACHINE, to)).toEqual(made);
  });

  test('takes nothing else for a backup, and away only what an interrupted one of this machine left', async () => {
    await enrolled();
    const others = [`${MACHINE}-photos-of-the-site`, `${MACHINE}-20260101T000000-000Z-kept`, 'T330624-0002-20260101T000000-000Z.part'];
    for (const name of [...others, `${MACHINE}-20260101T000000-000Z.part`]) mkdirSync(join(to, name), { recursive: true });
    for (let day = 0; day < 4; day += 1) {
      await taken();
      clock.advance(24 * 3_600_000);
    }
    expect(readdirSync(to).filter((name) => !name.startsWith(`${MACHINE}-202611`)).toSorted()).toEqual(others.toSorted());
    expect(backupsOf(MACHINE, to)).toHaveLength(3);
  });

  test('is durable with its name before an older one is removed', async () => {
    await enrolled();
    await threeDays();
    const before = backupsOf(MACHINE, to);
    there.length = 0;
    const made = await taken();
    expect(there).toEqual([{ folder: `${made}.part`, backups: before }, { folder: to, backups: [...before, made] }]);
  });

  test('that is made is no failure because an older one cannot be removed; that is done with the next one', async () => {
    await enrolled();
    await threeDays();
    stuck.on = true;
    expect(existsSync(await taken())).toBe(true);
    expect(backupsOf(MACHINE, to)).toHaveLength(4);
    stuck.on = false;
    clock.advance(24 * 3_600_000);
    await taken();
    expect(backupsOf(MACHINE, to)).toHaveLength(3);
  });

  test('says why there is none, and leaves no half one', async () => {
    expect(await backUp(settings(), to)).toEqual({ ok: false, error: { kind: 'no-store' } });
    await (await open()).close();
    expect(await backUp(settings(), to)).toEqual({ ok: false, error: { kind: 'not-enrolled' } });
    expect(readdirSync(to)).toEqual([]);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await backUp(settings(), join(file, 'below'))).toMatchObject({ ok: false, error: { kind: 'cannot-write' } });
    expect(readBackup(to)).toBeNull();
  });
});
