import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { generateWrappingKey } from '../../crypto/seal.ts';
import { headOf } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { Hash, MachineId } from '../../domain/ids.ts';
import { provisionalNumber, provisionalSerial } from '../../domain/lease/lease.ts';
import { HALL_KEYS, leaseRequestCursor } from '../cursors.ts';
import { caseId, createTestRandom, handIn, MACHINE, STORE_KEY } from '../test-rig.ts';
import { openTerminalStore } from './index.ts';
import type { TerminalStore } from './types.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';

const keys = { hall: MachineId.parse('H330624'), signing: generateSigningKey().publicKey, wrapping: generateWrappingKey().publicKey };
const elsewhere = { sequence: 9, hash: Hash.parse('ab'.repeat(32)) };
let folder: string;
let random: (count: number) => Uint8Array;
let store: TerminalStore;

async function open(): Promise<TerminalStore> {
  const opened = await openTerminalStore({ file: join(folder, 'store.db'), key: STORE_KEY, nativeBinding: null, signer: createSigner(MACHINE, generateSigningKey().privateKey), clock: testClock(), boot: 'boot-1', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}
async function reopen(): Promise<void> {
  await store.close();
  store = await open();
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spare-'));
  random = createTestRandom();
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const receive = (action: Action) => store.log.settle([{ action: action.id, travel: { kind: 'received', acknowledgement: { action: action.id, hash: action.hash, hall: keys.hall, receivedAt: '2026-11-23T02:00:00.000Z', signature: Buffer.alloc(64).toString('base64') } } }]);

describe('a store that becomes a spare\'s', () => {
  test('behind the hall: its chain goes on from the hall\'s head', async () => {
    await store.log.append(handIn(caseId(1)));
    expect(await store.becomeSpare({ head: elsewhere, generation: 1, keys })).toEqual({ ok: true, value: null });
    await reopen();
    expect(store.generation).toBe(1);
    expect(await store.log.append(handIn(caseId(2)))).toMatchObject({ sequence: 10, previous: elsewhere.hash });
  });

  test('ahead of the hall: its chain goes on from its own head, and all that the hall lacks waits, even what a hall had acknowledged before it lost it', async () => {
    const actions: Action[] = [];
    for (const serial of [1, 2, 3]) actions.push(await store.log.append(handIn(caseId(serial))));
    const [first, second, third] = actions;
    if (first === undefined || second === undefined || third === undefined) return expect.unreachable();
    await receive(first);
    await receive(second);
    await store.log.settle([{ action: third.id, travel: { kind: 'kept-aside', reason: 'chain-gap' } }]);
    expect(await store.becomeSpare({ head: headOf(first), generation: 1, keys })).toMatchObject({ ok: true });
    await reopen();
    expect((await store.log.unacknowledged(10)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(store.log.head()).toEqual(headOf(third));
  });

  test('takes no number of the blocks that it finds, asks for new ones under a new request, and counts provisional ones apart', async () => {
    const lease = { id: 'lease-1', kind: 'case-number' as const, prefix: '3306242026', first: 1, last: 50, width: 8 };
    await store.leases.add(lease);
    await store.leases.add({ ...lease, id: 'lease-2', kind: 'ticket-number' });
    await store.cursors.set(leaseRequestCursor('case-number'), 'a request on its way');
    await store.becomeSpare({ head: elsewhere, generation: 2, keys });
    await reopen();
    expect([await store.leases.next('case-number'), await store.leases.next('ticket-number')]).toEqual([null, null]);
    expect(await store.cursors.get(leaseRequestCursor('case-number'))).toBeNull();
    await store.leases.add({ ...lease, id: 'lease-3', first: 51, last: 60 });
    expect((await store.leases.next('case-number'))?.serial).toBe(51);
    expect(provisionalNumber(MACHINE, provisionalSerial(13, 0))).toBe('临330624-0001-000013');
    expect(provisionalNumber(MACHINE, provisionalSerial(13, store.generation))).toBe('临330624-0001-2000013');
  });

  test('of another hall, or with another past, is refused and stays as it is', async () => {
    const first = await store.log.append(handIn(caseId(1)));
    await store.cursors.set(HALL_KEYS, keys);
    expect(await store.becomeSpare({ head: headOf(first), generation: 1, keys: { ...keys, signing: generateSigningKey().publicKey } })).toEqual({ ok: false, error: { kind: 'other-hall' } });
    expect(await store.becomeSpare({ head: { ...elsewhere, sequence: 1 }, generation: 1, keys })).toEqual({ ok: false, error: { kind: 'other-chain' } });
    await reopen();
    expect(store.generation).toBe(0);
    expect(store.log.head()).toEqual(headOf(first));
  });
});
