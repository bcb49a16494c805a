import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FOLDER } from '../../courier/stick.ts';
import { writeParcel } from '../../courier/write.ts';
import { createSigner, digest, generateSigningKey, sha256Bytes, verifier } from '../../crypto/node.ts';
import { generateSealKey, seal } from '../../crypto/seal.ts';
import type { ActionSigner } from '../../domain/action/types.ts';
import { hallFingerprint, MAX_HEAD, ParcelMark } from '../../domain/contracts/courier.ts';
import { recordingContext } from '../../domain/contracts/letters.ts';
import { type CaseId, Hash, MachineId, Ulid, ulid } from '../../domain/ids.ts';
import type { BlobStore } from '../../hall/blobs/store.ts';
import { exportParcels } from '../../hall/courier/export.ts';
import { importParcels } from '../../hall/courier/import.ts';
import { replaceMachine, takeOver } from '../../hall/identity/takeover.ts';
import { createLetterMaker } from '../../main/core/letters.ts';
import { createSync } from '../../sync/sync.ts';
import { exportParcel } from '../../sync/transport/courier/export.ts';
import { importParcels as importAtTerminal } from '../../sync/transport/courier/import.ts';
import { lastHeard } from '../../sync/transport/courier/state.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import { request, signInAt, type TestConsole } from '../fixtures/hall.ts';
import { compareCard, type CourierWorld, expectOneLog, mustWork, openCourierWorld, roundTrip, type StickTerminal } from '../rigs/courier.ts';

let world: CourierWorld;
let clerk: TestConsole;
let first: StickTerminal;
let second: StickTerminal;

beforeAll(async () => {
  world = await openCourierWorld();
  clerk = await signInAt(world.hall, 'wang', 'clerk');
  first = await world.terminal('T330624-0001');
  second = await world.terminal('T330624-0002');
}, 60_000);
afterAll(() => world?.close());

const files = () => readdirSync(join(world.stick, FOLDER)).toSorted();
const batches = () => world.hall.logged.filter((line) => line.includes('"batch-taken"')).map((line) => JSON.parse(line) as { machine: string; stored: number; duplicates: number; quarantined: number });

async function casesAtHall(): Promise<CaseId[]> {
  const { body } = await clerk.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 100 });
  return body.rows.map(({ id }: { id: CaseId }) => id).toSorted();
}

