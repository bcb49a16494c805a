/**
 * A hall with a year of a large county behind it (200 000 cases) before its staff: each page that reads, over the console's real road, asked by one person with nobody
 * else about, and by twenty at once who look at what they got before they ask again. Unlike the other benches this one judges: it ends with 1 when a page
 * takes longer than the limit.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startChild, until } from '../../build/demo/child.ts';
import { inProject } from '../../build/paths.ts';
import { say } from '../../build/say.ts';
import type { Role } from '../../domain/contracts/staff.ts';
import { type HallDatabase, openDatabase } from '../../hall/db/database.ts';
import { PRACTICE_PASSWORD } from '../../hall/seed/cast.ts';
import { consoleAt, type TestConsole } from '../fixtures/hall.ts';
import { startPostgres } from '../fixtures/postgres.ts';
import { type Making, makeCounty } from './rig/county.ts';
import { type Ask, hallAsks } from './rig/hall-asks.ts';
import { head, keepReport, percentile, short } from './rig/measure.ts';

const CASES = 200_000;
const DIVISION = '990624';
/** Of an answer's p95, milliseconds: what people take for at once, with time left for the browser to draw. */
const LIMIT = 300;
/** Times that each page is asked for when nobody else is about. */
const ALONE = 20;
const CLERKS = 20;
/** Rounds that each of the clerks goes through all pages: every page is then asked for as often as alone. */
const TOGETHER = 1;
/** How long somebody looks at a page, milliseconds: from one look to reading it. Twenty together ask ten times a second, more than a county's whole staff does. */
const LOOKS = { least: 1000, most: 3000 };

/** Between two sign-ins, milliseconds: the hall takes two a second from one address. */
const A_SIGN_IN = 500;
const pause = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

