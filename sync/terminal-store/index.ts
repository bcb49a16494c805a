import { isDeepStrictEqual } from 'node:util';
import { createRxDatabase, type RxCollection } from 'rxdb/plugins/core';
import { z } from 'zod';
import { HallKeys, LeaseKind } from '../../domain/contracts/hall.ts';
import { Hash } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import { createQueue } from '../queue.ts';
import { emptyWriteAheadLog, getRxStorageBetterSqlite3, openSqliteFile, type SqliteFile } from '../store/index.ts';
import { HALL_KEYS, leaseRequestCursor } from '../cursors.ts';
import { createAppointments } from './appointments.ts';
import { createBlobs, referencesOf } from './blobs.ts';
import { createLetters } from './letters.ts';
import { createLog } from './log.ts';
import { createCaseParties } from './parties.ts';
import { migrate } from './migrations/index.ts';
import { createRows } from './rows.ts';
import * as schemas from './schemas.ts';
import { createKeyRing, deriveSecrets } from './secrets.ts';
import { createBlankBook, createCursors, createDrafts, createItems, createLeases, createNeighbours, createPages, createPlaces, createPrints } from './shelves.ts';
import { createTimekeeper } from './timekeeper.ts';
import type { Cursors, OpenTerminalStore, TerminalStore, TerminalStoreSettings } from './types.ts';

type Collections = {
  actions: RxCollection<schemas.ActionRow>;
  drafts: RxCollection<schemas.DraftRow>;
  prints: RxCollection<schemas.PrintTableRow>;
  pages: RxCollection<schemas.PageTableRow>;
  items: RxCollection<schemas.ItemRow>;
  leases: RxCollection<schemas.LeaseRow>;
};

/** Where it is kept how often this machine's identity was taken over. */
const GENERATION_CURSOR = 'generation';
const Generation = z.int().min(0);

/** Where the chain's head is kept once its action is purged, or when it was made by a machine that was lost. */
const HEAD_CURSOR = 'purged-chain-head';
const Head = z.object({ sequence: z.int().min(0), hash: Hash });

/** Where the root of the store's own keys is kept. */
const ROOT_CURSOR = 'root';
const Root = z.base64().length(44);

/** Opens the terminal's file and everything in it. Whatever fails half-way is closed again. */
export const openTerminalStore: OpenTerminalStore = async (settings) => {
  const opened = openSqliteFile({ path: settings.file, key: settings.key, nativeBinding: settings.nativeBinding });
  if (!opened.ok) return opened;
  const file = opened.value;
  try {
    const migrated = migrate(file);
    if (!migrated.ok) {
      file.close();
      return err(migrated.error);
    }
    return ok(await furnish(file, settings));
  } catch (cause) {
    file.close();
    throw cause;
  }
};

/**
 * What the store's own keys are drawn from: the key that the file was first opened with, kept inside. It stays when the file's key is changed, so that no
 * case key has to be wrapped anew; who cannot open the file cannot read it.
 */
async function rootOf(cursors: Cursors, key: Uint8Array): Promise<Uint8Array> {
  const kept = Root.safeParse(await cursors.get(ROOT_CURSOR));
  if (kept.success) return new Uint8Array(Buffer.from(kept.data, 'base64'));
  await cursors.set(ROOT_CURSOR, Buffer.from(key).toString('base64'));
  return key;
}

