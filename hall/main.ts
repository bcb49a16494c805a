/**
 * The hall as a program. `node hall/main.ts --help` tells its flags.
 */
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Item } from '../domain/item/types.ts';
import { practiceItem } from '../domain/practice/practice.ts';
import { drop, never } from '../domain/result.ts';
import { administer, isAdministration } from './administration.ts';
import { describePackFault, readPacks } from './catalogue/publish.ts';
import { systemClock } from './clock/system.ts';
import { holdFolder } from './db/folder-lock.ts';
import { type DatabasePlace, openDatabase } from './db/database.ts';
import { MIGRATIONS } from './db/migrations/index.ts';
import { setUpDemo } from './demo.ts';
import { HELP, readFlags, readSettings, type Settings, Stop } from './flags.ts';
import { type HallKeyRing, keyFile, loadKeyRing } from './identity/keys.ts';
import { createHallLog } from './log-events.ts';
import { createHttpGateway, type SmsGateway } from './messages/sms/gateway.ts';
import { FIRST_STORY, fillPractice, practiceTerminal, seedStateOf } from './practice/practice-hall.ts';
import { PRACTICE_PASSWORD } from './seed/cast.ts';
import { createHall, type Hall } from './server.ts';

try {
  await main();
} catch (cause) {
  if (!(cause instanceof Stop)) throw cause;
  process.stderr.write(`${cause.message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.values.help === true) return void process.stdout.write(HELP);
  const settings = await readSettings(flags.values);
  const { hall } = settings;
  const data = resolve(settings.data);
  const administering = isAdministration(flags);
  // What an administrating call prints may be read by a script.
  const log = createHallLog(administering ? { write: (line) => void process.stderr.write(line) } : undefined);
  const keys = await keysOf(data, settings.practice);
  const place: DatabasePlace = process.env['DATABASE_URL'] === undefined ? { kind: 'pglite', folder: data } : { kind: 'postgres', url: process.env['DATABASE_URL'] };
  const release = place.kind === 'pglite' ? await lockFolder(data) : () => Promise.resolve();
  const opened = await openDatabase(place, hall.slice(1, 7)).catch((cause: unknown) => {
    const why = systemCodeOf(cause);
    throw why === null ? cause : new Stop(`The database does not answer (${why}). Is DATABASE_URL right, and is PostgreSQL running?`);
  });
  if (!opened.ok) throw new Stop(`The database is at version ${opened.error.found}; this hall knows versions up to ${opened.error.known}. Run the newer hall, or restore a backup made before it.`);
  const db = opened.value;
  const stop = async (): Promise<void> => {
    await db.close();
    await release();
  };
  try {
    const packs = administering ? [] : await itemsOf(resolve(settings.packs), settings['pack-key']);
    const created = await createHall({
      hall, name: settings.name, db, keys, clock: systemClock, log, data,
      items: packs.map((item) => (settings.practice ? practiceItem(item) : item)),
      consoleFolder: resolve(import.meta.dirname, '../dist/console'),
      proxies: settings.proxy,
      demo: settings.demo || settings.practice,
      papers: settings.papers,
      archive: settings.archive,
      rounds: true,
      // Made-up people have made-up phones, and some of those are somebody's.
      smsGateway: settings.practice ? null : gatewayOf(settings),
      secondFactor: settings.demo || settings.practice ? 'off' : 'demanded',
      secureCookies: !['127.0.0.1', 'localhost', '::1'].includes(settings.host),
    });
    if (!created.ok) throw new Stop(describe(created.error));
    if (await administer(created.value, data, flags)) return await stop();
    if (settings.practice) await setUpPractice(created.value, keys, data, packs);
    if (place.kind === 'pglite') {
      log({ event: 'not-for-production', what: 'pglite' });
      process.stderr.write('PGlite: not for production. Set DATABASE_URL for PostgreSQL.\n');
    }
    log({ event: 'not-for-production', what: 'key-file' });
    process.stderr.write(`${keyFile(data, settings.practice ? 'practice' : 'hall')}: keys in a file, development only.\n`);
    await serve(created.value, settings, flags.values['ready-file'], stop, place.kind);
  } catch (cause) {
    await stop();
    throw cause;
  }
}

/** Serves until the process is told to end. */
async function serve(hall: Hall, settings: Settings, readyFile: string | undefined, stop: () => Promise<void>, database: string): Promise<void> {
  const enrolmentCode = settings.practice ? await practiceTerminal(hall.ground) : settings.demo ? await setUpDemo(hall) : '';
  const { url, port } = await hall.listen({ host: settings.host, port: settings.port }).catch((cause: unknown) => {
    const why = systemCodeOf(cause);
    throw why === null ? cause : new Stop(`Port ${settings.port} on ${settings.host} cannot be served (${why}). Is another hall running? --port takes another.`);
  });
  hall.ground.log({ event: 'hall-started', hall: hall.ground.hall, database, version: MIGRATIONS.at(-1)?.number ?? 0, port });
  if (readyFile !== undefined) await writeReadyFile(readyFile, { url, enrolmentCode });
  process.stdout.write(`hall ready at ${url}/console/${enrolmentCode === '' ? '' : `, enrolment code ${enrolmentCode}`}\n`);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    drop(hall.close().then(stop).then(() => hall.ground.log({ event: 'hall-stopped' })));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** `ECONNREFUSED`, `EADDRINUSE` …: what the operating system said, or null for a failure of another kind. */
function systemCodeOf(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^E[A-Z]+$/.test(cause.code) ? cause.code : null;
}

/** Written beside and renamed: whoever waits for the file never reads half of it. */
async function writeReadyFile(path: string, ready: { url: string; enrolmentCode: string }): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(ready), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The gateway's key is a secret and comes by the environment: flags can be read by everybody on the machine. */
function gatewayOf(settings: Settings): SmsGateway | null {
  const url = settings['sms-gateway'];
  if (url === '') return null;
  const key = process.env['JINBAN_SMS_KEY'] ?? '';
  if (key === '') throw new Stop('--sms-gateway needs its key in the environment as JINBAN_SMS_KEY.');
  return createHttpGateway({ url, key, clock: systemClock });
}

/** The first start of a practice hall fills it. */
async function setUpPractice({ ground }: Hall, keys: HallKeyRing, data: string, items: readonly Item[]): Promise<void> {
  const state = await seedStateOf(ground);
  if (state === 'cut-off') throw new Stop('A seeding of this practice hall was cut off. Begin in an empty folder, or an empty database.');
  process.stderr.write(`Practice hall ${ground.hall}: every account has the password ${PRACTICE_PASSWORD}\n`);
  if (state === 'filled') return;
  process.stderr.write(`Telling the story of ${FIRST_STORY.cases} cases; ./jinban seed tells larger ones\n`);
  const filled = await fillPractice(ground, keys, { ...FIRST_STORY, until: ground.clock.now(), items, writer: 'replay', data, told: () => undefined });
  if (!filled.ok) throw new Error(`a practice hall that was empty is ${filled.error.kind}`);
}

async function keysOf(data: string, practice: boolean) {
  const keys = await loadKeyRing(data, practice ? 'practice' : 'hall');
  if (keys.ok) return keys.value;
  const { kind, path } = keys.error;
  if (kind === 'other-purpose') throw new Stop(`${path} belongs to a ${practice ? 'real' : 'practice'} hall, and one folder is never both. --data names another.`);
  if (kind === 'damaged') throw new Stop(`${path} holds no hall keys. Restore it; without it no scan and no backup that is here can be opened.`);
  throw new Stop(`${path} can be read by other users: chmod 600 it. Whoever has read it can open what terminals seal.`);
}

async function itemsOf(folder: string, publishers: readonly string[]) {
  if (!existsSync(folder)) throw new Stop(`${folder} does not exist; --packs names the folder with the item packs`);
  const read = await readPacks(folder, publishers);
  if (!read.ok) throw new Stop(`An item pack is wrong; nothing was published:\n${read.error.faults.map((fault) => `  ${describePackFault(fault)}`).join('\n')}`);
  return read.value;
}

async function lockFolder(data: string): Promise<() => Promise<void>> {
  const held = await holdFolder(data);
  if (!held.ok) throw new Stop(`Process ${held.error.process} already uses ${data}. PGlite takes one process at a time; stop it first, or use PostgreSQL.`);
  return held.value;
}

function describe(failure: { kind: 'other-hall-key' | 'practice-and-real' } | { kind: 'version-changed'; code: string; version: number }): string {
  switch (failure.kind) {
    case 'other-hall-key':
      return 'This database belongs to a hall with another key. Start with the --data folder that holds its hall-keys.json.';
    case 'practice-and-real':
      return 'A practice hall and a real one never share a database. DATABASE_URL names another.';
    case 'version-changed':
      return `Item ${failure.code} reads differently from what was published as version ${failure.version}. Cases are bound to that version: raise "version" in the pack.`;
    default:
      return never(failure);
  }
}
