/**
 * The hall as a program. `node hall/main.ts --help` tells its flags.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { isCivilDate } from '../domain/calendar/civil-date.ts';
import { Role } from '../domain/contracts/staff.ts';
import { MachineId } from '../domain/ids.ts';
import { LONGEST_PASSWORD, type PasswordFault, passwordFault, SHORTEST_PASSWORD } from '../domain/staff/password.ts';
import type { Item } from '../domain/item/types.ts';
import { isPractice, practiceItem, practiceMachine, practiceName } from '../domain/practice/practice.ts';
import { drop, never } from '../domain/result.ts';
import { exportPackages } from './archive/export.ts';
import { ArchiveSettings } from './archive/settings.ts';
import { describePackFault, readPacks } from './catalogue/publish.ts';
import { exportJournal } from './audit/export-journal.ts';
import { exportLog } from './audit/export-log.ts';
import { systemClock } from './clock/system.ts';
import { holdFolder } from './db/folder-lock.ts';
import { type DatabasePlace, openDatabase } from './db/database.ts';
import { MIGRATIONS } from './db/migrations/index.ts';
import { carry } from './courier/carry.ts';
import { setUpDemo } from './demo.ts';
import { keepPlaces, readPlaces } from './fleet/places.ts';
import { putAccount } from './identity/accounts.ts';
import { gapsOf } from './identity/gaps.ts';
import { type HallKeyRing, keyFile, loadKeyRing } from './identity/keys.ts';
import { addMachine, retireMachine } from './identity/machines.ts';
import { replaceMachine } from './identity/takeover.ts';
import { numbersCsv, reportNumbers } from './leases/report.ts';
import { createHallLog } from './log-events.ts';
import { createHttpGateway, type SmsGateway } from './messages/sms/gateway.ts';
import { FIRST_STORY, fillPractice, practiceTerminal, seedStateOf } from './practice/practice-hall.ts';
import { PRACTICE_PASSWORD } from './seed/cast.ts';
import { PaperSettings } from './papers/settings.ts';
import { createHall, type Hall } from './server.ts';

const HELP = `用法 usage: node hall/main.ts [flags]

  --port 8330          port to serve on
  --host 127.0.0.1     address to serve on
  --proxy ADDRESSES    proxies in front of the hall, by commas (127.0.0.1, 10.1.0.0/24): their X-Forwarded-For is believed
  --data DIR           keys, scans and, without DATABASE_URL, the PGlite database (default ./data/hall)
  --packs DIR          item packs to publish (default ./packs)
  --sms-gateway URL    where texts to citizens are sent, with the key in JINBAN_SMS_KEY (docs/messages.md)
  --pack-key KEY       only packs signed with this publisher's key are published; several by commas
  --hall H330624       the hall's machine id
  --name NAME          the hall's name (default 新昌县政务服务中心)
  --practice           练习大厅: a hall of its own for training, with made-up people and cases, keys of its own
                       and numbers that say 练习 (default data folder ./data/practice; docs/seed.md)
  --demo               accounts wang, li and admin, and machine T330624-0001
  --ready-file FILE    writes {url, enrolmentCode} there once it serves
  --config FILE        YAML with these names; a flag wins over the file

  --add-machine ID     registers a machine, prints its one-time code, and ends
  --retire-machine ID  retires a machine, and ends
  --replace-machine ID revokes a lost machine's key, prints a one-time code for its spare, and ends
  --places FILE        keeps where machines stand, as the list in FILE (YAML or JSON) says, tells the terminals, and ends
  --gaps ID            tells what a replaced machine may have done that never came, as JSON, and ends
  --export-log ID      writes that machine's log as it is here to standard output, for ./jinban verify, and ends
  --export-audit FROM TO
                       writes what staff did and read on these days (2026-11-01 2026-11-30) to standard output, for ./jinban verify, and ends
  --gap-report         prints where every number is that was ever given out, as CSV, and ends
  --archive-export DIR copies the packages of archived cases to DIR, those that are not there yet, and ends
  --courier-import DIR takes what terminals sent on the stick mounted at DIR, and ends
  --courier-export DIR puts the hall's card and answers on the stick, and ends
  --add-user ACCOUNT NAME ROLE
                       makes or changes an account, password from standard input, and ends
                       ROLE: ${Role.options.join(', ')}

  DATABASE_URL         postgresql://… in the environment: PostgreSQL instead of PGlite
`;

/** Ends with a message that a technician can act on. */
class Stop extends Error {}

