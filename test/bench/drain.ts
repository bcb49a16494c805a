/**
 * P4: a week's backlog drained over loopback into the hall on PostgreSQL, every acknowledgement checked and written down. The limit is
 * gzipped NDJSON batches into one table, without checks or answers; the peer is PouchDB replicating to its own server.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { type Backlog, makeBacklog } from './rig/backlog.ts';
import { startServer } from './rig/child.ts';
import { openCountingLine } from './rig/counting-line.ts';
import { report, rounds, row } from './rig/measure.ts';
import { peers } from './rig/peers.ts';

const CASES = 10_000;
/** Lines a request of the limit: about 2 MB of JSON. */
const BATCH = 500;
const pack = promisify(gzip);

/** Milliseconds that a contender took, and the bytes on its wire when it was counted. */
type Contender = (round: number | 'counted') => Promise<number>;

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { cases: { type: 'string' }, json: { type: 'string' } } });
  const cases = Number(values.cases ?? CASES);
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-drain-'));
  const postgres = await startPostgres({ durable: true });
  try {
    process.stderr.write(`Making a backlog of ${cases} cases\n`);
    const backlog = await makeBacklog(folder, cases);
    const contenders = { ours: ours(backlog, postgres, folder), limit: plain(backlog, postgres), pouch: await pouch(backlog, folder) };
    const times = await rounds(mapped(contenders, (run) => run), 5);
    const wire = { ours: [0], limit: [0], pouch: [0] };
    for (const name of ['ours', 'limit', 'pouch'] as const) wire[name] = [await contenders[name]('counted')];
    const rate = (of: readonly number[]) => of.map((milliseconds) => (cases * 1000) / milliseconds);
    const megabytes = (of: readonly number[]) => of.map((bytes) => bytes / 1e6);
    const peer = 'PouchDB to express-pouchdb (LevelDB)';
    return report('drain', [
      row('cases drained and acknowledged', 'per second', { ours: rate(times.ours), limit: rate(times.limit), peers: { [peer]: rate(times.pouch) } }),
      row('on the wire, both ways', 'MB', { ours: megabytes(wire.ours), limit: megabytes(wire.limit), peers: { [peer]: megabytes(wire.pouch) } }),
    ], values.json === undefined ? [] : ['--json', values.json]);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function mapped<Name extends string, From, To>(from: Record<Name, From>, make: (each: From) => To): Record<Name, To> {
  return Object.fromEntries(Object.entries<From>(from).map(([name, each]) => [name, make(each)])) as Record<Name, To>;
}

/** Runs once against a fresh server, through a line that counts when that is asked for. */
async function against<Told extends { url: string }>(server: { told: Told; stop(): Promise<void> }, counted: boolean, run: (told: Told) => Promise<number>): Promise<number> {
  const line = counted ? await openCountingLine(server.told.url) : null;
  const took = await run(line === null ? server.told : { ...server.told, url: line.url });
  const bytes = line?.bytes() ?? 0;
  line?.close();
  await server.stop();
  return counted ? bytes : took;
}

function ours(backlog: Backlog, postgres: TestPostgres, folder: string): Contender {
  return async (round) => {
    const data = join(folder, `hall-${round}`);
    const hall = await startServer<{ url: string }>(new URL('./rig/hall-server.ts', import.meta.url), [await postgres.database(), data, JSON.stringify([backlog.machine])]);
    return against(hall, round === 'counted', ({ url }) => backlog.drain(url));
  };
}

function plain(backlog: Backlog, postgres: TestPostgres): Contender {
  const lines = backlog.actions.map((action) => JSON.stringify(action));
  return async (round) => {
    const server = await startServer<{ url: string }>(new URL('./rig/plain-server.ts', import.meta.url), [await postgres.database()]);
    return against(server, round === 'counted', async ({ url }) => {
      const begun = performance.now();
      for (let at = 0; at < lines.length; at += BATCH) {
        const body = await pack(lines.slice(at, at + BATCH).join('\n'), { level: 1 });
        const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body) });
        await answer.json();
      }
      return performance.now() - begun;
    });
  };
}

async function pouch(backlog: Backlog, folder: string): Promise<Contender> {
  const PouchDB = (await peers())('pouchdb');
  const local = new PouchDB(join(folder, 'pouch'));
  const documents = backlog.actions.map((action) => ({ _id: action.id, ...action }));
  for (let at = 0; at < documents.length; at += BATCH) await local.bulkDocs(documents.slice(at, at + BATCH));
  return async (round) => {
    const data = join(folder, `couch-${round}`);
    mkdirSync(data);
    const server = await startServer<{ url: string }>(new URL('./rig/couch-server.ts', import.meta.url), [data]);
    return against(server, round === 'counted', async ({ url }) => {
      const begun = performance.now();
      const done = await local.replicate.to(`${url}/actions-${round}`, { batch_size: BATCH });
      if (done.docs_written !== documents.length) throw new Error(`PouchDB wrote ${done.docs_written} of ${documents.length}`);
      return performance.now() - begun;
    });
  };
}
