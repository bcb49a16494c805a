import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256, verifier } from '../crypto/node.ts';
import { acknowledgementText } from '../domain/action/types.ts';
import { caseId, createMaker } from '../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, enrolTerminal, openTestDatabase, PGLITE, POSTGRES, request, startHall, takeToken, terminalAt, type TestHall, type TestTerminal } from '../test/fixtures/hall.ts';
import type { HallDatabase } from './db/database.ts';

const SLOW = 60_000;

describe.each([PGLITE, POSTGRES])('the road to terminals on $name', ({ start }) => {
  let server: Awaited<ReturnType<typeof start>>;
  let db: HallDatabase;
  let hall: TestHall;
  let serial = 0;
  const freshCase = () => caseId(++serial);
  let machines = 0;
  const freshTerminal = () => enrolTerminal(hall, `T330624-${String(++machines + 100)}${machines % 10}`.slice(0, 12));

  beforeAll(async () => {
    server = await start();
    db = await openTestDatabase(await server.place());
    hall = await startHall(db);
  }, SLOW);
  afterAll(async () => {
    await hall.close();
    await db.close();
    await server.stop();
  }, SLOW);

  test('tells its keys to everybody', async () => {
    const { status, body } = await request(hall.url, 'GET', '/api/v1/about');
    expect({ status, body }).toEqual({ status: 200, body: { protocol: 1, oldest: 1, now: '2026-11-23T01:30:00.000Z', keys: { hall: 'H330624', signing: hall.keys.signing.publicKey, wrapping: hall.keys.wrapping.publicKey } } });
  });

  test('stores a hand-in and acknowledges it under its key', async () => {
    const terminal = await freshTerminal();
    const action = terminal.maker.make(elderCardHandIn(terminal.nextNumber()), { code: ELDER_CARD, case: freshCase() });
    const [outcome] = await terminal.intake([action]);
    if (outcome?.kind !== 'stored') throw new Error(JSON.stringify(outcome));
    const { signature, ...word } = outcome.acknowledgement;
    expect(word).toEqual({ action: action.id, hash: action.hash, hall: 'H330624', receivedAt: '2026-11-23T01:30:00.000Z' });
    expect(verifier.verify(hall.keys.signing.publicKey, sha256(acknowledgementText(word)), signature)).toBe(true);
  });
});
