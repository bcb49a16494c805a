import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateSigningKey, createSigner, sha256 } from '../crypto/node.ts';
import { canonicalJson } from '../domain/action/canonical.ts';
import { acknowledgementText } from '../domain/action/acknowledgement.ts';
import { PROTOCOL } from '../domain/contracts/hall.ts';
import { MachineId } from '../domain/ids.ts';
import { caseId, createMaker, handedIn } from '../test/fixtures/actions.ts';
import { createRig, handIn, handInMany, type Rig } from './test-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const whole = { failure: null, forgedAcknowledgements: 0, keptAside: 0, ignoredEntries: 0 };

describe('enrolment', () => {
  test('binds the machine to the keys of its hall, once', async () => {
    expect(await rig.sync.hallKeys()).toEqual(rig.hall.keys);
    expect(await rig.sync.enrol({ code: 'wrong-code', publicKey: rig.key.publicKey })).toEqual({ ok: false, error: { kind: 'wrong-code' } });
    rig.hall.keys = { ...rig.hall.keys, signing: generateSigningKey().publicKey };
    expect(await rig.sync.enrol({ code: 'right-code', publicKey: rig.key.publicKey })).toEqual({ ok: false, error: { kind: 'other-hall' } });
  });

  test('without it a run ends at once and says so', async () => {
    const fresh = await createRig({ enrolled: false });
    expect((await fresh.sync.runNow()).failure).toEqual({ kind: 'not-enrolled' });
    expect(fresh.hall.requests).toEqual([]);
    await fresh.close();
  });
});

