import { sha256Bytes } from '../../crypto/node.ts';
import { seal, unseal } from '../../crypto/seal.ts';
import type { BlobReference, Payload } from '../../domain/action/payload.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import { isFull, type SqliteFile } from '../store/index.ts';
import type { KeyRing } from './secrets.ts';
import type { Blobs, Log, PendingBlob } from './types.ts';

/** Most sealed bytes of one blob, as the contract has it. */
const MAX_SEALED = 64 * 1024 * 1024;
/** What a seal adds to its plain bytes is under this. */
const SEAL_OVERHEAD = 64;

/** Cases that are looked through in one go: some ten milliseconds. */
const CASES_AT_ONCE = 50;

/** Blobs, with what only a purge asks. */
export type StoreBlobs = Blobs & { allUploaded(id: CaseId, references: readonly BlobReference[]): boolean };

export function createBlobs(file: SqliteFile, keys: KeyRing, log: Pick<Log, 'ofCase'>): StoreBlobs {
  const { database } = file;
  const insert = database.prepare<[string, Hash, string, number, Uint8Array, number]>('INSERT INTO blobs (case_id, hash, media_type, size, sealed, thumbnail) VALUES (?, ?, ?, ?, ?, ?)');
  const select = database.prepare<[string, Hash], { sealed: Uint8Array }>('SELECT sealed FROM blobs WHERE case_id = ? AND hash = ?');
  const erase = database.prepare<[string, Hash]>('DELETE FROM blobs WHERE case_id = ? AND hash = ?');
  const waitingCases = database.prepare<[number, string], { case_id: CaseId }>(`SELECT DISTINCT case_id FROM blobs WHERE uploaded = 0 AND thumbnail = ? AND case_id > ? ORDER BY case_id LIMIT ${CASES_AT_ONCE}`);
  const waiting = database.prepare<[string], { hash: Hash; upload: string | null }>('SELECT hash, upload FROM blobs WHERE case_id = ? AND uploaded = 0');
  const ofCase = database.prepare<[string], { hash: Hash }>('SELECT hash FROM blobs WHERE case_id = ?');
  const sum = database.prepare<[], { bytes: number }>('SELECT coalesce(sum(size), 0) AS bytes FROM blobs');
  const uploaded = database.prepare<[string], { case_id: CaseId; hash: Hash }>('SELECT case_id, hash FROM blobs WHERE uploaded = 1 AND case_id <> ?');
  const begin = database.prepare<[string | null, string, Hash]>('UPDATE blobs SET upload = ? WHERE case_id = ? AND hash = ?');
  const mark = database.prepare<[string, Hash]>('UPDATE blobs SET uploaded = 1 WHERE case_id = ? AND hash = ?');

  return {
    async put(id, bytes, mediaType, as = 'page') {
      if (bytes.length + SEAL_OVERHEAD > MAX_SEALED) return err({ kind: 'too-large' });
      const key = keys.keyOf(id);
      if (!key.ok) return key;
      const sealed = seal(key.value, id, bytes);
      const hash = sha256Bytes(sealed);
      try {
        insert.run(id, hash, mediaType, sealed.length, sealed, as === 'thumbnail' ? 1 : 0);
      } catch (cause) {
        if (isFull(cause)) return err({ kind: 'store-full' });
        throw cause;
      }
      return ok({ hash, size: sealed.length, mediaType });
    },
    async open(id, { hash }) {
      const key = keys.keyOf(id);
      if (!key.ok) return key;
      const row = select.get(id, hash);
      return row === undefined ? err({ kind: 'missing' }) : unseal(key.value, id, row.sealed);
    },
    async sealed(id, hash) {
      const row = select.get(id, hash);
      // A view, not a copy: a page may be 64 MB.
      return row === undefined ? null : new Uint8Array(row.sealed.buffer, row.sealed.byteOffset, row.sealed.length);
    },
    async remove(id, hash) {
      erase.run(id, hash);
    },
    async pending(limit, except = new Set(), travelled = ['received']) {
      const found = new Map<string, PendingBlob>();

      async function take(id: CaseId, thumbnailsOnly: boolean): Promise<void> {
        const here = new Map(waiting.all(id).map(({ hash, upload }) => [hash, upload]));
        for (const { action, travel } of await log.ofCase(id)) {
          if (!travelled.some((kind) => kind === travel.kind)) continue;
          const named = referencesOf(action.payload);
          for (const reference of thumbnailsOnly ? named.thumbnails : [...named.thumbnails, ...named.full]) {
            const upload = here.get(reference.hash);
            const place = `${id}/${reference.hash}`;
            if (upload !== undefined && !except.has(reference.hash) && !found.has(place) && found.size < limit) found.set(place, { case: id, reference, upload });
          }
        }
      }

      for (const thumbnail of [1, 0]) {
        for (let after = ''; found.size < limit; ) {
          const cases = waitingCases.all(thumbnail, after);
          for (const { case_id: id } of cases) if (found.size < limit) await take(id, thumbnail === 1);
          const last = cases.at(-1);
          if (last === undefined) break;
          after = last.case_id;
          // A backlog may have thousands of cases: whoever is at the machine goes first.
          await new Promise((turn) => setImmediate(turn));
        }
      }
      return [...found.values()];
    },
    async uploadBegun(id, hash, upload) {
      begin.run(upload, id, hash);
    },
    async markUploaded(id, hashes) {
      database.transaction(() => {
        for (const hash of hashes) mark.run(id, hash);
      })();
    },
    async held() {
      return sum.get()?.bytes ?? 0;
    },
    async dropUnnamed(id) {
      const named = new Set((await log.ofCase(id)).flatMap(({ action }) => Object.values(referencesOf(action.payload)).flat()).map(({ hash }) => hash));
      for (const { hash } of ofCase.all(id)) if (!named.has(hash)) erase.run(id, hash);
    },
    async dropUploaded(except) {
      for (const { case_id: id, hash } of uploaded.all(except ?? '')) {
        // Overwriting a page takes milliseconds, and there may be thousands: whoever is at the machine goes first, and a closing store too.
        if (!database.open) return;
        erase.run(id, hash);
        await new Promise((turn) => setImmediate(turn));
      }
    },
    allUploaded(id, references) {
      const here = new Set(waiting.all(id).map(({ hash }) => hash));
      return references.every(({ hash }) => !here.has(hash));
    },
  };
}

/** The blobs that an action names: thumbnails, and the rest in the order in which a clerk needs it: the citizen's signature, then the materials. */
export function referencesOf(payload: Payload): { thumbnails: BlobReference[]; full: BlobReference[] } {
  if (payload.kind !== 'handed-in' && payload.kind !== 'supplemented') return { thumbnails: [], full: [] };
  const pages = payload.materials.flatMap((material) => material.pages);
  return {
    thumbnails: pages.flatMap(({ thumbnail }) => (thumbnail === undefined ? [] : [thumbnail])),
    full: [...(payload.kind === 'handed-in' && payload.signature.image !== undefined ? [payload.signature.image] : []), ...pages.map(({ hash, size, mediaType }) => ({ hash, size, mediaType }))],
  };
}
