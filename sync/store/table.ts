import type { RxDocumentData, RxStorageDefaultCheckpoint } from 'rxdb/plugins/core';
import type { Statement } from 'better-sqlite3-multiple-ciphers';
import type { SqliteFile } from './file.ts';
import type { Plan } from './query.ts';
import { createTable, indexValues, type Layout, quoted, type SqlValue, textKey, valueAt } from './sql.ts';
import type { DocumentCodec, DocumentRow } from './types.ts';

/** The statements of one collection's table. All of it is synchronous; what writes is called inside a transaction. */
export type Table<Document> = {
  read(id: string): RxDocumentData<Document> | undefined;
  /** The stored document's revision, for a tenth of what reading it costs. */
  revision(id: string): string | undefined;
  insert(documents: readonly RxDocumentData<Document>[]): void;
  update(document: RxDocumentData<Document>): void;
  select(plan: Plan<Document>): RxDocumentData<Document>[];
  /** Rows that the plan's WHERE takes, within its skip and limit. */
  count(plan: Plan<Document>): number;
  /** In the order of their writing. */
  changedSince(from: RxStorageDefaultCheckpoint, limit: number): RxDocumentData<Document>[];
  /**
   * Removes tombstones.
   * @param until milliseconds since 1970: those written then or before
   * @returns how many of at most `most` there were
   */
  removeTombstones(until: number, most: number): number;
};

/**
 * Rows that wait for their index entries at most. Entering them takes some ten microseconds each, which the write that makes the tail
 * this long pays for: fewer than one write in a hundred.
 */
const LONGEST_TAIL = 128;
/** Statements kept by their text: queries come in few shapes, but an `$or` may have any length. */
const MOST_STATEMENTS = 200;

/**
 * Opens the table and makes it where it is missing.
 *
 * **The tail.** A single insert writes its document and its id; the other indexes are partial (`WHERE indexed = 1`) and do not hold it
 * yet. Rows outside them are always the last of the table. They enter the indexes together, before the next query or when there are
 * many, and that commit waits for no disk: indexes follow from the rows, so nothing is lost when a power cut takes it.
 * The write somebody waits for is thus shorter by a page for each index.
 */
export function openTable<Document>({ database }: SqliteFile, layout: Layout, codec: DocumentCodec | null): Table<Document> {
  createTable(database, layout, codec === null ? 'TEXT' : 'BLOB');
  const table = quoted(layout.table);
  const columns = ['id', 'revision', 'deleted', 'written', 'document', ...layout.indexed.map(({ name }) => name)].map(quoted);
  const insert = database.prepare<SqlValue[]>(`INSERT INTO ${table} (${columns.join(', ')}, indexed) VALUES (${columns.map(() => '?').join(', ')}, ?)`);
  const update = database.prepare<SqlValue[]>(`UPDATE ${table} SET (${columns.slice(1).join(', ')}) = (${columns.slice(1).map(() => '?').join(', ')}) WHERE id = ?`);
  const read = database.prepare<[string], DocumentRow>(`SELECT id, document FROM ${table} WHERE id = ?`);
  const revision = database.prepare<[string], { revision: string }>(`SELECT revision FROM ${table} WHERE id = ?`);
  const changed = (indexed: string) => `SELECT id, document FROM ${table} WHERE ${indexed}(written, id) > (?, ?) ORDER BY written, id LIMIT ?`;
  const prune = database.prepare<[number, number]>(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE deleted = 1 AND written <= ? LIMIT ?)`);
  const newest = database.prepare<[], { indexed: number }>(`SELECT indexed FROM ${table} ORDER BY rowid DESC LIMIT 1`);
  // NOT INDEXED: the rows are found by rowid, from the end.
  const enterTail = database.prepare<[]>(`UPDATE ${table} NOT INDEXED SET indexed = 1
    WHERE rowid > coalesce((SELECT rowid FROM ${table} NOT INDEXED WHERE indexed = 1 ORDER BY rowid DESC LIMIT 1), 0)`);
  const statements = new Map<string, Statement<SqlValue[], unknown>>();
  /** What this instance put into the tail since it last entered it: says when it is time, not what is in it. */
  let tail = 0;

  function prepared<Row>(sql: string): Statement<SqlValue[], Row> {
    const known = statements.get(sql);
    if (known !== undefined) return known as Statement<SqlValue[], Row>;
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    const statement = database.prepare<SqlValue[], Row>(sql);
    statements.set(sql, statement);
    return statement;
  }

  /** Before a query. Answers the condition under which SQLite may use the partial indexes; nothing when a full disk keeps the tail outside. */
  function indexedRows(): string {
    tail = 0;
    if (newest.get()?.indexed !== 0) return 'indexed = 1 AND ';
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      enterTail.run();
    } catch (cause) {
      if (!isSqliteError(cause)) throw cause;
      return '';
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
    return 'indexed = 1 AND ';
  }

  const context = (id: string) => JSON.stringify([layout.table, id]);

  function parse({ id, document }: DocumentRow): RxDocumentData<Document> {
    return JSON.parse(codec === null ? String(document) : Buffer.from(codec.open(Buffer.from(document), context(id))).toString());
  }

  function values(document: RxDocumentData<Document>): SqlValue[] {
    const id = textKey(String(valueAt(document, layout.primary)));
    const text = JSON.stringify(document);
    const body = codec === null ? text : codec.seal(Buffer.from(text), context(id));
    return [id, document._rev, document._deleted ? 1 : 0, document._meta.lwt, body, ...indexValues(layout, document)];
  }

  return {
    read(id) {
      const row = read.get(textKey(id));
      return row === undefined ? undefined : parse(row);
    },
    revision: (id) => revision.get(textKey(id))?.revision,
    insert(documents) {
      // Many at once are better off when each page is written once; the tail in front of them goes first, so that it stays the end.
      const many = documents.length >= LONGEST_TAIL;
      if (many || tail + documents.length > LONGEST_TAIL) {
        enterTail.run();
        tail = 0;
      }
      for (const document of documents) insert.run(...values(document), many ? 1 : 0);
      if (!many) tail += documents.length;
    },
    update(document) {
      const [id, ...rest] = values(document);
      update.run(...rest, id ?? null);
    },
    select(plan) {
      const select = `SELECT id, document FROM ${table} WHERE ${indexedRows()}(${plan.where}) ORDER BY ${plan.order}`;
      if (plan.matches === null && plan.compare === null) {
        return prepared<DocumentRow>(`${select} LIMIT ? OFFSET ?`).all(...plan.values, plan.limit, plan.skip).map(parse);
      }
      const end = plan.limit < 0 ? Infinity : plan.skip + plan.limit;
      const found: RxDocumentData<Document>[] = [];
      for (const row of prepared<DocumentRow>(select).iterate(...plan.values)) {
        if (plan.compare === null && found.length >= end) break;
        const document = parse(row);
        if (plan.matches === null || plan.matches(document)) found.push(document);
      }
      if (plan.compare !== null) found.sort(plan.compare);
      return found.slice(plan.skip, end);
    },
    count(plan) {
      const row = prepared<{ count: number }>(`SELECT count(*) AS count FROM (SELECT 1 FROM ${table} WHERE ${indexedRows()}(${plan.where}) LIMIT ? OFFSET ?)`)
        .get(...plan.values, plan.limit, plan.skip);
      return row?.count ?? 0;
    },
    changedSince: ({ lwt, id }, limit) => prepared<DocumentRow>(changed(indexedRows())).all(lwt, textKey(id), limit).map(parse),
    removeTombstones: (until, most) => prune.run(until, most).changes,
  };
}

function isSqliteError(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_');
}
