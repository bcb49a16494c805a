/** A county with a year behind it: its cases by the product's own generator, and beside them what a hall in service has by then. */
import pg from 'pg';
import { sql } from 'kysely';
import { MachineId, Ulid, ulid } from '../../../domain/ids.ts';
import { practiceItem, practiceMachine, practiceName } from '../../../domain/practice/practice.ts';
import { COUNTY } from '../../../domain/staff/scope.ts';
import { readPacks } from '../../../hall/catalogue/publish.ts';
import { systemClock } from '../../../hall/clock/system.ts';
import { openDatabase } from '../../../hall/db/database.ts';
import type { Ground } from '../../../hall/ground.ts';
import { loadKeyRing } from '../../../hall/identity/keys.ts';
import { createHallLog } from '../../../hall/log-events.ts';
import { actOnMessage } from '../../../hall/messages/acts.ts';
import { departmentsOf, registerMessage } from '../../../hall/messages/register.ts';
import { fillPractice, seedStateOf } from '../../../hall/practice/practice-hall.ts';
import { createHall } from '../../../hall/server.ts';
import { changeSetting } from '../../../hall/settings/settings.ts';
import { sweepSupervision } from '../../../hall/supervision/sweep.ts';
import { inProject } from '../../../build/paths.ts';
import { say } from '../../../build/say.ts';
import { randomFor } from '../../../domain/seed/random.ts';

const DAYS = 365;
const DAY = 86_400_000;
/** One message to so many cases: some ten a working day in a large county. */
const CASES_A_MESSAGE = 100;
const SUPERVISOR = { account: 'jd01', name: '监督员', role: 'supervisor' as const, scope: COUNTY };

/** Seconds that each part of the making took; null of what was there already. */
export type Making = { seeding: number | null; supervision: number; rest: number | null };

/** Fills an empty PostgreSQL, or completes one that `jinban seed` or an earlier run has filled. @param data folder for the keys of its practice hall */
export async function makeCounty({ url, data, cases }: { url: string; data: string; cases: number }): Promise<Making> {
  const hall = practiceMachine(MachineId.parse('H330624'));
  const [opened, keys, read] = await Promise.all([openDatabase({ kind: 'postgres', url }, hall.slice(1, 7)), loadKeyRing(data, 'practice'), readPacks(inProject('packs'))]);
  if (!opened.ok || !keys.ok || !read.ok) throw new Error('the database, the keys or the item packs are not as they should be');
  const db = opened.value;
  const created = await createHall({
    hall, name: practiceName('新昌县政务服务中心'), db, keys: keys.value, clock: systemClock, data, items: read.value.map(practiceItem), consoleFolder: null, secureCookies: false, demo: true, secondFactor: 'off', rounds: false, smsGateway: null,
    log: createHallLog({ write: () => undefined }),
  });
  if (!created.ok) throw new Error(created.error.kind);
  const { ground } = created.value;
  const isSeeded = await seedStateOf(ground) === 'filled';
  const isLivedIn = await db.read.selectFrom('message').select('id').limit(1).executeTakeFirst() !== undefined;
  // A real county texts its citizens.
  if (!isSeeded) await changeSetting(ground, SUPERVISOR, 'sms.on', 1);
  const seeding = isSeeded ? null : await timed(`Seeding ${cases} cases of a year`, async () => {
    const filled = await fillPractice(ground, keys.value, { seed: 1, cases, days: DAYS, until: systemClock.now(), items: read.value, writer: 'bulk', data: null, told: () => undefined });
    if (!filled.ok) throw new Error(filled.error.kind);
  });
  // Statistics as they are in a database that did not get a year in one night.
  if (!isSeeded) await tidy(url);
  const supervision = await timed('Supervision looks at each case', () => sweepSupervision(ground));
  const rest = isLivedIn ? null : await timed('Messages, texts and the record of reads', async () => {
    await writeMessages(ground, Math.ceil(cases / CASES_A_MESSAGE));
    await sendTexts(ground);
    await writeReads(url, ground.division);
  });
  if (!isLivedIn) await tidy(url);
  await created.value.close();
  await db.close();
  return { seeding, supervision, rest };
}

async function timed(words: string, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  say(`${words}: ${Math.round(seconds)} s`);
  return seconds;
}