describe('two terminals that never had a line, and one stick', () => {
  const cases: CaseId[] = [];

  test('know no hall until people have compared the fingerprint on its card', async () => {
    expect(await first.exportTo(world.stick)).toEqual({ ok: false, error: { kind: 'no-hall' } });
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    expect(files()).toEqual(['jinban-hall-card-H330624.json']);
    const asked = await first.importFrom(world.stick);
    expect(asked).toMatchObject({ ok: false, error: { kind: 'compare-card', cards: [{ fingerprint: hallFingerprint(world.hall.hall.ground.publicKeys, digest) }] } });
    await compareCard(first, world.stick);
    await compareCard(second, world.stick);
  });

  test('are enrolled by their first parcel, and get numbers and items with the answer', async () => {
    mustWork(await first.exportTo(world.stick));
    mustWork(await second.exportTo(world.stick));
    expect(mustWork(await importParcels(world.courier, world.stick)).taken).toMatchObject([{ machine: first.machine, serial: 1, enrolled: true }, { machine: second.machine, serial: 1, enrolled: true }]);
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    for (const terminal of [first, second]) {
      expect(mustWork(await terminal.importFrom(world.stick))).toMatchObject({ taken: 1, enrolled: true, did: { items: 2, leases: 2, ignoredEntries: 0 } });
      expect(await terminal.store.leases.left('case-number')).toBe(300);
    }
  });

  test('hand in; the stick goes there and back: each case is at the hall once, with its pages, and every entry is acknowledged', async () => {
    for (const serial of [1, 2, 3]) cases.push(await first.handIn(serial), await second.handIn(serial));
    await roundTrip(world, first, second);
    expect(await casesAtHall()).toEqual(cases.toSorted());
    await expectOneLog(world, first);
    await expectOneLog(world, second);
    expect(await first.store.log.waiting()).toBe(0);
    // What the hall signed tells how far its time is at least; a contact by line it is not.
    expect(await lastHeard(first.store)).toBe(new Date(world.hall.clock.now()).toISOString());
    expect(first.store.time.lastContact()).toBeNull();
  });

  test('a message and its recording go by stick once; its number comes back', async () => {
    const { clock, random, signer } = first.parts;
    const id = ulid(clock.now(), random(10));
    const key = generateSealKey();
    const sealed = seal(key, recordingContext(id), new Uint8Array(500));
    const hash = Hash.parse(sha256Bytes(sealed));
    const letter = await createLetterMaker({ hallKeys: async () => world.hall.hall.ground.publicKeys, signer, clock })(id, { kind: 'message', of: 'consult', subject: { kind: 'none' }, person: null, words: '几点开门？', recording: { hash, size: sealed.length, seconds: 3, key: Buffer.from(key).toString('base64') } });
    if (letter === null) return expect.unreachable();
    await first.store.letters.recordings.put(id, { hash, sealed });
    await first.store.letters.add({ letter, person: '', facts: { reference: '', of: 'consult', about: '', anonymous: true, spoken: 3, said: { rated: null, reopened: false } }, about: null });
    await roundTrip(world, first, second);
    expect(await first.store.letters.message(id)).toMatchObject({ waiting: false, refused: null, word: { number: expect.stringMatching(/^ZX330624/) } });
    expect(await first.store.letters.recordings.waiting(true)).toEqual([]);
    expect((await clerk.call('GET', '/messages?show=all&kind=&query=&after=')).body.rows).toMatchObject([{ id, channel: 'terminal', excerpt: '几点开门？' }]);
  });

  test('what the hall decided comes back with the next round', async () => {
    const [id = ''] = cases;
    for (const [act, said] of [['claim', {}], ['accept', { lacking: [] }]] as const) expect((await clerk.call('POST', `/cases/${id}/${act}`, said)).body).toMatchObject({ ok: true });
    cases.push(await first.handIn(4));
    await roundTrip(world, first, second);
    expect((await first.store.log.ofCase(id as CaseId)).map(({ action }) => action.payload.kind)).toEqual(['handed-in', 'accepted']);
    expect(await casesAtHall()).toEqual(cases.toSorted());
    await expectOneLog(world, first);
  });

  test('the same stick imported again on either side changes nothing', async () => {
    const [before, cursor] = [batches().length, await first.store.cursors.get('courier-taken')];
    expect(mustWork(await importParcels(world.courier, world.stick))).toMatchObject({ taken: [], repeated: 2, refused: new Map([['other-receiver', 2]]) });
    expect(batches().length).toBe(before);
    expect(mustWork(await first.importFrom(world.stick))).toMatchObject({ taken: 0, repeated: 1 });
    expect(await first.store.cursors.get('courier-taken')).toEqual(cursor);
  });

  test('a case that went by both roads is one case', async () => {
    cases.push(await second.handIn(5));
    mustWork(await second.exportTo(world.stick));
    const transport = createHallTransport({ baseUrl: world.hall.url, signer: second.parts.signer, clock: second.parts.clock });
    const sync = createSync({ store: second.store, transport, verifier, clock: second.parts.clock, random: second.parts.random, log: () => undefined });
    expect(await sync.runNow()).toMatchObject({ failure: null, acknowledged: 1, blobs: 2 });
    const report = mustWork(await importParcels(world.courier, world.stick));
    expect(report.taken).toMatchObject([{ machine: second.machine, actions: 1, quarantined: 0, pages: 0 }]);
    expect(batches().at(-1)).toMatchObject({ stored: 0, duplicates: 1 });
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    expect(mustWork(await second.importFrom(world.stick))).toMatchObject({ taken: 1, did: { acknowledged: 0, forgedAcknowledgements: 0 } });
    expect(await casesAtHall()).toEqual(cases.toSorted());
    await expectOneLog(world, second);
  });

  test('a stick that is lost costs nothing: the next parcel holds what it held', async () => {
    cases.push(await first.handIn(6));
    mustWork(await first.exportTo(world.stick));
    rmSync(join(world.stick, FOLDER), { recursive: true });
    cases.push(await first.handIn(7));
    await roundTrip(world, first);
    expect(await casesAtHall()).toEqual(cases.toSorted());
    await expectOneLog(world, first);
  });
});

