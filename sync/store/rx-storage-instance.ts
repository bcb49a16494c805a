import type { Statement } from 'better-sqlite3-multiple-ciphers';
import { type BulkWriteRow, categorizeBulkWriteRows, type EventBulk, type PreparedQuery, type RxDocumentData, type RxJsonSchema, type RxStorageBulkWriteResponse, type RxStorageChangeEvent, type RxStorageCountResult, type RxStorageDefaultCheckpoint, type RxStorageInstance, type RxStorageInstanceCreationParams, type RxStorageQueryResult } from 'rxdb/plugins/core';
import { type Observable, Subject } from 'rxjs';
import type { SqliteFile } from './file.ts';
import { planQuery, type Plan } from './query.ts';
import { createTable, indexValues, type Layout, layoutOf, quoted, type SqlValue, textKey } from './sql.ts';
import type { DocumentRow, InstanceOptions, Internals } from './types.ts';

type Changes<Document> = EventBulk<RxStorageChangeEvent<RxDocumentData<Document>>, RxStorageDefaultCheckpoint>;

/** Tombstones removed in one go of `cleanup`: some milliseconds of work, so that nobody waits for it. */
const CLEANUP_SLICE = 500;

/** Instances that nobody closed yet; a suite ends by finding it empty. */
export const OPEN_INSTANCES = new Set<unknown>();

/** One collection's table. Everything but the promise that RxDB asks for is synchronous: there is no queue that could wedge. */
export class RxStorageInstanceBetterSqlite3<Document> implements RxStorageInstance<Document, Internals<RxDocumentData<Document>>, InstanceOptions, RxStorageDefaultCheckpoint> {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<Document>>>;
  readonly options: Readonly<InstanceOptions> = {};
  readonly internals: Internals<RxDocumentData<Document>>;
  #layout: Layout;
  #statements = new Map<string, Statement<SqlValue[], DocumentRow>>();
  #closed: Promise<void> | null = null;

  constructor(file: SqliteFile, params: RxStorageInstanceCreationParams<Document, InstanceOptions>) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.#layout = layoutOf(params.databaseName, params.collectionName, params.schema);
    this.internals = { file, table: this.#layout.table, changes: new Subject() };
    OPEN_INSTANCES.add(this);
  }

