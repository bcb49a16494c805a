import { copyFileSync, cpSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, verifier } from '../../../crypto/node.ts';
import { verifyChain } from '../../../domain/action/chain.ts';
import { MachineId } from '../../../domain/ids.ts';
import { openTerminalStore } from '../../../sync/terminal-store/index.ts';
import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import { caseId, handedIn } from '../../../test/fixtures/actions.ts';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { fileKeeper, type Keeper } from './keeper.ts';
import { keepersWith } from './keepers.ts';
import { openKeys, saveKeys, type TerminalKeys } from './keys.ts';
import { moveKeys, openKeysBeside, openSettledKeys, rotateStoreKey } from './rotation.ts';

const machine = MachineId.parse('T330624-0001');
const picture = new TextEncoder().encode('a page');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jinban-rotation-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const place = (at = folder) => ({ folder: at, file: join(at, 'store.db'), nativeBinding: null });

async function keysOf(at = folder): Promise<TerminalKeys> {
  const keys = await openSettledKeys(place(at), fileKeeper);
  if (!keys.ok) throw new Error(keys.error.kind);
  return keys.value;
}
async function open(keys: TerminalKeys, at = folder): Promise<TerminalStore> {
  const opened = await openTerminalStore({ file: place(at).file, key: keys.store, nativeBinding: null, signer: createSigner(machine, keys.signing.privateKey), clock: testClock(), boot: 'boot-1', random: (count) => crypto.getRandomValues(new Uint8Array(count)) });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}
/** A case with a page; answers what must be the same under any key. */
async function handIn(): Promise<void> {
  const store = await open(await keysOf());
  await store.caseKeys.create(caseId(1));
  const page = await store.blobs.put(caseId(1), picture, 'image/jpeg');
  if (!page.ok) throw new Error(page.error.kind);
  await store.log.append({ case: caseId(1), item: { code: '1133062400260000XR4001234567890', version: 1 }, actor: { kind: 'citizen' }, payload: handedIn({ materials: [{ key: 'card', pages: [page.value], trust: 'C' }] }) });
  await store.close();
}
async function expectWhole(at = folder): Promise<void> {
  const keys = await keysOf(at);
  expect(keys.nextStore).toBeNull();
  const store = await open(keys, at);
  const [action] = await store.log.all();
  expect(verifyChain(await store.log.all(), machine, keys.signing.publicKey, verifier)).toMatchObject({ entries: 1, faults: [] });
  expect(await store.log.casesOf(store.log.personKey(handedIn().applicant.number))).toEqual([caseId(1)]);
  const hash = action?.payload.kind === 'handed-in' ? action.payload.materials[0]?.pages[0]?.hash : undefined;
  expect(hash === undefined ? null : await store.blobs.open(caseId(1), { hash })).toEqual({ ok: true, value: picture });
  await store.close();
}

