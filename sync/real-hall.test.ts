import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../crypto/node.ts';
import { caseId } from '../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, startHall, type TestHall } from '../test/fixtures/hall.ts';
import { createSync } from './sync.ts';
import { openTerminalStore } from './terminal-store/index.ts';
import { createTestClock, createTestRandom, MACHINE, STORE_KEY } from './test-rig.ts';
import { createHallTransport } from './transport/http.ts';

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

describe('against the hall itself', () => {
  test('takes numbers and items, hands in with sealed pages, and knows that all of it arrived', async () => {
    const { maker } = await enrolTerminal(hall, MACHINE);
    const signer = createSigner(MACHINE, maker.privateKey);
    const clock = createTestClock();
    const random = createTestRandom();
    const opened = await openTerminalStore({ file: join(folder, 'terminal.db'), key: STORE_KEY, nativeBinding: null, signer, clock, boot: 'boot-1', random });
    if (!opened.ok) return expect.unreachable();
    const store = opened.value;
    const transport = createHallTransport({ baseUrl: hall.url, signer, clock });
    const sync = createSync({ store, transport, verifier, clock, random, log: () => undefined });
    expect(await sync.enrol({ code: 'not-the-code', publicKey: maker.publicKey })).toMatchObject({ ok: false });
    const about = await transport.about();
    if (!about.ok) return expect.unreachable(about.error.kind);
    // The fixture has enrolled the machine; what `enrol` keeps is put in its place.
    await store.cursors.set('hall-keys', about.value.keys);
    expect(await sync.hallKeys()).toEqual(about.value.keys);
    expect(await sync.runNow()).toMatchObject({ failure: null, items: 2, leases: 1 });

    const item = await store.items.get(ELDER_CARD, 1) ?? (await store.items.current('2026-11-23')).find(({ code: each }) => each === ELDER_CARD);
    if (item === undefined) return expect.unreachable('the elder card came with the feed');
    for (const serial of [1, 2, 3]) {
      const id = caseId(serial);
      await store.caseKeys.create(id);
      const page = await store.blobs.put(id, new Uint8Array(700_000).fill(serial), 'image/jpeg');
      const image = await store.blobs.put(id, new Uint8Array(500).fill(serial), 'image/png');
      const wrapped = await store.caseKeys.wrapFor(id, about.value.keys);
      if (!page.ok || !image.ok || !wrapped.ok) return expect.unreachable();
      await store.log.append(async () => {
        const next = await store.leases.next('case-number');
        const payload = elderCardHandIn(next?.number ?? '');
        return { case: id, item: { code: item.code, version: item.version }, actor: { kind: 'citizen' }, payload: { ...payload, caseKey: wrapped.value, signature: { ...payload.signature, image: image.value }, materials: payload.materials.map((material) => ({ ...material, pages: [page.value] })) } };
      });
    }
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 3, keptAside: 0, forgedAcknowledgements: 0, blobs: 6 });
    expect(await store.log.waiting()).toBe(0);
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 0, ignoredEntries: 0 });
    expect(await store.purgeCase(caseId(2))).toEqual({ ok: true, value: null });
    await sync.stop();
    await store.close();
  }, 60_000);
});
