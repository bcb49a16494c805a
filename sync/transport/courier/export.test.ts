import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { terminalCourierKey } from '../../../courier/age.ts';
import { makeCard } from '../../../courier/card.ts';
import type * as Stick from '../../../courier/stick.ts';
import { filesOf } from '../../../courier/test-parcel.ts';
import { createSigner, generateSigningKey } from '../../../crypto/node.ts';
import { generateWrappingKey } from '../../../crypto/seal.ts';
import { MAX_HEAD } from '../../../domain/contracts/courier.ts';
import { MachineId } from '../../../domain/ids.ts';
import { openTerminalStore } from '../../terminal-store/index.ts';
import type { TerminalStore } from '../../terminal-store/types.ts';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { caseId, createTestRandom, handIn, MACHINE, STORE_KEY } from '../../test-rig.ts';
import { type CourierParts, exportParcel } from './export.ts';
import { keepCard } from './state.ts';

/** Bytes that the stick says may be written. */
const stickOf = vi.hoisted(() => ({ room: 0 }));
vi.mock('../../../courier/stick.ts', async (original) => ({ ...(await original<typeof Stick>()), roomOn: () => Promise.resolve(stickOf.room) }));

/** One page fills a file of this size, so that there are as many files as pages. */
const FILE = MAX_HEAD + 1000;
let folder: string;
let store: TerminalStore;
let parts: CourierParts;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  const [key, hall, clock, random] = [generateSigningKey(), generateSigningKey(), testClock(), createTestRandom()];
  const signer = createSigner(MACHINE, key.privateKey);
  const opened = await openTerminalStore({ file: join(folder, 'store.db'), key: STORE_KEY, nativeBinding: null, signer, clock, boot: 'boot-1', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  store = opened.value;
  parts = { store, signer, clock, random, key: terminalCourierKey(STORE_KEY), enrolment: { publicKey: key.publicKey, code: 'AAAA-BBBB-CCCC' } };
  const H330624 = MachineId.parse('H330624');
  await keepCard(store, makeCard('a hall', { hall: H330624, signing: hall.publicKey, wrapping: generateWrappingKey().publicKey }, createSigner(H330624, hall.privateKey)));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test('a parcel of many files never outgrows the room on the stick: each of them repeats the head', async () => {
  for (const serial of [1, 2, 3]) {
    const pages = [];
    await store.caseKeys.create(caseId(serial));
    for (let page = 0; page < 100; page += 1) {
      const put = await store.blobs.put(caseId(serial), new Uint8Array(1500).fill(page), 'image/jpeg');
      if (!put.ok) throw new Error(put.error.kind);
      pages.push(put.value);
    }
    await store.log.append(handIn(caseId(serial), { materials: [{ key: 'card', pages, trust: 'C' }] }));
  }
  stickOf.room = 7 * 1024 * 1024;
  const made = await exportParcel(parts, { stick: folder, fileSize: FILE });
  const bytes = [...filesOf(folder).values()].reduce((sum, file) => sum + file.length, 0);
  expect(bytes).toBeLessThanOrEqual(stickOf.room);
  expect(made).toMatchObject({ ok: true, value: { actions: 3, files: filesOf(folder).size } });
  // What is left of the room would not take many more.
  if (!made.ok) return expect.unreachable();
  expect(made.value.blobs + made.value.left).toBe(300);
  expect(made.value.blobs).toBeGreaterThan(50);

  stickOf.room = 1000;
  expect(await exportParcel(parts, { stick: folder, fileSize: FILE })).toEqual({ ok: false, error: { kind: 'stick-full' } });
}, 60_000);
