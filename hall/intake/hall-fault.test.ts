import { describe, expect, test } from 'vitest';
import type { FeedEntry, IntakeOutcome } from '../../domain/contracts/hall.ts';
import type { CaseId } from '../../domain/ids.ts';
import { ELDER_CARD, PGLITE, POSTGRES, signInAt, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';

const words = (outcomes: readonly IntakeOutcome[]) => outcomes.map((outcome) => (outcome.kind === 'quarantined' ? `${outcome.reason}${outcome.held ? ', held' : ''}` : outcome.kind));

describe.each([PGLITE, POSTGRES])('an entry that the hall\'s own program fails on, on $name', (databases) => {
  const served = hallOfSuite(databases);
  const withdraw = (terminal: TestTerminal, id: CaseId) => terminal.maker.make({ kind: 'withdrawn', reason: '不办了' }, { code: ELDER_CARD, case: id });
  const stateOf = async (id: CaseId) => (await served.db.read.selectFrom('case_view').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
  const setState = (id: CaseId, state: string) => served.db.write((write) => write.updateTable('case_view').set({ state }).where('id', '=', id).execute());
  /** A case whose row no program can read: everything said of it throws. */
  const poisoned = async (terminal: TestTerminal) => {
    const action = served.handIn(terminal);
    expect(words(await terminal.intake([action]))).toEqual(['stored']);
    const state = await stateOf(action.case);
    await setState(action.case, '{');
    return { id: action.case, heal: () => setState(action.case, state) };
  };
  const rows = (terminal: TestTerminal) => served.db.read.selectFrom('action').select(['sequence', 'quarantine_reason', 'case_position']).where('machine', '=', terminal.maker.machine).orderBy('sequence').execute();


  test('gets its place in the chain, is set aside, and holds up nobody but its own case', async () => {
    const terminal = await served.freshTerminal();
    const sick = await poisoned(terminal);
    const batch = [served.handIn(terminal), withdraw(terminal, sick.id), served.handIn(terminal)];
    expect(words(await terminal.intake(batch))).toEqual(['stored', 'hall-fault, held', 'stored']);
    expect(words(await terminal.intake(batch))).toEqual(['duplicate', 'hall-fault, held', 'duplicate']);
    expect(await rows(terminal)).toMatchObject([{ sequence: 1 }, { sequence: 2 }, { sequence: 3, quarantine_reason: 'hall-fault', case_position: null }, { sequence: 4 }]);
    expect(served.hall.logged.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ event: 'failed', where: 'intake', cause: 'SyntaxError' }));
    await sick.heal();
  });

  test('is judged again by county IT, with all of its case behind it and in its order, and the terminal is told', async () => {
    const terminal = await served.freshTerminal();
    const sick = await poisoned(terminal);
    const first = withdraw(terminal, sick.id);
    expect(words(await terminal.intake([first]))).toEqual(['hall-fault, held']);
    await sick.heal();
    // The hall could read the case again, but the earlier action is still aside: the order inside a case is kept.
    const second = terminal.maker.make({ kind: 'rated', level: 4, tags: [], words: '' }, { code: ELDER_CARD, case: sick.id });
    expect(words(await terminal.intake([second, served.handIn(terminal)]))).toEqual(['hall-fault, held', 'stored']);
    const it = await signInAt(served.hall, 'it-office', 'administrator');
    const listed = (await it.call('GET', '/quarantine')).body.filter(({ action }: { action: string }) => action === first.id || action === second.id);
    expect(listed).toMatchObject([{ reason: 'hall-fault', held: true }, { reason: 'hall-fault', held: true }]);
    const entry = listed.find(({ action }: { action: string }) => action === first.id).id;
    const auditor = await signInAt(served.hall, 'auditor', 'auditor');
    expect((await auditor.call('POST', `/quarantine/${entry}/judgement`, {})).status).toBe(403);
    const { checkpoint } = (await terminal.call('GET', '/feed?after=0&limit=100&protocol=2')).body;
    served.hall.clock.advance(60_000);
    // A withdrawn case is not rated: the second is judged by what the first made of the case.
    expect((await it.call('POST', `/quarantine/${entry}/judgement`, {})).body).toEqual({ ok: true, value: { applied: 1, aside: 1 } });
    expect((await it.call('POST', `/quarantine/${entry}/judgement`, {})).body).toEqual({ ok: false, error: { kind: 'unknown-entry' } });
    expect(await rows(terminal)).toMatchObject([{ case_position: 1 }, { quarantine_reason: null, case_position: 2 }, { quarantine_reason: 'illegal-transition', case_position: null }, { case_position: 1 }]);
    const fed: FeedEntry[] = (await terminal.call('GET', `/feed?after=${checkpoint}&limit=100&protocol=2`)).body.entries;
    const [told] = fed;
    expect(fed).toMatchObject([{ kind: 'acknowledgement', case: sick.id, acknowledgement: { action: first.id, receivedAt: '2026-11-23T01:30:00.000Z' } }]);
    // What the feed says is what an answer to the same action says now.
    expect(await terminal.intake([first])).toEqual([{ kind: 'duplicate', acknowledgement: told?.kind === 'acknowledgement' ? told.acknowledgement : null }]);
    // A terminal of the first protocol has no word for it and goes on behind it.
    expect((await terminal.call('GET', `/feed?after=${checkpoint}&limit=100`)).body).toMatchObject({ entries: [], checkpoint: checkpoint + 1 });
    served.hall.clock.advance(-60_000);
  });

  test('that begins its case is applied later with all that followed; one that nobody vouches for cannot be judged', async () => {
    const terminal = await served.freshTerminal();
    const item = await served.db.read.selectFrom('item').selectAll().where('code', '=', ELDER_CARD).executeTakeFirstOrThrow();
    const setItem = (body: string) => served.db.write((write) => write.updateTable('item').set({ body }).where('code', '=', ELDER_CARD).where('version', '=', item.version).execute());
    await setItem('{');
    const action = served.handIn(terminal);
    expect(words(await terminal.intake([action]))).toEqual(['hall-fault, held']);
    expect(words(await terminal.intake([withdraw(terminal, action.case), { rubbish: true }]))).toEqual(['hall-fault, held', 'malformed']);
    // Four at once are no poison but a sick hall: it takes none, and the terminal keeps them.
    const more = Array.from({ length: 4 }, () => served.handIn(terminal));
    expect((await terminal.call('POST', '/intake', { protocol: 2, actions: more })).status).toBe(500);
    await setItem(item.body);
    expect(words(await terminal.intake(more))).toEqual(['stored', 'stored', 'stored', 'stored']);
    const it = await signInAt(served.hall, 'it-office', 'administrator');
    const listed = (await it.call('GET', '/quarantine')).body.filter(({ machine }: { machine: string }) => machine === terminal.maker.machine);
    const judge = async (found: { id: number }) => (await it.call('POST', `/quarantine/${found.id}/judgement`, {})).body;
    expect(await judge(listed.find(({ reason }: { reason: string }) => reason === 'malformed'))).toEqual({ ok: false, error: { kind: 'not-held' } });
    // By whichever of its entries the case is taken up.
    expect(await judge(listed.findLast(({ action: id }: { action: string }) => id !== null))).toEqual({ ok: true, value: { applied: 2, aside: 0 } });
    expect((await rows(terminal)).slice(0, 2)).toMatchObject([{ quarantine_reason: null, case_position: 1 }, { quarantine_reason: null, case_position: 2 }]);
  });
});
