/** `jinban seed --cases N --days D [--seed S] [--to DATABASE_URL] [--data DIR]`: fills an empty practice hall with a made-up county and its cases. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isCivilDate } from '../../domain/calendar/civil-date.ts';
import { MachineId } from '../../domain/ids.ts';
import { practiceItem, practiceMachine, practiceName } from '../../domain/practice/practice.ts';
import { timeOn } from '../../domain/seed/times.ts';
import { readPacks } from '../../hall/catalogue/publish.ts';
import { systemClock } from '../../hall/clock/system.ts';
import { openDatabase } from '../../hall/db/database.ts';
import { holdFolder } from '../../hall/db/folder-lock.ts';
import { loadKeyRing } from '../../hall/identity/keys.ts';
import { fillPractice } from '../../hall/practice/practice-hall.ts';
import { createHallLog } from '../../hall/log-events.ts';
import { createHall } from '../../hall/server.ts';
import { inProject } from '../paths.ts';
import { stop } from '../say.ts';

const HELP = `usage: jinban seed --cases N --days D [flags]

  --cases N        how many people come (1 to 1000000)
  --days D         on how many days (2 to 700)
  --seed S         the story's number: the same one tells the same story (default 1)
  --until DATE     the day on whose evening it ends, such as 2026-11-20 (default: now)
  --to URL         postgresql://…, an empty database or one of an empty practice hall (default: PGlite in the data folder)
  --data DIR       folder with the practice hall's keys and pages (default data/practice)
  --hall H330624   whose practice hall it is
  --packs DIR      the county's item packs (default packs)
  --rows           write rows in large statements instead of going through the hall's own deeds; taken by itself above 3000 cases.
                   Both leave the same, but pages of papers are only made without it

A summary of what the story means to contain goes to standard output as JSON, progress to standard error. What is there already is never
touched: a database that holds a case, an account or another hall is refused. Serve it with ./jinban hall --practice.
`;

/** Above so many cases the hall's own deeds take too long. */
const MOST_BY_DEEDS = 3000;
/** Between two words of progress, milliseconds. */
const WORD = 3000;

const { values } = readFlags();
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
const cases = wholeNumber('cases', values.cases, 1, 1_000_000);
const days = wholeNumber('days', values.days, 2, 700);
const seed = wholeNumber('seed', values.seed ?? '1', 0, 2 ** 31);
const until = untilOf(values.until);
const real = MachineId.safeParse(values.hall ?? 'H330624');
if (!real.success || !real.data.startsWith('H')) stop('that is no hall.', 'A hall is named like H330624.');
const hall = practiceMachine(real.data);
const data = resolve(values.data ?? 'data/practice');
const packs = resolve(values.packs ?? inProject('packs'));
if (!existsSync(packs)) stop(`${packs} does not exist.`, 'Name the folder with the item packs: --packs DIR.');
const read = await readPacks(packs);
if (!read.ok) stop('an item pack is wrong.', 'Start ./jinban hall once: it tells what and where.');

const keys = await loadKeyRing(data, 'practice');
if (!keys.ok) stop(`${keys.error.path}: ${keys.error.kind}.`, keys.error.kind === 'other-purpose' ? 'This is the folder of a real hall. Name another: --data DIR.' : 'Restore the file, make it readable by its owner only, or begin in an empty folder.');
const release = values.to === undefined ? await holdFolder(data) : null;
if (release?.ok === false) stop(`process ${release.error.process} uses ${data}.`, 'Stop the hall first, or seed a PostgreSQL with --to.');
const opened = await openDatabase(values.to === undefined ? { kind: 'pglite', folder: data } : { kind: 'postgres', url: values.to }, hall.slice(1, 7)).catch((cause: unknown) => stop(`the database does not answer${cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''}.`, 'Is the URL right, and is PostgreSQL running?'));
if (!opened.ok) stop(`the database is at version ${opened.error.found}, and this program knows ${opened.error.known}.`, 'Use the program that made it, or an empty database.');
const db = opened.value;
const created = await createHall({
  hall, name: practiceName('新昌县政务服务中心'), db, keys: keys.value, clock: systemClock, data, items: read.value.map(practiceItem), consoleFolder: null, secureCookies: false, demo: true, secondFactor: 'off', rounds: false, smsGateway: null,
  log: createHallLog({ write: () => undefined }),
});
if (!created.ok) stop(`this is not the database of that practice hall: ${created.error.kind}.`, 'Use an empty database, or the folder that holds its keys.');

const writer = values.rows === true || cases > MOST_BY_DEEDS ? 'bulk' : 'replay';
const started = performance.now();
let last = started;
const filled = await fillPractice(created.value.ground, keys.value, {
  seed, cases, days, until, items: read.value, writer, data: writer === 'replay' ? data : null,
  told(events) {
    if (performance.now() - last < WORD) return;
    last = performance.now();
    process.stderr.write(`${events} events told, ${Math.round((last - started) / 1000)} s\n`);
  },
});
await created.value.close();
await db.close();
if (release?.ok === true) await release.value();
if (!filled.ok) {
  stop(filled.error.kind === 'filled' ? 'this hall has cases already; nothing was changed.' : 'something is here already, or a seeding was cut off; nothing was changed.', 'Seed an empty database: a new --data folder, or another database behind --to.');
}
process.stderr.write(`${filled.value.cases} cases written ${writer === 'bulk' ? 'as rows' : 'by the hall\'s own deeds'} in ${Math.round((performance.now() - started) / 1000)} s\n`);
process.stdout.write(`${JSON.stringify(filled.value, null, 2)}\n`);

function readFlags() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { cases: text, days: text, seed: text, until: text, to: text, data: text, hall: text, packs: text, rows: { type: 'boolean' }, help: { type: 'boolean' } } });
  } catch (cause) {
    return stop(cause instanceof Error ? cause.message : 'the flags are not understood.', 'See ./jinban seed --help.');
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number {
  const number = Number(text ?? Number.NaN);
  if (!Number.isInteger(number) || number < least || number > most) stop(`--${name} takes a whole number from ${least} to ${most}.`, 'See ./jinban seed --help.');
  return number;
}

function untilOf(date: string | undefined): number {
  if (date === undefined) return systemClock.now();
  if (!isCivilDate(date)) stop(`${date} is no day.`, 'Write it like 2026-11-20.');
  return timeOn(date, 24 * 60);
}
