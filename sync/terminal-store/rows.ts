import { getDefaultRevision, getDefaultRxDocumentMeta, type MangoQuery, normalizeMangoQuery, prepareQuery, type RxCollection, type RxDocumentData } from 'rxdb/plugins/core';
import { createQueue } from '../queue.ts';

/**
 * A collection as the store uses it: straight to its storage, past RxDB's document and query caches, so that a terminal that runs
 * for months holds no old rows in memory. Live queries on the collection see these writes like any other.
 * Each call of a writing method is one transaction. Writers take turns, so a revision conflict is a bug and throws.
 */
export type Rows<Row extends object> = {
  get(id: string): Promise<Row | null>;
  find(query: MangoQuery<Row>): Promise<Row[]>;
  count(query: MangoQuery<Row>): Promise<number>;
  /** @throws when a row of this id is there */
  insert(row: Row): Promise<void>;
  /** Inserts or replaces. */
  put(rows: readonly Row[]): Promise<void>;
  /** Replaces the rows that `change` answers for; null leaves a row as it is. Ids that are not there are passed over. */
  change(ids: readonly string[], change: (row: Row) => Row | null): Promise<void>;
  /** Removes the rows themselves, tombstones too. */
  erase(ids: readonly string[]): Promise<void>;
  watch(tell: (rows: readonly Row[]) => void): () => void;
  /** Waits for the writes in flight. */
  idle(): Promise<void>;
};

/** Written into RxDB's events as the origin of a write. */
const CONTEXT = 'jinban';

export function createRows<Row extends object>(collection: RxCollection<Row>): Rows<Row> {
  const storage = collection.storageInstance;
  const primary = String(collection.schema.primaryPath);
  const queue = createQueue();
  const idOf = (row: Row) => String(Object.getOwnPropertyDescriptor(row, primary)?.value);
  const read = (ids: readonly string[]) => storage.findDocumentsById([...ids], true);

  async function write(rows: readonly { row: Row; previous: RxDocumentData<Row> | undefined; deleted?: boolean }[]): Promise<void> {
    if (rows.length === 0) return;
    const writes = rows.map(({ row, previous, deleted = false }) => {
      const document = { ...row, _deleted: deleted, _attachments: {}, _meta: getDefaultRxDocumentMeta(), _rev: getDefaultRevision() };
      return previous === undefined ? { document } : { previous, document };
    });
    const { error } = await storage.bulkWrite(writes, CONTEXT);
    const [first] = error;
    if (first !== undefined) throw new Error(`collection ${collection.name} refused a write with status ${first.status}`);
  }

  const prepared = (query: MangoQuery<Row>) => prepareQuery<Row>(collection.schema.jsonSchema, normalizeMangoQuery<Row>(collection.schema.jsonSchema, withoutDeleted(query)));

  return {
    async get(id) {
      const [row] = await storage.findDocumentsById([id], false);
      return row ?? null;
    },
    async find(query) {
      return (await storage.query(prepared(query))).documents;
    },
    async count(query) {
      return (await storage.count(prepared(query))).count;
    },
    insert: (row) => queue.run(() => write([{ row, previous: undefined }])),
    put: (rows) => queue.run(async () => {
      const stored = new Map((await read(rows.map(idOf))).map((row) => [idOf(row), row]));
      await write(rows.map((row) => ({ row, previous: stored.get(idOf(row)) })));
    }),
    change: (ids, change) => queue.run(async () => {
      await write((await read(ids)).flatMap((previous) => {
        const row = previous._deleted ? null : change(previous);
        return row === null ? [] : [{ row, previous }];
      }));
    }),
    erase: (ids) => queue.run(async () => {
      await write((await read(ids)).filter(({ _deleted }) => !_deleted).map((previous) => ({ row: previous, previous, deleted: true })));
      // However the clock stands: a tombstone of the future goes too.
      while (!(await storage.cleanup(Number.NEGATIVE_INFINITY)));
    }),
    watch(tell) {
      const subscription = storage.changeStream().subscribe(({ events }) => tell(events.map(({ documentData }) => documentData)));
      return () => subscription.unsubscribe();
    },
    idle: () => queue.idle(),
  };
}

/** RxDB adds this to queries of its own API; queries past it must say it themselves. */
function withoutDeleted<Row>(query: MangoQuery<Row>): MangoQuery<Row> {
  return { ...query, selector: Object.assign({ _deleted: { $eq: false } }, query.selector) };
}
