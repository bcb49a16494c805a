import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { type EventBulk, getChangedDocumentsSince, type MangoQuery, normalizeMangoQuery, prepareQuery, type RxDocumentData, type RxStorageInstance } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyWriteAheadLog, getRxStorageBetterSqlite3, OPEN_INSTANCES, openSqliteFile, type SqliteFile } from './index.ts';
import { openSamples, parameters, sample, type Sample, sampleSchema } from './test-schema.ts';

const key = new Uint8Array(32).map((_, index) => index);
let folder: string;
let files: SqliteFile[];

function open(name = 'test.db', with_ = key): SqliteFile {
  const opened = openSqliteFile({ path: join(folder, name), key: with_, nativeBinding: null });
  if (!opened.ok) throw new Error(opened.error.kind);
  files.push(opened.value);
  return opened.value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  files = [];
});
afterEach(() => {
  for (const file of files) file.close();
  rmSync(folder, { recursive: true });
});

const row = (id: string, change: Partial<Sample> = {}): Sample => ({ id, name: `name ${id}`, age: 1, member: true, nested: { place: 'x' }, ...change });
const asked = (query: MangoQuery<Sample>) => prepareQuery<Sample>(sampleSchema, normalizeMangoQuery<Sample>(sampleSchema, query));

describe('the file', () => {
  test('opens with its key only, and says why not', () => {
    open().close();
    const path = join(folder, 'test.db');
    expect(openSqliteFile({ path, key: new Uint8Array(32), nativeBinding: null })).toEqual({ ok: false, error: { kind: 'wrong-key' } });
    expect(openSqliteFile({ path, key: new Uint8Array(16), nativeBinding: null })).toEqual({ ok: false, error: { kind: 'bad-key' } });
    expect(openSqliteFile({ path: join(folder, 'no', 'x.db'), key, nativeBinding: null })).toEqual({ ok: false, error: { kind: 'not-permitted' } });
    expect(openSqliteFile({ path, key, nativeBinding: join(folder, 'missing.node') })).toEqual({ ok: false, error: { kind: 'no-native-module', code: 'MODULE_NOT_FOUND' } });
    writeFileSync(join(folder, 'garbage.db'), 'SQLite format 3\u0000'.padEnd(8192, 'x'));
    expect(openSqliteFile({ path: join(folder, 'garbage.db'), key, nativeBinding: null })).toEqual({ ok: false, error: { kind: 'wrong-key' } });
  });

  test('has the settings that durability and wiping rest on', () => {
    const { database } = open();
    const settings = ['journal_mode', 'synchronous', 'page_size', 'secure_delete', 'foreign_keys', 'temp_store', 'cipher'].map((name) => Object.values(database.prepare<[], object>(`PRAGMA ${name}`).get() ?? {})[0]);
    expect(settings).toEqual(['wal', 2, 4096, 1, 1, 2, 'aegis']);
  });

  test('a changed byte is found at the opening, told from a wrong key, and left as it is', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    await samples.bulkWrite(Array.from({ length: 50 }, (_, index) => ({ document: sample(row(String(index)), 1) })), 'test');
    await samples.close();
    file.close();
    const path = join(folder, 'test.db');
    const bytes = readFileSync(path);
    const last = bytes.length - 2000;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(openSqliteFile({ path, key, nativeBinding: null })).toEqual({ ok: false, error: { kind: 'damaged' } });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a log that another connection reads or writes is left alone', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    await samples.bulkWrite([{ document: sample(row('a'), 1) }], 'test');
    const other = open();
    file.database.pragma('busy_timeout = 0');
    other.database.exec('BEGIN');
    other.database.prepare('SELECT count(*) FROM "test|samples|0"').get();
    await samples.bulkWrite([{ document: sample(row('b'), 2) }], 'test');
    // The reader keeps the log from being cut.
    emptyWriteAheadLog(file);
    other.database.exec('COMMIT');
    const ids = (reader: SqliteFile) => reader.database.prepare<[], { id: string }>('SELECT id FROM "test|samples|0" ORDER BY id').all().map((each) => each.id);
    expect(ids(other)).toEqual(['a', 'b']);
    other.database.exec('BEGIN IMMEDIATE');
    emptyWriteAheadLog(file);
    other.database.exec('COMMIT');
    await samples.bulkWrite([{ document: sample(row('c'), 3) }], 'test');
    expect(ids(open())).toEqual(['a', 'b', 'c']);
    await samples.close();
  });

  test('neither file nor write-ahead log holds a word of what is stored', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    await samples.bulkWrite([{ document: sample(row('MARKER-ID', { name: 'MARKER-NAME', note: '标记'.repeat(500) }), 1) }], 'test');
    const scan = () => ['test.db', 'test.db-wal'].map((name) => readFileSync(join(folder, name))).map((bytes) => ['MARKER', '标记', 'samples', 'SQLite format'].some((word) => bytes.includes(word)));
    expect(readFileSync(join(folder, 'test.db-wal')).length).toBeGreaterThan(4096);
    expect(scan()).toEqual([false, false]);
    emptyWriteAheadLog(file);
    expect(scan()).toEqual([false, false]);
    expect(readFileSync(join(folder, 'test.db-wal')).every((byte) => byte === 0)).toBe(true);
    await samples.close();
  });
});

