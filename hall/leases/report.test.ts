import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseId } from '../../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, sealedHandIn, signInAt, startHall, type TestHall, type TestTerminal, uploadBlob } from '../../test/fixtures/hall.ts';
import { MachineId } from '../../domain/ids.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import type { HallDatabase } from '../db/database.ts';
import { retireMachine } from '../identity/machines.ts';
import { replaceMachine } from '../identity/takeover.ts';
import { numbersCsv, reportNumbers } from './report.ts';

describe('the report of numbers', () => {
  let db: HallDatabase;
  let hall: TestHall;
  let first: TestTerminal;
  let second: TestTerminal;

  beforeAll(async () => {
    db = await openTestDatabase({ kind: 'pglite', folder: null });
    hall = await startHall(db);
    first = await enrolTerminal(hall, 'T330624-0001');
    second = await enrolTerminal(hall, 'T330624-0002');
  }, 60_000);
  afterAll(async () => {
    await hall.close();
    await db.close();
  });

  const text = (serial: number) => `3306242026${String(serial).padStart(8, '0')}`;
  async function report() {
    const accounts = await reportNumbers(hall.hall.ground);
    for (const { granted, used, open, gaps, ranges } of accounts) {
      expect(used + open + gaps).toBe(granted);
      expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(granted);
    }
    return accounts;
  }
  const cases = async () => (await report()).find(({ kind }) => kind === 'case-number');
  const run = (machine: string, state: string, from: number, to: number, reason: string | null = null) => ({ machine, state, reason, first: text(from), last: text(to), count: to - from + 1 });

  test('knows blocks that nobody has used yet, of both kinds', async () => {
    await first.call('POST', '/leases', { kind: 'ticket-number', want: 20, request: 'tickets-of-0001' });
    expect(await report()).toEqual([
      { kind: 'case-number', year: '2026', granted: 100, used: 0, open: 100, gaps: 0, ranges: [run('T330624-0001', 'open', 1, 50), run('T330624-0002', 'open', 51, 100)] },
      { kind: 'ticket-number', year: '2026', granted: 20, used: 0, open: 20, gaps: 0, ranges: [run('T330624-0001', 'open', 1, 20)] },
    ]);
  });

  test('follows a number to its case, to quarantine, and past one that was skipped', async () => {
    const handIn = (serial: number, number: number, code = ELDER_CARD) => first.maker.make(elderCardHandIn(text(number)), { case: caseId(serial), code });
    await first.intake([handIn(1, 1), handIn(2, 2), handIn(3, 4), handIn(4, 5, '1133062400260000XR4009999999999')]);
    expect(await cases()).toMatchObject({ granted: 100, used: 3, open: 95, gaps: 2, ranges: [
      run('T330624-0001', 'used', 1, 2), run('T330624-0001', 'gap', 3, 3, 'skipped'), run('T330624-0001', 'used', 4, 4), run('T330624-0001', 'gap', 5, 5, 'kept-aside'), run('T330624-0001', 'open', 6, 50), run('T330624-0002', 'open', 51, 100),
    ] });
  });

  test('a provisional number gets an official one at acceptance; both find the case, and the official one is the hall\'s own', async () => {
    const id = caseId(5);
    const value = provisionalNumber(first.maker.machine, first.maker.head().sequence + 1);
    const { payload, sealed } = sealedHandIn(hall, id, value);
    expect(await first.intake([first.maker.make({ ...payload, number: { value, provisional: true } }, { case: id, code: ELDER_CARD })])).toMatchObject([{ kind: 'stored' }]);
    expect(await cases()).toMatchObject({ granted: 100, used: 3 });
    for (const [hash, bytes] of sealed) await uploadBlob(hall.url, first.token, { case: id, hash }, bytes);
    const wang = await signInAt(hall, 'wang', 'clerk');
    expect((await wang.call('POST', `/cases/${id}/accept`, { lacking: [] })).body).toMatchObject({ ok: true });
    const found = async (query: string) => (await wang.call('POST', '/inbox', { stage: 'all', query, after: '', limit: 5 })).body.rows.map((row: { id: string; number: string }) => [row.id, row.number]);
    expect([await found(value), await found(text(101))]).toEqual([[[id, text(101)]], [[id, text(101)]]]);
    expect(await cases()).toMatchObject({ granted: 101, used: 4, ranges: expect.arrayContaining([run('H330624', 'used', 101, 101)]) });
  });

  test('a machine that is lost leaves a gap, and its numbers are never given again', async () => {
    await second.intake([second.maker.make(elderCardHandIn(text(51)), { case: caseId(6), code: ELDER_CARD })]);
    expect(await retireMachine(hall.hall.ground, MachineId.parse('T330624-0002'))).toBe(true);
    const next = await first.lease(10, 'after-the-loss');
    expect([next.first, next.last]).toEqual([102, 111]);
    const account = await cases();
    expect(account).toMatchObject({ granted: 111, used: 5, gaps: 2 + 49, open: 45 + 10 });
    expect(account?.ranges).toContainEqual(run('T330624-0002', 'gap', 52, 100, 'machine-retired'));
  });

  test('a machine that a spare replaces leaves its old block a gap and gets a new one', async () => {
    const third = await enrolTerminal(hall, 'T330624-0003');
    await third.intake([third.maker.make(elderCardHandIn(text(112)), { case: caseId(7), code: ELDER_CARD })]);
    expect((await replaceMachine(hall.hall.ground, third.maker.machine)).ok).toBe(true);
    expect((await cases())?.ranges).toEqual(expect.arrayContaining([run('T330624-0003', 'used', 112, 112), run('T330624-0003', 'gap', 113, 161, 'machine-replaced')]));
  });

  test('goes out as CSV whose counts add up, and to administrators and auditors only', async () => {
    const lines = numbersCsv('330624', await report()).split('\r\n');
    expect(lines[0]).toBe('division,year,kind,machine,state,reason,first,last,count');
    expect(lines).toContain(`330624,2026,case-number,T330624-0002,gap,machine-retired,${text(52)},${text(100)},49`);
    expect(lines.filter((line) => line.includes(',case-number,')).reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(161);
    const answers = await Promise.all((['auditor', 'administrator', 'clerk', 'caretaker', 'supervisor'] as const).map(async (role) => (await (await signInAt(hall, `a-${role}`, role)).call('GET', '/numbers')).status));
    expect(answers).toEqual([200, 200, 403, 403, 403]);
  });
});
