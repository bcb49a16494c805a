import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Store from '../store/index.ts';
import { openSqliteFile, type SqliteFile } from '../store/index.ts';
import { copyUnder, swapKey } from './swap-key.ts';

/** What happens while the copy is written anew under the other key. */
const during = vi.hoisted(() => ({ rekey: () => {} }));
vi.mock('../store/index.ts', async (original) => {
  const real = await original<typeof Store>();
  return { ...real, changeKey: (...args: Parameters<typeof Store.changeKey>) => {
    during.rekey();
    real.changeKey(...args);
  } };
});

const [old, next] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swap-key-'));
  path = join(folder, 'store.db');
  during.rekey = () => {};
  const file = open(old);
  file.database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY); CREATE TABLE pages (page BLOB); INSERT INTO pages VALUES (randomblob(100000))');
  file.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(key: Uint8Array, at = path): SqliteFile {
  const file = openSqliteFile({ path: at, key, nativeBinding: null });
  if (!file.ok) throw new Error(file.error.kind);
  return file.value;
}

describe('another key for a store', () => {
  test('keeps every other process out from the copy on: what one wrote in between would be gone', () => {
    during.rekey = () => {
      const other = openSqliteFile({ path, key: old, nativeBinding: null });
      expect(other).toEqual({ ok: false, error: { kind: 'busy' } });
    };
    expect(swapKey({ path, nativeBinding: null }, old, next)).toEqual({ ok: true, value: null });
    expect.assertions(2);
  }, 30_000);

  test('on a full disk says so and gives back what it had taken', () => {
    during.rekey = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    expect(swapKey({ path, nativeBinding: null }, old, next)).toEqual({ ok: false, error: { kind: 'full' } });
    expect(copyUnder({ path: join(folder, 'spare.db'), nativeBinding: null }, path, old, next)).toEqual({ ok: false, error: { kind: 'full' } });
    expect(readdirSync(folder)).toEqual(['store.db']);
    open(old).close();
  });

  test('is refused while another connection has it open, and leaves nothing beside it', () => {
    const other = open(old);
    expect(swapKey({ path, nativeBinding: null }, old, next)).toEqual({ ok: false, error: { kind: 'busy' } });
    other.close();
    expect(readdirSync(folder)).toEqual(['store.db']);
    expect(swapKey({ path, nativeBinding: null }, old, next)).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual(['store.db']);
  }, 30_000);

  test('a copy of a backup that may only be read can be written, by its owner alone', () => {
    const backup = join(folder, 'backup.db');
    open(old).close();
    expect(copyUnder({ path: backup, nativeBinding: null }, path, old, old)).toMatchObject({ ok: true });
    chmodSync(backup, 0o444);
    const to = join(folder, 'spare.db');
    expect(copyUnder({ path: to, nativeBinding: null }, backup, old, next)).toEqual({ ok: true, value: null });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(existsSync(`${to}-wal`)).toBe(false);
  });
});
