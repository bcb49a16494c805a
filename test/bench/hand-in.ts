/**
 * P1: one hand-in made durable. Ours is `log.append` of the terminal's own store: chain, signature, RxDB, encrypted file, one fsync.
 * The limit is one INSERT of the same JSON a transaction by better-sqlite3 alone, in a file of the same cipher and the same durability.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3-multiple-ciphers';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageSQLiteTrial, getSQLiteBasicsNodeNative } from 'rxdb/plugins/storage-sqlite';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { appendAction, CHAIN_START, headOf } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import { ActionId, MachineId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../main/core/system.ts';
import { actions as actionSchema } from '../../sync/terminal-store/schemas.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { openBare, openStoreFile } from './rig/files.ts';
import { handInRequest } from './rig/hand-in.ts';
import { percentile, report, rounds, row } from './rig/measure.ts';

/** Hand-ins a run: two busy days of one terminal. */
const HAND_INS = 400;
/** The trial storage may be evaluated with 500 operations a collection; an insert takes two. */
const TRIAL_HAND_INS = 150;

/** Milliseconds of each hand-in of one run. */
type Run = number[];

const random = (count: number) => new Uint8Array(randomBytes(count));
const machine = MachineId.parse('T330624-0001');
const signer = createSigner(machine, generateSigningKey().privateKey);

export async function main(args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-'));
  try {
    const made = signedHandIns();
    const kilobytes = Buffer.byteLength(JSON.stringify(made[0])) / 1024;
    process.stderr.write(`${HAND_INS} hand-ins of ${kilobytes.toFixed(1)} KB a run, on the disk of ${folder}\n`);
    const runs = await rounds({
      ours: (round) => ours(join(folder, `ours-${round}.db`)),
      limit: (round) => raw(openBare(join(folder, `raw-${round}.db`)), made),
      laidOut: (round) => raw(openStoreFile(join(folder, `laid-out-${round}.db`)).database, made),
      trial: (round) => trial(folder, `trial-${round}`, made),
      signing: () => signing(),
    });
    const rate = (of: Run[]) => of.map((times) => (times.length * 1000) / times.reduce((sum, each) => sum + each, 0));
    const slowest = (of: Run[]) => of.map((times) => percentile(times, 0.99));
    const [peer, laidOut] = ['RxDB trial SQLite', 'INSERT alone in a file of our store'];
    return report('hand-in', [
      row('hand-ins made durable', 'per second', { ours: rate(runs.ours), limit: rate(runs.limit), peers: { [laidOut]: rate(runs.laidOut), [peer]: rate(runs.trial), 'chain and signature alone': rate(runs.signing) } }),
      row('one hand-in, p99', 'ms', { ours: slowest(runs.ours), limit: slowest(runs.limit), peers: { [laidOut]: slowest(runs.laidOut), [peer]: slowest(runs.trial) } }),
    ], args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function signedHandIns(): Action[] {
  let head = CHAIN_START;
  return Array.from({ length: HAND_INS }, (_, serial) => {
    const wall = new Date(systemClock.now()).toISOString();
    const action = appendAction(head, { ...handInRequest(serial), id: ActionId.parse(ulid(systemClock.now(), random(10))), time: { wall, monotonic: 1, boot: 'bench', trusted: null, drift: null } }, signer);
    head = headOf(action);
    return action;
  });
}

async function timed(count: number, work: (index: number) => unknown): Promise<Run> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    await work(index);
    times.push(performance.now() - begun);
  }
  return times;
}

async function ours(file: string): Promise<Run> {
  const opened = await openTerminalStore({ file, key: random(32), nativeBinding: null, signer, clock: systemClock, boot: 'bench', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const requests = Array.from({ length: HAND_INS }, (_, serial) => handInRequest(serial));
  const times = await timed(HAND_INS, (index) => opened.value.log.append(requests[index] as (typeof requests)[number]));
  await opened.value.close();
  return times;
}

async function raw(database: Database, made: readonly Action[]): Promise<Run> {
  database.exec('CREATE TABLE actions (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO actions VALUES (?, ?)');
  const times = await timed(HAND_INS, (index) => insert.run(made[index]?.id, JSON.stringify(made[index])));
  database.close();
  return times;
}

/** RxDB's own storage as it comes: no encryption, no chain, the settings it chooses. */
async function trial(folder: string, name: string, made: readonly Action[]): Promise<Run> {
  const storage = getRxStorageSQLiteTrial({ sqliteBasics: getSQLiteBasicsNodeNative(DatabaseSync), databaseNamePrefix: join(folder, '/') });
  const database = await createRxDatabase({ name, storage, multiInstance: false });
  const { actions } = await database.addCollections({ actions: { schema: actionSchema } });
  const rows = made.slice(0, TRIAL_HAND_INS).map((action, serial) => ({ id: action.id, action, case: action.case, sequence: serial + 1, arrived: 1, handedIn: true, person: 'p', number: String(serial), travel: 'waiting' as const, acknowledgement: null, keptAside: null }));
  const times = await timed(TRIAL_HAND_INS, (index) => actions.insert(rows[index] as (typeof rows)[number]));
  await database.close();
  return times;
}

async function signing(): Promise<Run> {
  let head = CHAIN_START;
  const requests = Array.from({ length: HAND_INS }, (_, serial) => handInRequest(serial));
  return timed(HAND_INS, (index) => {
    const request = requests[index] as (typeof requests)[number];
    const action = appendAction(head, { ...request, id: ActionId.parse(ulid(systemClock.now(), random(10))), time: { wall: new Date(systemClock.now()).toISOString(), monotonic: 1, boot: 'bench', trusted: null, drift: null } }, signer);
    head = headOf(action);
  });
}
