import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../crypto/node.ts';
import type { Hash } from '../domain/ids.ts';
import { caseId } from '../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, startHall, type TestHall } from '../test/fixtures/hall.ts';
import { LEASES } from './leases/renew.ts';
import { createSync } from './sync.ts';
import { openTerminalStore } from './terminal-store/index.ts';
import { createTestRandom, MACHINE, STORE_KEY } from './test-rig.ts';
import { createHallTransport } from './transport/http.ts';
import { testClock } from '../test/fixtures/test-clock.ts';

let hall: TestHall;
let folder: string;
beforeEach(async () => {
  hall = await startHall(await openTestDatabase({ kind: 'pglite', folder: null }));
  folder = mkdtempSync(join(tmpdir(), 'sync-hall-'));
}, 60_000);
afterEach(async () => {
  await hall.close();
  await hall.db.close();
  rmSync(folder, { recursive: true });
});

/** A terminal that the hall has enrolled and told of its items. @param road what its requests go through */
async function startTerminal(road: typeof fetch = fetch) {
  const { maker } = await enrolTerminal(hall, MACHINE);
  const signer = createSigner(MACHINE, maker.privateKey);
  const clock = testClock();
  const random = createTestRandom();
  const opened = await openTerminalStore({ file: join(folder, 'terminal.db'), key: STORE_KEY, nativeBinding: null, signer, clock, boot: 'boot-1', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = opened.value;
  const transport = createHallTransport({ baseUrl: hall.url, signer, clock, fetch: road });
  const sync = createSync({ store, transport, verifier, clock, random, log: () => undefined });
  expect(await sync.enrol({ code: 'not-the-code', publicKey: maker.publicKey })).toMatchObject({ ok: false });
  const about = await transport.about();
  if (!about.ok) throw new Error(about.error.kind);
  // The fixture has enrolled the machine; what `enrol` keeps is put in its place.
  await store.cursors.set('hall-keys', about.value.keys);
  expect(await sync.hallKeys()).toEqual(about.value.keys);
  expect(await sync.runNow()).toMatchObject({ failure: null, items: 2, leases: LEASES.length });
  return {
    store, sync,
    /** Hands in a case with a signature and one page of so many bytes; answers the page's hash. */
    async handIn(serial: number, bytes: number): Promise<Hash> {
      const id = caseId(serial);
      const [item] = (await store.items.current('2026-11-23')).filter(({ code }) => code === ELDER_CARD);
      await store.caseKeys.create(id);
      const page = await store.blobs.put(id, new Uint8Array(bytes).fill(serial), 'image/jpeg');
      const image = await store.blobs.put(id, new Uint8Array(500).fill(serial), 'image/png');
      const wrapped = await store.caseKeys.wrapFor(id, about.value.keys);
      if (item === undefined || !page.ok || !image.ok || !wrapped.ok) throw new Error('a hand-in that cannot be made');
      await store.log.append(async () => {
        const next = await store.leases.next('case-number');
        const payload = elderCardHandIn(next?.number ?? '');
        return { case: id, item: { code: item.code, version: item.version }, actor: { kind: 'citizen' }, payload: { ...payload, caseKey: wrapped.value, signature: { ...payload.signature, image: image.value }, materials: payload.materials.map((material) => ({ ...material, pages: [page.value] })) } };
      });
      return page.value.hash;
    },
    async close() {
      await sync.stop();
      await store.close();
    },
  };
}

describe('against the hall itself', () => {
  test('takes numbers and items, hands in with sealed pages, and knows that all of it arrived', async () => {
    const { store, sync, handIn, close } = await startTerminal();
    for (const serial of [1, 2, 3]) await handIn(serial, 700_000);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 3, keptAside: 0, forgedAcknowledgements: 0, blobs: 6 });
    expect(await store.log.waiting()).toBe(0);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 0, ignoredEntries: 0 });
    expect(await store.purgeCase(caseId(2))).toEqual({ ok: true, value: null });
    await close();
  }, 120_000);

  test('a page cut in the middle of a piece goes on at a hall that was started again meanwhile', async () => {
    let address = hall.url;
    let down = false;
    /** Bodies of pieces in the order in which they went. */
    const pieces: number[] = [];
    const { sync, handIn, close } = await startTerminal(async (input, init = {}) => {
      if (down) throw new TypeError('no line');
      const target = new Request(input).url.replace(/^http:\/\/[^/]+/, address);
      if (init.method !== 'PATCH') return fetch(target, init);
      const body = new Uint8Array(init.body as Uint8Array);
      pieces.push(body.length);
      // The signature goes in one piece; the third is the second of the page.
      if (pieces.length !== 3) return fetch(target, init);
      down = true;
      const half = [body.slice(0, body.length >> 1)];
      const cut = new ReadableStream({ pull: (stream) => {
        const part = half.pop();
        if (part === undefined) stream.error(new TypeError('cut'));
        else stream.enqueue(part);
      } });
      return fetch(target, { ...init, body: cut, duplex: 'half' } as RequestInit);
    });
    const hash = await handIn(1, 900_000);
    expect(await sync.runNow()).toMatchObject({ failure: { kind: 'unreachable' }, acknowledged: 1 });
    const before = hall;
    await before.hall.close();
    hall = { ...before, ...(await startHall(before.db, { keys: before.keys, data: before.data, clock: before.clock })), close: async () => void (await Promise.all([hall.hall.close(), before.close()])) };
    [address, down] = [hall.url, false];
    const sent = pieces.length;
    expect(await sync.runNow()).toMatchObject({ failure: null });
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 0 });
    expect(await readdir(join(hall.data, 'blobs', hash.slice(0, 2)))).toContain(hash);
    // What the first hall had taken did not travel again.
    expect(pieces.slice(sent).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(900_100 - (pieces[1] ?? 0));
    await close();
  }, 120_000);
});