describe('a collection', () => {
  test('answers a conflict per document and writes the others', async () => {
    const samples = await openSamples(getRxStorageBetterSqlite3({ file: open() }));
    const first = sample(row('a'), 1);
    await samples.bulkWrite([{ document: first }], 'test');
    const events: EventBulk<{ documentId: string }, unknown>[] = [];
    samples.changeStream().subscribe((bulk) => events.push(bulk));
    const { error } = await samples.bulkWrite([{ document: sample(row('a', { age: 2 }), 2) }, { document: sample(row('b'), 3) }, { previous: sample(row('a'), 9), document: sample(row('a'), 4) }], 'here');
    expect(error.map(({ status, documentId }) => [status, documentId])).toEqual([[409, 'a'], [409, 'a']]);
    expect((await samples.findDocumentsById(['a', 'b', 'c'], false)).map(({ id, age }) => [id, age])).toEqual([['a', 1], ['b', 1]]);
    expect(events).toMatchObject([{ context: 'here', checkpoint: { id: 'b', lwt: 3 }, events: [{ documentId: 'b', operation: 'INSERT' }] }]);
    await samples.close();
  });

  test('a write that throws leaves nothing behind and the next one works', async () => {
    const samples = await openSamples(getRxStorageBetterSqlite3({ file: open() }));
    await expect(samples.bulkWrite([{ document: sample(row('a'), 1) }, { document: sample(row('b', { name: '\ud800' }), 1) }], 'test')).rejects.toThrow(TypeError);
    expect(await samples.findDocumentsById(['a'], true)).toEqual([]);
    await samples.bulkWrite([{ document: sample(row('a'), 2) }], 'test');
    expect(await samples.findDocumentsById(['a'], true)).toHaveLength(1);
    await samples.close();
  });

  test('an attachment without its bytes is a mistake that the answer names, and no event tells of its document', async () => {
    const samples = await getRxStorageBetterSqlite3({ file: open() }).createStorageInstance<Sample>({ ...parameters(), schema: { ...sampleSchema, attachments: {} } });
    const told: string[] = [];
    samples.changeStream().subscribe(({ events }) => told.push(...events.map(({ documentId }) => documentId)));
    const lost = { ...sample(row('a'), 1), _attachments: { scan: { length: 1, type: 'text/plain', digest: 'd' } } } as never;
    const { error } = await samples.bulkWrite([{ document: lost }, { document: sample(row('b'), 2) }], 'test');
    expect(error.map(({ status, documentId }) => [status, documentId])).toEqual([[510, 'a']]);
    expect(told).toEqual(['b']);
    expect(await samples.findDocumentsById(['a'], true)).toEqual([]);
    await samples.close();
  });

  test('uses an index in both directions', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    for (const direction of ['ASC', 'DESC']) {
      const plan = file.database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT document FROM "test|samples|0" WHERE indexed = 1 AND ((deleted = 0)) AND (("at:member" = 1) AND ("at:age" > 3)) ORDER BY "at:age" ${direction}, "id" ${direction} LIMIT 50`).all();
      expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH .* USING INDEX .*at:member/)]);
    }
    await samples.close();
  });

  test('an insert writes no index page, and the next query finds it by the index', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    const indexed = () => file.database.prepare<[], { indexed: number }>('SELECT indexed FROM "test|samples|0" ORDER BY rowid').all().map((each) => each.indexed);
    await samples.bulkWrite([{ document: sample(row('a', { age: 2 }), 1) }], 'test');
    await samples.bulkWrite([{ document: sample(row('b', { age: 1 }), 2) }], 'test');
    expect(indexed()).toEqual([0, 0]);
    expect((await samples.query(asked({ selector: { age: { $gte: 0 } }, sort: [{ age: 'asc' }] }))).documents.map(({ id: of }) => of)).toEqual(['b', 'a']);
    expect(indexed()).toEqual([1, 1]);
    expect(file.database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    await samples.close();
  });

  test('the tail is entered by the write that makes it long, and a bulk goes straight into the indexes', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    const outside = () => file.database.prepare('SELECT count(*) AS rows FROM "test|samples|0" WHERE indexed = 0').get();
    for (let index = 0; index < 130; index += 1) await samples.bulkWrite([{ document: sample(row(`single-${index}`), index + 1) }], 'test');
    expect(outside()).toEqual({ rows: 2 });
    await samples.bulkWrite(Array.from({ length: 200 }, (_, index) => ({ document: sample(row(`bulk-${index}`), 500) })), 'test');
    expect(outside()).toEqual({ rows: 0 });
    expect(await samples.count(asked({ selector: { age: 1 } }))).toEqual({ count: 330, mode: 'fast' });
    await samples.close();
  });

  test('is read when the file takes no more writes, indexes or not', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    await samples.bulkWrite([1, 3, 2].map((age) => ({ document: sample(row(String(age), { age }), age) })), 'test');
    file.database.pragma('query_only = ON');
    expect((await samples.query(asked({ selector: { age: { $gte: 2 } }, sort: [{ age: 'asc' }] }))).documents.map(({ age }) => age)).toEqual([2, 3]);
    expect(await samples.count(asked({ selector: { age: 2 } }))).toEqual({ count: 1, mode: 'fast' });
    expect((await getChangedDocumentsSince(samples, 2)).documents.map(({ age }) => age)).toEqual([1, 2]);
    file.database.pragma('query_only = OFF');
    await samples.close();
  });

  test('counts fast only what SQL counts', async () => {
    const samples = await openSamples(getRxStorageBetterSqlite3({ file: open() }));
    await samples.bulkWrite([1, 2, 3].map((age) => ({ document: sample(row(String(age), { age, note: age === 2 ? 'yes' : 'no' }), age) })), 'test');
    expect(await samples.count(asked({ selector: { age: { $gte: 2 } } }))).toEqual({ count: 2, mode: 'fast' });
    expect(await samples.count(asked({ selector: { note: { $regex: 'y' } } }))).toEqual({ count: 1, mode: 'slow' });
    await samples.close();
  });

  test('removes its own table only and closes twice', async () => {
    const file = open();
    const storage = getRxStorageBetterSqlite3({ file });
    const [one, two] = [await storage.createStorageInstance<Sample>(parameters('one')), await storage.createStorageInstance<Sample>(parameters('two'))];
    await one.remove();
    await one.close();
    expect(file.database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'test|two|0' }]);
    await expect(one.findDocumentsById(['a'], true)).rejects.toThrow('closed');
    await two.close();
  });
});

/** What may be done to a collection; ids are few, so that operations meet. */
const id = fc.constantFrom('a', 'b', 'c', 'd', '\ue000', '\u{10000}');
/** Without U+FFFF, which RxDB's memory storage keeps for the end of its ranges. */
const place = fc.constantFrom('x', 'y', 'é', '中', '\ufffd', '\u{1f600}');
const content = fc.record({ name: place, age: fc.integer({ min: -6, max: 6 }).map((half) => half / 2), member: fc.boolean(), note: fc.option(place, { nil: undefined }), place, scan: fc.option(place, { nil: undefined }) });
type Content = { name: string; age: number; member: boolean; note: string | undefined; place: string; scan: string | undefined };
const condition: fc.Arbitrary<MangoQuery<Sample>['selector']> = fc.oneof(
  fc.constant({}),
  place.map((name) => ({ name })),
  fc.record({ low: fc.integer({ min: -3, max: 3 }), high: fc.integer({ min: -3, max: 3 }), member: fc.boolean() }).map(({ low, high, member }) => ({ member, age: { $gt: low, $lte: high } })),
  fc.array(place, { maxLength: 3 }).map(($in) => ({ name: { $in } })),
  place.map((name) => ({ name: { $ne: name } })),
  place.map((note) => ({ note: { $lt: note } })),
  fc.record({ low: fc.integer({ min: -3, max: 1 }), high: fc.integer({ min: -1, max: 3 }) }).map(({ low, high }) => ({ age: { $gte: low, $lt: high } })),
  fc.tuple(place, place).map(([low, high]) => ({ $and: [{ name: { $lte: high } }, { name: { $gt: low } }] })),
  fc.boolean().map((exists) => ({ note: { $exists: exists }, age: { $gte: 0 } })),
  fc.tuple(place, fc.integer({ min: -3, max: 3 })).map(([name, age]) => ({ $or: [{ name: { $gt: name } }, { age: { $lt: age } }] })),
  place.map((name) => ({ 'nested.place': { $gte: name } })),
);
const sorting = fc.constantFrom<MangoQuery<Sample>['sort']>([{ id: 'asc' }], [{ id: 'desc' }], [{ age: 'asc' }, { id: 'asc' }], [{ age: 'desc' }, { id: 'asc' }], [{ name: 'desc' }, { age: 'asc' }], [{ 'nested.place': 'asc' }], [{ member: 'desc' }, { id: 'desc' }], [{ note: 'asc' }]);
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), rows: fc.uniqueArray(fc.record({ id, content, deleted: fc.boolean(), stale: fc.constantFrom(false, false, false, true) }), { minLength: 1, maxLength: 4, selector: (each) => each.id }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('query' as const), selector: condition, sort: sorting, skip: fc.nat({ max: 2 }), limit: fc.option(fc.nat({ max: 4 }), { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('changes' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'cleanup' as const }) },
);

describe('against the memory storage of RxDB', () => {
  test('any operations in any order answer the same', async () => {
    let run = 0;
    const file = open();
    const schema = { ...sampleSchema, attachments: {} };
    await fc.assert(fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
      run += 1;
      const ours = await getRxStorageBetterSqlite3({ file }).createStorageInstance<Sample>({ ...parameters(`model-${run}`), schema });
      const model = await getRxStorageMemory().createStorageInstance<Sample>({ ...parameters(`model-${run}`), schema, options: {} });
      const both: RxStorageInstance<Sample, unknown, object>[] = [ours, model];
      const events: unknown[][] = [[], []];
      both.forEach((each, index) => each.changeStream().subscribe(({ events: bulk, checkpoint }) => events[index]?.push([bulk.map(({ documentId, operation: kind, documentData }) => [documentId, kind, documentData]), checkpoint])));
      let version = 0;
      for (const step of operations) {
        const answers: unknown[] = [];
        version += 1;
        for (const each of both) answers.push(await act(each, step, version));
        expect(answers[0]).toEqual(answers[1]);
      }
      expect(events[0]).toEqual(events[1]);
      await ours.close();
      await model.close();
    }), { numRuns: 120 });
  });
});

/** As RxDB writes one: with its bytes when it is new or another than before, without when it is the same. */
function attachment(text: string, previous?: RxDocumentData<Sample>): { length: number; type: string; digest: string; data?: Blob } {
  const data = new Blob([text], { type: 'text/plain' });
  const stub = { length: data.size, type: 'text/plain', digest: `digest of ${text}` };
  return previous?._attachments.scan?.digest === stub.digest ? stub : { ...stub, data };
}

async function act(storage: RxStorageInstance<Sample, unknown, object>, step: typeof operation extends fc.Arbitrary<infer Step> ? Step : never, version: number): Promise<unknown> {
  switch (step.kind) {
    case 'write': {
      const stored = new Map((await storage.findDocumentsById(step.rows.map((each) => each.id), true)).map((document) => [document.id, document]));
      const writes = step.rows.map(({ id: of, content: { place: at, note, scan, ...rest }, deleted, stale }: { id: string; content: Content; deleted: boolean; stale: boolean }) => {
        const previous = stale ? sample(row(of), 10_000) : stored.get(of);
        const document = { ...sample({ id: of, ...rest, ...(note === undefined ? {} : { note }), nested: { place: at } }, version, deleted), _attachments: scan === undefined || deleted ? {} : { scan: attachment(scan, previous) } };
        return previous === undefined ? { document } : { document, previous };
      });
      const { error } = await storage.bulkWrite(writes, 'model');
      const found = await storage.findDocumentsById(step.rows.map((each) => each.id), false);
      const texts = found.map(async ({ id: of, _attachments: { scan } }) => (scan === undefined ? null : (await storage.getAttachmentData(of, 'scan', scan.digest).catch(() => null))?.text()));
      return [error, found, await Promise.all(texts)];
    }
    case 'query': {
      const query = asked({ selector: { _deleted: { $eq: false }, ...step.selector } as never, sort: step.sort ?? [], skip: step.skip, ...(step.limit === undefined ? {} : { limit: step.limit }) });
      const { documents } = await storage.query(query);
      return [documents, await storage.findDocumentsById(documents.map((document: RxDocumentData<Sample>) => document.id), true)];
    }
    case 'changes': {
      const found: unknown[] = [];
      let checkpoint: unknown;
      for (;;) {
        const page: { documents: RxDocumentData<Sample>[]; checkpoint: unknown } = await getChangedDocumentsSince(storage, step.limit, checkpoint);
        found.push(...page.documents);
        checkpoint = page.checkpoint;
        if (page.documents.length < step.limit) return [found, checkpoint];
      }
    }
    case 'cleanup':
      return storage.cleanup(0);
  }
}

describe('a power cut', () => {
  /** Header of the write-ahead log and of each frame (SQLite file format, section 4.1), and the page size, in bytes. */
  const [header, frame] = [32, 24 + 4096];

  test('at any frame of the log leaves whole rows, and the indexes agree with them', async () => {
    const file = open();
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    emptyWriteAheadLog(file);
    for (let index = 1; index <= 6; index += 1) {
      await samples.bulkWrite([{ document: sample(row(`document-${index}`, { note: 'x'.repeat(3000) }), index) }], 'test');
      // Every other time the rows enter the indexes, which waits for no disk.
      if (index % 2 === 0) await samples.count(asked({ selector: { age: 1 } }));
    }
    const log = readFileSync(join(folder, 'test.db-wal'));
    copyFileSync(join(folder, 'test.db'), join(folder, 'base.db'));
    await samples.close();
    let rows = 0;
    let frames = 0;
    for (; log.readUInt32BE(header + frames * frame) !== 0; frames += 1) {
      copyFileSync(join(folder, 'base.db'), join(folder, 'cut.db'));
      writeFileSync(join(folder, 'cut.db-wal'), log.subarray(0, header + frames * frame));
      const cut = open('cut.db');
      const left = await openSamples(getRxStorageBetterSqlite3({ file: cut }));
      const { count } = await left.count(asked({ selector: { age: 1 } }));
      expect(cut.database.prepare('SELECT count(*) AS rows FROM "test|samples|0" NOT INDEXED').get()).toEqual({ rows: count });
      expect(cut.database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      expect(count).toBeGreaterThanOrEqual(rows);
      rows = count;
      await left.close();
      cut.close();
    }
    expect([rows, frames > 20]).toEqual([6, true]);
  });
});

describe('a process that is killed in the middle of a write', () => {
  test.each([1, 2, 3])('leaves every document that it said was written, whole (kill %d)', async (round) => {
    const path = join(folder, 'killed.db');
    const child = spawn(process.execPath, [fileURLToPath(new URL('./kill-child.ts', import.meta.url)), path, Buffer.from(key).toString('hex')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      said = Math.max(said, Number(line));
      if (said >= 150 * round) child.kill('SIGKILL');
    }
    expect(child.signalCode ?? (await new Promise((ended) => child.once('exit', (_, signal) => ended(signal))))).toBe('SIGKILL');
    const file = open('killed.db');
    expect(file.database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    const samples = await openSamples(getRxStorageBetterSqlite3({ file }));
    const { documents } = await samples.query(asked({ selector: {}, sort: [{ age: 'asc' }] }));
    // One batch of three may have been written without being said.
    expect(documents.length % 3).toBe(0);
    expect([said, said + 3]).toContain(documents.length);
    const { documents: changed } = await getChangedDocumentsSince(samples, 10_000);
    expect(changed.map(({ _meta }) => _meta.lwt)).toEqual(changed.map(({ _meta }) => _meta.lwt).toSorted((left, right) => left - right));
    await samples.close();
  });
});

test('nothing is left open', () => {
  expect(OPEN_INSTANCES.size).toBe(0);
});