describe('parcels that nobody may take', () => {
  let other: string;
  beforeEach(() => {
    other = join(world.folder, 'other-stick');
    mkdirSync(join(other, FOLDER), { recursive: true });
  });
  afterEach(() => rmSync(other, { recursive: true }));

  const parcelOf = (terminal: StickTerminal) => files().filter((name) => name.startsWith(`jinban-${terminal.machine}`));

  test('an older parcel that turns up later is refused by its name', async () => {
    await first.handIn(11);
    mustWork(await first.exportTo(world.stick));
    for (const name of parcelOf(first)) renameSync(join(world.stick, FOLDER, name), join(other, FOLDER, name));
    await roundTrip(world, first);
    expect(mustWork(await importParcels(world.courier, other))).toMatchObject({ taken: [], repeated: 0, refused: new Map([['older', 1]]) });
    await expectOneLog(world, first);
  });

  test('a machine that was copied makes two parcels of one serial: the second is refused, and what hangs on it', async () => {
    const mark = await first.store.cursors.get('courier-sent');
    mustWork(await first.exportTo(other));
    await first.store.cursors.set('courier-sent', mark ?? null);
    first.parts.clock.now = ((now) => () => now() + 5000)(first.parts.clock.now);
    await first.handIn(12);
    mustWork(await importParcels(world.courier, other));
    mustWork(await first.exportTo(other));
    expect(mustWork(await importParcels(world.courier, other))).toMatchObject({ taken: [], refused: new Map([['forked', 1]]) });
    mustWork(await first.exportTo(other));
    expect(mustWork(await importParcels(world.courier, other))).toMatchObject({ taken: [], refused: new Map([['forked', 1]]) });
    // A serial later the hall cannot know what it hung on; every entry is still judged by itself.
    await roundTrip(world, first);
    await expectOneLog(world, first);
  });

  test('a machine that nobody registered, and one whose key is another, are refused', async () => {
    const as = (machine: string) => ({ ...second.parts, signer: { ...first.parts.signer, machine: MachineId.parse(machine) } });
    mustWork(await exportParcel(as('T330624-0002'), { stick: other }));
    mustWork(await exportParcel(as('T330624-0777'), { stick: other }));
    expect(mustWork(await importParcels(world.courier, other))).toMatchObject({ taken: [], refused: new Map([['bad-signature', 1], ['unknown-sender', 1]]) });
  });

  test('a machine that asks to be answered under a key that nothing can be encrypted for is refused, and every other one gets its answer', async () => {
    for (const publicKey of [Buffer.alloc(32), Buffer.alloc(31, 7), Buffer.alloc(33, 7)].map((bytes) => bytes.toString('base64'))) {
      mustWork(await exportParcel({ ...first.parts, key: { ...first.parts.key, publicKey } }, { stick: other }));
      expect(mustWork(await importParcels(world.courier, other))).toMatchObject({ taken: [], refused: new Map([['damaged', 1]]) });
    }
    expect(mustWork(await exportParcels(world.hall.hall.ground, other)).map(({ machine }) => machine)).toContain(second.machine);
  });

  test("an answer that is not the hall's, or not for this machine's key, or older, is refused at the terminal", async () => {
    const { ground } = world.hall.hall;
    const last = await first.store.cursors.get('courier-taken');
    const serial = ParcelMark.parse(last).serial + 1;
    const forge = async (signer: ActionSigner, machineKey: string) => writeParcel({
      stick: other, sources: [], recipient: first.parts.key.publicKey, signer, commit: () => Promise.resolve(),
      draft: {
        sender: ground.hall, receiver: first.machine, parcel: Ulid.parse('01M82YNFM060R30C9G60R30C1G'), serial, previous: ParcelMark.parse(last).hash, madeAt: '2026-11-23T01:00:00.000Z',
        word: { kind: 'answer', to: 1, protocol: 2, keys: ground.publicKeys, machineKey, leases: [], arrived: [] },
      },
    });
    mustWork(await forge({ ...second.parts.signer, machine: ground.hall }, first.key.publicKey));
    expect(mustWork(await first.importFrom(other))).toMatchObject({ taken: 0, refused: new Map([['bad-signature', 1]]) });
    mustWork(await forge(ground.signer, second.key.publicKey));
    expect(mustWork(await first.importFrom(other))).toMatchObject({ taken: 0, refused: new Map([['unknown-sender', 1]]) });
    for (const name of files().filter((each) => each.startsWith(`jinban-H330624-to-${first.machine}`))) copyFileSync(join(world.stick, FOLDER, name), join(other, FOLDER, `old-${name}`));
    await roundTrip(world, first);
    expect(mustWork(await first.importFrom(other)).refused.get('older')).toBe(1);
    expect(await first.store.leases.left('case-number')).toBeGreaterThan(0);
  });

  test("another hall's stick says that it is for somebody else", async () => {
    const elsewhere = await openCourierWorld();
    try {
      mustWork(await first.exportTo(world.stick));
      for (const name of parcelOf(first)) copyFileSync(join(world.stick, FOLDER, name), join(other, FOLDER, name));
      expect(mustWork(await importParcels(elsewhere.courier, other))).toMatchObject({ taken: [], refused: new Map([['other-receiver', 1]]) });
    } finally {
      await elsewhere.close();
    }
  });
});

