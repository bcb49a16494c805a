import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import type { Action } from '../../domain/action/types.ts';
import { type CaseId, MachineId, PrintId } from '../../domain/ids.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { heardByStick } from '../../sync/transport/courier/state.ts';
import { caseId, createMaker, handedIn, type Maker } from '../../test/fixtures/actions.ts';
import { type TestClock, testClock } from '../../test/fixtures/test-clock.ts';
import { startRetention } from './retention.ts';

const machine = MachineId.parse('T330624-0001');
const item = { code: '1133062400260000XR4001234567890', version: 1 };
const DAY_MS = 24 * 3_600_000;
let folder: string;
let store: TerminalStore;
let hall: Maker;
let clock: TestClock;
let purged: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinban-retention-'));
  clock = testClock();
  hall = createMaker('H330624');
  purged = [];
  const opened = await openTerminalStore({ file: join(folder, 'store.db'), key: new Uint8Array(32), nativeBinding: null, signer: createSigner(machine, generateSigningKey().privateKey), clock, boot: 'boot-1', random: (count) => crypto.getRandomValues(new Uint8Array(count)) });
  if (!opened.ok) throw new Error(opened.error.kind);
  store = opened.value;
  await store.leases.add({ id: 'lease-1', kind: 'case-number', prefix: '3306242026', first: 1, last: 9, width: 8 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const DONE = Date.UTC(2026, 10, 23, 2);
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
const receive = ({ id, hash }: Action) => store.log.settle([{ action: id, travel: { kind: 'received', acknowledgement: { action: id, hash, hall: hall.machine, receivedAt: at(DONE), signature: Buffer.alloc(64).toString('base64') } } }]);
/** A case with one page; `close` says how far it got. */
async function caseThat(serial: number, { received = true, uploaded = true, closed = true } = {}): Promise<CaseId> {
  const id = caseId(serial);
  await store.caseKeys.create(id);
  const page = await store.blobs.put(id, new Uint8Array(9), 'image/jpeg');
  if (!page.ok) throw new Error(page.error.kind);
  const action = await store.log.append(async () => ({ case: id, item, actor: { kind: 'citizen' }, payload: handedIn({ number: { value: (await store.leases.next('case-number'))?.number ?? '', provisional: false }, materials: [{ key: 'card', pages: [page.value], trust: 'C' }] }) }));
  if (received) await receive(action);
  if (uploaded) await store.blobs.markUploaded(id, [page.value.hash]);
  if (closed) await store.log.addHallAction(hall.make({ kind: 'refused', reason: '不属于本部门职权' }, { case: id }));
  await store.prints.put({ print: PrintId.parse(id), session: 's', case: id, state: 'unknown', entry: {} });
  return id;
}
const contact = (milliseconds: number) => store.time.contact({ hallNow: at(milliseconds), sentMonotonic: 0, answeredMonotonic: 0, answeredWall: clock.now() });
const retain = (busy = () => false) => startRetention({ store, clock, keepDays: 30, busy, log: (event) => event.event === 'case-purged' && purged.push(event.case) });

describe('closed cases', () => {
  test('go once the hall has everything and thirty days of its clock are over; chain, numbers and print ledger stay', async () => {
    const over = await caseThat(1);
    await caseThat(2, { received: false });
    await caseThat(3, { uploaded: false });
    await caseThat(4, { closed: false });
    const head = store.log.head();
    const stop = retain();
    // This machine's clock runs on for a year, the hall's word is what counts.
    await contact(DONE + 29 * DAY_MS);
    await clock.pass(365 * DAY_MS);
    expect(purged).toEqual([]);
    await contact(DONE + 31 * DAY_MS);
    await clock.pass(2 * DAY_MS);
    expect(purged).toEqual([over]);
    expect(await store.log.cases()).toEqual([4, 3, 2].map(caseId));
    expect(store.log.head()).toEqual(head);
    expect((await store.leases.next('case-number'))?.serial).toBe(5);
    expect(await store.prints.ofCase(over)).toMatchObject([{ state: 'unknown' }]);
    stop();
    expect(clock.waiting).toBe(0);
  });

  test('go from a machine that never had a line, by the time that the hall signed on its sticks', async () => {
    const over = await caseThat(1);
    const stop = retain();
    await heardByStick(store, at(DONE + 31 * DAY_MS));
    // A stick of before turns up, and changes nothing.
    await heardByStick(store, at(DONE + DAY_MS));
    await clock.pass(2 * DAY_MS);
    expect(purged).toEqual([over]);
    stop();
  });

  test('stay while somebody is at the machine, and are looked at again when they have left', async () => {
    const over = await caseThat(1);
    await contact(DONE + 31 * DAY_MS);
    let busy = true;
    const stop = retain(() => busy);
    await clock.pass(DAY_MS / 2);
    expect(purged).toEqual([]);
    busy = false;
    await clock.pass(DAY_MS);
    expect(purged).toEqual([over]);
    stop();
  });

  test('that the hall speaks of after they are gone leave no new trace', async () => {
    const id = await caseThat(1);
    await contact(DONE + 31 * DAY_MS);
    const stop = retain();
    await clock.pass(DAY_MS);
    expect(purged).toEqual([id]);
    expect(await store.log.addHallAction(hall.make({ kind: 'reviewed', step: 'review', outcome: 'agrees', opinion: '', on: '2026-11-24' }, { case: id }))).toBe(false);
    expect(await store.log.ofCase(id)).toEqual([]);
    stop();
  });
});
