import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSigner, sha256 } from '../../crypto/node.ts';
import { generateSealKey, generateWrappingKey, seal, wrapKey } from '../../crypto/seal.ts';
import type { LetterBody, MessageWord } from '../../domain/contracts/letters.ts';
import { letterContext, letterText } from '../../domain/contracts/letters.ts';
import { MachineId, ulid } from '../../domain/ids.ts';
import type { SurveyBody } from '../../domain/surveys/survey.ts';
import { packItem, PGLITE, signInAt, type TestConsole, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';

const DAY = 86_400_000;
const served = hallOfSuite(PGLITE);
let terminal: TestTerminal;
let wang: TestConsole;
let sun: TestConsole;
let serial = 0;
beforeAll(async () => {
  wang = await signInAt(served.hall, 'wang', 'clerk');
  sun = await signInAt(served.hall, 'sun', 'supervisor');
}, 180_000);
beforeEach(async () => {
  terminal = await served.freshTerminal();
});

const newId = () => ulid(served.hall.clock.now() + (serial += 1), randomBytes(10));
const said = (words: string, recording: Extract<LetterBody, { kind: 'message' }>['recording'] = null): LetterBody => ({ kind: 'message', of: 'complain', subject: { kind: 'site', name: '儒岙镇便民服务中心' }, person: { name: '王测试', phone: '13800000001' }, words, recording });

/** An envelope as a terminal makes it. */
function letterOf(body: unknown, change: { id?: string; from?: TestTerminal; at?: number; hall?: string } = {}) {
  const { id = newId(), from = terminal, at = served.hall.clock.now() } = change;
  const key = generateSealKey();
  const sealed = Buffer.from(seal(key, letterContext(id), Buffer.from(JSON.stringify(body)))).toString('base64');
  const machine = MachineId.parse(from.maker.machine);
  const letter = { id, machine, at: new Date(at).toISOString(), key: wrapKey(change.hall ?? served.hall.keys.wrapping.publicKey, letterContext(id), key), sealed };
  return { ...letter, signature: createSigner(machine, from.maker.privateKey).sign(sha256(letterText(letter))) };
}
const send = async (letter: unknown, by = terminal) => {
  const { status, body } = await by.call('POST', '/letters', letter);
  return status === 200 ? (body.outcome.reason ?? body.outcome.kind) : status;
};
const feed = async (protocol = 4, of = terminal) => (await of.call('GET', `/feed?after=0&limit=500&protocol=${protocol}`)).body.entries as { kind: string; word?: MessageWord; surveys?: { id: string }[] }[];
const wordsOf = async (id: string) => (await feed()).flatMap((entry) => (entry.kind === 'message' && entry.word?.message === id ? [entry.word] : [])).at(-1);

describe('letters', () => {
  test('a message is registered once however often it comes, its terminal hears how it stands, rates the reply and brings it back once', async () => {
    const letter = letterOf(said('窗口没有人，等了一个多小时。'));
    expect([await send(letter), await send(letter), await send(letter)]).toEqual(['taken', 'taken', 'taken']);
    const { id } = letter;
    const registered = await wordsOf(id);
    expect(registered).toMatchObject({ stage: 'registered', reply: null, rating: null, reopened: false, number: expect.stringMatching(/^TS330624/) });
    expect((await served.db.read.selectFrom('message').select('id').where('id', '=', id).execute()).length).toBe(1);
    // Another machine hears nothing of it, and an older program nothing of letters.
    expect((await feed(4, await served.freshTerminal())).some(({ kind }) => kind === 'message')).toBe(false);
    expect((await feed(3)).some(({ kind }) => kind === 'message')).toBe(false);

    expect(await send(letterOf({ kind: 'reply-rated', message: id, level: 5, words: '' }))).toBe('wrong-stage');
    const act = (deed: string, input: object) => wang.call('POST', `/messages/${id}/${deed}`, input);
    await act('owner', { department: packItem('elder-card').body.creditCode, account: 'wang' });
    await act('decision', { taken: true, words: '' });
    await act('reply', { words: '已核实，窗口已补人。' });
    expect(await wordsOf(id)).toMatchObject({ stage: 'replied', reply: '已核实，窗口已补人。' });
    const other = await served.freshTerminal();
    expect(await send(letterOf({ kind: 'reply-rated', message: id, level: 1, words: '' }, { from: other }), other)).toBe('unknown-message');
    expect(await send(letterOf({ kind: 'reply-rated', message: id, level: 2, words: '慢' }))).toBe('taken');
    expect(await send(letterOf({ kind: 'reply-rated', message: id, level: 5, words: '' }))).toBe('wrong-stage');
    expect(await send(letterOf({ kind: 'reopened', message: id, words: '还是没有人' }))).toBe('taken');
    expect(await send(letterOf({ kind: 'reopened', message: id, words: '再来' }))).toBe('wrong-stage');
    expect(await wordsOf(id)).toMatchObject({ stage: 'assigned', rating: null, reopened: true });
    expect(JSON.stringify(await served.db.read.selectFrom('letter').selectAll().execute())).not.toMatch(/王测试|窗口/);
    expect(served.hall.logged.join('')).not.toMatch(/王测试|13800000001|窗口没有人/);
  });

  test('what is not this machine’s, not sealed for this hall, changed, or too large is not taken', async () => {
    const other = await served.freshTerminal();
    const letter = letterOf(said('真的'));
    expect(await send(letterOf(said('别人的'), { from: other }))).toBe('bad-signature');
    expect(await send({ ...letter, at: '2026-01-01T00:00:00.000Z' })).toBe('bad-signature');
    expect(await send(letterOf(said('给别的大厅'), { hall: generateWrappingKey().publicKey }))).toBe('unreadable');
    for (const body of [{ kind: 'message' }, 'x', said(''), { ...said('多'), more: 1 }, said('字'.repeat(4001)), { kind: 'secret' }]) expect(await send(letterOf(body))).toBe('unreadable');
    expect(await send(letterOf({ ...said('大'), filler: 'x'.repeat(200_000) }))).toBe(400);
    expect(await send(letter)).toBe('taken');
    expect(await send(letterOf(said('另一封'), { id: letter.id }))).toBe('other-letter');
    expect(await wordsOf(letter.id)).toMatchObject({ stage: 'registered' });
    expect((await terminal.call('POST', '/letters', letter, { authorization: 'Bearer nobody-nobody-nobody-nobody' })).status).toBe(401);
  });

  test('a survey comes down when it is published and goes when it ends; sheets count once, those that do not fit not at all', async () => {
    const survey = newId();
    const body: SurveyBody = { title: '周末延时', intro: '', sites: [], from: '2026-11-01', to: '2027-12-31', once: 'card-day', questions: [{ kind: 'single', key: 'want', asked: '需要吗？', required: true, options: [{ value: 'yes', label: '需要' }, { value: 'no', label: '不需要' }] }] };
    await sun.call('PUT', `/surveys/${survey}`, { body });
    const shown = async () => (await feed()).filter(({ kind }) => kind === 'surveys').at(-1)?.surveys?.map(({ id }) => id) ?? [];
    expect(await shown()).not.toContain(survey);
    await sun.call('POST', `/surveys/${survey}/publication`, {});
    expect(await shown()).toContain(survey);
    const sheet = (answers: object, card: string | null = '330624199001010018', at?: number) => letterOf({ kind: 'survey', survey, answers, card }, at === undefined ? {} : { at });
    const first = sheet({ want: 'yes' });
    expect([await send(first), await send(first)]).toEqual(['taken', 'taken']);
    expect(await send(sheet({ want: 'no' }))).toBe('answered-today');
    expect(await send(sheet({ want: 'maybe' }, 'b'))).toBe('bad-answer');
    expect(await send(sheet({ want: 'yes', why: 'x' }, 'b'))).toBe('bad-answer');
    expect(await send(sheet({ want: 'yes' }, null))).toBe('card-needed');
    expect(await send(letterOf({ kind: 'survey', survey: newId(), answers: {}, card: null }))).toBe('unknown-survey');
    // Answered yesterday, while the line was cut.
    expect(await send(sheet({ want: 'no' }, '330624199001010018', served.hall.clock.now() - DAY))).toBe('taken');
    await sun.call('POST', `/surveys/${survey}/end`, {});
    expect(await shown()).not.toContain(survey);
    expect(await send(sheet({ want: 'yes' }, 'c'))).toBe('not-open');
    expect((await served.db.read.selectFrom('survey_sheet').select('answers').where('survey', '=', survey).execute()).length).toBe(2);
  });
});

describe('calls for help', () => {
  const calls = async () => (await wang.call('GET', '/help-calls')).body as { call: string; machine: string; answer: string | null }[];
  const mine = async () => (await calls()).filter(({ machine }) => machine === terminal.maker.machine);
  const call = (id: string, over = false) => terminal.call('POST', '/help-calls', { call: id, step: 'form', item: null, since: '2026-11-23T01:29:00.000Z', over });

  test('one a machine, shown until it is over or forgotten; the terminal hears who comes', async () => {
    const [first, second] = [newId(), newId()];
    await call(first);
    await call(first);
    expect(await mine()).toMatchObject([{ call: first, step: 'form', since: '2026-11-23T01:29:00.000Z', answer: null }]);
    await call(second);
    expect(await mine()).toMatchObject([{ call: second }]);
    expect((await wang.call('POST', `/help-calls/${second}/answer`, { answer: 'coming' })).body.ok).toBe(true);
    expect(await mine()).toMatchObject([{ call: second, answer: 'coming', account: 'wang' }]);
    expect((await feed()).filter(({ kind }) => kind === 'help')).toMatchObject([{ word: { call: second, answer: 'coming' } }]);
    await call(second, true);
    expect(await mine()).toEqual([]);
    expect((await wang.call('POST', `/help-calls/${second}/answer`, { answer: 'answered' })).body).toEqual({ ok: false, error: { kind: 'unknown-call' } });
    await call(newId());
    served.hall.clock.advance(6 * 60_000);
    expect(await mine()).toEqual([]);
  });
});
