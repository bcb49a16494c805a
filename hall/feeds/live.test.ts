import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIVE_HEARTBEAT } from '../../domain/contracts/hall.ts';
import { MachineId } from '../../domain/ids.ts';
import { DESKS_OPEN, enrolTerminal, listenAt, openTestDatabase, PGLITE, POSTGRES, startHall, takeToken, type TestHall } from '../../test/fixtures/hall.ts';
import { assertNoTimers, type TestClock, testClock } from '../../test/fixtures/test-clock.ts';
import { type DatabasePlace, type HallDatabase, tellCommitted } from '../db/database.ts';
import { retireMachine, TOKEN_LIFE } from '../identity/machines.ts';
import { announceItem } from './feed.ts';

const SLOW = 60_000;

describe.each([PGLITE, POSTGRES])('a live line on $name', ({ name, start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let place: DatabasePlace;
  let db: HallDatabase;
  let clock: TestClock;
  let hall: TestHall;
  let machines = 0;
  const freshTerminal = () => enrolTerminal(hall, `T330624-${String(++machines).padStart(4, '0')}`);
  const announce = () => db.write((write) => announceItem(write, '330624', { code: '11330624002600018R4332001001000', version: 1 }));

  /** Lets heartbeats pass until what is waited for comes. */
  const beat = async <Value>(wanted: Promise<Value>): Promise<Value> => {
    let come = false;
    void wanted.then(() => (come = true));
    while (!come) {
      // Nobody waits for a heartbeat while the server is still at its last word.
      if (clock.waiting > 0) await clock.pass(LIVE_HEARTBEAT);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return wanted;
  };

  beforeAll(async () => {
    server = await start();
    place = await server.place();
    db = await openTestDatabase(place);
    clock = testClock(DESKS_OPEN);
    hall = await startHall(db, { clock });
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    assertNoTimers(clock);
    await db.close();
    await server.stop();
  }, SLOW);

  test('says where the feed stands, at once, after a change and at every heartbeat, and nothing else', async () => {
    const line = await listenAt(hall.url, (await freshTerminal()).token);
    expect([line.status, line.headers.get('content-type'), line.headers.get('cache-control'), line.headers.get('x-accel-buffering')]).toEqual([200, 'text/event-stream', 'no-store', 'no']);
    const { feed } = await line.next();
    await announce();
    expect(await line.next()).toEqual({ feed: feed + 1 });
    // The words of other programs on the channel, and of other counties, are none.
    await db.write(async (write) => {
      await tellCommitted(write, 'no JSON');
      await tellCommitted(write, JSON.stringify({ division: '330625', audience: 'all' }));
    });
    expect(await beat(line.next())).toEqual({ feed: feed + 1 });
    line.close();
  });

  test('a change that is taken back is not told of', async () => {
    const line = await listenAt(hall.url, (await freshTerminal()).token);
    const before = await line.next();
    await db.write(async (write) => {
      await announceItem(write, '330624', { code: '11330624002600018R4332001001000', version: 1 });
      throw new Error('taken back');
    }).catch(() => undefined);
    expect(await beat(line.next())).toEqual(before);
    line.close();
  });

  test.runIf(name === 'PostgreSQL')('what was not heard while the database was away (PGlite, in the process, never is) is made up for by the heartbeat, which listens again', async () => {
    if (place.kind !== 'postgres') throw new Error('not PostgreSQL');
    const line = await listenAt(hall.url, (await freshTerminal()).token);
    const { feed } = await line.next();
    const saboteur = new pg.Client({ connectionString: place.url });
    await saboteur.connect();
    const listeners = async () => (await saboteur.query<{ pid: number }>("select pid from pg_stat_activity where datname = current_database() and query like 'listen %'")).rows.map(({ pid }) => pid);
    const [before] = await listeners();
    await saboteur.query('select pg_terminate_backend($1)', [before]);
    while ((await listeners()).includes(before ?? 0));
    await announce();
    // Heartbeats repeat what they said; one of them says the new place, and one finds the database listening again.
    while ((await beat(line.next())).feed !== feed + 1);
    while ((await listeners()).length === 0) await beat(line.next());
    await announce();
    // No heartbeat passes any more: it was heard. What an earlier one said may still be on its way.
    let word = await line.next();
    while (word.feed === feed + 1) word = await line.next();
    expect(word).toEqual({ feed: feed + 2 });
    await saboteur.end();
    line.close();
  });

  test('ends with its token, with its machine, and when the machine opens another', async () => {
    const terminal = await freshTerminal();
    const old = await listenAt(hall.url, terminal.token);
    await old.next();
    const replaced = await listenAt(hall.url, terminal.token);
    await replaced.next();
    await old.ended();
    await clock.pass(TOKEN_LIFE);
    await beat(replaced.ended());
    const again = await listenAt(hall.url, await takeToken(hall.url, terminal.maker));
    await again.next();
    await retireMachine(hall.hall.ground, MachineId.parse(terminal.maker.machine));
    await beat(again.ended());
    expect((await listenAt(hall.url, terminal.token)).status).toBe(401);
  });
});
