import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileKeeper, type Keeper } from './keeper.ts';
import { openKeys, saveKeys } from './keys.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jinban-keys-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, 'terminal-keys.json');
const store = () => join(folder, 'store.db');

describe('openKeys', () => {
  test('makes keys once, for our user only, and finds the same again', async () => {
    const made = await openKeys(folder, store(), fileKeeper);
    expect(made).toMatchObject({ ok: true, value: { nextStore: null } });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await openKeys(folder, store(), fileKeeper)).toEqual(made);
    expect(made.ok && made.value.store.length).toBe(32);
  });
  test('never makes a new key beside an old store', async () => {
    writeFileSync(store(), 'cases');
    expect(await openKeys(folder, store(), fileKeeper)).toEqual({ ok: false, error: { kind: 'key-lost' } });
  });
  test('refuses a file that others may read, and a damaged one', async () => {
    await openKeys(folder, store(), fileKeeper);
    chmodSync(file(), 0o644);
    expect(await openKeys(folder, store(), fileKeeper)).toEqual({ ok: false, error: { kind: 'key-file-open-to-others' } });
    for (const damaged of ['{"format":2', '{"format":2,"keeper":"file","sealed":"bm8="}']) {
      writeFileSync(file(), damaged);
      chmodSync(file(), 0o600);
      expect(await openKeys(folder, store(), fileKeeper)).toEqual({ ok: false, error: { kind: 'key-file-damaged' } });
    }
  });
  test('keys that another keeper kept are refused, and left as they are: never weaker than what lies on the disk', async () => {
    const strong: Keeper = { ...fileKeeper, kind: 'systemd-creds' };
    await openKeys(folder, store(), strong);
    const before = readFileSync(file(), 'utf8');
    expect(await openKeys(folder, store(), fileKeeper)).toEqual({ ok: false, error: { kind: 'other-keeper', kept: 'systemd-creds', wanted: 'file' } });
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });
  test('a keeper that cannot keep leaves no key file behind', async () => {
    const failing: Keeper = { ...fileKeeper, keep: () => Promise.resolve({ ok: false, error: { kind: 'keeper-missing', keeper: 'file', why: 'none' } }) };
    expect(await openKeys(folder, store(), failing)).toMatchObject({ ok: false, error: { kind: 'keeper-missing' } });
    const made = await openKeys(folder, store(), fileKeeper);
    if (!made.ok) return expect.unreachable();
    expect(await saveKeys(folder, failing, { ...made.value, store: new Uint8Array(32) })).toMatchObject({ ok: false });
    expect(await openKeys(folder, store(), fileKeeper)).toEqual(made);
  });
  test('a keeper that does not give back what it was given never takes the place of keys that open', async () => {
    const made = await openKeys(folder, store(), fileKeeper);
    if (!made.ok) return expect.unreachable();
    const forgetful: Keeper = { ...fileKeeper, open: () => Promise.resolve({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'file' } }) };
    const confused: Keeper = { ...fileKeeper, open: () => Promise.resolve({ ok: true, value: new Uint8Array([1]) }) };
    for (const keeper of [forgetful, confused]) expect(await saveKeys(folder, keeper, { ...made.value, store: new Uint8Array(32) })).toEqual({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'file' } });
    expect(await openKeys(folder, store(), fileKeeper)).toEqual(made);
  });
  test.skipIf(process.platform !== 'linux')('a full disk is an answer, and the keys of before stay', async () => {
    const made = await openKeys(folder, store(), fileKeeper);
    if (!made.ok) return expect.unreachable();
    symlinkSync('/dev/full', `${file()}.new`);
    expect(await saveKeys(folder, fileKeeper, { ...made.value, store: new Uint8Array(32) })).toEqual({ ok: false, error: { kind: 'key-file-unwritable', code: 'ENOSPC' } });
    expect(await openKeys(folder, store(), fileKeeper)).toEqual(made);
  });
  test('a key file that cannot be read is no lost key', async () => {
    mkdirSync(file(), { mode: 0o700 });
    expect(await openKeys(folder, store(), fileKeeper)).toEqual({ ok: false, error: { kind: 'key-file-unreadable', code: 'EISDIR' } });
  });
});