describe('actions up', () => {
  test('arrive once, in the order of the chain, and are acknowledged', async () => {
    const ids = await handInMany(rig.store, 120);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 120 });
    expect([...rig.hall.stored.values()].map((action) => action.case)).toEqual(ids);
    expect(rig.hall.batches).toEqual([50, 70]);
    expect((await rig.store.log.ofCase(caseId(1)))[0]?.travel.kind).toBe('received');
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 0 });
    expect(rig.hall.batches).toHaveLength(2);
  });

  test('an answer that got lost is asked for again: the hall has one of each', async () => {
    await handInMany(rig.store, 3);
    rig.hall.faults.cutAfter.push({ path: '/intake', times: 1 });
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'unreachable' }, acknowledged: 0 });
    expect(rig.hall.stored.size).toBe(3);
    expect(await rig.store.log.waiting()).toBe(3);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 3 });
    expect(rig.hall.stored.size).toBe(3);
  });

  test('one that the hall keeps aside does not hold up the next', async () => {
    await handInMany(rig.store, 5);
    const [, , middle] = await rig.store.log.all();
    if (middle === undefined) return expect.unreachable();
    rig.hall.faults.quarantine.set(middle.id, 'unknown-item');
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 4, keptAside: 1 });
    expect((await rig.store.log.ofCase(middle.case))[0]?.travel).toEqual({ kind: 'kept-aside', reason: 'unknown-item' });
    expect(rig.events).toContainEqual({ event: 'action-kept-aside', action: middle.id, case: middle.case, reason: 'unknown-item' });
    expect(await rig.store.log.waiting()).toBe(0);
  });

  test('batches shrink when refused as too large and grow again', async () => {
    await handInMany(rig.store, 120);
    rig.hall.faults.bodyLimit = 30_000;
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 120 });
    expect(Math.max(...rig.hall.batches)).toBeLessThanOrEqual(25);
    rig.hall.faults.bodyLimit = Infinity;
    const before = rig.hall.batches.length;
    await handInMany(rig.store, 100, 200);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 100 });
    expect(rig.hall.batches.slice(before).length).toBeLessThan(10);
  });

  test('one that is too large alone waits with those that hang on it, and all go when it does', async () => {
    await handInMany(rig.store, 2);
    await rig.store.log.append(handIn(caseId(3), { form: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, 'x'.repeat(1500)])) }));
    await handInMany(rig.store, 2, 4);
    rig.hall.faults.bodyLimit = 20_000;
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'too-large' }, acknowledged: 2, notHeld: 2, keptAside: 0 });
    expect((await rig.store.log.unacknowledged(9)).map((action) => action.case)).toEqual([caseId(3), caseId(4), caseId(5)]);
    rig.hall.faults.bodyLimit = Infinity;
    rig.clock.advance(60_000);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 3 });
  });

  test('the terminal keeps what the hall does not hold, does not send it at every run, and all arrives in order once the first is taken', async () => {
    const ids = await handInMany(rig.store, 9);
    const chain = await rig.store.log.all();
    const fifth = chain[4]?.id ?? '';
    rig.hall.faults.poison.add(fifth);
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'server-fault', status: 500 }, acknowledged: 4, notHeld: 4, keptAside: 0 });
    expect(rig.events).toContainEqual({ event: 'action-not-held', action: chain[5]?.id, case: chain[5]?.case, reason: 'chain-gap' });
    expect(await rig.store.log.unacknowledged(9)).toEqual(chain.slice(4));
    // They rest: the next run sends only what is new, and the hall says of it, too, that something is missing before it.
    await handInMany(rig.store, 1, 10);
    const before = rig.hall.batches.length;
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 0, notHeld: 1 });
    expect(rig.hall.batches.slice(before)).toEqual([1]);
    // The hall was mended: the first that rests long enough brings all the others with it.
    rig.hall.faults.poison.clear();
    rig.clock.advance(60_000);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 6 });
    expect([...rig.hall.stored.values()].map((action) => action.case)).toEqual([...ids, caseId(10)]);
    expect(await rig.store.log.waiting()).toBe(0);
  });

  test.each(['bad-hash', 'bad-signature', 'malformed', 'chain-fork'] as const)('an action answered %s stays and its rest doubles; the others of its chain are not let go of either', async (reason) => {
    await handInMany(rig.store, 3);
    const [first] = await rig.store.log.all();
    rig.hall.faults.quarantine.set(first?.id ?? '', reason);
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 0, keptAside: 0, notHeld: 3 });
    const sends = async (wait: number) => {
      rig.clock.advance(wait);
      const before = rig.hall.batches.length;
      await rig.sync.runNow();
      return rig.hall.batches.length - before;
    };
    expect([await sends(59_999), await sends(1), await sends(60_000), await sends(60_000)]).toEqual([0, 1, 0, 1]);
    rig.hall.faults.quarantine.clear();
    rig.clock.advance(3_600_000);
    expect(await rig.sync.runNow()).toMatchObject({ acknowledged: 3 });
  });

  test('what was kept aside and is applied later is told by the feed, under the hall\'s own signature', async () => {
    const [id] = await handInMany(rig.store, 1);
    const [action] = await rig.store.log.all();
    if (action === undefined || id === undefined) return expect.unreachable();
    rig.hall.faults.quarantine.set(action.id, 'hall-fault');
    expect(await rig.sync.runNow()).toMatchObject({ keptAside: 1 });
    const word = { action: action.id, hash: action.hash, hall: rig.hall.keys.hall, receivedAt: '2026-11-23T01:00:00.000Z' };
    const acknowledgement = { ...word, signature: rig.hall.signer.sign(sha256(acknowledgementText(word))) };
    rig.hall.feed.push({ kind: 'acknowledgement', case: id, acknowledgement: { ...acknowledgement, receivedAt: '2026-11-22T01:00:00.000Z' } });
    expect(await rig.sync.runNow()).toMatchObject({ acknowledged: 0, forgedAcknowledgements: 1 });
    rig.hall.feed.push({ kind: 'acknowledgement', case: id, acknowledgement }, { kind: 'acknowledgement', case: caseId(9), acknowledgement });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 1 });
    expect((await rig.store.log.ofCase(id))[0]?.travel).toEqual({ kind: 'received', acknowledgement });
  });

  test('a sick hall is not asked for each', async () => {
    await handInMany(rig.store, 90);
    for (const action of await rig.store.log.all()) rig.hall.faults.poison.add(action.id);
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'server-fault', status: 500 }, acknowledged: 0 });
    expect(rig.hall.batches.length).toBeLessThan(12);
  });

  test.each([
    ['signed by a stranger', (made: Parameters<typeof acknowledgementText>[0]) => createSigner(MachineId.parse('H330624'), generateSigningKey().privateKey).sign(sha256(acknowledgementText(made))), {}],
    ['of another action', null, { action: caseId(77) }],
    ['of another hall', null, { hall: 'H330625' }],
    ['with another day', null, { receivedAt: '2020-01-01T00:00:00.000Z' }],
  ])('an acknowledgement %s is refused; the action stays', async (_, sign, change) => {
    await handInMany(rig.store, 2);
    rig.hall.faults.forge = (good) => ({ ...good, ...(sign === null ? {} : { signature: sign(good) }), ...(change as Partial<typeof good>) });
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, acknowledged: 0, forgedAcknowledgements: 2 });
    expect(await rig.store.log.waiting()).toBe(2);
    rig.hall.faults.forge = null;
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 2 });
  });

  test('an acknowledgement replayed for the next action is refused', async () => {
    await handInMany(rig.store, 1);
    let kept: Parameters<NonNullable<typeof rig.hall.faults.forge>>[0] | null = null;
    rig.hall.faults.forge = (good) => (kept ??= good);
    expect(await rig.sync.runNow()).toMatchObject({ acknowledged: 1 });
    await handInMany(rig.store, 1, 2);
    expect(await rig.sync.runNow()).toMatchObject({ acknowledged: 0, forgedAcknowledgements: 1 });
  });

  test('a token that is over is replaced without losing the run', async () => {
    await handInMany(rig.store, 1);
    await rig.sync.runNow();
    rig.hall.expireTokens();
    await handInMany(rig.store, 1, 2);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 1 });
    rig.clock.advance(16 * 60_000);
    rig.hall.now += 16 * 60_000;
    const before = rig.hall.requests.filter((request) => request === 'POST /tokens').length;
    await rig.sync.runNow();
    expect(rig.hall.requests.filter((request) => request === 'POST /tokens')).toHaveLength(before + 1);
  });

  test('a machine that the hall does not know is refused', async () => {
    rig.hall.enrolled.clear();
    expect((await rig.sync.runNow()).failure).toEqual({ kind: 'refused', status: 403 });
  });

  test.each([[502, 'server-fault'], [429, 'server-fault'], [400, 'protocol'], [404, 'protocol']])('status %d is a %s and keeps the actions', async (status, kind) => {
    await handInMany(rig.store, 1);
    rig.hall.faults.status.set('/intake', status);
    expect((await rig.sync.runNow()).failure).toEqual({ kind, status });
    rig.hall.faults.status.clear();
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 1 });
  });
});