const PASSWORD_FAULTS: Readonly<Record<PasswordFault, string>> = {
  'too-short': `the password needs at least ${SHORTEST_PASSWORD} characters`, 'too-long': `the password has more than ${LONGEST_PASSWORD} characters`,
  common: 'the password is among the first that anybody tries', 'names-account': "the password holds the account's name",
};

/** Flags that do one thing and end. */
const ADMINISTRATION = ['add-machine', 'retire-machine', 'replace-machine', 'places', 'gaps', 'export-log', 'export-audit', 'gap-report', 'archive-export', 'add-user', 'courier-import', 'courier-export'] as const;

/** What flags and a configuration file may set, under the same names. */
const Settings = z.strictObject({
  port: z.coerce.number().int().min(0).max(65_535).default(8330),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1).optional(),
  packs: z.string().min(1).default('packs'),
  'sms-gateway': z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  'pack-key': z.string().default('').transform((keys) => keys.split(',').map((key) => key.trim()).filter((key) => key !== ''))
    .refine((keys) => keys.every((key) => Buffer.from(key, 'base64').length === 32), 'no public key of a publisher: 32 bytes in base64, as ./jinban pack sign --new-key prints it'),
  hall: MachineId.refine((id) => id.startsWith('H')).default('H330624' as MachineId),
  name: z.string().min(1).max(60).default('新昌县政务服务中心'),
  proxy: z.string().default('').transform((list) => list.split(',').map((one) => one.trim()).filter((one) => one !== '')).refine((list) => list.every(isAddress), 'no address or range, such as 127.0.0.1 or 10.1.0.0/24'),
  demo: z.boolean().default(false),
  practice: z.boolean().default(false),
  papers: PaperSettings.prefault({}),
  archive: ArchiveSettings.prefault({}),
});
type Settings = z.infer<typeof Settings> & { data: string };

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
  const administering = ADMINISTRATION.some((name) => flags.values[name] !== undefined);
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

type Flags = ReturnType<typeof readFlags>;

function readFlags() {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: text, host: text, data: text, packs: text, 'pack-key': text, 'sms-gateway': text, hall: text, name: text, demo: yes, practice: yes, 'ready-file': text, config: text, proxy: text,
        'add-machine': text, 'retire-machine': text, 'replace-machine': text, places: text, gaps: text, 'export-log': text, 'export-audit': yes, 'gap-report': yes, 'archive-export': text, 'add-user': yes, 'courier-import': text, 'courier-export': text, help: yes,
      },
    });
  } catch (cause) {
    throw new Stop(`${cause instanceof Error ? cause.message : ''}\n\n${HELP}`);
  }
}