describe('cut in the middle', () => {
  test('a process killed while it writes leaves no file that looks whole, and the next export cleans up behind it', async () => {
    const stick = join(world.folder, 'killed-stick');
    mkdirSync(stick);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'rigs', 'courier-child.ts'), stick], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(readdirSync(join(stick, FOLDER))).toEqual([expect.stringMatching(/\.age\.part$/)]);
    expect(mustWork(await importParcels(world.courier, stick))).toEqual({ taken: [], repeated: 0, refused: new Map() });
    mustWork(await first.exportTo(stick));
    expect(readdirSync(join(stick, FOLDER))).toEqual([expect.stringMatching(/\.age$/)]);
  });

  test('an import that was cut goes on at the first file that was not taken', async () => {
    const id = await second.handIn(20, 60_000);
    mustWork(await second.exportTo(world.stick, MAX_HEAD + 1000));
    const parts = files().filter((name) => name.startsWith(`jinban-${second.machine}`)).length;
    expect(parts).toBe(3);
    let adopted = 0;
    const blobs: BlobStore = { ...world.courier.blobs, adopt(path, hash) {
      adopted += 1;
      if (adopted === 2) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      return world.courier.blobs.adopt(path, hash);
    } };
    expect(await importParcels({ ...world.courier, blobs }, world.stick)).toEqual({ ok: false, error: { kind: 'full' } });
    expect(readdirSync(world.courier.folder)).toEqual([]);
    const before = batches().length;
    expect(mustWork(await importParcels(world.courier, world.stick)).taken).toMatchObject([{ machine: second.machine, actions: 0, pages: 1 }]);
    expect(batches().length).toBe(before);
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    expect(mustWork(await second.importFrom(world.stick))).toMatchObject({ did: { acknowledged: 1, blobs: 2 } });
    expect(await casesAtHall()).toContain(id);
    await expectOneLog(world, second);
  });
});