describe('feed down', () => {
  test('remembers the version that the hall speaks, so that an older one is sent nothing it cannot read', async () => {
    expect(await rig.sync.hallProtocol()).toBe(0);
    await rig.sync.runNow();
    expect(await rig.sync.hallProtocol()).toBe(PROTOCOL);
    rig.hall.protocol = 1;
    rig.clock.advance(3_600_000);
    expect(await rig.sync.runNow()).toMatchObject(whole);
    expect(await rig.sync.hallProtocol()).toBe(1);
  });

  const maker = createMaker('H330624');
  test("stores the hall's own actions and leaves out everybody else's", async () => {
    const [id] = await handInMany(rig.store, 1);
    if (id === undefined) return expect.unreachable();
    const stranger = maker.make({ kind: 'reviewed', step: 'a', outcome: 'agrees', opinion: '', on: '2026-11-24' }, { case: id });
    const { make } = hallMaker(rig);
    const genuine = make({ kind: 'reviewed', step: 'b', outcome: 'agrees', opinion: '', on: '2026-11-24' }, id);
    rig.hall.feed.push({ kind: 'action', action: stranger }, { kind: 'news', text: 'a newer kind' }, { kind: 'action', action: genuine }, { kind: 'action', action: { ...genuine, case: caseId(9) } });
    expect(await rig.sync.runNow()).toMatchObject({ failure: null, hallActions: 1, ignoredEntries: 3 });
    expect((await rig.store.log.ofCase(id)).map(({ action }) => action.payload.kind)).toEqual(['handed-in', 'reviewed']);
    expect(await rig.sync.runNow()).toMatchObject({ hallActions: 0, ignoredEntries: 0 });
  });

  test('goes on from its checkpoint over several pages', async () => {
    await handInMany(rig.store, 7, 0);
    const { make } = hallMaker(rig);
    for (let index = 0; index < 250; index += 1) rig.hall.feed.push({ kind: 'action', action: make({ kind: 'reviewed', step: String(index), outcome: 'agrees', opinion: '', on: '2026-11-24' }, caseId(index % 7)) });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 7, hallActions: 250 });
    expect(await rig.store.cursors.get('feed-checkpoint')).toBe(250);
    expect(rig.hall.requests.filter((request) => request === 'GET /feed')).toHaveLength(3);
  });
});

