import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKeys } from './keys.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jinban-keys-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, 'terminal-keys.json');
const store = () => join(folder, 'store.db');

describe('openKeys', () => {
  test('makes keys once, for our user only, and finds the same again', () => {
    const made = openKeys(folder, store());
    expect(made).toMatchObject({ ok: true });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(openKeys(folder, store())).toEqual(made);
    expect(made.ok && made.value.store.length).toBe(32);
  });
  test('never makes a new key beside an old store', () => {
    writeFileSync(store(), 'cases');
    expect(openKeys(folder, store())).toEqual({ ok: false, error: { kind: 'key-lost' } });
  });
  test('refuses a file that others may read, and a damaged one', () => {
    openKeys(folder, store());
    chmodSync(file(), 0o644);
    expect(openKeys(folder, store())).toEqual({ ok: false, error: { kind: 'key-file-open-to-others' } });
    writeFileSync(file(), '{"format":1', { mode: 0o600 });
    chmodSync(file(), 0o600);
    expect(openKeys(folder, store())).toEqual({ ok: false, error: { kind: 'key-file-damaged' } });
  });
});
