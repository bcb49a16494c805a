import { describe, expect, test } from 'vitest';
import { createSigner, digest, sha256, verifier } from '../../crypto/node.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { acknowledgementText, signedText } from '../../domain/action/acknowledgement.ts';
import type { Action } from '../../domain/action/types.ts';
import { type CaseId, MachineId } from '../../domain/ids.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { createMaker } from '../../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, kindsOf, PGLITE, POSTGRES, saidOf, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';


describe.each([PGLITE, POSTGRES])('what becomes of a batch, on $name', (databases) => {
  const served = hallOfSuite(databases);
  const withdraw = (terminal: TestTerminal, id: CaseId) => terminal.maker.make({ kind: 'withdrawn', reason: '不办了' }, { code: ELDER_CARD, case: id });
  const stored = (terminal: TestTerminal) => served.db.read.selectFrom('action').select(['sequence', 'kind', 'quarantine_reason']).where('machine', '=', terminal.maker.machine).orderBy('sequence').execute();


  test('stores a hand-in and acknowledges it under its key', async () => {
    const terminal = await served.freshTerminal();
    const action = served.handIn(terminal);
    const [outcome] = await terminal.intake([action]);
    if (outcome?.kind !== 'stored') throw new Error(JSON.stringify(outcome));
    const { acknowledgement } = outcome;
    expect(acknowledgement).toMatchObject({ action: action.id, hash: action.hash, hall: 'H330624' });
    expect(verifier.verify(served.hall.keys.signing.publicKey, sha256(signedText(acknowledgement, digest) ?? ''), acknowledgement.signature)).toBe(true);
    const [again] = await terminal.intake([action]);
    if (again?.kind !== 'duplicate') throw new Error(JSON.stringify(again));
    expect(verifier.verify(served.hall.keys.signing.publicKey, sha256(acknowledgementText(again.acknowledgement)), again.acknowledgement.signature)).toBe(true);
  });

  test('an old batch sent again changes nothing and is answered as of its first arrival', async () => {
    const terminal = await served.freshTerminal();
    const first = served.handIn(terminal);
    const batch = [first, withdraw(terminal, first.case), served.handIn(terminal)];
    const answered = await terminal.intake(batch);
    expect(kindsOf(answered)).toEqual(['stored', 'stored', 'stored']);
    served.hall.clock.advance(60_000);
    const again = await terminal.intake([...batch, served.handIn(terminal)]);
    expect(kindsOf(again)).toEqual(['duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(saidOf(again).slice(0, 3)).toEqual(saidOf(answered));
    expect(await stored(terminal)).toHaveLength(4);
  });

  test('the same action twice in one batch is one action', async () => {
    const terminal = await served.freshTerminal();
    const action = served.handIn(terminal);
    const [one, two] = await terminal.intake([action, action]);
    expect(kindsOf([one!, two!])).toEqual(['stored', 'duplicate']);
    expect(saidOf([two!])).toEqual(saidOf([one!]));
  });

  test('a changed action, a forged signature and a stranger\'s action are kept aside', async () => {
    const terminal = await served.freshTerminal();
    const [changed, forged] = [structuredClone(served.handIn(terminal)) as Action, structuredClone(withdraw(terminal, served.freshCase())) as Action];
    Object.assign(changed.payload, { phone: '13911111111' });
    const { hash: _hash, signature: _signature, ...body } = forged;
    Object.assign(body.payload, { reason: '改过' });
    const hash = sha256(canonicalJson(body));
    const otherKey = createSigner(terminal.maker.machine, createMaker('T330624-0001').privateKey);
    const stranger = createMaker('T330624-0777').make(elderCardHandIn('330624202600000999'), { code: ELDER_CARD, case: served.freshCase() });
    expect(kindsOf(await terminal.intake([changed, { ...body, hash, signature: otherKey.sign(hash) }, stranger]))).toEqual(['bad-hash', 'bad-signature', 'wrong-machine']);
    expect(await stored(terminal)).toEqual([]);
  });

  test('a missing action is asked for, and after it everything fits on', async () => {
    const terminal = await served.freshTerminal();
    const [one, two, three] = [served.handIn(terminal), served.handIn(terminal), served.handIn(terminal)];
    expect(kindsOf(await terminal.intake([one, three]))).toEqual(['stored', 'chain-gap']);
    expect(kindsOf(await terminal.intake([two, three]))).toEqual(['stored', 'stored']);
    const rows = await served.db.read.selectFrom('quarantine').selectAll().where('machine', '=', terminal.maker.machine).execute();
    expect(rows).toMatchObject([{ reason: 'chain-gap', action_id: three.id, resolved_at: expect.any(String) }]);
  });

  test('a second past is a fork: the same place, or the same id, with other content', async () => {
    const terminal = await served.freshTerminal();
    const before = served.handIn(terminal);
    await terminal.intake([before, served.handIn(terminal)]);
    // The same machine started again from a copy of its disk.
    const copy = { ...createMaker(terminal.maker.machine), publicKey: terminal.maker.publicKey };
    const signer = createSigner(terminal.maker.machine, terminal.maker.privateKey);
    const rewrite = (action: Action, change: Partial<Action>) => {
      const { hash: _hash, signature: _signature, ...body } = { ...structuredClone(action), ...change };
      const hash = sha256(canonicalJson(body));
      return { ...body, hash, signature: signer.sign(hash) };
    };
    const otherPlace = copy.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: served.freshCase() });
    const hung = rewrite(otherPlace, { sequence: 3, previous: before.hash });
    expect(kindsOf(await terminal.intake([rewrite(otherPlace, {}), rewrite(before, { actor: { kind: 'machine' } }), hung]))).toEqual(['chain-fork', 'chain-fork', 'chain-fork']);
    expect(await stored(terminal)).toHaveLength(2);
  });

  test('rubbish is answered for itself and never blocks the next entry', async () => {
    const terminal = await served.freshTerminal();
    const [one, two] = [served.handIn(terminal), served.handIn(terminal)];
    const surrogate = { ...structuredClone(one), reason: '\ud800' };
    const body = `{"protocol":1,"actions":[${[JSON.stringify(one), 'null', '42', '"x"', '{}', '['.repeat(200_000) + ']'.repeat(200_000), JSON.stringify(surrogate), '{"__proto__":{"a":1}}', JSON.stringify(two)].join(',')}]}`;
    const { status, body: answer } = await terminal.call('POST', '/intake', body);
    expect(status).toBe(200);
    expect(kindsOf(answer.outcomes)).toEqual(['stored', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'malformed', 'stored']);
  });

  test('what is signed but cannot be applied is stored, marked, and the chain goes on', async () => {
    const terminal = await served.freshTerminal();
    const other = await served.freshTerminal();
    const theirs = served.handIn(other);
    await other.intake([theirs]);
    const taken = served.handIn(terminal);
    const make = (payload: Parameters<typeof terminal.maker.make>[0], options: Parameters<typeof terminal.maker.make>[1]) => terminal.maker.make(payload, { code: ELDER_CARD, ...options });
    const batch = [
      taken,
      make(elderCardHandIn(terminal.nextNumber()), { code: '11330624002600018R4332001001999', case: served.freshCase() }),
      make(elderCardHandIn('330624202699999999'), { case: served.freshCase() }),
      make(elderCardHandIn(taken.payload.kind === 'handed-in' ? taken.payload.number.value : ''), { case: served.freshCase() }),
      make(elderCardHandIn('随便写的'), { case: served.freshCase() }),
      make({ kind: 'withdrawn', reason: '' }, { case: served.freshCase() }),
      make({ kind: 'withdrawn', reason: '' }, { case: theirs.case }),
      make({ kind: 'accepted', number: '1', acceptedOn: '2026-11-23', promisedBy: '2026-11-24', statutoryBy: '2026-11-30', provisional: false }, { case: taken.case }),
      make(elderCardHandIn(terminal.nextNumber()), { case: taken.case }),
      make({ kind: 'withdrawn', reason: '' }, { case: taken.case }),
    ];
    const expected = ['stored', 'unknown-item', 'number-not-leased', 'number-not-leased', 'number-not-leased', 'illegal-transition', 'wrong-machine', 'illegal-transition', 'illegal-transition', 'stored'];
    expect(kindsOf(await terminal.intake(batch))).toEqual(expected);
    expect((await stored(terminal)).map((row) => row.quarantine_reason ?? 'stored')).toEqual(expected);
    expect(kindsOf(await terminal.intake(batch))).toEqual(expected.map((kind) => (kind === 'stored' ? 'duplicate' : kind)));
    expect((await served.db.read.selectFrom('quarantine').selectAll().where('machine', '=', terminal.maker.machine).execute()).map(({ times }) => times)).toEqual(Array(8).fill(1));
  });

  test('an action of a newer format keeps its place in the chain', async () => {
    const terminal = await served.freshTerminal();
    const { machine, privateKey } = terminal.maker;
    const signer = createSigner(machine, privateKey);
    const future = { format: 2, id: served.handIn(terminal).id, machine, sequence: 1, previous: '0'.repeat(64), hologram: true };
    const hash = sha256(canonicalJson(future));
    const second = served.handIn(terminal);
    const { hash: _hash, signature: _signature, ...body } = { ...second, previous: hash };
    const rehung = sha256(canonicalJson(body));
    expect(kindsOf(await terminal.intake([{ ...future, hash, signature: signer.sign(hash) }, { ...body, hash: rehung, signature: signer.sign(rehung) }]))).toEqual(['malformed', 'stored']);
  });

  test('a provisional number is taken from the machine that made it', async () => {
    const terminal = await served.freshTerminal();
    const { machine } = terminal.maker;
    const provisional = (value: string) => terminal.maker.make(elderCardHandIn('', { number: { value, provisional: true } }), { code: ELDER_CARD, case: served.freshCase() });
    const batch = [provisional(provisionalNumber(machine, 1)), provisional(provisionalNumber(MachineId.parse('T330624-9998'), 2)), provisional(provisionalNumber(machine, 1))];
    expect(kindsOf(await terminal.intake(batch))).toEqual(['stored', 'number-not-leased', 'number-not-leased']);
  });

  test('letters that PostgreSQL cannot hold as text do not stop a case', async () => {
    const terminal = await served.freshTerminal();
    const { applicant } = elderCardHandIn('1');
    const odd = terminal.maker.make(elderCardHandIn(terminal.nextNumber(), { applicant: { ...applicant, name: '张\u0000测试' } }), { code: ELDER_CARD, case: served.freshCase() });
    expect(kindsOf(await terminal.intake([odd]))).toEqual(['stored']);
    // The log keeps what was signed; only the list's column goes without the letter.
    const row = await served.db.read.selectFrom('action').select('body').where('id', '=', odd.id).executeTakeFirstOrThrow();
    expect(JSON.parse(row.body)).toEqual(odd);
  });

  test('two requests of one machine at once store each action once', async () => {
    const terminal = await served.freshTerminal();
    const batch = Array.from({ length: 10 }, () => served.handIn(terminal));
    const answers = await Promise.all([1, 2, 3, 4].map(() => terminal.intake(batch)));
    const firsts = answers.flatMap(kindsOf).filter((kind) => kind === 'stored');
    expect(firsts).toHaveLength(10);
    expect(answers.flatMap(kindsOf).filter((kind) => kind === 'duplicate')).toHaveLength(30);
    expect(new Set(answers.map((outcomes) => JSON.stringify(saidOf(outcomes))))).toHaveProperty('size', 1);
  });

  test('a batch that overtook the one before it on the way is taken behind it, and nothing is kept aside', async () => {
    served.hall.clock.advance(60_000);
    const terminal = await served.freshTerminal();
    const actions = Array.from({ length: 9 }, () => served.handIn(terminal));
    const send = (from: number, after: number) => terminal.call('POST', '/intake', { protocol: 2, after, actions: actions.slice(from, from + 3) });
    const early = [send(6, 6), send(3, 3)];
    const answers = [await send(0, 0), ...await Promise.all(early)];
    expect(answers.map(({ status, body }) => [status, kindsOf(body.outcomes)])).toEqual([1, 2, 3].map(() => [200, ['stored', 'stored', 'stored']]));
    expect(await stored(terminal)).toHaveLength(9);
    expect(await served.db.read.selectFrom('quarantine').select('id').where('machine', '=', terminal.maker.machine).execute()).toEqual([]);
  });
});
