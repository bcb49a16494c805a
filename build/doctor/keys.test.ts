import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeeperKind } from '../../domain/contracts/keeper.ts';
import { fileKeeper, type Keeper } from '../../main/core/keys/keeper.ts';
import { keyFileOf, openKeys } from '../../main/core/keys/keys.ts';
import { checkKeys } from './keys.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'jinban-doctor-'))));
afterEach(() => rmSync(data, { recursive: true }));

const working: Keeper = { ...fileKeeper, kind: 'systemd-creds' };
const broken: Keeper = { ...working, open: () => Promise.resolve({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'systemd-creds' } }) };
const check = (keeper: KeeperKind, by: Keeper = fileKeeper) => checkKeys({ data, keys: { keeper } }, () => by);

describe('the doctor on keys', () => {
  test('warns of keys in a file, and names the way out', async () => {
    expect(await check('file')).toMatchObject({ state: 'warning', mend: expect.stringContaining('--move-keys') });
  });
  test('tries systemd-creds, with the very keys that lie there', async () => {
    expect(await check('systemd-creds', working)).toMatchObject({ state: 'fine' });
    await openKeys(data, join(data, 'store.db'), working);
    expect(await check('systemd-creds', working)).toMatchObject({ state: 'fine', found: 'systemd-creds, seals and opens' });
    expect(await check('systemd-creds', broken)).toMatchObject({ state: 'lacking', mend: expect.stringContaining('take over') });
  });
  test('says when the file is another keeper\'s, or open to others', async () => {
    await openKeys(data, join(data, 'store.db'), fileKeeper);
    expect(await check('systemd-creds', working)).toMatchObject({ state: 'lacking', mend: expect.stringContaining('--move-keys') });
    chmodSync(keyFileOf(data), 0o640);
    expect(await check('file')).toMatchObject({ state: 'lacking', mend: expect.stringContaining('chmod 600') });
  });
  test.skipIf(process.platform === 'win32')('DPAPI is lacking elsewhere than on Windows', async () => {
    expect(await check('dpapi')).toMatchObject({ state: 'lacking' });
  });
});