/** Makes actions signed by the emulated hall. */
function hallMaker({ hall }: Rig) {
  const shape = createMaker('H330624');
  return {
    make(payload: Parameters<typeof shape.make>[0], id: ReturnType<typeof caseId>) {
      const { hash: _hash, signature: _signature, ...body } = shape.make(payload, { case: id, actor: { kind: 'machine' } });
      const hash = hall.signer.sha256(canonicalJson(body));
      return { ...body, hash, signature: hall.signer.sign(hash) };
    },
  };
}

describe('leases', () => {
  test('are asked for when few numbers are left, and an answer that got lost leaves no gap', async () => {
    rig.hall.faults.cutAfter.push({ path: '/leases', times: 1 });
    expect((await rig.sync.runNow()).failure).toEqual({ kind: 'unreachable' });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, leases: 2 });
    expect(rig.hall.leases.size).toBe(2);
    expect([await rig.store.leases.left('case-number'), await rig.store.leases.left('ticket-number')]).toEqual([300, 1000]);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, leases: 0 });
  });
});

describe('blobs up', () => {
  async function handInWithPages(serial: number, sizes: number[]) {
    const id = caseId(serial);
    await rig.store.caseKeys.create(id);
    const references = [];
    for (const size of sizes) {
      const put = await rig.store.blobs.put(id, new Uint8Array(size).fill(serial), 'image/jpeg');
      if (!put.ok) throw new Error(put.error.kind);
      references.push(put.value);
    }
    const [image, ...pages] = references;
    if (image === undefined) throw new Error('a hand-in has a signature');
    await rig.store.log.append(handIn(id, { signature: { ...handedIn().signature, image }, materials: pages.map((page, index) => ({ key: `m${index}`, pages: [page], trust: 'C' })) }));
    return references;
  }

  test('travel after the text, in pieces, and count when the hall has them', async () => {
    const references = await handInWithPages(1, [5_000, 900_000, 100]);
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, acknowledged: 1, blobs: 3 });
    expect([...rig.hall.blobs.keys()]).toEqual(references.map(({ hash }) => hash));
    for (const { hash, size } of references) expect(rig.hall.blobs.get(hash)?.length).toBe(size);
    expect(rig.hall.requests.indexOf('POST /blobs')).toBeGreaterThan(rig.hall.requests.indexOf('POST /intake'));
    expect(await rig.store.blobs.pending(9)).toEqual([]);
    expect(await rig.store.purgeCase(caseId(1))).toMatchObject({ ok: true });
  });

  test('go on where they stopped when the line breaks, in this run and in the next', async () => {
    await handInWithPages(1, [100, 1_500_000]);
    rig.hall.faults.losePieces = 3;
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, blobs: 2 });
    await handInWithPages(2, [100, 1_500_000]);
    await handInWithPages(3, [100]);
    rig.hall.faults.losePieces = 6;
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'unreachable' } });
    const created = rig.hall.requests.filter((request) => request === 'POST /blobs').length;
    rig.hall.faults.losePieces = 0;
    expect(await rig.sync.runNow()).toMatchObject({ ...whole });
    expect(rig.hall.blobs.size).toBe(5);
    expect(rig.hall.requests.filter((request) => request === 'POST /blobs').length).toBe(created + 2);
  });

  test('the last answer of an upload gets lost and the hall has put the file away: asked, not sent again', async () => {
    const [only] = await handInWithPages(1, [100]);
    rig.hall.faults.forgetWhole = true;
    rig.hall.faults.cutAfter.push({ path: '/blobs/…', times: 1 });
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, blobs: 1 });
    expect([...rig.hall.blobs.keys()]).toEqual([only?.hash]);
    expect(rig.hall.requests.filter((request) => request === 'POST /blobs')).toHaveLength(1);
  });

  test('one that the hall refuses does not hold up the others', async () => {
    const [bad] = await handInWithPages(1, [100]);
    const [good] = await handInWithPages(2, [100]);
    if (bad === undefined || good === undefined) return expect.unreachable();
    rig.hall.faults.refuseBlobs.add(bad.hash);
    expect(await rig.sync.runNow()).toMatchObject({ failure: { kind: 'protocol', status: 460 }, blobs: 1 });
    expect((await rig.store.blobs.pending(9)).map(({ reference }) => reference.hash)).toEqual([bad.hash]);
    rig.hall.faults.refuseBlobs.clear();
    expect(await rig.sync.runNow()).toMatchObject({ ...whole, blobs: 1 });
  });
});

