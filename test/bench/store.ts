/**
 * P2 and P3: what the store does all day, and whether it stays so fast when it is full. Ours are the terminal's `Rows` over RxDB over our
 * storage. The limit is better-sqlite3 alone with the same index, in a file of the same cipher and durability. The peers go through the
 * same `Rows`, on RxDB's other storages.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createRxDatabase, type RxCollection, type RxJsonSchema, type RxStorage } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { getRxStorageSQLiteTrial, getSQLiteBasicsNodeNative } from 'rxdb/plugins/storage-sqlite';
import { filter, firstValueFrom } from 'rxjs';
import { getRxStorageBetterSqlite3 } from '../../sync/store/index.ts';
import { createRows, type Rows } from '../../sync/terminal-store/rows.ts';
import type { ActionRequest } from '../../sync/terminal-store/types.ts';
import { openBare, openStoreFile } from './rig/files.ts';
import { handInRequest } from './rig/hand-in.ts';
import { peers } from './rig/peers.ts';
import { type BenchRow, percentile, report, rounds, row } from './rig/measure.ts';

type Paper = { id: string; town: string; place: number; handIn: ActionRequest };

const papers: RxJsonSchema<Paper> = {
  version: 0, primaryKey: 'id', type: 'object', required: ['id', 'town', 'place', 'handIn'], indexes: [['town', 'place']],
  properties: { id: { type: 'string', maxLength: 20 }, town: { type: 'string', maxLength: 9 }, place: { type: 'number', minimum: 0, maximum: 1e9, multipleOf: 1 }, handIn: { type: 'object' } },
};
const TOWNS = 20;
/** The fewest that say something about their spread: filling the largest store takes its time. */
const ROUNDS = 5;

function paper(serial: number): Paper {
  return { id: `paper-${String(serial).padStart(9, '0')}`, town: `3306241${String(serial % TOWNS).padStart(2, '0')}`, place: (serial * 7919) % 1_000_000, handIn: handInRequest(serial) };
}
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => paper(from + index));

/** One way to keep papers. Each call is awaited before the next. */
type Contender = {
  /** One transaction. */
  insert(papers: readonly Paper[]): Promise<void>;
  get(id: string): Promise<unknown>;
  /** The town's newest by `place`. */
  newest(town: string, limit: number): Promise<unknown[]>;
  /** Milliseconds from an insert until an open live query of the town's 20 newest tells it. */
  untilShown(paper: Paper): Promise<number>;
  close(): Promise<void>;
};

/** What one run measures. */
type Run = { bulk: number; reads: number; queries: number; live: number; single: number };
/** Documents there already, and the operations of one run. The trial storage stops at some 500 operations. */
type Size = { stock: number; batches: number; batch: number; reads: number; queries: number; lives: number; singles: number };
const USUAL: Size = { stock: 2000, batches: 2, batch: 1000, reads: 2000, queries: 100, lives: 30, singles: 100 };
const GROWTH: Size = { stock: 0, batches: 2, batch: 1000, reads: 1500, queries: 100, lives: 5, singles: 50 };
const POUCH: Size = { stock: 1000, batches: 1, batch: 1000, reads: 500, queries: 30, lives: 10, singles: 50 };
const TRIAL: Size = { stock: 100, batches: 1, batch: 60, reads: 30, queries: 10, lives: 5, singles: 20 };
const FILLED = [1000, 20_000, 200_000];
const FILL_BATCH = 1000;

