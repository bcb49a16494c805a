import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { messageToken } from '../../domain/messages/token.ts';
import { ulid } from '../../domain/ids.ts';
import { answerOf, leave, showCard, well } from '../rigs/citizen.ts';
import { type Clerk, signIn } from '../rigs/clerk.ts';
import type { Kiosk, RigTerminal } from '../rigs/terminal.ts';
import { openWorld, type World } from '../rigs/world.ts';

/** What a citizen says to the hall: real core, real hall, a line that is cut when it matters. */
let world: World;
let terminal: RigTerminal;
let kiosk: Kiosk;
let editor: Clerk;
beforeAll(async () => {
  world = await openWorld('talking');
  ({ terminal } = world);
  ({ kiosk } = terminal);
  editor = await signIn(world.county.hallUrl, 'ma', 'jinban-demo-ma');
}, 120_000);
afterAll(() => world?.close());

/** Begins like WebM, and is nobody's voice. */
const AUDIO = new Uint8Array(Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(60_000, 7)]));
const all = { show: 'all', kind: '', query: '', after: '' } as const;

test('a message written and spoken without a line arrives once, is answered, rated and brought back; who holds the slip reads it, nobody else', async () => {
  const { clerk, county } = world;
  county.line.cut();
  await well(kiosk.go({ step: 'talk', errand: 'talk' }));
  await well(kiosk.talk.begin({ of: 'complain', about: { kind: 'place' } }));
  expect(await answerOf(kiosk.talk.send())).toBe('incomplete');
  await well(kiosk.talk.save({ field: 'words', value: '等了一个多小时' }));
  expect(await answerOf(kiosk.talk.record({ audio: new Uint8Array(100), seconds: 3 }))).toBe('bad-recording');
  await well(kiosk.talk.record({ audio: AUDIO, seconds: 12 }));
  await well(kiosk.talk.setAnonymous({ anonymous: true }));
  // What was typed and spoken outlives core.
  await world.restartTerminal();
  ({ terminal } = world);
  ({ kiosk } = terminal);
  const draft = await terminal.see('the message as it was', ({ step, talk }) => step === 'message' && talk.draft !== null);
  expect(draft.talk.draft).toMatchObject({ words: '等了一个多小时', seconds: 12, anonymous: true, about: terminal.terminal().site });
  const heard = await kiosk.talk.recording();
  expect(heard.ok && Buffer.from(heard.value).equals(Buffer.from(AUDIO))).toBe(true);
  await well(kiosk.talk.send());
  const sent = await terminal.see('the slip', ({ step, prints }) => step === 'message-sent' && prints.some(({ paper, state }) => paper === 'message-slip' && state === 'printed'));
  expect(sent.talk.message).toMatchObject({ travel: 'waiting', number: null, due: null });
  const id = sent.talk.message?.id ?? '';
  expect(JSON.stringify(terminal.log)).not.toContain('等了');
  await leave(terminal);

  // The hall has it, and its answer is lost: it is sent again.
  county.line.restore();
  county.line.cutAnswerTo('POST /api/v1/letters');
  await until('the letter at the hall', () => !county.line.up);
  county.line.restore();
  await until('the number here', async () => (await terminal.core.store.letters.message(id))?.word?.number);
  await until('the recording at the hall', async () => (await terminal.core.store.letters.recordings.waiting(true)).length === 0);
  expect(await terminal.core.store.letters.countWaiting()).toBe(0);
  expect((await clerk.messages(all)).rows).toMatchObject([{ id, channel: 'terminal', kind: 'complain', anonymous: true, excerpt: '等了一个多小时' }]);
  expect(await played(id)).toEqual(AUDIO);

  const { departments: [department] } = await clerk.messageOwners();
  await well(clerk.assignMessage({ id, department: department?.code ?? '', account: 'wang' }));
  await well(clerk.takeUpMessage({ id, taken: true, words: '' }));
  await well(clerk.replyMessage({ id, words: '已核实，窗口已补人。' }));

  await well(kiosk.go({ step: 'identify', errand: 'progress' }));
  await terminal.see('the scanner waiting', ({ receipt }) => receipt.kind === 'show-code');
  await county.device('code-scanner', `show ${messageToken(id)}`);
  const read = await terminal.see('the reply', ({ step, talk }) => step === 'reply' && talk.message?.reply !== null);
  expect(read.talk.message).toMatchObject({ stage: 'replied', reply: '已核实，窗口已补人。', canRate: true, canReopen: true, number: expect.stringMatching(/^TS330624/) });
  await well(kiosk.talk.rateReply({ level: 2, words: '慢' }));
  expect(await answerOf(kiosk.talk.rateReply({ level: 5, words: '' }))).toBe('wrong-step');
  await well(kiosk.talk.reopen({ words: '还是没有人' }));
  expect(await answerOf(kiosk.talk.reopen({ words: '再来' }))).toBe('wrong-step');
  await until('the hall working on it again', async () => {
    const opened = await clerk.message({ id });
    return opened.ok && opened.value.reopened && opened.value.row.stage === 'assigned' && opened.value.events.some((event) => event.kind === 'rated' && event.level === 2);
  });
  await leave(terminal);
  // It was anonymous: a card does not find it.
  await well(kiosk.touch());
  await well(kiosk.go({ step: 'identify', errand: 'talk' }));
  await showCard(terminal, county, 'elder');
  expect((await terminal.see('the way in', ({ step }) => step === 'talk')).talk.mine).toEqual([]);
  expect(await answerOf(kiosk.talk.openMessage({ message: id }))).toBe('unknown-case');
  await leave(terminal);
}, 120_000);