describe('the machine', () => {
  test('callers at the same time share one run, and a failed one is forgotten', async () => {
    await handInMany(rig.store, 1);
    rig.hall.faults.cutAfter.push({ path: '/intake', times: 1 });
    const [first, second] = await Promise.all([rig.sync.runNow(), rig.sync.runNow()]);
    expect(first).toBe(second);
    expect(first.failure).toEqual({ kind: 'unreachable' });
    expect(rig.sync.status()).toMatchObject({ phase: 'stopped', line: 'offline', failures: 1 });
    expect((await rig.sync.runNow()).failure).toBeNull();
    expect(rig.sync.status()).toMatchObject({ failure: null, failures: 0, line: 'online', lastContact: '2026-11-23T01:00:00.000Z' });
  });

  test('runs by itself, backs off while the hall is away, and comes back', async () => {
    const waits: string[] = [];
    const settled = () => new Promise<void>((done) => {
      const stop = rig.sync.watch(({ phase }) => {
        waits.push(phase);
        if (phase === 'idle' || phase === 'backing-off') done(stop());
      });
    });
    rig.sync.start();
    let next = settled();
    rig.clock.advance(0);
    await next;
    expect(waits).toEqual(['sending-actions', 'sending-letters', 'taking-feed', 'taking-feed', 'renewing-leases', 'sending-blobs', 'idle']);
    rig.hall.faults.status.set('/feed', 503);
    next = settled();
    rig.clock.advance(60_000);
    await next;
    expect(rig.sync.status()).toMatchObject({ phase: 'backing-off', failure: { kind: 'server-fault', status: 503 }, failures: 1 });
    next = settled();
    rig.clock.advance(2_000);
    await next;
    expect(rig.sync.status().failures).toBe(2);
    rig.hall.faults.status.clear();
    next = settled();
    rig.clock.advance(1_000);
    rig.sync.nudge();
    rig.clock.advance(0);
    await next;
    expect(rig.sync.status()).toMatchObject({ phase: 'idle', failures: 0 });
    await rig.sync.stop();
    expect(rig.sync.status().phase).toBe('stopped');
    expect(rig.clock.waiting).toBe(0);
  });

  test('a hall time of another century is no evidence; a device clock that is a year off is told to county IT once', async () => {
    const right = rig.hall.now;
    rig.hall.now = Date.UTC(1970, 0, 1, 0, 5);
    await rig.sync.runNow();
    expect(rig.store.time.lastContact()).toBeNull();
    rig.hall.now = right + 365 * 86_400_000;
    await rig.sync.runNow();
    await rig.sync.runNow();
    expect(rig.events.filter(({ event }) => event === 'device-clock-off')).toEqual([{ event: 'device-clock-off', minutes: -525_600 }]);
  });

  test('keeps what a contact shows about the time', async () => {
    rig.hall.now += 3_600_000;
    await rig.sync.runNow();
    expect(rig.store.time.evidence()).toMatchObject({ trusted: { at: '2026-11-23T02:00:00.000Z', boot: 'boot-1' }, drift: { offset: -3_600_000, bound: 0 } });
  });
});