async function furnish(file: SqliteFile, { key, signer, clock, boot, random }: TerminalStoreSettings): Promise<TerminalStore> {
  const database = await createRxDatabase<Collections>({ name: 'terminal', storage: getRxStorageBetterSqlite3({ file }), multiInstance: false });
  const { actions, drafts, prints, pages, items, leases } = schemas;
  await database.addCollections({
    actions: { schema: actions }, drafts: { schema: drafts }, prints: { schema: prints }, pages: { schema: pages },
    items: { schema: items }, leases: { schema: leases },
  });
  const now = () => clock.now();
  const place = createPlaces(now);
  const rows = {
    actions: createRows(database.actions), drafts: createRows(database.drafts), prints: createRows(database.prints), pages: createRows(database.pages),
    items: createRows(database.items), leases: createRows(database.leases),
  };
  const cursorShelf = createCursors(file);
  const secrets = deriveSecrets(await rootOf(cursorShelf, key));
  const time = await createTimekeeper({ clock, boot, cursors: cursorShelf });
  const keyRing = createKeyRing(file, secrets);
  const log = await createLog({
    rows: rows.actions, parties: createCaseParties(file), signer, now, random, evidence: () => time.evidence(), personKey: secrets.personKey,
    async purgedHead() {
      const kept = Head.safeParse(await cursorShelf.get(HEAD_CURSOR));
      return kept.success ? kept.data : null;
    },
  });
  const blobShelf = createBlobs(file, keyRing, log);
  const pageShelf = createPages(rows.pages, place);
  const leaseShelf = createLeases(rows.leases, rows.actions, place);
  const generation = Generation.safeParse(await cursorShelf.get(GENERATION_CURSOR));
  const purges = createQueue();
  const free = file.database.prepare<[], { freelist_count: number }>('PRAGMA freelist_count');
  const pageSize = file.database.prepare<[], { page_size: number }>('PRAGMA page_size');
  let closed: Promise<void> | null = null;

  return {
    generation: generation.success ? generation.data : 0,
    log, time, drafts: createDrafts(rows.drafts, now), prints: createPrints(rows.prints, place), blanks: createBlankBook(file), pages: pageShelf, items: createItems(rows.items),
    leases: leaseShelf, neighbours: createNeighbours(file), appointments: createAppointments(file, now), letters: createLetters(file, now), cursors: cursorShelf, caseKeys: keyRing, blobs: blobShelf,
    purgeCase: (id) => purges.run(async () => {
      const known = await log.ofCase(id);
      const references = known.flatMap(({ action }) => Object.values(referencesOf(action.payload)).flat());
      const travelling = known.some(({ travel }) => travel.kind === 'waiting' || travel.kind === 'kept-aside');
      if (travelling || !blobShelf.allUploaded(id, references)) return err({ kind: 'still-travelling' });
      // What must outlive the rows is written before they go; every step may be repeated after a crash between two.
      await cursorShelf.set(HEAD_CURSOR, log.head());
      await leaseShelf.rememberUsage();
      keyRing.destroy(id);
      await pageShelf.eraseCase(id);
      await log.erase(id);
      emptyWriteAheadLog(file);
      return ok(null);
    }),
    async becomeSpare({ head, generation, keys }) {
      const bound = HallKeys.safeParse(await cursorShelf.get(HALL_KEYS));
      if (bound.success && !isDeepStrictEqual(bound.data, keys)) return err({ kind: 'other-hall' });
      const same = (await log.all()).find(({ sequence }) => sequence === head.sequence);
      if (same !== undefined && same.hash !== head.hash) return err({ kind: 'other-chain' });
      await log.resend(head.sequence);
      await leaseShelf.retire();
      // A request that was on its way would be answered with the lost machine's block.
      for (const kind of LeaseKind.options) await cursorShelf.set(leaseRequestCursor(kind), null);
      await cursorShelf.set(HALL_KEYS, keys);
      await cursorShelf.set(GENERATION_CURSOR, generation);
      if (head.sequence > log.head().sequence) await cursorShelf.set(HEAD_CURSOR, head);
      return ok(null);
    },
    async discardCase(id) {
      if ((await log.ofCase(id)).length > 0) return;
      keyRing.destroy(id);
      await pageShelf.eraseCase(id);
    },
    async reusable() {
      return (free.get()?.freelist_count ?? 0) * (pageSize.get()?.page_size ?? 0);
    },
    async scrub() {
      emptyWriteAheadLog(file);
    },
    close() {
      closed ??= (async () => {
        await purges.idle();
        await log.idle();
        await Promise.all(Object.values(rows).map((each) => each.idle()));
        await database.close();
        file.close();
      })();
      return closed;
    },
  };
}