export async function main(args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-'));
  const path = (name: string) => join(folder, `${name}.db`);
  try {
    const Pouch = (await peers())('pouchdb') as PouchMaker;
    const runs = await rounds({
      ours: async (round) => measure(await openOurs(path(`ours-${round}`)), USUAL),
      limit: async (round) => measure(openRaw(path(`raw-${round}`)), USUAL),
      memory: async (round) => measure(await openRxdb(getRxStorageMemory(), `memory-${round}`, () => undefined), USUAL),
      pouch: async (round) => measure(await openPouch(Pouch, join(folder, `pouch-${round}`)), POUCH),
      trial: async (round) => measure(await openRxdb(getRxStorageSQLiteTrial({ sqliteBasics: getSQLiteBasicsNodeNative(DatabaseSync), databaseNamePrefix: join(folder, '/') }), `trial-${round}`, () => undefined), TRIAL),
    }, ROUNDS);
    const line = (name: string, unit: string, of: keyof Run) => {
      const figures = (list: Run[]) => list.map((run) => run[of]);
      return row(name, unit, { ours: figures(runs.ours), limit: figures(runs.limit), peers: { 'PouchDB on LevelDB (without fsync)': figures(runs.pouch), 'RxDB trial SQLite': figures(runs.trial), 'RxDB memory (not durable)': figures(runs.memory) } });
    };
    return report('store', [
      line('bulk write, 1 000 a transaction', 'documents per second', 'bulk'),
      line('read by id', 'per second', 'reads'),
      line('50 documents by index, sorted', 'queries per second', 'queries'),
      line('insert until a live query shows it', 'ms', 'live'),
      line('single insert', 'ms', 'single'),
      ...await growth(path),
    ], args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Stores of three fillings, by turns; the limit of each is the least filled one, so that the ratio says how flat it is. */
async function growth(path: (name: string) => string): Promise<BenchRow[]> {
  const stores = new Map<number, Contender>();
  for (const stock of FILLED) {
    process.stderr.write(`filling a store with ${stock} documents\n`);
    const contender = await openOurs(path(`filled-${stock}`));
    for (let from = 0; from < stock; from += FILL_BATCH) await contender.insert(many(from, FILL_BATCH));
    stores.set(stock, contender);
  }
  const turns = [...stores].map(([stock, contender]) => [String(stock), (round: number) => measureFilled(contender, stock + round * 10_000, stock, GROWTH)] as const);
  const runs: Record<string, Run[]> = await rounds(Object.fromEntries(turns), ROUNDS);
  for (const contender of stores.values()) await contender.close();
  const least = runs[String(FILLED[0])] ?? [];
  return FILLED.slice(1).flatMap((stock) => {
    const line = (name: string, unit: string, of: keyof Run) => row(`${name}, ${stock} documents against ${FILLED[0]}`, unit, { ours: (runs[String(stock)] ?? []).map((run) => run[of]), limit: least.map((run) => run[of]) });
    return [line('bulk write', 'documents per second', 'bulk'), line('read by id', 'per second', 'reads'), line('50 by index, sorted', 'queries per second', 'queries'), line('single insert', 'ms', 'single')];
  });
}

async function measure(contender: Contender, size: Size): Promise<Run> {
  await contender.insert(many(0, size.stock));
  const run = await measureFilled(contender, size.stock, size.stock, size);
  await contender.close();
  return run;
}

/** @param next serial of the first paper to add @param stock serials below this are there */
async function measureFilled(contender: Contender, next: number, stock: number, size: Size): Promise<Run> {
  let serial = next;
  const take = (count: number) => many((serial += count) - count, count);
  const batches = Array.from({ length: size.batches }, () => take(size.batch));
  const bulk = await seconds(async () => {
    for (const batch of batches) await contender.insert(batch);
  });
  const singles = take(size.singles);
  const single: number[] = [];
  for (const each of singles) single.push(1000 * await seconds(() => contender.insert([each])));
  // Far apart from each other, in no order.
  const ids = Array.from({ length: size.reads }, (_, index) => paper((index * 7919) % stock).id);
  const reads = await seconds(async () => {
    for (const id of ids) if ((await contender.get(id)) == null) throw new Error(`${id} is not there`);
  });
  const queries = await seconds(async () => {
    for (let index = 0; index < size.queries; index += 1) await contender.newest(paper(index).town, 50);
  });
  const live: number[] = [];
  for (const each of take(size.lives)) live.push(await contender.untilShown({ ...each, place: 1_000_000 + each.place }));
  return { bulk: (size.batches * size.batch) / bulk, reads: size.reads / reads, queries: size.queries / queries, live: percentile(live, 0.5), single: percentile(single, 0.5) };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function openOurs(path: string): Promise<Contender> {
  const file = openStoreFile(path);
  return openRxdb(getRxStorageBetterSqlite3({ file }), 'papers', () => file.close());
}

async function openRxdb(storage: RxStorage<unknown, object>, name: string, closeFile: () => void): Promise<Contender> {
  const database = await createRxDatabase<{ papers: RxCollection<Paper> }>({ name, storage, multiInstance: false });
  const { papers: collection } = await database.addCollections({ papers: { schema: papers } });
  const rows: Rows<Paper> = createRows(collection);
  return {
    insert: (list) => rows.put(list),
    get: (id) => rows.get(id),
    newest: (town, limit) => rows.find({ selector: { town }, sort: [{ town: 'desc' }, { place: 'desc' }], limit }),
    async untilShown(added) {
      const query = collection.find({ selector: { town: added.town }, sort: [{ town: 'desc' }, { place: 'desc' }], limit: 20 }).$;
      await firstValueFrom(query);
      const shown = firstValueFrom(query.pipe(filter((list) => list.some(({ id }) => id === added.id))));
      return 1000 * await seconds(async () => {
        await rows.insert(added);
        await shown;
      });
    },
    async close() {
      await database.close();
      closeFile();
    },
  };
}

function openRaw(path: string): Contender {
  const database = openBare(path);
  database.exec('CREATE TABLE papers (id TEXT PRIMARY KEY, town TEXT NOT NULL, place REAL NOT NULL, document TEXT NOT NULL) STRICT; CREATE INDEX town ON papers (town, place)');
  const insert = database.prepare<[string, string, number, string]>('INSERT INTO papers VALUES (?, ?, ?, ?)');
  const get = database.prepare<[string], { document: string }>('SELECT document FROM papers WHERE id = ?');
  const newest = database.prepare<[string, number], { document: string }>('SELECT document FROM papers WHERE town = ? ORDER BY place DESC LIMIT ?');
  const put = database.transaction((list: readonly Paper[]) => {
    for (const each of list) insert.run(each.id, each.town, each.place, JSON.stringify(each));
  });
  const read = (town: string, limit: number): Paper[] => newest.all(town, limit).map(({ document }) => JSON.parse(document) as Paper);
  return {
    insert: async (list) => put(list),
    async get(id) {
      const found = get.get(id);
      return found === undefined ? null : JSON.parse(found.document);
    },
    newest: async (town, limit) => read(town, limit),
    // Nothing tells it: it asks again.
    untilShown: async (added) => 1000 * await seconds(async () => {
      put([added]);
      if (!read(added.town, 20).some(({ id }) => id === added.id)) throw new Error(`${added.id} is not shown`);
    }),
    close: async () => void database.close(),
  };
}

/** The part of PouchDB's interface that is used here. */
type Pouch = {
  bulkDocs(documents: readonly object[]): Promise<unknown>;
  get(id: string): Promise<unknown>;
  put(document: object): Promise<unknown>;
  query(view: string, options: object): Promise<{ rows: { id: string; doc: unknown }[] }>;
  close(): Promise<void>;
};
type PouchMaker = new (path: string) => Pouch;

/** Its own persistent view is the index; LevelDB is not asked to sync. */
async function openPouch(Maker: PouchMaker, path: string): Promise<Contender> {
  const pouch = new Maker(path);
  const map = 'function (doc) { emit([doc.town, doc.place]); }';
  await pouch.put({ _id: '_design/papers', views: { newest: { map } } });
  const documentOf = ({ id, ...rest }: Paper) => ({ _id: id, ...rest });
  const newest = async (town: string, limit: number) => (await pouch.query('papers/newest', { startkey: [town, {}], endkey: [town], descending: true, limit, include_docs: true })).rows;
  return {
    insert: async (list) => void await pouch.bulkDocs(list.map(documentOf)),
    get: (id) => pouch.get(id),
    newest,
    // Its live feed says that something changed, not how the query stands: it asks again.
    untilShown: async (added) => 1000 * await seconds(async () => {
      await pouch.put(documentOf(added));
      if (!(await newest(added.town, 20)).some(({ id }) => id === added.id)) throw new Error(`${added.id} is not shown`);
    }),
    close: () => pouch.close(),
  };
}