/** A flag wins over the file. */
async function readSettings(values: Flags['values']): Promise<Settings> {
  const file = values.config === undefined ? {} : await readConfig(values.config);
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => name in Settings.shape));
  const parsed = Settings.safeParse({ ...file, ...given });
  if (!parsed.success) throw new Stop(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`).join('\n'));
  return purposeOf(parsed.data);
}

/** A practice hall is another hall: of another county, under another name, in another folder. */
function purposeOf(settings: z.infer<typeof Settings>): Settings {
  const { practice, demo, hall, name, data } = settings;
  if (practice && demo) throw new Stop('--practice and --demo are two different halls; choose one');
  if (practice) return { ...settings, hall: practiceMachine(hall), name: practiceName(name), data: data ?? 'data/practice' };
  if (isPractice(hall)) throw new Stop(`${hall} is the id of a practice hall; start it with --practice`);
  return { ...settings, data: data ?? 'data/hall' };
}

async function readConfig(path: string): Promise<Record<string, unknown>> {
  const source = await readFile(path, 'utf8').catch(() => {
    throw new Stop(`${path} cannot be read`);
  });
  const parsed = z.record(z.string(), z.unknown()).safeParse(parse(source) ?? {});
  if (!parsed.success) throw new Stop(`${path} holds no settings`);
  return parsed.data;
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

/** `10.1.0.7`, `10.1.0.0/24`, `::1`. */
function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  return isIP(address) !== 0 && more.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
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

/** Does what a flag of administration asks. @returns whether there was one */
async function administer(hall: Hall, data: string, { values, positionals }: Flags): Promise<boolean> {
  if (values['add-machine'] !== undefined) {
    const code = await addMachine(hall.ground, machineOf(values['add-machine']));
    if (!code.ok) throw new Stop(`${values['add-machine']}: ${code.error.kind}`);
    process.stdout.write(`${code.value}\n`);
    return true;
  }
  if (values['retire-machine'] !== undefined) {
    if (!(await retireMachine(hall.ground, machineOf(values['retire-machine'])))) throw new Stop(`${values['retire-machine']}: no such machine, or retired before`);
    return true;
  }
  if (values['export-log'] !== undefined) {
    const exported = await exportLog(hall.ground, machineOf(values['export-log']), process.stdout);
    if (!exported.ok) throw new Stop(`${values['export-log']}: no such machine, or it was never enrolled`);
    return true;
  }
  if (values['export-audit'] === true) {
    const [from = '', to = from] = positionals;
    if (!isCivilDate(from) || !isCivilDate(to)) throw new Stop('--export-audit takes two days, such as 2026-11-01 2026-11-30');
    const exported = await exportJournal(hall.ground, from, to, process.stdout);
    if (!exported.ok) throw new Stop(exported.error.kind === 'bad-span' ? `${from} to ${to}: no such span, or it has not begun` : `The journal of ${exported.error.journal}s does not stand where the hall left it: somebody changed the database. Nothing was exported.`);
    return true;
  }
  if (values['replace-machine'] !== undefined) {
    const code = await replaceMachine(hall.ground, machineOf(values['replace-machine']));
    if (!code.ok) throw new Stop(`${values['replace-machine']}: ${code.error.kind}`);
    process.stdout.write(`${code.value}\n`);
    return true;
  }
  if (values.places !== undefined) {
    process.stdout.write(`${await takePlaces(hall, values.places)}\n`);
    return true;
  }
  if (values.gaps !== undefined) {
    process.stdout.write(`${JSON.stringify(await gapsOf(hall.ground, machineOf(values.gaps)), null, 2)}\n`);
    return true;
  }
  if (values['gap-report'] === true) {
    process.stdout.write(numbersCsv(hall.ground.division, await reportNumbers(hall.ground)));
    return true;
  }
  if (values['archive-export'] !== undefined) {
    const exported = await exportPackages(hall.ground, resolve(values['archive-export']));
    process.stdout.write(`${exported.copied} copied, ${exported.there} there already\n`);
    if (exported.faulty.length > 0) throw new Stop(`These packages are not here, or not as they were archived:\n${exported.faulty.map((id) => `  ${id}`).join('\n')}`);
    return true;
  }
  if (values['courier-import'] !== undefined || values['courier-export'] !== undefined) {
    const carried = await carry(hall.ground, data, { from: values['courier-import'], to: values['courier-export'] });
    if (!carried.ok) throw new Stop(carried.error.words);
    process.stdout.write(carried.value.map((line) => `${line}\n`).join(''));
    return true;
  }
  if (values['add-user'] !== true) return false;
  const [account = '', name = '', role] = positionals;
  const parsed = Role.safeParse(role);
  if (account === '' || name === '' || !parsed.success) throw new Stop(`--add-user takes ACCOUNT NAME ROLE, and ROLE is one of ${Role.options.join(', ')}`);
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  const fault = passwordFault(password, account);
  if (fault !== null) throw new Stop(PASSWORD_FAULTS[fault]);
  await putAccount(hall.ground, { account, name, role: parsed.data }, password);
  return true;
}

async function takePlaces(hall: Hall, path: string): Promise<string> {
  const read = readPlaces(await readFile(path, 'utf8').catch(() => {
    throw new Stop(`${path} cannot be read`);
  }));
  const kept = read.ok ? await keepPlaces(hall.ground, read.value) : read;
  if (!kept.ok) throw new Stop(`${path}: nothing was changed.\n${kept.error.faults.map(({ entry, field, rule }) => `  ${[entry, field].filter((part) => part !== '').join(' ')}: ${rule}`).join('\n')}`);
  return `${kept.value} changed`;
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

function machineOf(id: string): MachineId {
  const parsed = MachineId.safeParse(id);
  if (!parsed.success) throw new Stop(`${id} is no machine id; they look like T330624-0001 and H330624`);
  return parsed.data;
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
