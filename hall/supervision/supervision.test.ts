import { beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../domain/action/types.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import type { CardSummary } from '../../domain/contracts/supervision.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { CaseId } from '../../domain/ids.ts';
import { factsOf } from '../../domain/supervision/facts.ts';
import { figuresOf, recount } from '../../domain/supervision/figures.ts';
import { judge } from '../../domain/supervision/judge.ts';
import { ELDER_CARD, elderCardHandIn, PGLITE, POSTGRES, signInAt, takeToken, terminalAt, type TestConsole, type TestTerminal } from '../../test/fixtures/hall.ts';
import { hallOfSuite } from '../../test/fixtures/served-hall.ts';
import { cardId } from './keep-cards.ts';
import { sweepSupervision } from './sweep.ts';
import { loadRules, loadTrails, loadWorld } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SLOW = 180_000;

type Desk = Pick<TestConsole, 'call'>;

/** Cards of a hall as a replay of its whole log gives them now. */
async function replayed(ground: Parameters<typeof sweepSupervision>[0]): Promise<string[]> {
  const { db: { read }, division } = ground;
  const ids = (await read.selectFrom('case_view').select('id').where('division', '=', division).execute()).map(({ id }) => id);
  const [trails, rules, world] = [await loadTrails(read, division, ids), await loadRules(read, division), await loadWorld(read, division)];
  return [...trails].flatMap(([id, trail]) => judge(trail, ground.clock.now(), rules, world).findings.map((finding) => JSON.stringify([cardId(division, id, finding), finding.rule, finding.version, new Date(finding.since).toISOString(), finding.owner.kind, finding.owner.account]))).toSorted();
}

async function kept(ground: Parameters<typeof sweepSupervision>[0]): Promise<string[]> {
  const rows = await ground.db.read.selectFrom('card').selectAll().where('division', '=', ground.division).where('case_id', 'is not', null).where('state', '!=', 'voided').execute();
  return rows.map((row) => JSON.stringify([row.id, row.rule, row.version, row.raised_as_of, row.owner, row.account])).toSorted();
}

describe('supervision of a hall', () => {
  const served = hallOfSuite(PGLITE);
  let terminal: TestTerminal;
  const [wang, sun, qian, li] = [desk('wang', 'clerk'), desk('sun', 'supervisor'), desk('qian', 'supervisor'), desk('li', 'department')];
  const ground = () => served.hall.hall.ground;
  const sweep = () => sweepSupervision(ground());
  const pass = (milliseconds: number) => served.hall.clock.advance(milliseconds);
  /** Somebody who signs in again when the session ended over the days that a test lets pass. */
  function desk(account: string, role: Role): Desk {
    let seat: Desk | null = null;
    return {
      async call(...request) {
        seat ??= await signInAt(served.hall, account, role);
        const answer = await seat.call(...request);
        if (answer.status !== 401) return answer;
        seat = await signInAt(served.hall, account, role);
        return seat.call(...request);
      },
    };
  }
  /** A case in the log as an action of the terminal at the hall's own time. */
  async function handIn(): Promise<{ id: CaseId; action: Action }> {
    const id = served.freshCase();
    const action = terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: id });
    const fresh = terminalAt(served.hall.url, terminal.maker, await takeToken(served.hall.url, terminal.maker));
    expect((await fresh.intake([action])).map(({ kind }) => kind)).toEqual(['stored']);
    return { id, action };
  }
  const act = async (who: Desk, id: string, deed: string, body: object) => (await who.call('POST', `/cases/${id}/${deed}`, body)).body;
  const cardsOf = async (who: Desk, turn = 'owner', level = 'all'): Promise<CardSummary[]> => (await who.call('GET', `/supervision/cards?turn=${turn}&level=${level}&query=&after=&limit=100`)).body.rows;
  const deed = async (who: Desk, id: string, body: object) => (await who.call('POST', `/supervision/cards/${id}/deeds`, { deed: body })).body;
  const cardOf = async (who: Desk, id: CaseId, rule: string, turn = 'owner') => {
    const found = (await cardsOf(who, turn)).find((card) => card.case === id && card.rule === rule);
    if (found === undefined) throw new Error(`no ${rule}`);
    return found;
  };

  beforeAll(async () => {
    terminal = await served.freshTerminal();
  }, SLOW);

  test('a case that nobody answers gets its card as of its own instant, once, however late and often one looks', async () => {
    const { id } = await handIn();
    expect(await sweep()).toBeGreaterThan(0);
    expect(await sweep()).toBe(0);
    pass(4 * DAY);
    expect(await sweep()).toBe(0);
    // Monday the 23rd and five working days: over with the 30th. One looks three days later.
    pass(6 * DAY);
    expect(await sweep()).toBeGreaterThan(0);
    const card = await cardOf(sun, id, 'answer-late');
    expect(card).toMatchObject({ level: 'yellow', state: 'raised', since: '2026-11-30T16:00:00.000Z', owner: 'window', replyBy: '2026-12-10' });
    expect(await sweep()).toBe(0);
    const opened = (await sun.call('GET', `/supervision/cards/${card.id}`)).body.value;
    expect(opened).toMatchObject({ deeds: ['urged', 'closed'], rule: { id: 'answer-late', version: 1 }, about: { stage: 'handed-in' }, evidence: [{ kind: 'handed-in', by: 'citizen' }] });
    expect(opened.line.map(({ owner }: { owner: string }) => owner).at(-1)).toBe('window');
    expect(JSON.stringify(opened)).not.toContain('张测试');
  });

  test('owner and supervision speak in turn; an appeal goes to other eyes', async () => {
    const { id } = await handIn();
    pass(12 * DAY);
    await sweep();
    const { id: card } = await cardOf(wang, id, 'answer-late');
    expect(await deed(wang, card, { kind: 'urged', words: '不能自己催', replyBy: '2026-12-31' })).toMatchObject({ error: { kind: 'not-yours' } });
    expect(await deed(sun, card, { kind: 'urged', words: '请说明', replyBy: '2026-12-01' })).toMatchObject({ error: { kind: 'late' } });
    expect(await deed(sun, card, { kind: 'urged', words: '请说明', replyBy: '2026-12-31' })).toMatchObject({ value: { state: 'urged' } });
    expect(await deed(li, card, { kind: 'appealed', words: '当天停电' })).toMatchObject({ value: { state: 'appealed' } });
    expect(await deed(sun, card, { kind: 'revoked', words: '属实' })).toMatchObject({ error: { kind: 'same-person' } });
    expect(await deed(qian, card, { kind: 'revoked', words: '属实' })).toMatchObject({ value: { state: 'revoked' } });
    expect(await deed(qian, card, { kind: 'closed', words: '' })).toMatchObject({ error: { kind: 'wrong-state' } });
    const journal = await served.db.read.selectFrom('deed').select(['what', 'account', 'body']).where('subject', '=', card).execute();
    expect(journal.map(({ what, account }) => [what, account])).toEqual([['supervision.card-urged', 'sun'], ['supervision.card-appealed', 'li'], ['supervision.card-revoked', 'qian']]);
    expect(JSON.stringify(journal)).not.toContain('停电');
  });

  test('a yellow card that nobody answers is red as of the end of its day, also for whoever answers before the round', async () => {
    const { id } = await handIn();
    pass(9 * DAY);
    await sweep();
    const card = await cardOf(sun, id, 'answer-late');
    pass(20 * DAY);
    expect(await deed(wang, card.id, { kind: 'explained', words: '漏看了' })).toMatchObject({ value: { state: 'explained' } });
    const opened = (await sun.call('GET', `/supervision/cards/${card.id}`)).body.value;
    expect(opened.card.level).toBe('red');
    expect(opened.events.map(({ deed: { kind } }: { deed: { kind: string } }) => kind)).toEqual(['raised', 'escalated', 'explained']);
    expect(opened.events[1].at).toBe(new Date(Date.parse(`${card.replyBy ?? ''}T16:00:00.000Z`)).toISOString());
    expect((await served.db.read.selectFrom('card').select('grows_at').where('id', '=', card.id).executeTakeFirstOrThrow()).grows_at).toBe(null);
  });

  test('an outage that is registered later takes back what was raised on it', async () => {
    const begun = served.hall.clock.now();
    const { id } = await handIn();
    pass(10 * DAY);
    await sweep();
    const card = await cardOf(sun, id, 'answer-late');
    const outage = { from: new Date(begun + HOUR).toISOString(), to: new Date(begun + 9 * DAY).toISOString(), scope: 'hall', reason: '机房停电' };
    expect((await wang.call('POST', '/supervision/outages', outage)).status).toBe(403);
    expect((await sun.call('POST', '/supervision/outages', { ...outage, to: new Date(begun + 99 * DAY).toISOString() })).body.error.kind).toBe('bad-period');
    expect((await sun.call('POST', '/supervision/outages', outage)).body.ok).toBe(true);
    await sweep();
    const opened = (await sun.call('GET', `/supervision/cards/${card.id}`)).body.value;
    expect(opened.card.state).toBe('voided');
    expect(opened.line.some(({ owner }: { owner: string }) => owner === 'outage')).toBe(true);
    expect(await kept(ground())).toEqual(await replayed(ground()));
  });

  test('a rule is changed with two pairs of eyes, from a day to come', async () => {
    const tomorrow = civilDate(served.hall.clock.now() + DAY);
    const rule = { id: 'answer-late', version: 2, on: true, level: 'yellow', parameters: { days: 3 }, from: tomorrow };
    const propose = async (change: object = {}) => (await sun.call('POST', '/supervision/rules', { rule: { ...rule, ...change }, why: '本县承诺三个工作日' })).body;
    expect(await propose({ from: civilDate(served.hall.clock.now()) })).toMatchObject({ error: { kind: 'reaches-back' } });
    expect(await propose()).toMatchObject({ ok: true });
    expect(await propose({ version: 3 })).toMatchObject({ error: { kind: 'undecided' } });
    const decide = async (who: Desk) => (await who.call('POST', '/supervision/rules/answer-late/2/decision', { approve: true })).body;
    expect(await decide(sun)).toMatchObject({ error: { kind: 'same-person' } });
    expect(await decide(qian)).toMatchObject({ ok: true });
    const listed = (await wang.call('GET', '/supervision/rules')).body.filter((row: { rule: { id: string } }) => row.rule.id === 'answer-late');
    expect(listed.map(({ rule: { version }, standing, decidedBy }: { rule: { version: number }; standing: string; decidedBy: string }) => [version, standing, decidedBy])).toEqual([[2, 'approved', 'qian'], [1, 'built-in', '']]);
  });

  test('figures are the log counted, and a bulletin is frozen', async () => {
    const { id } = await handIn();
    const number = await served.db.read.selectFrom('case_view').select('state').where('id', '=', id).executeTakeFirstOrThrow();
    const hashes = [...new Set([...number.state.matchAll(/"hash":"([0-9a-f]{64})"/g)].map(([, hash]) => hash ?? ''))];
    await served.db.write((write) => write.insertInto('blob').values(hashes.map((hash) => ({ division: '330624', hash, size: 1200, received_at: new Date(served.hall.clock.now()).toISOString() }))).onConflict((conflict) => conflict.doNothing()).execute());
    expect(await act(wang, id, 'accept', { lacking: [] })).toMatchObject({ ok: true });
    pass(HOUR);
    expect(await act(li, id, 'finish', { granted: true, words: '符合条件' })).toMatchObject({ ok: true });
    const period = { from: '2026-11-01', to: civilDate(served.hall.clock.now()) };
    expect((await sun.call('POST', '/supervision/bulletins', { ...period, title: '早了', corrects: null })).body).toMatchObject({ error: { kind: 'still-counting' } });
    await sweep();
    expect((await sun.call('POST', '/supervision/bulletins', { ...period, title: '十一月', corrects: null })).body).toMatchObject({ ok: true });
    const sheet = (await wang.call('GET', `/supervision/figures?from=${period.from}&to=${period.to}&department=&item=&machine=`)).body.value;
    const { db: { read }, division } = ground();
    const trails = await loadTrails(read, division, (await read.selectFrom('case_view').select('id').execute()).map((row) => row.id));
    const world = await loadWorld(read, division);
    const counted = recount([...trails.values()].flatMap((trail) => factsOf(trail, served.hall.clock.now(), world) ?? []), period.from, period.to);
    expect(counted.finished).toBeGreaterThan(0);
    expect(sheet.whole.filter(({ name }: { name: string }) => !/entry|online/.test(name))).toEqual(figuresOf(counted, null));
    expect(sheet.departments).toHaveLength(1);
    expect(sheet.departments[0].figures).toEqual(figuresOf(counted, null));

    const published = (await sun.call('POST', '/supervision/bulletins', { ...period, title: '十一月监察通报', corrects: { year: '2027', serial: 1 } })).body.value;
    expect(published).toMatchObject({ number: '监察通报〔2027〕2号', corrects: '监察通报〔2027〕1号' });
    const read1 = (await wang.call('GET', '/supervision/bulletins/2027/2')).body.value;
    // One finished case would tell about a person.
    expect(read1.body.departments).toMatchObject([{ hidden: true, cases: null, figures: [] }]);
    const other = await handIn();
    await act(wang, other.id, 'refuse', { reason: '不在受理范围' });
    await sweep();
    expect((await wang.call('GET', '/supervision/bulletins/2027/2')).body.value).toEqual(read1);
    await served.db.write((write) => write.updateTable('bulletin').set({ body: '{}' }).where('serial', '=', 1).execute());
    expect((await wang.call('GET', '/supervision/bulletins/2027/1')).status).toBe(500);
  });

  test('after all of it the cards are what a replay of the log gives', async () => {
    pass(3 * DAY);
    await sweep();
    expect(await kept(ground())).toEqual(await replayed(ground()));
    expect((await kept(ground())).length).toBeGreaterThan(2);
  });
});

describe('two servers at once', () => {
  const served = hallOfSuite(POSTGRES);
  test('look at each case once between them, and make one card of one finding', async () => {
    const terminal = await served.freshTerminal();
    const actions = Array.from({ length: 45 }, () => served.handIn(terminal));
    await terminal.intake(actions);
    served.hall.clock.advance(12 * DAY);
    const { ground } = served.hall.hall;
    const counts = await Promise.all([sweepSupervision(ground), sweepSupervision(ground), sweepSupervision(ground)]);
    // Cases, and the days that their sums are of.
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(45 + 3);
    await sweepSupervision(ground);
    expect(await kept(ground)).toEqual(await replayed(ground));
    expect(await kept(ground)).toHaveLength(45);
    for (const table of ['figure_day', 'figure_month'] as const) {
      const sums = await served.db.read.selectFrom(table).select(({ fn }) => fn.sum<number>('handed_in').as('handed')).executeTakeFirstOrThrow();
      expect(Number(sums.handed), table).toBe(45);
    }
  }, SLOW);
});
