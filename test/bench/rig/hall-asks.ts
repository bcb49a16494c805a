/** What staff ask of a hall all day: each page of the console that reads, with other cases and people each time. */
import { sql } from 'kysely';
import { civilDate, addNaturalDays } from '../../../domain/calendar/civil-date.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import type { Read } from '../../../hall/db/schema.ts';
import type { TestConsole } from '../../fixtures/hall.ts';

export type Call = { method: 'GET' | 'POST'; path: string; body?: object };
/** One thing that is asked for. @property by whose right it needs @property make the call of one turn, by its number */
export type Ask = { name: string; by: Role; make(turn: number): Call };

/** Rows on a page of the console's lists. */
const PAGE = 50;
/** Pages of a list behind which its deep page begins. */
const DEEP = 20;

/** Cases and people that are asked for, drawn from all of them. */
type Samples = { id: string; person: string; person_number: string; phone: string; number: string; item_name: string; stage: string }[];

export async function drawSamples(read: Read, division: string): Promise<Samples> {
  return read.selectFrom('case_view').select(['id', 'person', 'person_number', 'phone', 'number', 'item_name', 'stage']).where('division', '=', division).orderBy(sql`md5(id)`).limit(300).execute();
}

function get(asked: string | Call): Call {
  return typeof asked === 'string' ? { method: 'GET', path: asked } : asked;
}

