import type { Transaction } from 'better-sqlite3-multiple-ciphers';
import { type BulkWriteRow, categorizeBulkWriteRows, type EventBulk, type PreparedQuery, type RxDocumentData, type RxJsonSchema, type RxStorageBulkWriteResponse, type RxStorageChangeEvent, type RxStorageCountResult, type RxStorageDefaultCheckpoint, type RxStorageInstance, type RxStorageInstanceCreationParams, type RxStorageQueryResult } from 'rxdb/plugins/core';
import { type Observable, Subject } from 'rxjs';
import { type Attachments, bytesOf, openAttachments } from './attachments.ts';
import type { SqliteFile } from './file.ts';
import { planQuery } from './query.ts';
import { type Layout, layoutOf, quoted, valueAt } from './sql.ts';
import { openTable, type Table } from './table.ts';
import type { InstanceOptions, Internals, StorageSettings } from './types.ts';

type Changes<Document> = EventBulk<RxStorageChangeEvent<RxDocumentData<Document>>, RxStorageDefaultCheckpoint>;
type Categorized<Document> = ReturnType<typeof categorizeBulkWriteRows<Document>>;

/** Tombstones removed in one go of `cleanup`: some milliseconds of work, so that nobody waits for it. */
const CLEANUP_SLICE = 500;

/** Instances that nobody closed yet; a suite ends by finding it empty. */
export const OPEN_INSTANCES = new Set<unknown>();

type Stream = { next(changes: unknown): void };
/** The change streams of every open instance of a table: what one writes, all tell. */
const STREAMS = new WeakMap<SqliteFile, Map<string, Set<Stream>>>();

/** One collection's table. Everything but the promise that RxDB asks for is synchronous: there is no queue that could wedge. */
export class RxStorageInstanceBetterSqlite3<Document> implements RxStorageInstance<Document, Internals<RxDocumentData<Document>>, InstanceOptions, RxStorageDefaultCheckpoint> {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<Document>>>;
  readonly options: Readonly<InstanceOptions>;
  readonly internals: Internals<RxDocumentData<Document>>;
  #layout: Layout;
  #table: Table<Document>;
  /** null: the schema asks for none. */
  #attachments: Attachments | null;
  #write: Transaction<[BulkWriteRow<Document>[], string, ReadonlyMap<Blob, Uint8Array>], Categorized<Document>>;
  /** Of this instance and of others on the same table, of another database perhaps. */
  #streams: Set<Stream>;
  #closed: Promise<void> | null = null;

  constructor({ file, codec = null }: StorageSettings, params: RxStorageInstanceCreationParams<Document, InstanceOptions>) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.#layout = layoutOf(params.databaseName, params.collectionName, params.schema);
    this.#table = openTable(file, this.#layout, codec);
    this.#attachments = params.schema.attachments === undefined ? null : openAttachments(file, this.#layout, codec);
    // Made once: better-sqlite3 builds four functions for each.
    this.#write = file.database.transaction((rows: BulkWriteRow<Document>[], context: string, bytes: ReadonlyMap<Blob, Uint8Array>) => this.#decideAndWrite(rows, context, bytes));
    this.internals = { file, table: this.#layout.table, changes: new Subject() };
    this.#streams = streamsOf(file, this.#layout.table).add(this.internals.changes);
    OPEN_INSTANCES.add(this);
  }

