import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { generateWrappingKey, unseal, unwrapKey } from '../../crypto/seal.ts';
import { verifyChain } from '../../domain/action/chain.ts';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { Acknowledgement } from '../../domain/action/acknowledgement.ts';
import { ActionId, type CaseId, MachineId, PrintId } from '../../domain/ids.ts';
import { caseId, createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { captureDatabase } from '../../test/rigs/full-disk.ts';
import { isFull, OPEN_INSTANCES } from '../store/index.ts';
import { openTerminalStore } from './index.ts';
import { type ActionRequest, MAX_DRAFT, type TerminalStore } from './types.ts';

const machine = MachineId.parse('T330624-0001');
const keys = generateSigningKey();
const key = new Uint8Array(32).fill(9);
const START = Date.UTC(2026, 10, 23, 1, 0, 0);

let folder: string;
let file: string;
let now: number;
let opened: TerminalStore[];

const clock = { now: () => now, monotonic: () => now - START, after: () => () => undefined };
let drawn = 0;
/** Different for every call and the same in every run. */
function random(count: number): Uint8Array {
  drawn += 1;
  return new Uint8Array(count).fill(0).map((_, index) => (index < 4 ? (drawn >> (8 * (3 - index))) & 255 : 0));
}

async function open(change: { key?: Uint8Array } = {}): Promise<TerminalStore> {
  const store = await openTerminalStore({ file, key: change.key ?? key, nativeBinding: null, signer: createSigner(machine, keys.privateKey), clock, boot: 'boot-1', random });
  if (!store.ok) throw new Error(store.error.kind);
  opened.push(store.value);
  return store.value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'terminal-store-'));
  file = join(folder, 'terminal.db');
  now = START;
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true });
});

function handIn(id: CaseId, change: Parameters<typeof handedIn>[0] = {}): ActionRequest {
  return { case: id, item: { code: '1133062400260000XR4001234567890', version: 1 }, actor: { kind: 'citizen' }, payload: handedIn(change) };
}
function withdraw(id: CaseId): ActionRequest {
  return { ...handIn(id), payload: { kind: 'withdrawn', reason: '' } };
}
function acknowledgement(action: { id: ActionId; hash: Acknowledgement['hash'] }): Acknowledgement {
  return { action: action.id, hash: action.hash, hall: MachineId.parse('H330624'), receivedAt: '2026-11-23T02:00:00.000Z', signature: Buffer.alloc(64).toString('base64') };
}
const received = (action: { id: ActionId; hash: Acknowledgement['hash'] }) => ({ action: action.id, travel: { kind: 'received' as const, acknowledgement: acknowledgement(action) } });