/** What autovacuum would have done by then. */
async function tidy(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum (analyze)');
  await client.end();
}

/** Over the year, the last of them still open. */
async function writeMessages(ground: Ground, count: number): Promise<void> {
  const random = randomFor(1, 'messages');
  const departments = await departmentsOf(ground.db.read, ground.division);
  const from = ground.clock.now() - DAYS * DAY;
  for (let serial = 0; serial < count; serial += 1) {
    const at = from + Math.floor((serial * DAYS * DAY) / count);
    const then = (moment: number): Ground => ({ ...ground, clock: { ...ground.clock, now: () => Math.min(moment, ground.clock.now()) } });
    const id = Ulid.parse(ulid(at, new Uint8Array(10).map(() => Math.floor(random.next() * 256))));
    const kind = (['consult', 'consult', 'complain', 'suggest', 'guide-error'] as const)[serial % 5] ?? 'consult';
    await ground.db.write((write) => registerMessage(then(at), write, {
      id, kind, channel: 'window', site: '县政务服务中心', subject: { kind: 'none' }, person: serial % 7 === 0 ? null : { name: `练习${serial}`, phone: '13800000000' }, words: `第 ${serial} 条：办这件事要带什么，周末能不能办？`, audio: null,
    }, 'ck01'));
    const department = departments[serial % departments.length]?.code ?? '';
    if (serial % 50 === 0) continue;
    await actOnMessage(then(at + DAY / 8), SUPERVISOR, id, { kind: 'assigned', owner: { department, account: null } });
    if (at > ground.clock.now() - 5 * DAY) continue;
    if (kind === 'complain') await actOnMessage(then(at + DAY / 4), SUPERVISOR, id, { kind: 'taken-up' });
    await actOnMessage(then(at + 2 * DAY), SUPERVISOR, id, { kind: 'replied', words: '您好，周一至周五都能办，带身份证即可。' });
    if (serial % 3 !== 0) await actOnMessage(then(at + 20 * DAY), SUPERVISOR, id, { kind: 'closed' });
  }
}

/** What a gateway would have made of the queued texts: all went out but those of the last hour, and few were not delivered. */
async function sendTexts(ground: Ground): Promise<void> {
  const hourAgo = new Date(ground.clock.now() - DAY / 24).toISOString();
  await ground.db.write((write) => sql`
    update sms set attempts = 1, next_at = null, settled_at = made_at + interval '1 minute', state = case when abs(hashtext(id)) % 400 = 0 then 'dead' else 'delivered' end,
      cause = case when abs(hashtext(id)) % 400 = 0 then 'bad-phone' else '' end, phone = case when made_at < now() - interval '90 days' then '' else phone end
    where division = ${ground.division} and made_at < ${hourAgo}`.execute(write));
}

/** Who looked at what over the year: each case three times, and for every second one a page of a list. They count as sealed: a year of seals takes an hour to make, and no page reads them. */
async function writeReads(url: string, division: string): Promise<void> {
  // Its own connection: what takes minutes here a hall's would give up.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    with staff as (select array_agg(account order by account) as accounts from account where division = $1 and role in ('clerk', 'department', 'supervisor')),
    looked as (
      select handed_in_at + n * interval '7 hours' as at, id || n as key, 'case' as what, json_build_array(id)::text as cases from case_view, generate_series(0, 2) n where division = $1 and handed_in_at + n * interval '7 hours' < now()
      union all
      select at, key, 'inbox', cases from (
        select handed_in_at as at, id as key, row_number() over listed as place, json_agg(id) over (listed rows between 49 preceding and current row)::text as cases
        from case_view where division = $1 window listed as (order by handed_in_at)
      ) pages where place % 2 = 0
    )
    insert into read_audit (division, at, account, what, cases, blob, position)
    select $1, at, staff.accounts[1 + abs(hashtext(key)) % array_length(staff.accounts, 1)], what, cases, null, row_number() over (order by at) from looked, staff order by at`, [division]);
  await client.query(`
    insert into read_hour (division, account, hour, opened)
    select division, account, date_trunc('hour', at), sum(json_array_length(cases::json)) from read_audit where division = $1 and what = 'case' group by 1, 2, 3`, [division]);
  await client.end();
}