describe('the store under another key', () => {
  test('opens with the new key only, holds everything, and the cases of a person are still found', async () => {
    await handIn();
    const before = await keysOf();
    expect(await rotateStoreKey(place(), fileKeeper)).toEqual({ ok: true, value: null });
    const after = await keysOf();
    expect(after.store).not.toEqual(before.store);
    expect(after.signing).toEqual(before.signing);
    await expect(open(before)).rejects.toThrow('wrong-key');
    await expectWhole();
    expect(readdirSync(folder).filter((name) => !name.startsWith('store.db-')).toSorted()).toEqual(['store.db', 'terminal-keys.json']);
  });

  test('a power cut at any write of the keys or the file leaves a store that one of the kept keys opens', async () => {
    await handIn();
    const cuts: string[] = [];
    /** Copies the folder as a power cut at this moment would leave it. */
    const cut = (name: string) => {
      cuts.push(`${folder}-${name}`);
      cpSync(folder, `${folder}-${name}`, { recursive: true });
    };
    let saves = 0;
    const watching: Keeper = { ...fileKeeper, keep(plain) {
      cut(`before-${saves}`);
      saves += 1;
      return fileKeeper.keep(plain);
    } };
    expect(await rotateStoreKey(place(), watching)).toMatchObject({ ok: true });
    cut('after');
    expect(saves).toBe(2);
    // Between the first save and the rename: the keys as they are then, the file still the old one, and a copy half written.
    const [start = '', swapped = ''] = cuts;
    const half = `${folder}-half`;
    cpSync(start, half, { recursive: true });
    cuts.push(half);
    copyFileSync(join(swapped, 'terminal-keys.json'), join(half, 'terminal-keys.json'));
    writeFileSync(join(half, 'store.db.rekeyed'), readFileSync(join(swapped, 'store.db')).subarray(0, 9000));
    for (const folderOfCut of cuts) {
      await expectWhole(folderOfCut);
      expect(existsSync(join(folderOfCut, 'store.db.rekeyed'))).toBe(false);
      rmSync(folderOfCut, { recursive: true });
    }
  });

  test('keys move to another keeper in one act, and the key that lay with the old one opens nothing more', async () => {
    await handIn();
    const before = await keysOf();
    const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 255);
    const strong: Keeper = {
      kind: 'dpapi',
      keep: (plain) => fileKeeper.keep(turned(plain)),
      async open(sealed) {
        const opened = await fileKeeper.open(sealed);
        return opened.ok ? { ok: true, value: turned(opened.value) } : opened;
      },
    };
    const keepers = keepersWith(strong);
    expect(await moveKeys(place(), keepers, strong)).toEqual({ ok: true, value: null });
    expect(await openKeys(folder, place().file, fileKeeper)).toEqual({ ok: false, error: { kind: 'other-keeper', kept: 'dpapi', wanted: 'file' } });
    expect(readFileSync(join(folder, 'terminal-keys.json'), 'utf8')).not.toContain(Buffer.from(before.signing.privateKey).toString('base64').slice(4, 40));
    await expect(open(before)).rejects.toThrow('wrong-key');
    const moved = await openKeys(folder, place().file, strong);
    expect(moved).toMatchObject({ ok: true, value: { signing: before.signing } });
    expect(await moveKeys(place(), keepers, fileKeeper)).toMatchObject({ ok: true });
    await expectWhole();
  });

  test('a change that was cut off, then a file that opens with neither key: no second change drops the key that may be the file\'s', async () => {
    await handIn();
    const before = await keysOf();
    expect(await rotateStoreKey(place(), fileKeeper)).toMatchObject({ ok: true });
    const { store: next } = await keysOf();
    // The power went between the rename and the last save, and took a page of the file with it.
    await saveKeys(folder, fileKeeper, { ...before, nextStore: next });
    const whole = readFileSync(place().file);
    const handle = openSync(place().file, 'r+');
    writeSync(handle, new Uint8Array(64), 0, 64, 200);
    closeSync(handle);
    for (const again of [() => rotateStoreKey(place(), fileKeeper), () => moveKeys(place(), keepersWith(fileKeeper), fileKeeper)]) expect(await again()).toEqual({ ok: false, error: { kind: 'store', why: 'wrong-key' } });
    expect(await openKeys(folder, place().file, fileKeeper)).toMatchObject({ ok: true, value: { store: before.store, nextStore: next } });
    writeFileSync(place().file, whole);
    await expectWhole();
  });

  test('a program beside the terminal leaves a change of the key alone, which may be under way', async () => {
    await handIn();
    const before = await keysOf();
    expect(await openKeysBeside(place(), fileKeeper)).toEqual({ ok: true, value: before });
    await saveKeys(folder, fileKeeper, { ...before, nextStore: new Uint8Array(32).fill(3) });
    writeFileSync(join(folder, 'store.db.rekeyed'), 'being written');
    expect(await openKeysBeside(place(), fileKeeper)).toEqual({ ok: false, error: { kind: 'key-changing' } });
    expect(readFileSync(join(folder, 'store.db.rekeyed'), 'utf8')).toBe('being written');
    expect(await openKeys(folder, place().file, fileKeeper)).toMatchObject({ ok: true, value: { store: before.store, nextStore: new Uint8Array(32).fill(3) } });
  });
});
