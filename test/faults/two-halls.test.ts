import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { systemClock } from '../../hall/clock/system.ts';
import { sweepsOf } from '../../hall/clock/sweeps.ts';
import { CaseId, ulid } from '../../domain/ids.ts';
import type { Ground } from '../../hall/ground.ts';
import { elderCardHandIn, enrolTerminal } from '../fixtures/hall.ts';
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { packReference } from '../rigs/citizen.ts';
import { type Clerk, type Pool, type SentDeed, signInClerk, workAllDay } from './rig/clerks.ts';
import { type Judged, judgeDeeds, judgeHallLog } from './rig/judge-twins.ts';
import { FULL_RUNS, howMany, randomFrom, SEED } from './rig/seed.ts';
import { startTwins, type Twins } from './rig/twins.ts';

/** Kills of the ordinary run: some ten seconds, most of them starts. */
const KILLS = FULL_RUNS ?? 4;
/** Kills until all deeds are judged, and the clerks begin anew. */
const KILLS_A_DAY = 25;
const NOTHING: Judged = { deeds: 0, done: 0, again: 0, lostAnswers: 0, givenUp: 0, givenUpDone: 0 };
/** Longest life of a hall once it serves, milliseconds: a deed takes some ten. */
const LONGEST_LIFE = 700;
/** How often both are killed at once. */
const BOTH = 0.15;
/** How long the database is gone, milliseconds, and how often all of its connections are cut. */
const GONE = howMany(2500, 60_000);
const CUTS = howMany(2, 100);
/** Within which a hall without its database says so, milliseconds: long before the console's patience ends. */
const BEFORE_PATIENCE_ENDS = 10_000;
const DAY = 86_400_000;
const limit = 120_000 + KILLS * 15_000 + 4 * GONE;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let postgres: TestPostgres;
let url: string;
let twins: Twins;
let clerks: (Clerk & { sent: SentDeed[] })[];
const random = randomFrom(SEED);
const pool: Pool = { open: [], finished: [], serial: 0 };

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.database();
  twins = await startTwins(url);
  clerks = await Promise.all(['wang', 'zhao', 'qian', 'sun'].map((name) => signInClerk(twins.ground, twins.halls.map(({ port }) => port), name, randomFrom(SEED + name.length + name.charCodeAt(0)))));
}, 240_000);
afterAll(async () => {
  await twins.close();
  await postgres.stop();
}, 60_000);

/** All clerks work while `meanwhile` happens, and are then called off. A failure shows the halls' logs. */
async function atWork(meanwhile: () => Promise<void>): Promise<void> {
  let over = false;
  const days = clerks.map((clerk, index) => workAllDay(clerk, pool, randomFrom(SEED + index), () => over));
  try {
    await Promise.race([meanwhile(), Promise.all(days)]);
    over = true;
    await Promise.all(days);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.stack : String(cause)}\nseed ${SEED} (JINBAN_FAULT_SEED=${SEED} repeats it)\n${twins.logs()}`, { cause });
  } finally {
    over = true;
  }
}

/** Judges what the clerks did since they were last judged, and the hall's log whole. */
async function judgeDay(): Promise<Judged> {
  const judged = await judgeDeeds(twins.ground, clerks);
  await judgeHallLog(twins.ground);
  for (const { sent } of clerks) sent.length = 0;
  return judged;
}

function addUp(one: Judged, two: Judged): Judged {
  return {
    deeds: one.deeds + two.deeds, done: one.done + two.done, again: one.again + two.again, lostAnswers: one.lostAnswers + two.lostAnswers, givenUp: one.givenUp + two.givenUp, givenUpDone: one.givenUpDone + two.givenUpDone,
  };
}

async function onDatabase<Value>(work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const cutAll = () => onDatabase((client) => client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'));

test(`two halls killed ${KILLS} times in mid-work: no deed twice, none lost, and every answer stands`, async () => {
  let judged = NOTHING;
  for (let kills = 0; kills < KILLS; ) {
    const evening = Math.min(kills + KILLS_A_DAY, KILLS);
    await atWork(async () => {
      // Until a hall has died on somebody, too: all clerks may have been led to the other one so far.
      while (kills < evening || !clerks.some(({ sent }) => sent.some(({ cut }) => cut > 0))) {
        await pause(random.between(30, LONGEST_LIFE));
        // One, while the other goes on; now and then both.
        const victims = random.chance(BOTH) ? twins.halls : [random.pick(twins.halls)];
        await Promise.all(victims.map((hall) => hall.kill()));
        kills += victims.length;
        await Promise.all(victims.map((hall) => hall.start()));
      }
    });
    judged = addUp(judged, await judgeDay());
    if (FULL_RUNS !== null) process.stderr.write(`${kills} kills: ${JSON.stringify(judged)}\n`);
  }
  expect(judged.deeds).toBeGreaterThan(KILLS);
  expect(judged.again + judged.givenUp).toBeGreaterThan(0);
}, limit);

test(`the database is gone for ${GONE / 1000} s: both halls say so at once and go on when it is back, live lines and terminals too`, async () => {
  const [one, two] = twins.halls;
  const terminal = await enrolTerminal({ hall: { ...({} as Parameters<typeof enrolTerminal>[0]['hall']), ground: twins.ground }, url: `http://127.0.0.1:${one.port}` });
  const handIns = Array.from({ length: 5 }, (_, index) => terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { ...packReference('elder-card'), case: handInId(index) }));
  const line = await openLine(clerks[0]!);
  expect(await line.hears('beat')).toBe(true);
  await atWork(async () => {
    await pause(300);
    await postgres.crash();
    const began = Date.now();
    while (Date.now() - began < GONE) {
      for (const turn of [0, 1]) {
        const asked = await clerks[1]!.request('GET', '/window/items', undefined, { turn });
        expect(asked).toMatchObject({ status: 503, body: { data: { kind: 'database-away' } }, retryAfter: '2' });
        expect(asked?.milliseconds).toBeLessThan(BEFORE_PATIENCE_ENDS);
      }
      expect((await terminal.call('POST', '/intake', { protocol: 1, actions: handIns })).status).toBe(503);
      expect((await fetch(`http://127.0.0.1:${two.port}/healthz`)).status).toBe(503);
      await pause(100);
    }
    await postgres.start();
    await until('the halls again', async () => (await Promise.all([one, two].map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200))).every(Boolean), 20_000);
    for (let cut = 0; cut < CUTS; cut += 1) {
      await pause(random.between(50, 400));
      await cutAll();
    }
  });
  expect([one.alive(), two.alive()]).toEqual([true, true]);
  expect((await terminal.intake(handIns)).map(({ kind }) => kind)).toEqual(['stored', 'stored', 'stored', 'stored', 'stored']);
  expect((await terminal.intake(handIns)).map(({ kind }) => kind)).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
  // The line ended with its database, or hears nothing; a browser opens another, which hears what happens at the other server.
  line.close();
  const again = await openLine(clerks[0]!);
  expect(await again.hears('beat')).toBe(true);
  const heard = again.hears('claimed');
  await clerks[1]!.request('POST', `/cases/${handIns[0]!.case}/claim`, {}, { turn: 1 });
  expect(await heard).toBe(true);
  again.close();
  const judged = await judgeDay();
  if (FULL_RUNS !== null) process.stderr.write(`database gone: ${JSON.stringify(judged)}\n`);
}, limit);