/** The recording as the console plays it. */
async function played(message: string): Promise<Uint8Array> {
  const { origin } = new URL(world.county.hallUrl);
  const signed = await fetch(`${origin}/console/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ account: 'wang', password: 'jinban-demo-wang' }) });
  const answer = await fetch(`${origin}/console/api/recordings/${message}`, { headers: { cookie: signed.headers.getSetCookie()[0]?.split(';')[0] ?? '' } });
  return new Uint8Array(await answer.arrayBuffer());
}

test('a survey comes down, is answered once a card and day, and counts at the hall', async () => {
  const { county } = world;
  const survey = ulid(Date.now(), new Uint8Array(10).fill(5));
  const body = { title: '周末延时', intro: '', sites: [], from: '2020-01-01', to: '2099-12-31', once: 'card-day' as const, questions: [{ kind: 'single' as const, key: 'want', asked: '需要吗？', required: true, options: [{ value: 'yes', label: '需要' }, { value: 'no', label: '不需要' }] }] };
  await well(editor.saveSurvey({ id: survey, body }));
  await well(editor.publishSurvey({ id: survey }));
  await terminal.seeTerminal('the survey', ({ surveys }) => surveys.some(({ id }) => id === survey));
  county.line.cut();
  const answer = async (want: string): Promise<string> => {
    await well(kiosk.touch());
    await well(kiosk.talk.openSurvey({ survey }));
    await showCard(terminal, county, 'elder');
    await terminal.see('the questions', ({ step, talk }) => step === 'survey' && talk.survey !== null);
    await well(kiosk.talk.answer({ question: 'want', value: want }));
    return answerOf(kiosk.talk.sendSurvey());
  };
  expect(await answer('maybe')).toBe('incomplete');
  expect((await terminal.see('what is wrong', ({ talk }) => Object.keys(talk.survey?.faults ?? {}).length > 0)).talk.survey?.faults).toEqual({ want: 'no-such-answer' });
  await well(kiosk.talk.answer({ question: 'want', value: 'yes' }));
  await well(kiosk.talk.sendSurvey());
  await terminal.see('thanks', ({ step }) => step === 'goodbye');
  await leave(terminal);
  expect(await answer('no')).toBe('answered-today');
  await leave(terminal);
  county.line.restore();
  await until('the sheet at the hall', async () => (await editor.surveys()).find(({ id }) => id === survey)?.sheets === 1);
  await well(editor.endSurvey({ id: survey }));
  await terminal.seeTerminal('no survey', ({ surveys }) => surveys.length === 0);
}, 120_000);

test('a call for help is seen at the hall once and answered on the screen; without a line it says so and goes on trying', async () => {
  const { clerk, county } = world;
  await well(kiosk.go({ step: 'items', errand: 'apply' }));
  await well(kiosk.callHelp());
  await terminal.seeTerminal('the call', ({ help }) => help.kind === 'calling');
  await well(kiosk.callHelp());
  const [call, ...others] = await clerk.helpCalls();
  expect([call, others]).toMatchObject([{ machine: terminal.terminal().machine, step: 'items', answer: null }, []]);
  await well(clerk.answerHelp({ call: call?.call ?? '', answer: 'coming' }));
  await terminal.seeTerminal('somebody coming', ({ help }) => help.kind === 'coming');
  await leave(terminal);
  await terminal.seeTerminal('no call', ({ help }) => help.kind === 'none');
  await until('nobody waiting', async () => (await clerk.helpCalls()).length === 0);
  county.line.cut();
  await well(kiosk.callHelp());
  await terminal.seeTerminal('no line', ({ help }) => help.kind === 'no-line');
  await leave(terminal);
  county.line.restore();
}, 120_000);
