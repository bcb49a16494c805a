import { createHash, createPublicKey, verify } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ulid } from '../../domain/ids.ts';
import type { SurveyBody } from '../../domain/surveys/survey.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { packItem, PGLITE, signInAt, type TestConsole } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { surveyResults, sweepSurveys, takeSheet } from '../surveys/surveys.ts';
import { listMessages } from './list.ts';
import { sweepMessages } from './sweep.ts';

const DAY = 86_400_000;
const DEPARTMENT = packItem('elder-card').body.creditCode;
const idOf = (serial: number) => ulid(Date.UTC(2026, 10, 23), new Uint8Array(10).fill(serial));
const complaint = (serial: number) => ({
  id: idOf(serial), kind: 'complain' as const, channel: 'phone' as const, site: '', subject: { kind: 'none' as const }, person: { name: '王测试', phone: '13800000001' }, words: '材料跑了三趟，每次说的都不一样。', audio: null,
});

describe('messages', () => {
  const served = hallOfSuite(PGLITE);
  let wang: TestConsole;
  let sun: TestConsole;
  beforeAll(async () => {
    wang = await signInAt(served.hall, 'wang', 'clerk');
    sun = await signInAt(served.hall, 'sun', 'supervisor');
  }, 180_000);
  const act = async (id: string, deed: string, input: object = {}) => (await wang.call('POST', `/messages/${id}/${deed}`, { ...input })).body;
  const ground = () => served.hall.hall.ground;

  test('a complaint from registration to the answer, rated and back once; nothing of it lies open in the database', async () => {
    const first = (await wang.call('POST', '/messages', complaint(1))).body;
    expect(first).toEqual({ id: idOf(1), number: 'TS3306242026000001', due: '2026-12-14' });
    expect((await wang.call('POST', '/messages', complaint(1))).body).toEqual(first);
    const { id } = first;
    expect(await act(id, 'reply', { words: '抱歉' })).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
    expect(await act(id, 'owner', { department: '000000000000000000', account: null })).toEqual({ ok: false, error: { kind: 'unknown-owner' } });
    expect(await act(id, 'owner', { department: DEPARTMENT, account: 'wang' })).toEqual({ ok: true, value: { stage: 'assigned' } });
    expect(await act(id, 'reply', { words: '抱歉' })).toEqual({ ok: false, error: { kind: 'not-decided' } });
    expect((await wang.call('POST', `/messages/${id}/decision`, { taken: false, words: '' })).status).toBe(400);
    expect(await act(id, 'decision', { taken: true, words: '' })).toMatchObject({ ok: true });
    expect(await act(id, 'reply', { words: '已核实，材料清单已改正。' })).toEqual({ ok: true, value: { stage: 'replied' } });
    expect(await act(id, 'rating', { level: 2, words: '慢' })).toEqual({ ok: true, value: { stage: 'rated' } });
    expect(await act(id, 'reopening', { words: '还是不行' })).toEqual({ ok: true, value: { stage: 'assigned' } });
    expect(await act(id, 'reply', { words: '专人联系您。' })).toMatchObject({ ok: true });
    expect(await act(id, 'reopening', { words: '再来' })).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
    const opened = (await wang.call('GET', `/messages/${id}`)).body.value;
    expect(opened).toMatchObject({ person: { name: '王测试', phone: '13800000001' }, words: complaint(1).words, reply: '专人联系您。', reopened: true, row: { stage: 'replied', takenUp: true, account: 'wang' } });
    expect(opened.events.map(({ kind }: { kind: string }) => kind)).toEqual(['registered', 'assigned', 'taken-up', 'replied', 'rated', 'reopened', 'replied']);
    const stored = JSON.stringify(await Promise.all((['message', 'message_event', 'deed'] as const).map((table) => served.db.read.selectFrom(table).selectAll().execute())));
    expect(stored).not.toMatch(/王测试|13800000001|三趟|专人联系/);
    expect(served.hall.logged.join('')).not.toMatch(/王测试|13800000001|三趟/);
    expect((await served.db.read.selectFrom('read_audit').select('cases').where('what', '=', 'message').execute()).at(-1)).toEqual({ cases: JSON.stringify([id]) });
  });

  test('lists', async () => {
    const said = (serial: number, change: object) => wang.call('POST', '/messages', { ...complaint(serial), ...change });
    await said(2, { kind: 'consult', person: null, words: '几点开门？' });
    await said(3, { kind: 'guide-error', person: { name: '', phone: '' }, words: '字'.repeat(80) });
    expect((await said(4, { words: ' ' })).status).toBe(400);
    const list = async (query: string, who = wang) => (await who.call('GET', `/messages?${query}`)).body;
    const open = await list('show=open&kind=&query=&after=');
    expect(open).toMatchObject({ next: '', counts: { open: 2, mine: 0, answered: 1, all: 3 }, rows: [{ number: 'ZX3306242026000001', anonymous: true, excerpt: '几点开门？', daysLeft: 10 }, { number: 'ZN3306242026000001', anonymous: true }] });
    expect(open.rows[1].excerpt).toHaveLength(61);
    expect((await list('show=all&kind=complain&query=ts3306&after=')).rows).toHaveLength(1);
    expect((await list('show=all&kind=&query=%25&after=')).rows).toHaveLength(0);
    expect((await wang.call('GET', '/messages?show=all&kind=&query=&after=x')).status).toBe(400);
    const page = await listMessages(ground(), { account: 'li', name: 'li', role: 'department', scope: { ...COUNTY, departments: ['000000000000000000'] } }, { show: 'all', kind: '', query: '', after: '' });
    expect([page?.rows.length, page?.counts['all']]).toEqual([0, 0]);
    const own = await listMessages(ground(), { account: 'li', name: 'li', role: 'department', scope: { ...COUNTY, departments: [DEPARTMENT] } }, { show: 'all', kind: '', query: '', after: '' });
    expect(own?.rows).toHaveLength(1);
  });

  test('the hotline gets a signed package, the same each time, and its answer comes back', async () => {
    const { id } = (await wang.call('POST', '/messages', complaint(5))).body;
    const made = (await wang.call('POST', `/messages/${id}/hand-over`, {})).body;
    expect(made.value.json).toContain('"phone":"13800000001"');
    expect(made.value.text).toContain('材料跑了三趟');
    expect(createHash('sha256').update(made.value.json).digest('hex')).toBe(made.value.hash);
    const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(made.value.key, 'base64')]), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(made.value.hash, 'hex'), key, Buffer.from(made.value.signature, 'base64'))).toBe(true);
    served.hall.clock.advance(60_000);
    expect((await wang.call('POST', `/messages/${id}/hand-over`, {})).body).toEqual(made);
    expect(await act(id, 'hotline', { state: 'received', reference: '12345-77', words: '' })).toEqual({ ok: true, value: { stage: 'handed-over' } });
    expect(await act(id, 'hotline', { state: 'answered', reference: '12345-77', words: '已电话答复' })).toEqual({ ok: true, value: { stage: 'replied' } });
  });

  test('what is late is told once a limit, and what is answered closes by itself', async () => {
    const { id } = (await wang.call('POST', '/messages', complaint(6))).body;
    expect(await sweepMessages(ground())).toBe(0);
    served.hall.clock.advance(8 * DAY);
    expect(await sweepMessages(ground())).toBe(1);
    expect(await sweepMessages(ground())).toBe(0);
    served.hall.clock.advance(14 * DAY);
    // Three replies: the complaint's, and those of the lists.
    expect(await sweepMessages(ground())).toBe(3);
    served.hall.clock.advance(10 * DAY);
    expect(await sweepMessages(ground())).toBe(2);
    wang = await signInAt(served.hall, 'wang', 'clerk');
    sun = await signInAt(served.hall, 'sun', 'supervisor');
    expect((await wang.call('GET', `/messages/${id}`)).body.value).toMatchObject({ row: { overdue: true }, events: [{ kind: 'registered' }, { kind: 'overdue', what: 'decision' }, { kind: 'overdue', what: 'reply' }] });
  });

  test('a survey: published, answered once a card and day, counted, and forgetful of who answered', async () => {
    const survey = idOf(50);
    const body: SurveyBody = { title: '周末延时', intro: '', sites: [], from: '2026-11-01', to: '2027-12-31', once: 'card-day', questions: [{ kind: 'single', key: 'want', asked: '需要周末办事吗？', required: true, options: [{ value: 'yes', label: '需要' }, { value: 'no', label: '不需要' }] }] };
    expect((await wang.call('PUT', `/surveys/${survey}`, { body })).status).toBe(403);
    expect((await sun.call('PUT', `/surveys/${survey}`, { body })).body.ok).toBe(true);
    const answer = (serial: number, card: string | null, want = 'yes') => served.db.write((write) => takeSheet(ground(), write, { id: idOf(serial), survey, site: 'A', answers: { want }, card }));
    expect(await answer(60, 'x')).toEqual({ ok: false, error: { kind: 'not-open' } });
    expect((await sun.call('POST', `/surveys/${survey}/publication`, {})).body.ok).toBe(true);
    expect((await sun.call('PUT', `/surveys/${survey}`, { body: { ...body, title: '改' } })).body).toEqual({ ok: false, error: { kind: 'published' } });
    expect(await answer(61, '330624199001010018')).toEqual({ ok: true, value: null });
    expect(await answer(61, '330624199001010018')).toEqual({ ok: true, value: null });
    expect(await answer(62, '330624199001010018')).toEqual({ ok: false, error: { kind: 'answered-today' } });
    expect(await answer(63, null)).toEqual({ ok: false, error: { kind: 'card-needed' } });
    expect(await answer(64, 'b', 'maybe')).toMatchObject({ ok: false, error: { kind: 'no-such-answer' } });
    for (let other = 70; other < 73; other += 1) await answer(other, `card ${other}`, 'no');
    expect((await surveyResults(ground(), survey))?.results).toMatchObject({ sheets: 4, enough: false, questions: [] });
    served.hall.clock.advance(DAY);
    expect(await answer(65, '330624199001010018')).toEqual({ ok: true, value: null });
    const { value } = (await (await signInAt(served.hall, 'wang', 'clerk')).call('GET', `/surveys/${survey}/results`)).body;
    expect(value.results.questions[0].options.map(({ count }: { count: number }) => count)).toEqual([2, 3]);
    expect(value.csv).toContain('周末延时,全部,需要周末办事吗？,需要,2');
    expect(await sweepSurveys(ground())).toBe(4);
    expect(await sweepSurveys(ground())).toBe(0);
    const kept = JSON.stringify(await served.db.read.selectFrom('survey_sheet').selectAll().execute());
    expect(kept).not.toContain('330624199001010018');
    expect((await signInAt(served.hall, 'sun', 'supervisor').then((again) => again.call('POST', `/surveys/${survey}/end`, {}))).body.ok).toBe(true);
    expect(await answer(66, 'c')).toEqual({ ok: false, error: { kind: 'not-open' } });
  });
});