/** @param enter signs somebody of a role in: deep pages are found by walking there, as somebody at the console would */
export async function hallAsks(read: Read, division: string, enter: (role: Role) => Promise<TestConsole>): Promise<Ask[]> {
  const samples = await drawSamples(read, division);
  const open = await read.selectFrom('case_view').select('id').where('division', '=', division).where('stage', 'in', ['handed-in', 'supplemented', 'accepted']).orderBy(sql`md5(id)`).limit(300).execute();
  const one = (turn: number) => samples[turn % samples.length] ?? samples[0] as Samples[number];
  const of = <Value>(values: readonly Value[], turn: number) => values[turn % values.length] as Value;
  const clerk = await enter('clerk');
  const [department, supervisor] = [await enter('department'), await enter('supervisor')];

  async function walk(console: TestConsole, list: (after: string, limit: number) => string | Call, pages = DEEP): Promise<string> {
    let after = '';
    for (let page = 0; page < pages; page += 1) {
      const { method, path, body: asked } = get(list(after, 100));
      const { status, body } = await console.call(method, path, asked);
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      if (body.next === '') break;
      after = body.next as string;
    }
    return after;
  }
  const address = (path: string, query: Record<string, string | number>) => `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;
  const inbox = (stage: string, order: string, query = '') => (after: string, limit: number): Call => ({ method: 'POST', path: '/inbox', body: { stage, order, query, after, limit } });
  const fixed = (name: string, by: Role, asked: string | Call): Ask => ({ name, by, make: () => get(asked) });
  const search = (name: string, query: (turn: number) => string, by: Role = 'clerk', stage = 'all'): Ask => ({ name: `search: ${name}`, by, make: (turn) => inbox(stage, 'duty', query(turn))('', PAGE) });

  const lists: Ask[] = [];
  for (const [stage, order] of [['open', 'duty'], ['open', 'newest'], ['mine', 'duty'], ['overdue', 'duty'], ['papers', 'duty'], ['to-issue', 'duty'], ['handed-in', 'duty'], ['correction-asked', 'duty'], ['supplemented', 'duty'], ['accepted', 'duty'], ['decided', 'duty'], ['finished', 'duty'], ['finished', 'newest'], ['refused', 'duty'], ['withdrawn', 'duty'], ['all', 'duty'], ['all', 'newest']] as const) {
    const list = inbox(stage, order);
    lists.push(fixed(`list ${stage}, ${order}`, 'clerk', list('', PAGE)));
    const deep = await walk(clerk, list);
    if (deep !== '') lists.push(fixed(`list ${stage}, ${order}: deep page`, 'clerk', list(deep, PAGE)));
  }
  const tasks = (after: string, limit: number) => address('/tasks', { after, limit });
  const cards = (turn: string, query = '', level = 'all') => (after: string, limit: number) => address('/supervision/cards', { turn, level, query, after, limit });
  const messages = (show: string, query = '') => (after: string) => address('/messages', { show, kind: '', query, after });
  const shownCards = (await supervisor.call('GET', cards('owner')('', 100))).body.rows as { id: string }[];
  const shownMessages = (await supervisor.call('GET', messages('all')(''))).body.rows as { id: string; number: string }[];
  const today = civilDate(Date.now());
  const [month, quarter, year] = [addNaturalDays(today, -30), addNaturalDays(today, -90), addNaturalDays(today, -364)];
  const figures = (from: string) => address('/supervision/figures', { from, to: today, department: '', item: '', machine: '' });
  const reads = (name: string, change: (turn: number) => object): Ask => ({ name: `audit: reads of ${name}`, by: 'auditor', make: (turn) => ({ method: 'POST', path: '/audit/reads', body: { from: quarter, to: today, account: '', before: 0, subject: '', what: 'all', ...change(turn) } }) });

  return [
    ...lists,
    fixed('department: steps that wait', 'department', tasks('', PAGE)),
    fixed('department: steps, deep page', 'department', tasks(await walk(department, tasks, 3), PAGE)),
    fixed('department: list open', 'department', inbox('open', 'duty')('', PAGE)),
    fixed('department: list finished', 'department', inbox('finished', 'duty')('', PAGE)),
    fixed('department: list all, newest', 'department', inbox('all', 'newest')('', PAGE)),
    search('two letters of a name', (turn) => [...one(turn).person].slice(0, 2).join('')),
    search('a surname', (turn) => [...one(turn).person][0] ?? ''),
    search('a surname, by a department', (turn) => [...one(turn).person][0] ?? '', 'department'),
    search('identity number', (turn) => one(turn).person_number),
    search('phone', (turn) => one(turn).phone),
    search('last four digits', (turn) => one(turn).phone.slice(-4)),
    search('whole number', (turn) => one(turn).number),
    search('item', (turn) => one(turn).item_name.slice(0, 5)),
    search('item and surname', (turn) => `${one(turn).item_name.slice(0, 5)} ${[...one(turn).person][0] ?? ''}`),
    search('a surname among accepted', (turn) => [...one(turn).person][0] ?? '', 'clerk', 'accepted'),
    search('nobody', () => '没有这个人'),
    { name: 'case page, open case', by: 'clerk', make: (turn) => ({ method: 'GET', path: `/cases/${of(open, turn).id}` }) },
    { name: 'case page, any case', by: 'clerk', make: (turn) => ({ method: 'GET', path: `/cases/${one(turn).id}` }) },
    { name: 'papers of a case', by: 'clerk', make: (turn) => ({ method: 'GET', path: `/papers/${one(turn).id}` }) },
    fixed('issue desk: to issue', 'issuer', inbox('to-issue', 'duty')('', PAGE)),
    fixed('figures of a month', 'supervisor', figures(month)),
    fixed('figures of a year', 'supervisor', figures(year)),
    fixed('figures of a year, by a department', 'department', figures(year)),
    fixed('ratings by item, a month', 'supervisor', address('/ratings/figures', { by: 'item', from: month, to: today })),
    fixed('ratings by clerk, a year', 'supervisor', address('/ratings/figures', { by: 'clerk', from: year, to: today })),
    fixed('poor ratings, open', 'supervisor', address('/ratings/duties', { show: 'open' })),
    fixed('poor ratings, closed', 'supervisor', address('/ratings/duties', { show: 'closed' })),
    ...(['owner', 'supervision', 'notices', 'over'] as const).map((turn) => fixed(`cards: ${turn}`, 'supervisor', cards(turn)('', PAGE))),
    fixed('cards: owner, deep page', 'supervisor', cards('owner')(await walk(supervisor, cards('owner')), PAGE)),
    { name: 'cards: search', by: 'supervisor', make: (turn) => ({ method: 'GET', path: cards('owner', one(turn).item_name.slice(0, 4))('', PAGE) }) },
    { name: 'cards: search, nothing found', by: 'supervisor', make: (turn) => ({ method: 'GET', path: cards('owner', one(turn).number)('', PAGE) }) },
    fixed('cards: of a department', 'department', cards('owner')('', PAGE)),
    { name: 'a card', by: 'supervisor', make: (turn) => ({ method: 'GET', path: `/supervision/cards/${of(shownCards, turn).id}` }) },
    fixed('late entries of a year', 'supervisor', address('/window/late', { from: year, to: today })),
    fixed('messages: open', 'supervisor', messages('open')('')),
    fixed('messages: all, deep page', 'supervisor', messages('all')(await walk(supervisor, messages('all')))),
    { name: 'messages: by number', by: 'supervisor', make: (turn) => ({ method: 'GET', path: messages('all', of(shownMessages, turn).number.slice(-4))('') }) },
    { name: 'a message', by: 'supervisor', make: (turn) => ({ method: 'GET', path: `/messages/${of(shownMessages, turn).id}` }) },
    ...(['waiting', 'trouble', 'all', 'costs'] as const).map((show) => fixed(`texts: ${show}`, 'supervisor', address('/sms', { show }))),
    reads('a day', () => ({ from: today })),
    reads('a quarter', () => ({})),
    reads('an account, a quarter', () => ({ account: 'ck01' })),
    reads('a person, a quarter', (turn) => ({ subject: one(turn).person_number })),
    { name: 'audit: deeds of a quarter', by: 'auditor', make: () => ({ method: 'POST', path: '/audit/deeds', body: { from: quarter, to: today, account: '', what: '', subject: '', before: 0 } }) },
    fixed('audit: days', 'auditor', '/audit/days'),
    fixed('machines', 'auditor', '/machines'),
    fixed('numbers', 'auditor', '/numbers'),
  ];
}
