import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadKeyRing } from './keys.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hall-keys-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = () => join(folder, 'hall-keys.json');

describe("the hall's keys", () => {
  test('are made once, for the hall\'s user only, and found again', async () => {
    const made = await loadKeyRing(folder);
    expect(made).toMatchObject({ ok: true });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await loadKeyRing(folder)).toEqual(made);
  });
  test('are refused where others may read them, and left as they are', async () => {
    await loadKeyRing(folder);
    const before = readFileSync(file(), 'utf8');
    chmodSync(file(), 0o644);
    expect(await loadKeyRing(folder)).toEqual({ ok: false, error: { kind: 'open-to-others', path: file() } });
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });
  test('are never made anew in the place of damaged ones', async () => {
    writeFileSync(file(), '{"format":"jinban-hall-keys-1"', { mode: 0o600 });
    expect(await loadKeyRing(folder)).toEqual({ ok: false, error: { kind: 'damaged', path: file() } });
    expect(readFileSync(file(), 'utf8')).toBe('{"format":"jinban-hall-keys-1"');
  });
});
