import { beforeAll, describe, expect, test } from 'vitest';
import type { CaseState } from '../../domain/case/types.ts';
import { packItem, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { ECOLOGY, jointItem, LAND, WATER } from '../../test/fixtures/joint-item.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { handInAt, scannedPage, WATER_FORM } from '../../test/rigs/window.ts';
import { publishItems } from '../catalogue/publish.ts';
import { sweepCases } from './rounds.ts';

/** The scope of a department's staff. */
const of = (department: string) => ({ departments: [department], sites: null, items: null });
const DAY = 24 * 3_600_000;
const MATERIALS = ['third-party', 'location', 'meter'];

describe('the lifecycle of a case at the hall', () => {
  const served = hallOfSuite(PGLITE);
  const joint = jointItem();
  /** Who sits where today. */
  let desks: Record<'wang' | 'water' | 'land' | 'editor', TestConsole>;
  const signIn = async () => {
    desks = { wang: await signInAt(served.hall, 'wang', 'clerk'), water: await signInAt(served.hall, 'water', 'department', of(WATER)), land: await signInAt(served.hall, 'land', 'department', of(LAND)), editor: await signInAt(served.hall, 'editor', 'editor') };
  };

  beforeAll(async () => {
    await publishItems(served.hall.hall.ground, [joint]);
    await signIn();
  });

  const act = async (who: TestConsole, id: string, deed: string, input: object = {}) => {
    const { status, body } = await who.call('POST', `/cases/${id}/${deed}`, deed === 'accept' ? { lacking: [], ...input } : input);
    return status === 200 ? (body.ok === true ? body.value.stage : body.error.kind) : status;
  };
  const stateOf = async (id: string): Promise<CaseState> => JSON.parse((await served.db.read.selectFrom('case_view').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state);
  const rowOf = (id: string) => served.db.read.selectFrom('case_view').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const fresh = async (itemCode = joint.code) => (await handInAt(desks.wang, { itemCode, materials: MATERIALS })).id;
  const alone = () => fresh(packItem('water-permit').code);
  const days = async (count: number) => {
    served.hall.clock.advance(count * DAY);
    // Sessions end with the day.
    await signIn();
  };

  test('handed in at a window: the numbers, scans and form are checked, and the same sent twice is one case', async () => {
    const { id, body, sent } = await handInAt(desks.wang, { itemCode: joint.code, materials: MATERIALS });
    expect(body).toEqual({ ok: true, value: { id, number: expect.stringMatching(/^3306242026\d{8}$/) } });
    expect((await desks.wang.call('POST', '/window/cases', sent)).body).toEqual(body);
    const opened = (await desks.wang.call('GET', `/cases/${id}`)).body.value;
    expect(opened).toMatchObject({ row: { stage: 'handed-in', machine: 'H330624', missing: 0 }, applicant: { name: '张测试', card: 'typed', assurance: 'typed', birth: '1990-01-01' } });
    const wrong = async (change: Parameters<typeof handInAt>[1]) => (await handInAt(desks.wang, change)).body.error;
    expect(await wrong({ itemCode: joint.code, materials: MATERIALS, applicant: { ...sent.applicant, number: '330624199001010019' } })).toEqual({ kind: 'number' });
    expect(await wrong({ itemCode: joint.code, materials: MATERIALS, form: { ...WATER_FORM, amount: -1 } })).toEqual({ kind: 'form', errors: { amount: expect.any(String) } });
    expect(await wrong({ itemCode: joint.code, materials: ['no-such'] })).toEqual({ kind: 'unknown-material' });
    expect(await wrong({ itemCode: 'no-such', materials: [] })).toEqual({ kind: 'unknown-item' });
    expect((await desks.wang.call('POST', '/window/cases', { ...sent, id: '01M8CTHRMARXQYW1Z36C86F0R0' })).body.error).toEqual({ kind: 'unknown-scan' });
    expect((await desks.wang.send(`/scans/${id}`, scannedPage('late'), 'image/jpeg')).body).toEqual({ ok: false, error: { kind: 'another-desk' } });
    expect((await desks.wang.send('/scans/01M8CTHRMARXQYW1Z36C86F0R0', new TextEncoder().encode('<script>'), 'image/png')).body).toEqual({ ok: false, error: { kind: 'not-a-scan' } });
    expect((await desks.editor.send('/scans/01M8CTHRMARXQYW1Z36C86F0R0', scannedPage('x'), 'image/jpeg')).status).toBe(403);
  });

  test('entered late from paper: true time and entry time both stand, a paper is entered once, the list shows it', async () => {
    const late = { paper: 'YJ-0007', happenedAt: '2026-11-18T02:00:00.000Z', outage: '大厅停电' };
    const { id } = await handInAt(desks.wang, { itemCode: joint.code, materials: MATERIALS, late });
    // The five days to answer run from the paper: 18 November and five working days.
    expect(await rowOf(id)).toMatchObject({ handed_in_at: late.happenedAt, duty_by: '2026-11-25', late_paper: 'YJ-0007' });
    expect((await handInAt(desks.wang, { itemCode: joint.code, materials: MATERIALS, late })).body.error).toEqual({ kind: 'paper-entered' });
    expect((await handInAt(desks.wang, { itemCode: joint.code, materials: MATERIALS, late: { ...late, paper: 'YJ-0008', happenedAt: '2027-01-01T00:00:00.000Z' } })).body.error).toEqual({ kind: 'future' });
    expect((await desks.wang.call('GET', '/window/late?from=2026-11-01&to=2026-11-30')).body).toEqual([{ id, number: expect.any(String), itemName: joint.name, ...late, enteredAt: expect.any(String), enteredBy: 'wang', days: 3 }]);
  });

  test('parallel approval: pre-reviews, one merged correction, steps side by side, consent by silence, and the lead decides last', async () => {
    const id = await fresh();
    expect(await served.db.read.selectFrom('case_task').select(['step', 'kind', 'department']).where('case_id', '=', id).where('kind', '!=', 'later').orderBy('step').execute()).toEqual([{ step: 'ecology', kind: 'pre-review', department: ECOLOGY }, { step: 'land', kind: 'pre-review', department: LAND }]);
    // Land was not heard yet, so nobody may ask for a correction or accept; ecology's silence would be consent.
    expect([await act(desks.wang, id, 'accept'), await act(desks.wang, id, 'correction', { asks: [{ target: 'form', key: 'amount', words: '请核对' }] })]).toEqual(['steps-open', 'steps-open']);
    expect(await act(desks.water, id, 'pre-review', { step: 'land', verdict: 'fits', asks: [], words: '' })).toBe('not-your-step');
    expect(await act(desks.land, id, 'pre-review', { step: 'land', verdict: 'lacks', asks: [{ target: 'material', key: 'location', words: '缺少用地界线' }], words: '' })).toBe('handed-in');
    expect(await act(desks.wang, id, 'accept')).toBe('steps-open');
    expect(await act(desks.wang, id, 'correction', { asks: [{ target: 'form', key: 'amount', words: '请核对取水量' }] })).toBe('correction-asked');
    expect((await stateOf(id)).correction?.asks.map(({ words }) => words)).toEqual(['缺少用地界线', '请核对取水量']);

    const other = await fresh();
    expect(await act(desks.land, other, 'pre-review', { step: 'land', verdict: 'fits', asks: [], words: '' })).toBe('handed-in');
    expect(await act(desks.wang, other, 'accept')).toBe('accepted');
    expect((await served.db.read.selectFrom('case_task').select(['step', 'due_by']).where('case_id', '=', other).where('kind', '=', 'open').orderBy('step').execute())).toEqual([{ step: 'ecology', due_by: '2026-11-25' }, { step: 'land', due_by: '2026-11-30' }, { step: 'site', due_by: '2026-11-26' }]);
    expect(await act(desks.wang, other, 'survey', { steps: ['site', 'land'], on: '2026-11-25', time: '09:30', place: '测试江右岸', contact: '水利窗口 0575-0000' })).toBe('accepted');
    expect([await act(desks.wang, other, 'finish', { granted: true, words: '' }), await act(desks.water, other, 'review', { step: 'approve', outcome: 'agrees', opinion: '' })]).toEqual(['steps-open', 'not-your-step']);
    await days(3);
    expect(await sweepCases(served.hall.hall.ground)).toBeGreaterThan(0);
    expect((await stateOf(other)).reviews).toMatchObject([{ step: 'ecology', outcome: 'absent', by: 'machine' }]);
    expect(await act(desks.wang, other, 'survey-held', { present: ['site', 'land'], words: '现场与图一致' })).toBe('accepted');
    expect(await act(desks.water, other, 'review', { step: 'site', outcome: 'agrees', opinion: '' })).toBe('accepted');
    expect(await act(desks.land, other, 'review', { step: 'land', outcome: 'objects', opinion: '' })).toBe(400);
    expect(await act(desks.land, other, 'review', { step: 'land', outcome: 'agrees', opinion: '同意' })).toBe('accepted');
    expect(await act(desks.land, other, 'review', { step: 'land', outcome: 'agrees', opinion: '同意' })).toBe('not-your-step');
    expect(await act(desks.water, other, 'review', { step: 'approve', outcome: 'objects', opinion: '水量超过可取总量' })).toBe('accepted');
    expect([await act(desks.wang, other, 'finish', { granted: true, words: '' }), await act(desks.wang, other, 'finish', { granted: false, words: '水量超过可取总量' })]).toEqual(['objected', 'finished']);
    expect(new Set((await served.db.read.selectFrom('case_task').select('kind').where('case_id', '=', other).execute()).map(({ kind }) => kind))).toEqual(new Set(['over']));
  });

  test('the clock: a special procedure is one of the item, its days are not counted, an extension comes once and in time', async () => {
    const id = await alone();
    expect(await act(desks.wang, id, 'accept')).toBe('accepted');
    const before = (await stateOf(id)).limits;
    const special = { why: 'special-procedure', procedure: '听证', allowed: { days: 20, unit: 'working' }, reason: '利害关系人申请听证' };
    expect([await act(desks.wang, id, 'pause', { ...special, procedure: '抽签' }), await act(desks.wang, id, 'pause', { ...special, allowed: null }), await act(desks.wang, id, 'pause', special)]).toEqual([400, 400, 'accepted']);
    expect(await rowOf(id)).toMatchObject({ paused: true, promised_by: null, statutory_by: null });
    expect([await act(desks.wang, id, 'pause', special), await act(desks.wang, id, 'finish', { granted: true, words: '' }), await act(desks.wang, id, 'extend', { days: 5, approvedBy: '局长', reason: '情况复杂' })]).toEqual(['wrong-stage', 'paused', 'paused']);
    await days(7);
    expect(await act(desks.wang, id, 'resume', { words: '听证已结束' })).toBe('accepted');
    const after = (await stateOf(id)).limits;
    // From Thursday to Thursday, and the first of them did not count anyway.
    expect([before?.promisedBy, after?.promisedBy]).toEqual(['2026-12-17', '2026-12-23']);
    expect([await act(desks.wang, id, 'resume', { words: '' }), await act(desks.wang, id, 'extend', { days: 11, approvedBy: '局长', reason: '情况复杂' }), await act(desks.wang, id, 'extend', { days: 10, approvedBy: '局长', reason: '情况复杂' }), await act(desks.wang, id, 'extend', { days: 1, approvedBy: '局长', reason: '再延' })]).toEqual(['wrong-stage', 'over-law', 'accepted', 'wrong-stage']);
    expect((await stateOf(id)).limits).toMatchObject({ provisional: true, promisedBy: '2027-01-06' });
  });

  test('a year\'s notice moves due dates that waited for it, once; a closure moves those it is said to', async () => {
    const id = await alone();
    expect(await act(desks.wang, id, 'accept')).toBe('accepted');
    const before = await stateOf(id);
    expect(before.limits?.provisional).toBe(true);
    const notice = { year: 2027, papers: ['https://example.invalid/2027'], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }, { name: '元旦', date: '2027-01-04', isOffDay: true }, { name: '元旦', date: '2026-12-27', isOffDay: false }] };
    expect((await desks.wang.call('POST', '/calendar/notices', notice)).status).toBe(403);
    expect((await desks.editor.call('POST', '/calendar/notices', { ...notice, days: [{ name: '', date: '2028-01-01', isOffDay: true }] })).body).toEqual({ ok: false, error: { kind: 'other-year' } });
    expect((await desks.editor.call('POST', '/calendar/notices', notice)).body).toEqual({ ok: true, value: { moved: expect.any(Number) } });
    const after = await stateOf(id);
    expect(after.limits).toMatchObject({ provisional: false });
    expect(after.history.at(-1)?.kind).toBe('limits-set');
    expect((await desks.editor.call('POST', '/calendar/notices', notice)).body).toEqual({ ok: true, value: { moved: 0 } });
    // A day of snow: who counts on the old day is told the new one.
    const closed = { date: '2026-12-08', working: false, reason: '冰雪封路', running: true };
    expect((await desks.editor.call('POST', '/calendar/days', closed)).body.value.moved).toBeGreaterThan(0);
    expect((await stateOf(id)).limits?.promisedBy).not.toBe(after.limits?.promisedBy);
    expect((await desks.editor.call('POST', '/calendar/days', closed)).body).toEqual({ ok: false, error: { kind: 'no-change' } });
    expect((await desks.editor.call('GET', '/calendar')).body).toMatchObject({ provisional: 0, years: [{ year: 2025, imported: false }, { year: 2026 }, { year: 2027, imported: true }], days: expect.arrayContaining([{ date: '2026-12-08', working: false, reason: '冰雪封路', local: true }]) });
  });

  test('nobody answers for five working days: the case counts as accepted from the day of its hand-in, once', async () => {
    const id = await alone();
    const { duty_by, handed_in_at } = await rowOf(id);
    await days(6);
    await Promise.all([sweepCases(served.hall.hall.ground), sweepCases(served.hall.hall.ground)]);
    expect((await stateOf(id)).stage).toBe('handed-in');
    await days(4);
    await Promise.all([sweepCases(served.hall.hall.ground), sweepCases(served.hall.hall.ground)]);
    const state = await stateOf(id);
    expect(state).toMatchObject({ stage: 'accepted', accepted: { deemed: true, acceptedOn: handed_in_at.slice(0, 10) } });
    expect(duty_by > handed_in_at.slice(0, 10)).toBe(true);
    expect(state.history.map(({ kind }) => kind)).toEqual(['handed-in', 'accepted']);
  });

  test('at the window: originals, a slip of the pen, hand-over, return, lapse, withdrawal, delivery', async () => {
    const id = await alone();
    expect(await act(desks.wang, id, 'originals', { materials: [{ key: 'location', trust: 'A' }] })).toBe('handed-in');
    expect(await act(desks.wang, id, 'form', { form: { place: '测试江左岸取水口' }, reason: '申请人写错了岸别' })).toBe('handed-in');
    expect(await act(desks.wang, id, 'form', { form: { nonsense: '1' }, reason: 'x' })).toBe(400);
    // What follows from it is put right with it.
    expect(await act(desks.wang, id, 'form', { form: { endsOn: '2027-03-31' }, reason: '申请人写错了年份' })).toBe('handed-in');
    expect((await stateOf(id)).form).toMatchObject({ endsOn: '2027-03-31', termDays: 30 });
    expect(await stateOf(id)).toMatchObject({ form: { place: '测试江左岸取水口' }, handedIn: { form: { place: '测试江右岸取水口' } } });
    expect((await stateOf(id)).materials.find(({ key }) => key === 'location')?.trust).toBe('A');
    expect(await act(desks.wang, id, 'hand-over', { to: '水利局', papers: ['申请表', '位置图'], words: '' })).toBe('handed-in');
    expect([await act(desks.water, id, 'take-over', { missing: ['位置图'] }), await act(desks.water, id, 'take-over', { missing: [] })]).toEqual(['handed-in', 'wrong-stage']);
    expect((await stateOf(id)).papers).toEqual({ to: '水利局', papers: ['申请表', '位置图'], taken: true, missing: ['位置图'] });
    // What happens beside the way does not move the day of the answer.
    expect((await rowOf(id)).duty_by > (await rowOf(id)).handed_in_at.slice(0, 10)).toBe(true);
    expect(await act(desks.wang, id, 'close', { result: 'returned', words: '申请人材料放错了袋子' })).toBe('finished');
    const second = await alone();
    expect(await act(desks.wang, second, 'correction', { asks: [{ target: 'material', key: 'location', words: '看不清' }] })).toBe('correction-asked');
    expect(await act(desks.wang, second, 'close', { result: 'lapsed', words: '逾期未补正' })).toBe('wrong-stage');
    await days(30);
    expect(await act(desks.wang, second, 'close', { result: 'lapsed', words: '逾期未补正' })).toBe('finished');
    const third = await alone();
    expect([await act(desks.wang, third, 'accept', { lacking: [{ key: 'meter', by: '2027-03-01' }] }), await act(desks.wang, third, 'withdraw', { reason: '不再取水' })]).toEqual(['accepted', 'withdrawn']);
    const fourth = await alone();
    expect([await act(desks.wang, fourth, 'accept'), await act(desks.wang, fourth, 'finish', { granted: true, words: '' }), await act(desks.wang, fourth, 'delivery', { way: 'window', collector: '张测试', relation: 'applicant' }), await act(desks.wang, fourth, 'delivery', { way: 'window', collector: '张测试', relation: 'applicant' })]).toEqual(['accepted', 'finished', 'finished', 'wrong-stage']);
  });

  test('what was asked for is brought to the window: its scans are sealed under the case\'s own key, and nothing else comes in with them', async () => {
    const id = await alone();
    const scan = async (who: TestConsole, words: string) => (await who.send(`/scans/${id}`, scannedPage(words), 'image/jpeg')).body;
    const bring = (change: object) => act(desks.wang, id, 'supplement', { form: {}, materials: [], ...change });
    expect(await scan(desks.wang, 'early')).toEqual({ ok: false, error: { kind: 'another-desk' } });
    expect(await act(desks.wang, id, 'correction', { asks: [{ target: 'material', key: 'location', words: '看不清' }, { target: 'form', key: 'place', words: '写到岸别' }] })).toBe('correction-asked');
    const { value: page } = await scan(desks.wang, 'clear');
    const materials = [{ key: 'location', trust: 'B', pages: [page.hash] }];
    expect([await bring({}), await bring({ form: { amount: 1 } }), await bring({ form: { place: '' } }), await bring({ materials: [{ ...materials[0], key: 'meter' }] })]).toEqual([400, 400, 400, 400]);
    expect(await bring({ materials: [{ ...materials[0], pages: ['a'.repeat(64)] }] })).toBe('unknown-scan');
    // A colleague who takes over scans anew: two halves of two desks make no whole.
    const zhou = await signInAt(served.hall, 'zhou', 'clerk');
    expect((await scan(zhou, 'of a colleague')).ok).toBe(true);
    expect(await bring({ materials })).toBe('unknown-scan');
    expect((await scan(desks.wang, 'once more')).ok).toBe(true);
    expect(await bring({ form: { place: '测试江左岸取水口' }, materials })).toBe('supplemented');
    expect([await bring({ materials }), await scan(desks.wang, 'late')]).toEqual(['wrong-stage', { ok: false, error: { kind: 'another-desk' } }]);
    const state = await stateOf(id);
    expect([state.form['place'], state.materials.find(({ key }) => key === 'location')]).toEqual(['测试江左岸取水口', { key: 'location', trust: 'B', pages: [page] }]);
    expect((await desks.wang.call('GET', `/blobs/${id}/${page.hash}`)).status).toBe(200);
    expect(await act(desks.wang, id, 'accept')).toBe('accepted');
  });

  test('a department sees its own items and the cases that wait for it, and no others: not even that they are', async () => {
    const [plain, waiting] = [await alone(), await fresh()];
    const seen = async (who: TestConsole) => new Set((await who.call('POST', '/inbox', { stage: 'all', query: '', after: '', limit: 100 })).body.rows.map(({ id }: { id: string }) => id));
    const [ofLand, ofWater] = [await seen(desks.land), await seen(desks.water)];
    expect([ofLand.has(waiting), ofLand.has(plain), ofWater.has(waiting), ofWater.has(plain)]).toEqual([true, false, true, true]);
    expect((await desks.land.call('GET', `/cases/${plain}`)).body).toEqual({ ok: false, error: { kind: 'unknown-case' } });
    expect(await act(desks.land, plain, 'accept')).toBe('unknown-case');
    const { signature } = (await desks.wang.call('GET', `/cases/${plain}`)).body.value;
    expect((await desks.land.call('GET', `/blobs/${plain}/${signature}`)).status).toBe(404);
    expect((await desks.wang.call('GET', `/blobs/${plain}/${signature}`)).status).toBe(200);
  });
});
