import type { categorizeBulkWriteRows } from 'rxdb/plugins/core';
import type { SqliteFile } from './file.ts';
import { type Layout, quoted, textKey } from './sql.ts';
import type { DocumentCodec } from './types.ts';

/** What RxDB decided about the attachments of a write. */
type Decided = Pick<ReturnType<typeof categorizeBulkWriteRows>, 'attachmentsAdd' | 'attachmentsUpdate' | 'attachmentsRemove'>;

/** The attachments of one collection, in a table of their own: reading a document reads none of their bytes. */
export type Attachments = {
  /** Inside the transaction that writes the documents. @param bytes of each attachment that is new or changed */
  apply(decided: Decided, bytes: ReadonlyMap<Blob, Uint8Array>): void;
  /** @throws Error when there is none of this digest */
  read(documentId: string, attachmentId: string, digest: string): Blob;
  drop(): void;
};

type AttachmentRow = { digest: string; type: string; bytes: Uint8Array };

export function openAttachments({ database }: SqliteFile, layout: Layout, codec: DocumentCodec | null): Attachments {
  const table = quoted(`${layout.table}|attachments`);
  // A row goes with its document's row at the latest, when `cleanup` takes the tombstone.
  database.exec(`CREATE TABLE IF NOT EXISTS ${table} (
    document TEXT NOT NULL REFERENCES ${quoted(layout.table)} (id) ON DELETE CASCADE,
    name TEXT NOT NULL, digest TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (document, name)) STRICT`);
  const put = database.prepare<[string, string, string, string, Uint8Array]>(`INSERT INTO ${table} (document, name, digest, type, bytes) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (document, name) DO UPDATE SET digest = excluded.digest, type = excluded.type, bytes = excluded.bytes`);
  const erase = database.prepare<[string, string]>(`DELETE FROM ${table} WHERE document = ? AND name = ?`);
  const select = database.prepare<[string, string, string], AttachmentRow>(`SELECT digest, type, bytes FROM ${table} WHERE document = ? AND name = ? AND digest = ?`);
  const context = (document: string, name: string) => JSON.stringify([layout.table, document, name]);

  return {
    apply({ attachmentsAdd, attachmentsUpdate, attachmentsRemove }, bytes) {
      for (const { documentId, attachmentId } of attachmentsRemove) erase.run(textKey(documentId), attachmentId);
      for (const { documentId, attachmentId, attachmentData: { data, digest, type } } of [...attachmentsAdd, ...attachmentsUpdate]) {
        const plain = bytes.get(data);
        if (plain === undefined) throw new Error('the bytes of an attachment were not read');
        put.run(textKey(documentId), attachmentId, digest, type, codec === null ? plain : codec.seal(plain, context(documentId, attachmentId)));
      }
    },
    read(documentId, attachmentId, digest) {
      const row = select.get(textKey(documentId), attachmentId, digest);
      if (row === undefined) throw new Error(`collection ${layout.table} has no such attachment`);
      const plain = codec === null ? row.bytes : codec.open(row.bytes, context(documentId, attachmentId));
      return new Blob([new Uint8Array(plain)], { type: row.type });
    },
    drop: () => void database.exec(`DROP TABLE IF EXISTS ${table}`),
  };
}

/** The bytes of every attachment that the documents bring along; what is stored already comes without any. */
export async function bytesOf(documents: readonly { _attachments: object }[]): Promise<Map<Blob, Uint8Array>> {
  const blobs = documents.flatMap(({ _attachments }) => Object.values(_attachments).flatMap((attachment: unknown) => blobOf(attachment)));
  return new Map(await Promise.all(blobs.map(async (blob) => [blob, new Uint8Array(await blob.arrayBuffer())] as const)));
}

function blobOf(attachment: unknown): Blob[] {
  return typeof attachment === 'object' && attachment !== null && 'data' in attachment && attachment.data instanceof Blob ? [attachment.data] : [];
}