describe('two imports at once', () => {
  test('are refused the second: it would empty the folder in which the first one keeps its pages', async () => {
    const lock = join(world.courier.folder, 'hall.pid');
    mkdirSync(world.courier.folder, { recursive: true });
    // The process that runs these tests is alive, and is another one.
    writeFileSync(lock, String(process.ppid));
    expect(await importParcels(world.courier, world.stick)).toEqual({ ok: false, error: { kind: 'busy' } });
    rmSync(lock);
    expect(await importParcels(world.courier, world.stick)).toMatchObject({ ok: true });
    expect(existsSync(lock)).toBe(false);
  });

  test('of one machine from two sticks: what the older parcel still brings is not written down as the newer one\'s', async () => {
    const older = join(world.folder, 'older-stick');
    mkdirSync(older);
    await second.handIn(21, 60_000);
    mustWork(await second.exportTo(older, MAX_HEAD + 1000));
    mustWork(await second.exportTo(world.stick, MAX_HEAD + 1000));
    const courier = async () => world.hall.db.read.selectFrom('courier').select(['taken_serial', 'parts', 'parts_taken']).where('machine', '=', second.machine).executeTakeFirstOrThrow();
    let before: Awaited<ReturnType<typeof courier>> | null = null;
    const blobs: BlobStore = { ...world.courier.blobs, async adopt(path, hash) {
      if (before === null) {
        mustWork(await importParcels({ ...world.courier, folder: join(world.folder, 'other-server') }, world.stick));
        before = await courier();
      }
      return world.courier.blobs.adopt(path, hash);
    } };
    expect(mustWork(await importParcels({ ...world.courier, blobs }, older))).toMatchObject({ taken: [], refused: new Map([['older', 1]]) });
    expect(await courier()).toEqual(before);
    mustWork(await exportParcels(world.hall.hall.ground, world.stick));
    mustWork(await second.importFrom(world.stick));
    await expectOneLog(world, second);
  });
});

test("a spare that took a machine's place counts its own parcels; the lost machine's are refused", async () => {
  const { ground } = world.hall.hall;
  const stick = join(world.folder, 'spare-stick');
  mkdirSync(stick);
  const code = mustWork(await replaceMachine(ground, second.machine));
  mustWork(await second.exportTo(stick));
  expect(mustWork(await importParcels(world.courier, stick))).toMatchObject({ taken: [], refused: new Map([['unknown-sender', 1]]) });
  expect(mustWork(await exportParcels(ground, stick)).map(({ machine }) => machine)).toEqual([first.machine]);
  const key = generateSigningKey();
  mustWork(await takeOver(ground, { machine: second.machine, publicKey: key.publicKey, code, backup: null, reader: second.parts.key.publicKey }));
  await second.store.cursors.set('courier-sent', null);
  const spare = { ...second.parts, signer: createSigner(second.machine, key.privateKey), enrolment: { publicKey: key.publicKey, code: '' } };
  mustWork(await exportParcel(spare, { stick }));
  expect(mustWork(await importParcels(world.courier, stick)).taken).toMatchObject([{ machine: second.machine, serial: 1, enrolled: false }]);
  mustWork(await exportParcels(ground, stick));
  expect(mustWork(await importAtTerminal(spare, stick))).toMatchObject({ taken: 1 });
});

test('nothing on the stick or in the log tells of a person', async () => {
  expect(files().join('\n')).toMatch(/^(jinban-(T330624-000\d-to-H330624|H330624-to-T330624-000\d)-\d{6}-\d+\.age\n|jinban-hall-card-H330624\.json\n?)+/);
  expect(world.hall.logged.join('\n')).not.toMatch(/张测试|330624199001010018|13800000000/);
  expect((await request(world.hall.url, 'GET', '/healthz')).status).toBe(200);
});