  async bulkWrite(rows: BulkWriteRow<Document>[], context: string): Promise<RxStorageBulkWriteResponse<Document>> {
    const categorized = this.#write(rows, context);
    const newest = categorized.newestRow?.document;
    if (newest !== undefined && categorized.eventBulk.events.length > 0) {
      const events: Changes<Document> = { ...categorized.eventBulk, checkpoint: { id: this.#idOf(newest), lwt: newest._meta.lwt } };
      this.internals.changes.next(events);
    }
    return { error: categorized.errors };
  }

  /** Decides and writes in one immediate transaction; a throw leaves every row as it was. */
  #write(rows: BulkWriteRow<Document>[], context: string) {
    this.#ensureOpen();
    const { table, indexed } = this.#layout;
    const columns = ['id', 'revision', 'deleted', 'written', 'document', ...indexed.map(({ name }) => name)];
    const insert = this.#prepare(`INSERT INTO ${quoted(table)} (${columns.map(quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    const update = this.#prepare(`UPDATE ${quoted(table)} SET ${columns.slice(1).map((name) => `${quoted(name)} = ?`).join(', ')} WHERE id = ?`);
    const read = this.#prepare(`SELECT document FROM ${quoted(table)} WHERE id = ?`);
    return this.internals.file.database.transaction(() => {
      const stored = new Map<string, RxDocumentData<Document>>();
      for (const { document } of rows) {
        const id = this.#idOf(document);
        const row = read.get(textKey(id));
        if (row !== undefined) stored.set(id, this.#parse(row));
      }
      // The type of a document's primary path is `string` by schema; RxDB's generic cannot say so for an unknown Document.
      const categorized = categorizeBulkWriteRows<Document>(this, this.#layout.primary as never, stored, rows, context);
      for (const { document } of categorized.bulkInsertDocs) insert.run(textKey(this.#idOf(document)), ...this.#values(document));
      for (const { document } of categorized.bulkUpdateDocs) update.run(...this.#values(document), textKey(this.#idOf(document)));
      return categorized;
    }).immediate();
  }

  #values(document: RxDocumentData<Document>): SqlValue[] {
    return [document._rev, document._deleted ? 1 : 0, document._meta.lwt, JSON.stringify(document), ...indexValues(this.#layout, document)];
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<Document>[]> {
    this.#ensureOpen();
    const statement = this.#prepare(`SELECT document FROM ${quoted(this.#layout.table)} WHERE id = ?${withDeleted ? '' : ' AND deleted = 0'}`);
    return ids.flatMap((id) => {
      const row = statement.get(textKey(id));
      return row === undefined ? [] : [this.#parse(row)];
    });
  }

  async query(prepared: PreparedQuery<Document>): Promise<RxStorageQueryResult<Document>> {
    this.#ensureOpen();
    const plan = planQuery(this.#layout.columns, this.schema, prepared);
    return { documents: this.#run(plan) };
  }

  #run(plan: Plan<Document>): RxDocumentData<Document>[] {
    const select = `SELECT document FROM ${quoted(this.#layout.table)} WHERE ${plan.where} ORDER BY ${plan.order}`;
    if (plan.matches === null && plan.compare === null) {
      return this.#prepare(`${select} LIMIT ? OFFSET ?`).all(...plan.values, plan.limit, plan.skip).map((row) => this.#parse(row));
    }
    const end = plan.limit < 0 ? Infinity : plan.skip + plan.limit;
    const found: RxDocumentData<Document>[] = [];
    for (const row of this.#prepare(select).iterate(...plan.values)) {
      if (plan.compare === null && found.length >= end) break;
      const document = this.#parse(row);
      if (plan.matches === null || plan.matches(document)) found.push(document);
    }
    if (plan.compare !== null) found.sort(plan.compare);
    return found.slice(plan.skip, end);
  }

  async count(prepared: PreparedQuery<Document>): Promise<RxStorageCountResult> {
    this.#ensureOpen();
    const plan = planQuery(this.#layout.columns, this.schema, prepared);
    if (plan.matches !== null) return { count: this.#run({ ...plan, compare: null }).length, mode: 'slow' };
    const row = this.internals.file.database
      .prepare<SqlValue[], { count: number }>(`SELECT count(*) AS count FROM (SELECT 1 FROM ${quoted(this.#layout.table)} WHERE ${plan.where} LIMIT ? OFFSET ?)`)
      .get(...plan.values, plan.limit, plan.skip);
    return { count: row?.count ?? 0, mode: 'fast' };
  }

  async getChangedDocumentsSince(limit: number, checkpoint?: RxStorageDefaultCheckpoint): Promise<{ documents: RxDocumentData<Document>[]; checkpoint: RxStorageDefaultCheckpoint }> {
    this.#ensureOpen();
    const from = checkpoint ?? { id: '', lwt: 0 };
    const documents = this.#prepare(`SELECT document FROM ${quoted(this.#layout.table)} WHERE (written, id) > (?, ?) ORDER BY written, id LIMIT ?`)
      .all(from.lwt, textKey(from.id), limit)
      .map((row) => this.#parse(row));
    const last = documents.at(-1);
    return { documents, checkpoint: last === undefined ? from : { id: this.#idOf(last), lwt: last._meta.lwt } };
  }

  changeStream(): Observable<Changes<Document>> {
    return this.internals.changes.asObservable();
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    this.#ensureOpen();
    const table = quoted(this.#layout.table);
    const removed = this.internals.file.database
      .prepare<[number, number]>(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE deleted = 1 AND written <= ? LIMIT ?)`)
      .run(Date.now() - minimumDeletedTime, CLEANUP_SLICE);
    return removed.changes < CLEANUP_SLICE;
  }

  async getAttachmentData(): Promise<Blob> {
    throw new Error('this storage holds no attachments');
  }

  async remove(): Promise<void> {
    this.#ensureOpen();
    this.internals.file.database.exec(`DROP TABLE IF EXISTS ${quoted(this.#layout.table)}`);
    await this.close();
  }

  /** Work is synchronous, so nothing is in flight here. Statements end with their last reference; the file's owner closes the file. */
  close(): Promise<void> {
    this.#closed ??= Promise.resolve().then(() => {
      this.#statements.clear();
      OPEN_INSTANCES.delete(this);
      this.internals.changes.complete();
    });
    return this.#closed;
  }

  /** Creates table and indexes. Called once, by `createInstance`. */
  prepareTable(): void {
    createTable(this.internals.file, this.#layout);
  }

  #prepare(sql: string): Statement<SqlValue[], DocumentRow> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.internals.file.database.prepare<SqlValue[], DocumentRow>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #parse(row: DocumentRow): RxDocumentData<Document> {
    return JSON.parse(row.document);
  }

  #idOf(document: object): string {
    return String(Object.getOwnPropertyDescriptor(document, this.#layout.primary)?.value);
  }

  #ensureOpen(): void {
    if (this.#closed !== null) throw new Error(`collection ${this.collectionName} is closed`);
  }
}

export async function createInstance<Document>(file: SqliteFile, params: RxStorageInstanceCreationParams<Document, InstanceOptions>): Promise<RxStorageInstanceBetterSqlite3<Document>> {
  const instance = new RxStorageInstanceBetterSqlite3(file, params);
  instance.prepareTable();
  return instance;
}
