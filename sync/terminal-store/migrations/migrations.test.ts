import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteFile, type SqliteFile } from '../../store/index.ts';
import { migrate, type Migration, MIGRATIONS } from './index.ts';

let folder: string;
let file: SqliteFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  const opened = openSqliteFile({ path: join(folder, 'test.db'), key: new Uint8Array(32), nativeBinding: null });
  if (!opened.ok) throw new Error(opened.error.kind);
  file = opened.value;
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

const version = () => file.database.prepare<[], { user_version: number }>('PRAGMA user_version').get()?.user_version;
const tables = () => file.database.prepare<[], { name: string; strict: number }>("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();

describe('migrations', () => {
  test('the list is the folder: multiples of ten that rise, each under its own name', () => {
    const steps = readdirSync(fileURLToPath(new URL('.', import.meta.url))).filter((name) => /^\d/.test(name)).toSorted();
    expect(MIGRATIONS.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`)).toEqual(steps);
    MIGRATIONS.forEach(({ number }, index) => {
      expect(number % 10).toBe(0);
      expect(number).toBeGreaterThan(MIGRATIONS[index - 1]?.number ?? 0);
    });
  });

  test('make STRICT tables; a second run changes nothing', () => {
    expect(migrate(file)).toEqual({ ok: true, value: null });
    const made = tables();
    expect(made).toEqual(['appointments', 'blanks', 'blobs', 'case_keys', 'case_parties', 'cursors', 'letters', 'neighbours', 'recordings'].map((name) => ({ name, strict: 1 })));
    expect(migrate(file)).toEqual({ ok: true, value: null });
    expect([tables(), version()]).toEqual([made, MIGRATIONS.at(-1)?.number]);
  });

  test('a key that goes takes the files of its case with it, and no others', () => {
    migrate(file);
    const { database } = file;
    database.exec("INSERT INTO case_keys VALUES ('a', x'00'), ('b', x'00'); INSERT INTO blobs (case_id, hash, media_type, size, sealed) VALUES ('a', '1', 'm', 1, x'00'), ('b', '2', 'm', 1, x'00'); DELETE FROM case_keys WHERE case_id = 'a'");
    expect(database.prepare('SELECT case_id FROM blobs').all()).toEqual([{ case_id: 'b' }]);
    expect(() => database.exec("INSERT INTO blobs (case_id, hash, media_type, size, sealed) VALUES ('c', '3', 'm', 1, x'00')")).toThrow('FOREIGN KEY');
  });

  test('a step that fails leaves the one before it; a newer file is refused and left alone', () => {
    const newest = MIGRATIONS.at(-1)?.number ?? 0;
    const broken: Migration = { number: newest + 10, name: 'broken', run(database) {
      database.exec('CREATE TABLE half (id TEXT) STRICT');
      throw new Error('in the middle');
    } };
    expect(() => migrate(file, [...MIGRATIONS, broken])).toThrow('in the middle');
    expect([version(), tables().map(({ name }) => name)]).toEqual([newest, ['appointments', 'blanks', 'blobs', 'case_keys', 'case_parties', 'cursors', 'letters', 'neighbours', 'recordings']]);
    file.database.pragma('user_version = 990');
    expect(migrate(file)).toEqual({ ok: false, error: { kind: 'newer-file', version: 990 } });
  });
});
