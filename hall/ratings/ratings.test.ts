import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../domain/contracts/staff.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { ELDER_CARD, packItem, PGLITE, sealedHandIn, signInAt, type TestConsole, type TestTerminal, uploadBlob } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { listDuties } from './duties.ts';
import { keepRatings } from './keep.ts';
import { sweepRatings } from './sweep.ts';

const DAY = 86_400_000;

describe('ratings', () => {
  const served = hallOfSuite(PGLITE);
  let terminal: TestTerminal;
  const at: Record<string, TestConsole> = {};

  beforeAll(async () => {
    terminal = await served.freshTerminal();
    for (const [account, role] of [['wang', 'clerk'], ['zhou', 'clerk'], ['sun', 'supervisor'], ['qian', 'supervisor']] satisfies [string, Role][]) at[account] = await signInAt(served.hall, account, role);
  }, 180_000);

  const call = async (who: string, method: string, path: string, body?: unknown) => (await at[who]?.call(method, path, body))?.body;
  /** A case that Wang has accepted and finished. */
  async function finished() {
    const id = served.freshCase();
    const number = terminal.nextNumber();
    const { payload, sealed } = sealedHandIn(served.hall, id, number);
    await terminal.intake([terminal.maker.make(payload, { code: ELDER_CARD, case: id })]);
    for (const [hash, bytes] of sealed) await uploadBlob(served.hall.url, terminal.token, { case: id, hash }, bytes, 1);
    expect((await call('wang', 'POST', `/cases/${id}/accept`, { lacking: [] })).ok).toBe(true);
    expect((await call('wang', 'POST', `/cases/${id}/finish`, { granted: true, words: '' })).ok).toBe(true);
    return { id, number };
  }
  async function rated(level: number, tags: string[] = [], words = '') {
    const made = await finished();
    const action = terminal.maker.make({ kind: 'rated', level, tags, words }, { code: ELDER_CARD, case: made.id });
    const [outcome] = await terminal.intake([action]);
    expect(outcome?.kind).toBe('stored');
    return { ...made, action };
  }
  const act = (who: string, id: string, deed: string, input: object = {}) => call(who, 'POST', `/ratings/duties/${id}/${deed}`, { ...input });
  const rowsOf = (table: 'rating' | 'rating_duty') => served.db.read.selectFrom(table).select('case_id').execute();

  test('a poor rating from a terminal opens one duty, a good one none, and neither is kept twice', async () => {
    const poor = await rated(1, ['115'], '等了一上午');
    const good = await rated(5, ['517']);
    await served.db.write((write) => keepRatings(served.hall.hall.ground, write, [poor.action, good.action]));
    expect((await rowsOf('rating_duty')).map(({ case_id: id }) => id)).toEqual([poor.id]);
    expect(await rowsOf('rating')).toHaveLength(2);
    expect(await call('sun', 'GET', '/ratings/duties?show=open')).toMatchObject({
      rows: [{ id: poor.id, number: poor.number, level: 1, tags: ['115'], stage: 'alert', due: '2026-11-30', daysLeft: 5, clerk: 'wang', site: 'T330624-0001', itemName: packItem('elder-card').name }],
      counts: { open: 1, overdue: 0, appealed: 0, closed: 0 },
    });
    const opened = await call('sun', 'GET', `/ratings/duties/${poor.id}`);
    expect(opened.value).toMatchObject({ words: '等了一上午', person: '张测试', phone: '13800000000', handlers: ['wang'], calledBack: false, events: [{ kind: 'opened' }] });
    const reads = await served.db.read.selectFrom('read_audit').select('cases').where('account', '=', 'sun').execute();
    expect(reads.at(-1)).toEqual({ cases: JSON.stringify([poor.id]) });

    // Who handled the case does not call the citizen; a colleague does, and what was said is sealed.
    expect(await act('wang', poor.id, 'call', { way: 'phone', reached: true, said: '没事了' })).toEqual({ ok: false, error: { kind: 'own-case' } });
    expect(await act('wang', poor.id, 'answer', { how: 'put-right', words: '已整改' })).toEqual({ ok: false, error: { kind: 'not-verified' } });
    expect(await act('zhou', poor.id, 'call', { way: 'phone', reached: true, said: '窗口没人' })).toEqual({ ok: true, value: { stage: 'called-back' } });
    expect(await act('wang', poor.id, 'answer', { how: 'put-right', words: '午间增设一人' })).toMatchObject({ ok: true });
    expect(await act('sun', poor.id, 'closure')).toEqual({ ok: true, value: { stage: 'closed' } });
    const stored = JSON.stringify(await served.db.read.selectFrom('rating_duty_event').selectAll().execute()) + JSON.stringify(await served.db.read.selectFrom('deed').selectAll().execute());
    expect(stored).toContain('ratings.called');
    expect(stored).not.toMatch(/窗口没人|午间增设|13800000000/);
  });

  test('an appeal that is upheld takes a rating out of the figures and leaves it to be seen', async () => {
    const { id } = await rated(2, ['214']);
    const before = await call('sun', 'GET', '/ratings/figures?by=clerk&from=2026-11-01&to=2026-11-30');
    expect(before.total).toMatchObject({ counted: 3, poor: 2, stars: null });
    expect(await act('wang', id, 'appeal', { reason: 'mistaken', words: '点错了' })).toMatchObject({ ok: true });
    expect((await at['zhou']?.call('POST', `/ratings/duties/${id}/judgement`, { upheld: true, words: 'x' }))?.status).toBe(403);
    expect(await act('qian', id, 'judgement', { upheld: true, words: '录音为证' })).toEqual({ ok: true, value: { stage: 'judged' } });
    expect(await act('qian', id, 'closure')).toEqual({ ok: false, error: { kind: 'not-verified' } });
    await act('zhou', id, 'call', { way: 'phone', reached: true, said: '确实点错' });
    expect(await act('qian', id, 'closure')).toMatchObject({ ok: true });
    const after = await call('sun', 'GET', '/ratings/figures?by=clerk&from=2026-11-01&to=2026-11-30');
    expect(after.groups).toMatchObject([{ key: 'wang', counted: 2, poor: 1, counts: { excluded: 1 }, satisfied: 0.5 }]);
    expect((await call('sun', 'GET', '/ratings/duties?show=closed')).rows).toContainEqual(expect.objectContaining({ id, excluded: true }));
    for (const by of ['item', 'site', 'month']) expect((await call('sun', 'GET', `/ratings/figures?by=${by}&from=2026-11-01&to=2026-11-30`)).total.counted).toBe(2);
    expect((await call('sun', 'GET', '/ratings/figures?by=item&from=2026-12-01&to=2026-12-31')).total.satisfied).toBe(null);
  });

  test('a rating on paper carries the paper, comes from somebody else, and is one like any other', async () => {
    const { id, number } = await finished();
    const paper = { number, channel: 'paper', paper: 'P-0007', level: 2, tags: ['214'], words: '态度不好' };
    expect(await call('wang', 'POST', '/ratings/registered', paper)).toEqual({ ok: false, error: { kind: 'own-case' } });
    expect(await call('zhou', 'POST', '/ratings/registered', { ...paper, paper: '' })).toEqual({ ok: false, error: { kind: 'paper-missing' } });
    expect(await call('zhou', 'POST', '/ratings/registered', { ...paper, tags: ['517'] })).toEqual({ ok: false, error: { kind: 'foreign-tag' } });
    expect(await call('zhou', 'POST', '/ratings/registered', { ...paper, number: '330624209900000001' })).toEqual({ ok: false, error: { kind: 'unknown-case' } });
    expect(await call('zhou', 'POST', '/ratings/registered', paper)).toEqual({ ok: true, value: { id } });
    expect(await call('zhou', 'POST', '/ratings/registered', paper)).toEqual({ ok: false, error: { kind: 'rated-already' } });
    const other = await finished();
    expect(await call('zhou', 'POST', '/ratings/registered', { ...paper, number: other.number })).toEqual({ ok: false, error: { kind: 'paper-used' } });
    expect((await call('zhou', 'GET', `/ratings/duties/${id}`)).value).toMatchObject({ channel: 'paper', paper: 'P-0007', words: '态度不好', handlers: ['wang'] });
    // The citizen's own, which comes later from the machine, finds that there is one.
    const [late] = await terminal.intake([terminal.maker.make({ kind: 'rated', level: 5, tags: [], words: '' }, { code: ELDER_CARD, case: id })]);
    expect(late).toMatchObject({ kind: 'quarantined', reason: 'illegal-transition' });
    // 追评: once, and it changes no figure.
    expect(await call('zhou', 'POST', '/ratings/follow-ups', { number: other.number, paper: '', level: 4, words: '' })).toEqual({ ok: false, error: { kind: 'not-rated' } });
    expect(await call('zhou', 'POST', '/ratings/follow-ups', { number, paper: 'P-0009', level: 4, words: '后来好了' })).toMatchObject({ ok: true });
    expect(await call('zhou', 'POST', '/ratings/follow-ups', { number, paper: '', level: 1, words: '' })).toEqual({ ok: false, error: { kind: 'followed-already' } });
    expect((await call('zhou', 'GET', `/ratings/duties/${id}`)).value).toMatchObject({ row: { level: 2 }, followUp: { level: 4, words: '后来好了' } });
  });

  test('a limit is the county\'s own; what goes over it is told once', async () => {
    expect((await at['zhou']?.call('PUT', '/settings/rating.correct', { value: 15 }))?.status).toBe(403);
    expect(await call('sun', 'PUT', '/settings/rating.correct', { value: 99 })).toEqual({ ok: false, error: { kind: 'out-of-range' } });
    expect(await call('sun', 'PUT', '/settings/rating.correct', { value: 15 })).toMatchObject({ ok: true });
    const { id } = await rated(1);
    expect((await call('sun', 'GET', `/ratings/duties/${id}`)).value.row.due).toBe('2026-12-14');
    await sweepRatings(served.hall.hall.ground);
    served.hall.clock.advance(22 * DAY);
    expect(await sweepRatings(served.hall.hall.ground)).toBe(2);
    expect(await sweepRatings(served.hall.hall.ground)).toBe(0);
    at['sun'] = await signInAt(served.hall, 'sun', 'supervisor');
    expect((await call('sun', 'GET', '/ratings/duties?show=overdue')).rows).toContainEqual(expect.objectContaining({ id, overdue: true, daysLeft: -1 }));
    expect(served.hall.logged.filter((line) => line.includes('rating-overdue'))).toHaveLength(2);
  });

  test('a scope narrows what is seen', async () => {
    const seen = async (scope: Partial<typeof COUNTY>) => (await listDuties(served.hall.hall.ground, { account: 'x', name: 'x', role: 'supervisor', scope: { ...COUNTY, ...scope } }, 'open')).rows.length;
    expect(await seen({})).toBe(2);
    expect(await seen({ departments: [packItem('elder-card').body.creditCode], items: [ELDER_CARD], sites: ['T330624-0001'] })).toBe(2);
    expect(await seen({ departments: ['000000000000000000'] })).toBe(0);
    expect(await seen({ sites: ['儒岙镇便民服务中心'] })).toBe(0);
  });
});
