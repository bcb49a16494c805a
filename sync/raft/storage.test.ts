import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MachineId } from '../../domain/ids.ts';
import { openSqliteFile } from '../store/index.ts';
import type { Group } from './group.ts';
import { openSiteFile, type SiteFile } from './storage.ts';
import type { Entry, RaftStorage } from './types.ts';

const KEY = new Uint8Array(32).fill(9);
const B = MachineId.parse('T330624-0002');
const groupOf = (list: string, rules = 'as ever'): Group => ({ list, rules, members: [{ machine: B, address: 'http://127.0.0.1:7411', publicKey: `${'a'.repeat(43)}=`, sealKey: `${'b'.repeat(43)}=`, votes: true }] });
const entry = (index: number, term: number, id: string | null = `wish-${term}-${index}`): Entry => ({ index, term, proposal: id === null ? null : { id, value: { said: id, 字: '叫号' }, last: false } });

let folder: string;
let file: SiteFile;
function open(): SiteFile {
  const opened = openSiteFile({ path: join(folder, 'site.db'), key: KEY, nativeBinding: null });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}
function listOf(site: SiteFile, list: string): RaftStorage {
  return site.list(groupOf(list)).storage;
}
function reopened(): SiteFile {
  file.close();
  file = open();
  return file;
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  file = open();
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

describe('site.db', () => {
  test('begins empty, and gives back term, vote and entries as they were last saved', () => {
    const storage = listOf(file, '2026-11-27');
    expect(storage.load()).toEqual({ currentTerm: 0, votedFor: null, log: [] });
    storage.save({ currentTerm: 2, votedFor: B, entries: { from: 1, added: [entry(1, 2, null), entry(2, 2), entry(3, 2)] } });
    storage.save({ currentTerm: 3, votedFor: null, entries: null });
    storage.save({ currentTerm: 3, votedFor: B, entries: { from: 3, added: [entry(3, 3)] } });
    const expected = { currentTerm: 3, votedFor: B, log: [entry(1, 2, null), entry(2, 2), entry(3, 3)] };
    expect(storage.load()).toEqual(expected);
    expect(listOf(reopened(), '2026-11-27').load()).toEqual(expected);
  });
  test('a save is whole or not there', () => {
    const storage = listOf(file, '2026-11-27');
    storage.save({ currentTerm: 1, votedFor: null, entries: { from: 1, added: [entry(1, 1)] } });
    expect(() => storage.save({ currentTerm: 2, votedFor: B, entries: { from: 2, added: [entry(2, 2), entry(2, 2)] } })).toThrow('UNIQUE');
    expect(storage.load()).toEqual({ currentTerm: 1, votedFor: null, log: [entry(1, 1)] });
  });
  test('keeps lists apart; one that is forgotten leaves nothing, in the log of the file neither', () => {
    const [old, today] = [listOf(file, '2026-11-26'), listOf(file, '2026-11-27')];
    old.save({ currentTerm: 5, votedFor: B, entries: { from: 1, added: [entry(1, 5)] } });
    today.save({ currentTerm: 1, votedFor: null, entries: { from: 1, added: [entry(1, 1)] } });
    expect(file.lists()).toEqual(['2026-11-26', '2026-11-27']);
    file.forget('2026-11-26');
    expect([file.lists(), today.load().log.length]).toEqual([['2026-11-27'], 1]);
    expect(() => old.save({ currentTerm: 6, votedFor: null, entries: null })).toThrow('forgotten');
    expect(readFileSync(join(folder, 'site.db-wal')).every((byte) => byte === 0)).toBe(true);
    expect(listOf(file, '2026-11-26').load()).toEqual({ currentTerm: 0, votedFor: null, log: [] });
  });
  test('a list goes on as it began, whatever the settings say since; the next one does as they say', () => {
    file.list(groupOf('2026-11-27'));
    const after = reopened();
    expect([after.list(groupOf('2026-11-27', 'new')).group.rules, after.list(groupOf('2026-11-28', 'new')).group.rules]).toEqual(['as ever', 'new']);
  });
  test('what a machine promised by itself is there until it is agreed on, in its order, each once', () => {
    const { unagreed } = file.list(groupOf('2026-11-27'));
    for (const id of ['third', 'first', 'third']) unagreed.keep(id, { said: id });
    const after = reopened().list(groupOf('2026-11-27')).unagreed;
    expect(after.all()).toEqual([{ id: 'third', value: { said: 'third' } }, { id: 'first', value: { said: 'first' } }]);
    after.drop('third');
    expect([after.all().map(({ id }) => id), file.list(groupOf('2026-11-28')).unagreed.all()]).toEqual([['first'], []]);
  });
  test('how far a list was agreed on never goes back', () => {
    const { agreed } = file.list(groupOf('2026-11-27'));
    agreed.put(7);
    agreed.put(3);
    expect([agreed.get(), reopened().list(groupOf('2026-11-27')).agreed.get(), file.list(groupOf('2026-11-28')).agreed.get()]).toEqual([7, 7, 0]);
  });
  test('opens with its key alone; a newer program\'s file is left as it is', () => {
    file.close();
    const path = join(folder, 'site.db');
    expect(openSiteFile({ path, key: new Uint8Array(32), nativeBinding: null })).toEqual({ ok: false, error: { kind: 'wrong-key' } });
    const raw = openSqliteFile({ path, key: KEY, nativeBinding: null });
    if (!raw.ok) return expect.unreachable(raw.error.kind);
    raw.value.database.pragma('user_version = 990');
    raw.value.close();
    expect(openSiteFile({ path, key: KEY, nativeBinding: null })).toEqual({ ok: false, error: { kind: 'newer-file', version: 990 } });
  });
  test('a day of 20 000 entries is there again', () => {
    const storage = listOf(file, '2026-11-27');
    const log = Array.from({ length: 20_000 }, (_, place) => entry(place + 1, 1));
    storage.save({ currentTerm: 1, votedFor: null, entries: { from: 1, added: log } });
    expect(storage.load().log).toEqual(log);
  });
});