  async bulkWrite(rows: BulkWriteRow<Document>[], context: string): Promise<RxStorageBulkWriteResponse<Document>> {
    const bytes = this.#attachments === null ? NO_BYTES : await bytesOf(rows.map(({ document }) => document));
    this.#ensureOpen();
    const { eventBulk, newestRow, errors } = this.#write.immediate(rows, context, bytes);
    // RxDB makes an event for a document that it refuses for an attachment without bytes, too.
    const refused = new Set(errors.flatMap(({ status, documentId }) => (status === 510 ? [documentId] : [])));
    const events = eventBulk.events.filter(({ documentId }) => !refused.has(documentId));
    if (newestRow !== undefined && events.length > 0) {
      const changes: Changes<Document> = { ...eventBulk, events, checkpoint: this.#checkpointOf(newestRow.document) };
      for (const stream of this.#streams) stream.next(changes);
    }
    return { error: errors };
  }

  /** In one immediate transaction: a throw leaves every row as it was. */
  #decideAndWrite(rows: BulkWriteRow<Document>[], context: string, bytes: ReadonlyMap<Blob, Uint8Array>): Categorized<Document> {
    const stored = new Map<string, RxDocumentData<Document>>();
    for (const { document, previous } of rows) {
      const id = this.#idOf(document);
      // RxDB gives no two writes one revision: who names the stored one holds what is stored.
      const found = previous !== undefined && this.#table.revision(id) === previous._rev ? previous : this.#table.read(id);
      if (found !== undefined) stored.set(id, found);
    }
    // The type of a document's primary path is `string` by schema; RxDB's generic cannot say so for an unknown Document.
    const categorized = categorizeBulkWriteRows<Document>(this, this.#layout.primary[0] as never, stored, rows, context);
    this.#table.insert(categorized.bulkInsertDocs.map(({ document }) => document));
    for (const { document } of categorized.bulkUpdateDocs) this.#table.update(document);
    this.#attachments?.apply(categorized, bytes);
    return categorized;
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<Document>[]> {
    this.#ensureOpen();
    return ids.flatMap((id) => {
      const document = this.#table.read(id);
      return document === undefined || (document._deleted && !withDeleted) ? [] : [document];
    });
  }

  async query(prepared: PreparedQuery<Document>): Promise<RxStorageQueryResult<Document>> {
    this.#ensureOpen();
    return { documents: this.#table.select(planQuery(this.#layout.columns, this.schema, prepared)) };
  }

  async count(prepared: PreparedQuery<Document>): Promise<RxStorageCountResult> {
    this.#ensureOpen();
    const plan = planQuery(this.#layout.columns, this.schema, prepared);
    if (plan.matches !== null) return { count: this.#table.select({ ...plan, compare: null }).length, mode: 'slow' };
    return { count: this.#table.count(plan), mode: 'fast' };
  }

  async getChangedDocumentsSince(limit: number, checkpoint?: RxStorageDefaultCheckpoint): Promise<{ documents: RxDocumentData<Document>[]; checkpoint: RxStorageDefaultCheckpoint }> {
    this.#ensureOpen();
    const from = checkpoint ?? { id: '', lwt: 0 };
    const documents = this.#table.changedSince(from, limit);
    const last = documents.at(-1);
    return { documents, checkpoint: last === undefined ? from : this.#checkpointOf(last) };
  }

  changeStream(): Observable<Changes<Document>> {
    return this.internals.changes.asObservable();
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    this.#ensureOpen();
    return this.#table.removeTombstones(Date.now() - minimumDeletedTime, CLEANUP_SLICE) < CLEANUP_SLICE;
  }

  async getAttachmentData(documentId: string, attachmentId: string, digest: string): Promise<Blob> {
    this.#ensureOpen();
    if (this.#attachments === null) throw new Error(`collection ${this.collectionName} has no attachments`);
    return this.#attachments.read(documentId, attachmentId, digest);
  }

  async remove(): Promise<void> {
    this.#ensureOpen();
    this.#attachments?.drop();
    this.internals.file.database.exec(`DROP TABLE IF EXISTS ${quoted(this.#layout.table)}`);
    await this.close();
  }

  /** Statements end with their last reference; the file's owner closes the file. */
  close(): Promise<void> {
    this.#closed ??= Promise.resolve().then(() => {
      OPEN_INSTANCES.delete(this);
      this.#streams.delete(this.internals.changes);
      this.internals.changes.complete();
    });
    return this.#closed;
  }

  #idOf(document: object): string {
    return String(valueAt(document, this.#layout.primary));
  }

  #checkpointOf(document: RxDocumentData<Document>): RxStorageDefaultCheckpoint {
    return { id: this.#idOf(document), lwt: document._meta.lwt };
  }

  #ensureOpen(): void {
    if (this.#closed !== null) throw new Error(`collection ${this.collectionName} is closed`);
  }
}

const NO_BYTES: ReadonlyMap<Blob, Uint8Array> = new Map();

function streamsOf(file: SqliteFile, table: string): Set<Stream> {
  const ofFile = STREAMS.get(file) ?? new Map<string, Set<Stream>>();
  const ofTable = ofFile.get(table) ?? new Set();
  STREAMS.set(file, ofFile.set(table, ofTable));
  return ofTable;
}
