import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifier } from '../crypto/node.ts';
import { verifyChain } from '../domain/action/chain.ts';
import { type FeedEntry, LIVE_HEARTBEAT } from '../domain/contracts/hall.ts';
import { caseId } from '../test/fixtures/actions.ts';
import { consoleAt, ELDER_CARD, elderCardHandIn, enrolTerminal, giveAccount, listenAt, openTestDatabase, POSTGRES, sealedHandIn, signInAt, startHall, terminalAt, type TestHall, type TestTerminal, uploadBlob } from '../test/fixtures/hall.ts';
import { scannedPage } from '../test/rigs/window.ts';
import pg from 'pg';
import type { DatabasePlace, HallDatabase } from './db/database.ts';
import { generateKeyRing } from './identity/keys.ts';
import { createHallLog } from './log-events.ts';
import { createHall } from './server.ts';

const SLOW = 180_000;

/** Ids of the hall's actions in an answer of the feed. */
const actionIds = (body: { entries: FeedEntry[] }): string[] => body.entries.flatMap((entry) => (entry.kind === 'action' ? [entry.action.id] : []));

describe('two servers on one PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof POSTGRES.start>>;
  let place: DatabasePlace;
  const databases: HallDatabase[] = [];
  let one: TestHall;
  let two: TestHall;
  let terminal: TestTerminal;
  let cases = 0;

  beforeAll(async () => {
    server = await POSTGRES.start();
    place = await server.place();
    // Both find an empty database and migrate it at the same moment.
    databases.push(...await Promise.all([openTestDatabase(place), openTestDatabase(place)]));
    one = await startHall(databases[0]!);
    two = await startHall(databases[1]!, { keys: one.keys, data: one.data, clock: one.clock });
    terminal = await enrolTerminal(one);
  }, SLOW);
  afterAll(async () => {
    await two.close();
    await one.close();
    await Promise.all(databases.map((db) => db.close()));
    await server.stop();
  }, SLOW);

  const handIn = () => {
    const id = caseId(++cases);
    const sealed = sealedHandIn(one, id, terminal.nextNumber());
    return { id, sealed: sealed.sealed, action: terminal.maker.make(sealed.payload, { code: ELDER_CARD, case: id }) };
  };

  test('published their items once', async () => {
    expect((await terminal.call('GET', '/feed?after=0&limit=10')).body.entries).toHaveLength(2);
  });

  test('take what either gave: token, lease, batch, acknowledgement', async () => {
    const elsewhere = terminalAt(two.url, terminal.maker, terminal.token);
    const batch = Array.from({ length: 8 }, () => handIn().action);
    const answers = await Promise.all([terminal.intake(batch), elsewhere.intake(batch), terminal.intake(batch), elsewhere.intake(batch)]);
    expect(answers.flat().filter(({ kind }) => kind === 'stored')).toHaveLength(8);
    expect(answers.flat().filter(({ kind }) => kind === 'duplicate')).toHaveLength(24);
    const leases = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? terminal : elsewhere).lease(10, `two-servers-${index}`)));
    expect(new Set(leases.map(({ first }) => first)).size).toBe(8);
  });

  test('take the first pages of a draft that are chosen together, under one key', async () => {
    const id = caseId(++cases);
    const desks = [await signInAt(one, 'wang', 'clerk'), await signInAt(two, 'wang', 'clerk')];
    const sent = await Promise.all(Array.from({ length: 12 }, (_, page) => desks[page % 2]!.send(`/scans/${id}`, scannedPage(`page ${page}`), 'image/jpeg')));
    expect(sent.map(({ status, body }) => `${status} ${body.ok}`)).toEqual(sent.map(() => '200 true'));
    expect(await databases[0]!.read.selectFrom('window_draft').select('case_id').where('case_id', '=', id).execute()).toHaveLength(1);
  });

  test('make one chain of decisions and one feed without holes', async () => {
    const made = Array.from({ length: 6 }, handIn);
    await terminal.intake(made.map(({ action }) => action));
    for (const { id, sealed } of made) for (const [hash, bytes] of sealed) await uploadBlob(two.url, terminal.token, { case: id, hash }, bytes);
    const [wang, li] = [await signInAt(one, 'wang', 'clerk'), await signInAt(two, 'li', 'department')];
    let after = (await terminal.call('GET', '/feed?after=0&limit=500')).body.checkpoint;
    const told: string[] = [];
    const deciding = Promise.all(made.map(async ({ id }, index) => {
      const who = index % 2 === 0 ? wang : li;
      expect((await who.call('POST', `/cases/${id}/accept`, { lacking: [] })).body.ok).toBe(true);
      expect((await who.call('POST', `/cases/${id}/finish`, { granted: true, words: '' })).body.ok).toBe(true);
    }));
    // A terminal that reads while both write passes nothing by.
    for (let reads = 0; reads < 200 && told.length < 18; reads += 1) {
      const { body } = await terminal.call('GET', `/feed?after=${after}&limit=500`);
      told.push(...actionIds(body));
      after = body.checkpoint;
    }
    await deciding;
    const { body } = await terminal.call('GET', `/feed?after=${after}&limit=500`);
    told.push(...actionIds(body));
    const rows = await databases[0]!.read.selectFrom('action').select(['id', 'body']).where('machine', '=', 'H330624').orderBy('sequence').execute();
    expect(told).toEqual(rows.map(({ id }) => id));
    const faults = verifyChain(rows.map((row) => JSON.parse(row.body)), one.hall.ground.hall, one.keys.signing.publicKey, verifier).faults;
    expect(faults).toEqual([]);
  });

  test('a clerk at one server is heard by a terminal at the other, before its clock moves', async () => {
    if (place.kind !== 'postgres') throw new Error('not PostgreSQL');
    const { id, sealed, action } = handIn();
    await terminal.intake([action]);
    for (const [hash, bytes] of sealed) await uploadBlob(two.url, terminal.token, { case: id, hash }, bytes);
    const clerk = await signInAt(two, 'wang', 'clerk');
    const line = await listenAt(one.url, terminal.token);
    const { feed } = await line.next();
    expect((await clerk.call('POST', `/cases/${id}/accept`, { lacking: [] })).body.ok).toBe(true);
    const { feed: moved } = await line.next();
    expect(actionIds((await terminal.call('GET', `/feed?after=${feed}&limit=10`)).body)).toHaveLength(1);
    expect(moved).toBeGreaterThan(feed);
    line.close();
  });

  test('a clerk at one server sees, before its clock moves, what a colleague at the other does with a case; nobody hears of what lies outside of the scope', async () => {
    const made = handIn();
    await terminal.intake([made.action]);
    const [wang, li, far] = [await signInAt(one, 'wang', 'clerk'), await signInAt(two, 'li', 'department'), await signInAt(one, 'far', 'clerk', { departments: ['91330624MA2D000000'], sites: null, items: null })];
    const [line, other] = [await wang.listen(), await far.listen()];
    for (const opened of [line, other]) expect(await opened.next()).toEqual({ cases: [], by: '', what: 'beat' });
    await li.call('POST', `/cases/${made.id}/claim`, {});
    expect(await line.next()).toEqual({ cases: [made.id], by: 'li', what: 'claimed' });
    await li.call('POST', `/cases/${made.id}/refuse`, { reason: '不属于本机关职权' });
    expect(await line.next()).toEqual({ cases: [made.id], by: 'li', what: 'refused' });
    // The next thing that the other line hears is its heartbeat, and signing out ends it.
    // Its turn begins when it has looked at what it was not told, so the clock moves until it speaks.
    const untilItSpeaks = async (spoken: Promise<unknown>) => {
      let spoke = false;
      void spoken.then(() => (spoke = true));
      await expect.poll(() => {
        one.clock.advance(LIVE_HEARTBEAT);
        return spoke;
      }).toBe(true);
    };
    const next = other.next();
    await untilItSpeaks(next);
    expect(await next).toEqual({ cases: [], by: '', what: 'beat' });
    await far.call('DELETE', '/session');
    await untilItSpeaks(other.ended());
    line.close();
  });

  test('a connection cut in mid-batch leaves nothing half, and the same batch is stored whole afterwards', async () => {
    if (place.kind !== 'postgres') throw new Error('not PostgreSQL');
    const batch = [handIn().action, terminal.maker.make(elderCardHandIn('330624202699999998'), { code: ELDER_CARD, case: caseId(++cases) }), handIn().action];
    const rows = async () => ({
      actions: (await databases[1]!.read.selectFrom('action').select('id').where('id', 'in', batch.map(({ id }) => id)).execute()).length,
      cases: (await databases[1]!.read.selectFrom('case_view').select('id').where('id', 'in', batch.map((action) => action.case)).execute()).length,
      head: (await databases[1]!.read.selectFrom('machine').select('head_sequence').where('machine', '=', terminal.maker.machine).executeTakeFirstOrThrow()).head_sequence,
    });
    const before = await rows();
    const saboteur = new pg.Client({ connectionString: place.url });
    await saboteur.connect();
    // The batch writes its actions and cases, then waits here.
    await saboteur.query('begin');
    await saboteur.query('lock table quarantine in access exclusive mode');
    const cut = terminal.call('POST', '/intake', { protocol: 1, actions: batch });
    let waiting: number[] = [];
    while (waiting.length === 0) {
      const found = await saboteur.query<{ pid: number }>("select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
      waiting = found.rows.map(({ pid }) => pid);
    }
    await saboteur.query('select pg_terminate_backend($1)', [waiting[0]]);
    expect(await cut).toMatchObject({ status: 503, body: { data: { kind: 'database-away' } } });
    await saboteur.query('rollback');
    await saboteur.end();
    expect(await rows()).toEqual(before);
    expect((await terminal.intake(batch)).map(({ kind }) => kind)).toEqual(['stored', 'quarantined', 'stored']);
    expect(await rows()).toEqual({ actions: 3, cases: 2, head: before.head + 3 });
  });

  test('a row that the database refuses is judged alone, and the rest of its batch is stored', async () => {
    if (place.kind !== 'postgres') throw new Error('not PostgreSQL');
    const [before, contested, after] = [handIn(), handIn(), handIn()];
    const rival = new pg.Client({ connectionString: place.url });
    await rival.connect();
    // Somebody else is writing a case of that id this very moment: the batch cannot see it yet, and then runs into it.
    await rival.query('begin');
    await rival.query(`insert into case_view select division, $1, machine, 'rival', 'rival', item_code, item_version, item_name, person, person_number, stage, handed_in_at, received_at, promised_by, duty_by, claimed_by, claimed_at, actions, state from case_view limit 1`, [contested.id]);
    const taking = terminal.intake([before.action, contested.action, after.action]);
    for (;;) {
      const { rowCount } = await rival.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
      if (rowCount !== 0) break;
    }
    await rival.query('commit');
    await rival.end();
    expect(await taking).toMatchObject([{ kind: 'stored' }, { kind: 'quarantined', reason: 'illegal-transition' }, { kind: 'stored' }]);
    const { kind } = (await terminal.intake([contested.action]))[0]!;
    expect(kind).toBe('quarantined');
  });

  test('a hall with another key is not let onto the database', async () => {
    const { ground } = one.hall;
    const stranger = await createHall({ ...ground, keys: generateKeyRing(), items: [], data: one.data, consoleFolder: null, rounds: false, smsGateway: null, secureCookies: false, demo: false, secondFactor: 'off', log: createHallLog({ write: () => undefined }) });
    expect(stranger).toEqual({ ok: false, error: { kind: 'other-hall-key' } });
  });

  test('let everybody in who signs in at once the next morning, with the cookie of the day before', async () => {
    const seats = await Promise.all(Array.from({ length: 16 }, async (_, seat) => {
      const account = `early${seat}`;
      return { account, password: await giveAccount(one, account, 'clerk'), desk: consoleAt([one.url, two.url][seat % 2] ?? one.url) };
    }));
    for (let day = 0; day < 3; day += 1) {
      const answers = await Promise.all(seats.map(({ account, password, desk }) => desk.call('POST', '/session', { account, password })));
      expect(answers.map(({ status, body }) => `${status} ${body.ok}`), `day ${day}`).toEqual(answers.map(() => '200 true'));
      one.clock.advance(24 * 3_600_000);
    }
  });
});