type Times = { p50: number; p95: number; p99: number };
type Row = { name: string; unit: 'ms'; alone: Times; together: Times; limit: number; kept: boolean };
const Ready = z.object({ url: z.url() });

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { cases: { type: 'string' }, json: { type: 'string' }, database: { type: 'string' }, data: { type: 'string' } } });
  const cases = Number(values.cases ?? CASES);
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-hall-'));
  const postgres = values.database === undefined ? await startPostgres({ durable: true }) : null;
  const url = values.database ?? await postgres?.database() ?? '';
  const data = values.data ?? join(folder, 'hall');
  try {
    const making = await makeCounty({ url, data, cases });
    const rows = await serve({ url, data, folder }, measure);
    tell(rows, making, cases);
    if (values.json !== undefined) keepReport(values.json, { ...head('hall'), cases, making, load: loadavg(), rows });
    return rows.every(({ kept }) => kept) ? 0 : 1;
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the hall as a program of its own, as it is installed. */
async function serve({ url, data, folder }: { url: string; data: string; folder: string }, work: (db: HallDatabase, address: string) => Promise<Row[]>): Promise<Row[]> {
  const ready = join(folder, 'ready.json');
  const child = startChild(process.execPath, ['--disable-warning=ExperimentalWarning', inProject('hall', 'main.ts'), '--practice', '--port', '0', '--data', data, '--packs', inProject('packs'), '--ready-file', ready], { log: join(folder, 'hall.log'), env: { ...process.env, DATABASE_URL: url } });
  const opened = await openDatabase({ kind: 'postgres', url }, DIVISION);
  if (!opened.ok) throw new Error(opened.error.kind);
  try {
    const served = await until('the hall', () => (existsSync(ready) ? Ready.parse(JSON.parse(readFileSync(ready, 'utf8'))) : null), 60_000, child);
    return await work(opened.value, served.url);
  } finally {
    await child.kill();
    await opened.value.close();
  }
}

async function measure(db: HallDatabase, url: string): Promise<Row[]> {
  const accounts = await db.read.selectFrom('account').select(['account', 'role', 'scope']).where('division', '=', DIVISION).orderBy('account').execute();
  const enter = async (role: Role, seat = 0): Promise<TestConsole> => {
    const own = accounts.filter((account) => account.role === role);
    const console = consoleAt(url);
    const { body } = await console.call('POST', '/session', { account: own[seat % own.length]?.account, password: PRACTICE_PASSWORD });
    if (body.ok !== true) throw new Error(`sign-in: ${JSON.stringify(body)}`);
    await pause(A_SIGN_IN);
    return console;
  };
  const asks = await hallAsks(db.read, DIVISION, enter);
  const roles = [...new Set(asks.map(({ by }) => by))];
  const sitDown = async (seat: number) => new Map(await inTurn(roles, async (role) => [role, await enter(role, seat)] as const));

  say(`One person asks for ${asks.length} pages, ${ALONE} times each`);
  const first = await sitDown(0);
  const alone = new Map(asks.map(({ name }) => [name, [] as number[]]));
  for (let turn = -1; turn < ALONE; turn += 1) {
    // The first round finds cold caches, as the first person of a day does, and is not counted.
    for (const ask of asks) {
      const took = await time(first, ask, turn + 1);
      if (turn >= 0) alone.get(ask.name)?.push(took);
    }
  }

  say(`${CLERKS} at once, ${TOGETHER} rounds each`);
  const together = new Map(asks.map(({ name }) => [name, [] as number[]]));
  const seats = await inTurn(Array.from({ length: CLERKS }, (_, seat) => seat), sitDown);
  await Promise.all(seats.map(async (consoles, seat) => {
    for (let round = 0; round < TOGETHER; round += 1) {
      for (const [turn, ask] of shuffled(asks).entries()) {
        await pause(LOOKS.least + Math.random() * (LOOKS.most - LOOKS.least));
        together.get(ask.name)?.push(await time(consoles, ask, seat * 31 + turn));
      }
    }
  }));
  return asks.map(({ name }) => {
    const [one, many] = [timesOf(alone.get(name) ?? []), timesOf(together.get(name) ?? [])];
    return { name, unit: 'ms', alone: one, together: many, limit: LIMIT, kept: one.p95 <= LIMIT && many.p95 <= LIMIT };
  });
}

function shuffled(asks: readonly Ask[]): Ask[] {
  return asks.map((ask) => ({ ask, place: Math.random() })).toSorted((left, right) => left.place - right.place).map(({ ask }) => ask);
}

async function inTurn<From, To>(from: readonly From[], make: (each: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  for (const each of from) made.push(await make(each));
  return made;
}

/** Milliseconds until the whole answer is here. */
async function time(consoles: ReadonlyMap<Role, TestConsole>, { name, by, make }: Ask, turn: number): Promise<number> {
  const { method, path, body } = make(turn);
  const begun = performance.now();
  const answer = await consoles.get(by)?.call(method, path, body);
  const took = performance.now() - begun;
  if (answer?.status !== 200 || answer.body.ok === false) throw new Error(`${name} was answered ${answer?.status}: ${JSON.stringify(answer?.body).slice(0, 200)}`);
  return took;
}

function timesOf(times: readonly number[]): Times {
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) };
}

function tell(rows: readonly Row[], making: Making, cases: number): void {
  const { bench, version, machine } = head('hall');
  const words = ({ p50, p95, p99 }: Times) => `${short(p50)} / ${short(p95)} / ${short(p99)}`;
  const seconds = (took: number | null) => (took === null ? 'before' : `in ${Math.round(took)} s`);
  const rate = making.seeding === null ? '' : `, ${Math.round(cases / making.seeding)} per second`;
  process.stdout.write(`${[
    `${bench}, Jinban ${version}: ${machine}, load ${loadavg().map((load) => load.toFixed(1)).join(' ')}`,
    `${cases} cases, seeded ${seconds(making.seeding)}${rate}; looked at by supervision ${seconds(making.supervision)}; messages, texts and reads ${seconds(making.rest)}.`, '',
    `| what | 1 clerk, ms: p50 / p95 / p99 | ${CLERKS} clerks | p95 within ${LIMIT} |`, '|---|---|---|---|',
    ...rows.map(({ name, alone, together, kept }) => `| ${name} | ${words(alone)} | ${words(together)} | ${kept ? 'yes' : '**no**'} |`),
  ].join('\n')}\n`);
}
