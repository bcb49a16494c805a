import { beforeEach, describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { generateSealKey, generateWrappingKey, unwrapKey, wrapKey, type WrappingKeyPair } from '../../crypto/seal.ts';
import { appendAction, type ChainHead, CHAIN_START, headOf } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { type Backup, backupContext } from '../../domain/contracts/backup.ts';
import { ActionId, MachineId, ulid } from '../../domain/ids.ts';
import { leasedNumber } from '../../domain/lease/lease.ts';
import { ELDER_CARD, elderCardHandIn, kindsOf, PGLITE, POSTGRES, request, takeToken, terminalAt, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { gapsOf } from './gaps.ts';
import { addMachine, retireMachine } from './machines.ts';
import { replaceMachine, type TakeoverRequest } from './takeover.ts';


describe.each([PGLITE, POSTGRES])('a spare in the place of a lost machine, on $name', (databases) => {
  const served = hallOfSuite(databases);
  let lost: TestTerminal;

  beforeEach(async () => {
    // The limit on enrolments is by address, and here everybody has the same one.
    served.hall.clock.advance(60_000);
    lost = await served.freshTerminal();
  });

  const handIn = () => served.handIn(lost);
  const key = generateSealKey();
  /** A backup as the lost machine made it when its chain stood at `head`. */
  const backupAt = (head: ChainHead, change: Partial<Backup> = {}): Backup => {
    const about = { machine: lost.maker.machine, takenAt: '2026-11-23T01:00:00.000Z', head };
    return { format: 'jinban-backup-1', ...about, key: wrapKey(served.hall.keys.wrapping.publicKey, backupContext(about), key), ...change };
  };
  async function replaced(): Promise<string> {
    const code = await replaceMachine(served.hall.hall.ground, lost.maker.machine);
    if (!code.ok) throw new Error(code.error.kind);
    return code.value;
  }
  type Spare = { signing: Pick<ReturnType<typeof generateSigningKey>, 'publicKey' | 'privateKey'>; reader: WrappingKeyPair };
  const newSpare = (): Spare => ({ signing: generateSigningKey(), reader: generateWrappingKey() });
  async function takeOver(spare: Spare, code: string, backup: Backup | null) {
    served.hall.clock.advance(10_000);
    const wish: TakeoverRequest = { machine: lost.maker.machine, publicKey: spare.signing.publicKey, code, backup, reader: spare.reader.publicKey };
    return (await request(served.hall.url, 'POST', '/api/v1/takeovers', wish)).body;
  }
  const speak = async (spare: Spare) => terminalAt(served.hall.url, lost.maker, await takeToken(served.hall.url, { machine: lost.maker.machine, privateKey: spare.signing.privateKey }));
  /** The spare's next hand-in, under a number. */
  const spareHandIn = (spare: Spare, head: ChainHead, number: string): Action => appendAction(head, {
    id: ActionId.parse(ulid(served.hall.clock.now() + head.sequence, crypto.getRandomValues(new Uint8Array(10)))), case: served.freshCase(), item: { code: ELDER_CARD, version: 1 }, actor: { kind: 'citizen' },
    time: { wall: new Date(served.hall.clock.now()).toISOString(), monotonic: 1, boot: 'boot-2', trusted: null, drift: null }, payload: elderCardHandIn(number),
  }, createSigner(lost.maker.machine, spare.signing.privateKey));

  test('the lost machine is out at once: its token, its key, and a challenge it holds', async () => {
    await replaced();
    expect((await lost.call('POST', '/intake', { protocol: 1, actions: [handIn()] })).status).toBe(401);
    expect((await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: lost.maker.machine })).status).toBe(403);
    expect(await addMachine(served.hall.hall.ground, lost.maker.machine)).toEqual({ ok: false, error: { kind: 'being-replaced' } });
  });

  test('from a backup that is behind the hall: it goes on from the hall\'s head with its own key and new numbers', async () => {
    const first = handIn();
    await lost.intake([first]);
    const backup = backupAt(headOf(first));
    const second = handIn();
    await lost.intake([second]);
    const spare = newSpare();
    const taken = await takeOver(spare, await replaced(), backup);
    expect(taken).toMatchObject({ ok: true, value: { head: headOf(second), generation: 1, keys: served.hall.hall.ground.publicKeys } });
    expect(unwrapKey(spare.reader, backupContext(backup), taken.value.key)).toEqual({ ok: true, value: key });
    const terminal = await speak(spare);
    const lease = await terminal.lease(10, 'spare-request');
    const third = spareHandIn(spare, headOf(second), leasedNumber(lease, lease.first));
    const fromOldBlock = spareHandIn(spare, headOf(third), lost.nextNumber());
    expect(kindsOf(await terminal.intake([first, third, fromOldBlock]))).toEqual(['duplicate', 'stored', 'number-not-leased']);
    // The lost key does not vouch for anything behind the hall's head, whoever brings it.
    expect(kindsOf(await terminal.intake([handIn()]))).toEqual(['bad-signature']);
  });

  test('from a backup that is ahead of the hall: what never travelled is still the lost machine\'s own word', async () => {
    const [first, second, third] = [handIn(), handIn(), handIn()];
    await lost.intake([first]);
    const after = handIn();
    const spare = newSpare();
    const taken = await takeOver(spare, await replaced(), backupAt(headOf(third)));
    expect(taken).toMatchObject({ ok: true, value: { head: headOf(first) } });
    const terminal = await speak(spare);
    const lease = await terminal.lease(10, 'spare-request');
    const fourth = spareHandIn(spare, headOf(third), leasedNumber(lease, lease.first));
    expect(kindsOf(await terminal.intake([second, third, after, fourth]))).toEqual(['stored', 'stored', 'bad-signature', 'stored']);
    const [gap] = await gapsOf(served.hall.hall.ground, lost.maker.machine);
    // Three of its fifty numbers came; the fourth lies on a slip that nobody here knows of.
    expect(gap).toMatchObject({ generation: 0, through: 3, backupAt: '2026-11-23T01:00:00.000Z', cases: [first, second, third].map((action) => action.case) });
    const number = (action: Action) => (action.payload.kind === 'handed-in' ? action.payload.number.value : '');
    expect(gap?.numbers).toEqual([{ first: number(after), last: expect.stringMatching(/^\d{18}$/) }]);
  });

  test('with nothing left of the lost machine it begins behind the hall\'s head, and can be lost in its turn', async () => {
    const first = handIn();
    await lost.intake([first]);
    const spare = newSpare();
    expect(await takeOver(spare, await replaced(), null)).toMatchObject({ ok: true, value: { head: headOf(first), generation: 1, key: null } });
    const terminal = await speak(spare);
    const lease = await terminal.lease(10, 'spare-request');
    const second = spareHandIn(spare, headOf(first), leasedNumber(lease, lease.first));
    expect(kindsOf(await terminal.intake([second]))).toEqual(['stored']);
    const third = newSpare();
    expect(await takeOver(third, await replaced(), null)).toMatchObject({ ok: true, value: { head: headOf(second), generation: 2 } });
    expect(kindsOf(await (await speak(third)).intake([first, second]))).toEqual(['duplicate', 'duplicate']);
    expect(await gapsOf(served.hall.hall.ground, lost.maker.machine)).toMatchObject([{ generation: 0, through: 1 }, { generation: 1, through: 2 }]);
  });

  test('a code works once, for one key, not for enrolling, and a new one ends it', async () => {
    const old = await replaced();
    const code = await replaced();
    const [spare, other] = [newSpare(), newSpare()];
    expect(await takeOver(spare, old, null)).toEqual({ ok: false, error: { kind: 'wrong-code' } });
    expect((await request(served.hall.url, 'POST', '/api/v1/enrolments', { machine: lost.maker.machine, publicKey: spare.signing.publicKey, code })).body).toEqual({ ok: false, error: { kind: 'wrong-code' } });
    const taken = await takeOver(spare, code, null);
    expect(taken).toMatchObject({ ok: true });
    expect(await takeOver(spare, code, null)).toEqual(taken);
    expect(await takeOver(other, code, null)).toEqual({ ok: false, error: { kind: 'already-enrolled' } });
  });

  test('said again with a newer backup, before it sent anything: what that one holds is the lost machine\'s word too', async () => {
    const [first, second] = [handIn(), handIn()];
    await lost.intake([first]);
    const code = await replaced();
    const spare = newSpare();
    // The answer is lost on the way, and meanwhile somebody finds a newer backup.
    expect(await takeOver(spare, code, backupAt(headOf(first)))).toMatchObject({ ok: true });
    expect(await takeOver(spare, code, backupAt({ sequence: 1, hash: CHAIN_START.hash }))).toEqual({ ok: false, error: { kind: 'other-chain' } });
    expect(await takeOver(spare, code, backupAt(headOf(second)))).toMatchObject({ ok: true, value: { head: headOf(first), generation: 1 } });
    const terminal = await speak(spare);
    const lease = await terminal.lease(10, 'spare-request');
    expect(kindsOf(await terminal.intake([second, spareHandIn(spare, headOf(second), leasedNumber(lease, lease.first))]))).toEqual(['stored', 'stored']);
    expect(await gapsOf(served.hall.hall.ground, lost.maker.machine)).toMatchObject([{ through: 2 }]);
  });

  test('said again after the spare has sent: its store is lost, and a lost store is taken over with a code of its own', async () => {
    const first = handIn();
    await lost.intake([first]);
    const code = await replaced();
    const spare = newSpare();
    const backup = backupAt(headOf(first));
    expect(await takeOver(spare, code, backup)).toMatchObject({ ok: true });
    const terminal = await speak(spare);
    const lease = await terminal.lease(10, 'spare-request');
    expect(kindsOf(await terminal.intake([spareHandIn(spare, headOf(first), leasedNumber(lease, lease.first))]))).toEqual(['stored']);
    for (const again of [backup, null]) expect(await takeOver(spare, code, again)).toEqual({ ok: false, error: { kind: 'already-enrolled' } });
  });

  test('a key that was taken from a machine never speaks for it again, though its data folder was not moved away', async () => {
    const first = handIn();
    await lost.intake([first]);
    const code = await replaced();
    const left: Spare = { signing: lost.maker, reader: generateWrappingKey() };
    expect(await takeOver(left, code, backupAt(headOf(first)))).toEqual({ ok: false, error: { kind: 'already-enrolled' } });
    expect((await request(served.hall.url, 'POST', '/api/v1/challenges', { machine: lost.maker.machine })).status).toBe(403);
    expect(await takeOver(newSpare(), code, backupAt(headOf(first)))).toMatchObject({ ok: true });
  });

  test('another machine\'s backup, another past, an altered header and another hall\'s key change nothing', async () => {
    const first = handIn();
    await lost.intake([first, handIn()]);
    const code = await replaced();
    const spare = newSpare();
    const good = backupAt(headOf(first));
    const otherHall = wrapKey(generateWrappingKey().publicKey, backupContext(good), key);
    for (const [backup, kind] of [
      [backupAt({ sequence: 1, hash: CHAIN_START.hash }), 'other-chain'],
      [{ ...good, machine: MachineId.parse('T330624-0999') }, 'other-chain'],
      [{ ...good, head: { ...good.head, sequence: 9 } }, 'backup-unreadable'],
      [{ ...good, key: otherHall }, 'backup-unreadable'],
    ] as const) expect(await takeOver(spare, code, backup)).toEqual({ ok: false, error: { kind } });
    expect(await takeOver(spare, code, good)).toMatchObject({ ok: true });
  });

  test('a machine that was never enrolled, or is retired, has no spare', async () => {
    expect(await replaceMachine(served.hall.hall.ground, MachineId.parse('T330624-0998'))).toEqual({ ok: false, error: { kind: 'not-enrolled' } });
    expect(await replaceMachine(served.hall.hall.ground, served.hall.hall.ground.hall)).toEqual({ ok: false, error: { kind: 'not-enrolled' } });
    const code = await replaced();
    await retireMachine(served.hall.hall.ground, lost.maker.machine);
    expect(await replaceMachine(served.hall.hall.ground, lost.maker.machine)).toEqual({ ok: false, error: { kind: 'retired' } });
    expect((await request(served.hall.url, 'POST', '/api/v1/takeovers', { machine: lost.maker.machine, publicKey: generateSigningKey().publicKey, code, backup: null, reader: generateWrappingKey().publicKey })).status).toBe(403);
  });
});
