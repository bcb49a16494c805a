import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { until } from '../../build/demo/child.ts';
import { type Certificate, makeCertificate } from './rig/certificates.ts';
import { howMany, randomFrom, SEED } from './rig/seed.ts';
import { BAD_WEATHER, DEAF, startWeatherLine, type WeatherLine } from './rig/weather.ts';
import { AROUND, inFaultWorld } from './rig/world.ts';

/** Rounds through the weathers, each in an order of its own: in the ordinary run one through every third, which ones its seed says. */
const ROUNDS = howMany(1, 20);
const OF_A_ROUND = howMany(Math.ceil(BAD_WEATHER.length / 3), BAD_WEATHER.length);
const LIMIT = 300_000 + ROUNDS * 60_000;
/** Requests that must have met a weather before the next one comes. */
const MET = 2;
const RUN_OVER = '"sync-run-complete"';

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    return false;
  }
})();

let postgres: TestPostgres;
let certificates: [Certificate, Certificate];
beforeAll(async () => {
  if (!hasOpenssl) return;
  certificates = [makeCertificate(), makeCertificate()];
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

describe.skipIf(!hasOpenssl)('a bad line (needs openssl for its certificates)', () => {
  test(`${ROUNDS * OF_A_ROUND} weathers one after another while people hand in: nothing is called received that is not at the hall, and in the end everything is there once`, async () => {
    const random = randomFrom(SEED);
    const databaseUrl = await postgres.database();
    const database = new pg.Client({ connectionString: databaseUrl });
    let weather: WeatherLine | undefined;
    const turned = new Set<(typeof BAD_WEATHER)[number]>();
    const line = async (hallPort: number) => {
      weather = await startWeatherLine(hallPort, random, ...certificates);
      return { url: weather.url, env: { NODE_EXTRA_CA_CERTS: certificates[0].file }, close: weather.close };
    };
    const met = await inFaultWorld({ name: 'line', seed: SEED, limitMs: LIMIT, databaseUrl, line }, async (world) => {
      // A run that is given up leaves it behind.
      database.on('error', () => undefined);
      await database.connect();
      const between = weather as WeatherLine;
      await world.startTerminal().ready;
      await world.enrolled();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const bad of random.shuffle(BAD_WEATHER).slice(0, OF_A_ROUND)) {
          turned.add(bad);
          const before = between.met.get(bad) ?? 0;
          world.note(`weather: ${bad}`);
          between.turn(bad);
          await world.handIn(random.between(1, 3));
          const met = (times: number) => until(`${bad} met`, () => (between.met.get(bad) ?? 0) >= before + times);
          // One run at a time: with the end of the one that was in flight, whatever came before the weather changed is settled.
          const runs = world.logged('terminal', RUN_OVER);
          await until('the end of a run', () => world.logged('terminal', RUN_OVER) > runs);
          const known = await world.terminal.received();
          await met(MET);
          const received = await world.terminal.received();
          const { rows } = await database.query<{ id: string }>('select id from action where id = any($1)', [received]);
          expect(rows.length, `received by the terminal's word in ${bad} weather, and at the hall`).toBe(received.length);
          if (DEAF.has(bad)) expect(received.length, `received more in ${bad} weather, which lets nothing through`).toBe(known.length);
          // Sometimes the sky clears for a moment, sometimes the next trouble comes at once.
          if (random.next() < 0.3) between.turn('clear');
        }
      }
      between.turn('clear');
      await world.drained();
      await database.end();
      await world.judge();
      expect(world.refused).toEqual([]);
      return between.met;
    });
    for (const bad of turned) expect(met.get(bad), bad).toBeGreaterThanOrEqual(ROUNDS * MET);
  }, LIMIT + AROUND);
});