test('what halls do by themselves both do at once, with their connections cut in between, and it is done once', async () => {
  for (const hall of twins.halls) await hall.close();
  // All that runs is over by then: cases that nobody answered, calls that nobody made, messages that nobody answered.
  const later = { ...systemClock, now: () => Date.now() + 60 * DAY };
  const grounds = [await twins.beside(later), await twins.beside(later)];
  const waiting = await twins.ground.db.read.selectFrom('case_view').select('id').where('stage', '=', 'handed-in').execute();
  expect(waiting.length).toBeGreaterThan(0);
  const rounds = async (ground: Ground, failing: boolean) => {
    for (const { run } of sweepsOf(null)) await run(ground).catch((cause: unknown) => {
      if (!failing) throw cause;
    });
  };
  const cutting = (async () => {
    for (let cut = 0; cut < CUTS; cut += 1) {
      await pause(random.between(20, 150));
      await cutAll();
    }
  })();
  await Promise.all(grounds.map((ground) => rounds(ground, true)));
  await cutting;
  await Promise.all(grounds.map((ground) => rounds(ground, false)));
  await Promise.all(grounds.map((ground) => rounds(ground, false)));
  const accepted = await twins.ground.db.read.selectFrom('action').select('case_id').where('kind', '=', 'accepted').execute();
  for (const { id } of waiting) expect(accepted.filter(({ case_id }) => case_id === id), 'deemed accepted').toHaveLength(1);
  const duties = await twins.ground.db.read.selectFrom('rating_duty').select(['case_id', 'overdue', 'events']).execute();
  const events = await twins.ground.db.read.selectFrom('rating_duty_event').select('case_id').execute();
  for (const { case_id, events: count } of duties) expect(events.filter((event) => event.case_id === case_id)).toHaveLength(count);
  await judgeHallLog(twins.ground);
}, limit);

function handInId(index: number) {
  return CaseId.parse(ulid(Date.now() + index, new Uint8Array(10).fill(7)));
}

async function openLine(clerk: Clerk): Promise<{ hears(what: string): Promise<boolean>; close(): void }> {
  const abort = new AbortController();
  const opened = await until('a live line', () => clerk.listen(0, abort.signal), 20_000);
  const reader = opened.getReader();
  return {
    /** @returns false when the line ended before */
    async hears(what) {
      for (let text = ''; !text.includes(`"what":"${what}"`); ) {
        const read = await reader.read().catch(() => null);
        if (read === null || read.done) return false;
        text += read.value;
      }
      return true;
    },
    close: () => abort.abort(),
  };
}
