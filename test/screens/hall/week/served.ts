/** A hall at one address that can be stopped in the middle of everything and started again on the same database, and whose minutes pass when the test says so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../../../build/paths.ts';
import type { Item } from '../../../../domain/item/types.ts';
import { type Rounds, startRounds } from '../../../../hall/clock/rounds.ts';
import { sweepsOf } from '../../../../hall/clock/sweeps.ts';
import { generateKeyRing } from '../../../../hall/identity/keys.ts';
import { PaperSettings } from '../../../../hall/papers/settings.ts';
import { freePort } from '../../../../wire/free-port.ts';
import { openTestDatabase, startHall, type TestDatabases, type TestHall } from '../../../fixtures/hall.ts';
import { testClock, type TestClock } from '../../../fixtures/test-clock.ts';

/** Without these no paper that names the ways to object is made. */
const PAPERS = PaperSettings.parse({ mark: '新政服', reconsideration: '新昌县人民政府', court: '新昌县人民法院' });

export type WeekHall = {
  readonly clock: TestClock;
  /** As it runs now. @throws while it is stopped */
  readonly hall: TestHall;
  readonly up: boolean;
  /** Lets time pass, a minute or more, and the hall go the round that is due then. */
  pass(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

/** @param from when the week begins, milliseconds since 1970 */
export async function openWeekHall(databases: TestDatabases, items: readonly Item[], from: number): Promise<WeekHall> {
  const server = await databases.start();
  const place = await server.place();
  const [clock, keys, port, data] = [testClock(from), generateKeyRing(), await freePort(), await mkdtemp(join(tmpdir(), 'jinban-week-'))];
  // A database in memory ends with whoever holds it; a real one is opened anew with each start.
  const inMemory = place.kind === 'pglite';
  let db = await openTestDatabase(place);
  let running: { hall: TestHall; rounds: Rounds } | null = null;
  let gone = () => {};
  const week: WeekHall = {
    clock,
    get hall() {
      if (running === null) throw new Error('the hall is stopped');
      return running.hall;
    },
    get up() {
      return running !== null;
    },
    async pass(milliseconds) {
      const round = running === null ? Promise.resolve() : new Promise<void>((resolve) => {
        gone = resolve;
      });
      clock.advance(milliseconds);
      await round;
    },
    async stop() {
      await running?.rounds.close();
      await running?.hall.close();
      if (!inMemory) await db.close();
      running = null;
    },
    async start() {
      if (!inMemory) db = await openTestDatabase(place);
      const hall = await startHall(db, { clock, keys, port, data, items, papers: PAPERS, consoleFolder: inProject('dist', 'console') });
      // The last of a round tells the test that it is over.
      const rounds = startRounds(hall.hall.ground, [...sweepsOf(null), { name: 'told', run: () => Promise.resolve(gone()) }]);
      running = { hall, rounds };
    },
    async close() {
      if (running !== null) await week.stop();
      if (inMemory) await db.close();
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
  await week.start();
  return week;
}