describe('the log', () => {
  test('chains what is appended at once, in order, and continues after a new start', async () => {
    const store = await open();
    await Promise.all([1, 2, 3].map((serial) => store.log.append(handIn(caseId(serial)))));
    await store.close();
    const again = await open();
    expect(again.log.head().sequence).toBe(3);
    await again.log.append(withdraw(caseId(2)));
    const chain = await again.log.all();
    expect(verifyChain(chain, machine, keys.publicKey, verifier)).toMatchObject({ entries: 4, head: { sequence: 4 }, faults: [] });
    expect((await again.log.ofCase(caseId(2))).map(({ action }) => action.payload.kind)).toEqual(['handed-in', 'withdrawn']);
    expect(await again.log.cases()).toEqual([caseId(3), caseId(2), caseId(1)]);
    expect(await again.log.cases({ limit: 1 })).toEqual([caseId(3)]);
  });

  test('serves the next append after one that failed, without a gap', async () => {
    const store = await open();
    const results = await Promise.allSettled([
      store.log.append(handIn(caseId(1))),
      store.log.append(() => Promise.reject(new Error('the middle one'))),
      store.log.append({ ...handIn(caseId(2)), item: { code: '', version: 0 } }),
      store.log.append(handIn(caseId(3))),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(verifyChain(await store.log.all(), machine, keys.publicKey, verifier)).toMatchObject({ entries: 2, faults: [] });
  });

  test('finds the cases of a person without keeping the number as a key', async () => {
    const store = await open();
    const other = { ...handedIn().applicant, number: '33062419900101002x' };
    await store.log.append(handIn(caseId(1)));
    await store.log.append(handIn(caseId(2), { applicant: other }));
    await store.log.append(handIn(caseId(3)));
    expect(await store.log.casesOf(store.log.personKey('330624199001010018'))).toEqual([caseId(3), caseId(1)]);
    expect(await store.log.casesOf(store.log.personKey('33062419900101002X'))).toEqual([caseId(2)]);
    expect(store.log.personKey('330624199001010018')).toMatch(/^[0-9a-f]{64}$/);
  });

  test('settles actions once: an acknowledgement is final, an action kept aside may still be taken', async () => {
    const store = await open();
    const first = await store.log.append(handIn(caseId(1)));
    const second = await store.log.append(handIn(caseId(2)));
    expect((await store.log.unacknowledged(10)).map(({ sequence }) => sequence)).toEqual([1, 2]);
    await store.log.settle([received(first), { action: second.id, travel: { kind: 'kept-aside', reason: 'unknown-item' } }]);
    expect(await store.log.waiting()).toBe(0);
    await store.log.settle([{ action: first.id, travel: { kind: 'kept-aside', reason: 'malformed' } }, received(second)]);
    expect((await store.log.ofCase(caseId(1)))[0]?.travel).toEqual({ kind: 'received', acknowledgement: acknowledgement(first) });
    expect(await store.log.acknowledgementOf(second.id)).toEqual(acknowledgement(second));
  });

  test("takes the hall's action once, keeps it out of this machine's chain and tells who watches", async () => {
    const store = await open();
    const told: CaseId[][] = [];
    const stop = store.log.watch((cases) => told.push([...cases]));
    await store.log.append(handIn(caseId(1)));
    const accepted = createMaker('H330624').make({ kind: 'reviewed', step: 'review', outcome: 'agrees', opinion: '', on: '2026-11-24' });
    expect([await store.log.addHallAction(accepted), await store.log.addHallAction(accepted)]).toEqual([true, false]);
    stop();
    await store.log.append(withdraw(caseId(1)));
    expect((await store.log.ofCase(caseId(1))).map(({ action, travel }) => [action.payload.kind, travel.kind])).toEqual([['handed-in', 'waiting'], ['reviewed', 'from-hall'], ['withdrawn', 'waiting']]);
    expect((await store.log.all()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(told).toEqual([[caseId(1)], [caseId(1)]]);
  });
});

describe('leases', () => {
  const lease = { id: 'lease-1', kind: 'case-number' as const, prefix: '3306242026', first: 7, last: 8, width: 8 };
  test('give every number once, in order, to hand-ins at the same time', async () => {
    const store = await open();
    await store.leases.add(lease);
    await store.leases.add({ ...lease, first: 1 });
    const hand = (serial: number) => store.log.append(async ({ sequence }) => {
      const next = await store.leases.next('case-number');
      return handIn(caseId(serial), { number: next === null ? { value: `临${sequence + 1}`, provisional: true } : { value: next.number, provisional: false } });
    });
    const made = await Promise.all([1, 2, 3].map(hand));
    expect(made.map(({ payload }) => payload.kind === 'handed-in' && payload.number.value)).toEqual(['330624202600000007', '330624202600000008', '临3']);
    expect(await store.leases.usage('case-number')).toEqual(new Map([['lease-1', 2]]));
    await store.close();
    const again = await open();
    expect(await again.leases.next('case-number')).toBeNull();
    expect(await again.leases.left('case-number')).toBe(0);
    expect(await again.leases.list('case-number')).toEqual([lease]);
  });
});

describe('ticket numbers', () => {
  test('are taken one by one in order, two at once are two, and a new start goes on behind them', async () => {
    const store = await open();
    expect(await store.leases.take('ticket-number')).toBeNull();
    await store.leases.add({ id: 'tickets', kind: 'ticket-number', prefix: '3306242026', first: 7, last: 10, width: 4 });
    expect(await Promise.all([1, 2].map(() => store.leases.take('ticket-number')))).toEqual(['33062420260007', '33062420260008']);
    expect([await store.leases.left('ticket-number'), await store.leases.left('case-number')]).toEqual([2, 0]);
    await store.close();
    const again = await open();
    expect([await again.leases.take('ticket-number'), await again.leases.take('ticket-number'), await again.leases.take('ticket-number')]).toEqual(['33062420260009', '33062420260010', null]);
  });
});

describe('drafts, prints, pages, items, cursors', () => {
  test('a draft is there after a new start, and gone with its bytes when removed', async () => {
    const store = await open();
    expect(await store.drafts.save('session', { values: { name: '标记甲乙丙' } })).toEqual({ ok: true, value: null });
    await store.drafts.save('session', { values: { name: '标记丁' }, step: 'form' });
    await store.close();
    const again = await open();
    expect(await again.drafts.list()).toEqual([{ id: 'session', savedAt: '2026-11-23T01:00:00.000Z', value: { values: { name: '标记丁' }, step: 'form' } }]);
    await again.drafts.remove('session');
    expect(await again.drafts.get('session')).toBeUndefined();
    await again.drafts.save('session', null);
    expect(await again.drafts.get('session')).toBeNull();
    expect(await again.drafts.save('session', 'x'.repeat(MAX_DRAFT))).toEqual({ ok: false, error: { kind: 'too-large' } });
  });

  test('prints keep their order while their state changes', async () => {
    const store = await open();
    const print = (serial: number) => PrintId.parse(caseId(serial));
    await store.prints.put({ print: print(2), session: 'a', case: caseId(1), state: 'reserved', entry: { paper: 'slip' } });
    await store.prints.put({ print: print(1), session: 'a', case: caseId(2), state: 'sent', entry: null });
    await store.prints.put({ print: print(2), session: 'a', case: caseId(1), state: 'unknown', entry: { paper: 'slip' } });
    expect((await store.prints.ofSession('a')).map((row) => row.state)).toEqual(['unknown', 'sent']);
    expect((await store.prints.inState('sent', 'unknown')).map((row) => row.print)).toEqual([print(2), print(1)]);
    expect(await store.prints.ofCase(caseId(1))).toEqual([{ print: print(2), session: 'a', case: caseId(1), state: 'unknown', entry: { paper: 'slip' } }]);
    expect(await store.prints.get(print(3))).toBeNull();
  });

  test('cursors hold what was set last', async () => {
    const store = await open();
    expect(await store.cursors.get('feed')).toBeUndefined();
    await store.cursors.set('feed', 3);
    await store.cursors.set('feed', 4);
    expect(await store.cursors.get('feed')).toBe(4);
  });
});

describe('blobs and the purge', () => {
  const picture = new TextEncoder().encode('MARKERMARKERMARKERMARKER');

  test('only the case key opens a blob, and only the hall opens the wrapped key', async () => {
    const store = await open();
    const hall = generateWrappingKey();
    expect(await store.blobs.put(caseId(1), picture, 'image/jpeg')).toEqual({ ok: false, error: { kind: 'no-case-key' } });
    await store.caseKeys.create(caseId(1));
    await store.caseKeys.create(caseId(1));
    await store.caseKeys.create(caseId(2));
    const reference = await store.blobs.put(caseId(1), picture, 'image/jpeg');
    if (!reference.ok) return expect.unreachable();
    const sealed = await store.blobs.sealed(caseId(1), reference.value.hash);
    expect(sealed?.length).toBe(reference.value.size);
    expect(await store.blobs.open(caseId(1), reference.value)).toEqual({ ok: true, value: picture });
    expect(await store.blobs.open(caseId(2), reference.value)).toEqual({ ok: false, error: { kind: 'missing' } });
    const wrapped = await store.caseKeys.wrapFor(caseId(1), { wrapping: hall.publicKey });
    if (!wrapped.ok || sealed === null) return expect.unreachable();
    const caseKey = unwrapKey(hall, caseId(1), wrapped.value);
    if (!caseKey.ok) return expect.unreachable();
    expect(unseal(caseKey.value, caseId(1), sealed)).toEqual({ ok: true, value: picture });
    expect(unwrapKey(hall, caseId(2), wrapped.value)).toMatchObject({ ok: false });
  });

  test('a handed-in case travels text first, then its pictures, and is purged only after that; the chain and the numbers go on', async () => {
    const store = await open();
    await store.leases.add({ id: 'lease-1', kind: 'case-number', prefix: '3306242026', first: 1, last: 9, width: 8 });
    const id = caseId(1);
    await store.caseKeys.create(id);
    const page = await store.blobs.put(id, picture, 'image/jpeg');
    const drawing = await store.blobs.put(id, picture, 'image/png');
    const left = await store.blobs.put(id, picture, 'image/jpeg');
    if (!page.ok || !drawing.ok || !left.ok) return expect.unreachable();
    const action = await store.log.append(handIn(id, { materials: [{ key: 'card', pages: [page.value], trust: 'C' }], signature: { ...handedIn().signature, image: drawing.value } }));
    expect(await store.blobs.pending(10)).toEqual([]);
    expect(await store.purgeCase(id)).toEqual({ ok: false, error: { kind: 'still-travelling' } });
    await store.log.settle([received(action)]);
    expect(await store.blobs.pending(10)).toEqual([{ case: id, reference: drawing.value, upload: null }, { case: id, reference: page.value, upload: null }]);
    await store.blobs.uploadBegun(id, page.value.hash, '/blobs/1');
    expect(await store.blobs.pending(1, new Set([drawing.value.hash]))).toEqual([{ case: id, reference: page.value, upload: '/blobs/1' }]);
    await store.blobs.markUploaded(id, [drawing.value.hash]);
    expect(await store.purgeCase(id)).toEqual({ ok: false, error: { kind: 'still-travelling' } });
    await store.blobs.markUploaded(id, [page.value.hash]);
    expect(await store.purgeCase(id)).toEqual({ ok: true, value: null });
    expect(await store.log.ofCase(id)).toEqual([]);
    expect(await store.blobs.sealed(id, left.value.hash)).toBeNull();
    expect(readFileSync(`${file}-wal`).every((byte) => byte === 0)).toBe(true);
    await store.close();
    const again = await open();
    expect(await again.purgeCase(id)).toEqual({ ok: true, value: null });
    expect((await again.leases.next('case-number'))?.serial).toBe(2);
    expect(await again.log.append(handIn(caseId(2)))).toMatchObject({ sequence: 2, previous: action.hash });
  });

  test('the thumbnails of all cases travel before any page', async () => {
    const store = await open();
    const made: { thumbnail: BlobReference; page: BlobReference; signature: BlobReference }[] = [];
    for (const serial of [1, 2]) {
      const id = caseId(serial);
      await store.caseKeys.create(id);
      const put = async (as?: 'thumbnail') => {
        const blob = await store.blobs.put(id, picture, 'image/jpeg', as);
        if (!blob.ok) throw new Error(blob.error.kind);
        return blob.value;
      };
      const [page, thumbnail, signature] = [await put(), await put('thumbnail'), await put()];
      made.push({ page, thumbnail, signature });
      await store.log.settle([received(await store.log.append(handIn(id, { materials: [{ key: 'card', pages: [{ ...page, thumbnail }], trust: 'C' }], signature: { ...handedIn().signature, image: signature } })))]);
    }
    const [first, second] = made;
    const order = [first?.thumbnail, second?.thumbnail, first?.signature, first?.page, second?.signature, second?.page];
    expect((await store.blobs.pending(9)).map(({ reference }) => reference)).toEqual(order);
    expect((await store.blobs.pending(3)).map(({ reference }) => reference)).toEqual(order.slice(0, 3));
    expect((await store.blobs.pending(1)).map(({ reference }) => reference)).toEqual(order.slice(0, 1));
    for (const each of made) for (const { hash } of [each.page, each.signature]) for (const serial of [1, 2]) await store.blobs.markUploaded(caseId(serial), [hash]);
    expect(await store.purgeCase(caseId(1))).toEqual({ ok: false, error: { kind: 'still-travelling' } });
  });

  test('what the hall has confirmed is let go of, but not under the eyes of the visit that took it, and never what no hall has', async () => {
    const store = await open();
    const put = async (serial: number) => {
      const blob = await store.blobs.put(caseId(serial), picture, 'image/jpeg');
      if (!blob.ok) throw new Error(blob.error.kind);
      return blob.value;
    };
    for (const serial of [1, 2]) await store.caseKeys.create(caseId(serial));
    const [sent, waiting, visits] = [await put(1), await put(1), await put(2)];
    await store.blobs.markUploaded(caseId(1), [sent.hash]);
    await store.blobs.markUploaded(caseId(2), [visits.hash]);
    expect(await store.blobs.held()).toBe(3 * sent.size);
    await store.blobs.dropUploaded(caseId(2));
    expect(await Promise.all([store.blobs.sealed(caseId(1), sent.hash), store.blobs.open(caseId(1), waiting), store.blobs.open(caseId(2), visits)])).toMatchObject([null, { ok: true }, { ok: true }]);
    await store.blobs.dropUploaded(null);
    expect(await store.blobs.sealed(caseId(2), visits.hash)).toBeNull();
    expect(await store.blobs.held()).toBe(sent.size);
  });

  test('files of a case that no action names are dropped, those that one names stay', async () => {
    const store = await open();
    const id = caseId(1);
    await store.caseKeys.create(id);
    const put = async () => {
      const blob = await store.blobs.put(id, picture, 'image/jpeg');
      if (!blob.ok) throw new Error(blob.error.kind);
      return blob.value;
    };
    const [page, thumbnail, image, left] = [await put(), await put(), await put(), await put()];
    await store.log.append(handIn(id, { materials: [{ key: 'card', pages: [{ ...page, thumbnail }], trust: 'C' }], signature: { ...handedIn().signature, image } }));
    await store.blobs.dropUnnamed(id);
    for (const named of [page, thumbnail, image]) expect((await store.blobs.open(id, named)).ok).toBe(true);
    expect(await store.blobs.open(id, left)).toMatchObject({ ok: false });
  });

  test('a full disk takes nothing by halves, and the next write works when there is room', async () => {
    const disk = captureDatabase();
    const store = await open();
    await store.caseKeys.create(caseId(1));
    const first = await store.log.append(handIn(caseId(1)));
    disk.fill();
    const large = new Uint8Array(200_000);
    expect(await store.blobs.put(caseId(1), large, 'image/jpeg')).toEqual({ ok: false, error: { kind: 'store-full' } });
    const form = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, 'x'.repeat(1900)]));
    const refused = await store.log.append(handIn(caseId(2), { form })).catch((cause: unknown) => cause);
    expect(isFull(refused)).toBe(true);
    expect(await store.drafts.save('session', 'x'.repeat(60_000)).catch(isFull)).toBe(true);
    expect([await store.blobs.held(), await store.log.ofCase(caseId(2)), await store.drafts.get('session')]).toEqual([0, [], undefined]);
    disk.makeRoom();
    expect(await store.blobs.put(caseId(1), large, 'image/jpeg')).toMatchObject({ ok: true });
    expect(await store.log.append(handIn(caseId(2), { form }))).toMatchObject({ sequence: 2, previous: first.hash });
    expect(await store.log.waiting()).toBe(2);
  });

  test('removed files leave room in the file for the next ones', async () => {
    const store = await open();
    await store.caseKeys.create(caseId(1));
    const blob = await store.blobs.put(caseId(1), new Uint8Array(400_000), 'image/jpeg');
    if (!blob.ok) return expect.unreachable();
    const before = await store.reusable();
    await store.blobs.remove(caseId(1), blob.value.hash);
    expect(await store.reusable() - before).toBeGreaterThanOrEqual(400_000);
  });

  test('the wipe at the end of a session drops a case that was not handed in, and no other', async () => {
    const store = await open();
    for (const serial of [1, 2]) {
      await store.caseKeys.create(caseId(serial));
      const blob = await store.blobs.put(caseId(serial), picture, 'image/jpeg');
      if (!blob.ok) return expect.unreachable();
      await store.pages.put({ page: caseId(10 + serial), session: 's', case: caseId(serial), material: 'card', width: 1, height: 1, blob: blob.value });
    }
    await store.log.append(handIn(caseId(2)));
    await store.discardCase(caseId(1));
    await store.discardCase(caseId(2));
    expect((await store.pages.ofSession('s')).map((row) => row.case)).toEqual([caseId(2)]);
    expect(await store.blobs.put(caseId(1), picture, 'image/jpeg')).toMatchObject({ ok: false });
    expect(await store.blobs.put(caseId(2), picture, 'image/jpeg')).toMatchObject({ ok: true });
  });
});

describe('opening', () => {
  test('another key, no key, a missing folder: each says which', async () => {
    await (await open()).close();
    await expect(open({ key: new Uint8Array(32) })).rejects.toThrow('wrong-key');
    await expect(open({ key: new Uint8Array(0) })).rejects.toThrow('bad-key');
    file = join(folder, 'nowhere', 'terminal.db');
    await expect(open()).rejects.toThrow('not-permitted');
  });
  test('close may be repeated and waits for what is in flight', async () => {
    const store = await open();
    const appended = store.log.append(handIn(caseId(1)));
    await Promise.all([store.close(), store.close()]);
    expect((await appended).sequence).toBe(1);
  });
  test('time evidence carries the last contact over a new start', async () => {
    const store = await open();
    expect(store.time.evidence()).toEqual({ wall: '2026-11-23T01:00:00.000Z', monotonic: 0, boot: 'boot-1', trusted: null, drift: null });
    now += 1000;
    await store.time.contact({ hallNow: '2026-11-23T01:01:00.000Z', sentMonotonic: 500, answeredMonotonic: 1000, answeredWall: now });
    await store.close();
    const again = await open();
    expect(again.time.evidence()).toMatchObject({ trusted: { at: '2026-11-23T01:01:00.000Z', monotonic: 750, boot: 'boot-1' }, drift: { offset: -59_250, bound: 250 } });
    expect(again.time.lastContact()).toBe('2026-11-23T01:01:00.000Z');
  });
});

test('nothing is left open', () => {
  expect(OPEN_INSTANCES.size).toBe(0);
});
