import { type DayHead, type JournalContent, type JournalHead, type JournalKind, appendLink, JOURNAL_START, JOURNALS, runningIsGenuine, signDay, signRunning } from '../../domain/audit/journal.ts';
import { addNaturalDays, civilDate, startOfDay } from '../../domain/calendar/civil-date.ts';
import { sql } from 'kysely';
import { verifier } from '../../crypto/node.ts';
import type { DeedRow, JournalHeadRow, Read, ReadAuditRow, Write } from '../db/schema.ts';
import { storedHash } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';

/** A day is closed this long after midnight: by then what was begun before it is written. */
const GRACE = 5 * 60_000;
/** Rows and days that one transaction seals at most: it holds the chain's lock. */
const BATCH = 1000;

/**
 * Seals what was written since the last sweep, in the order of its ids, and closes the days that are over. Two servers that sweep at once take turns.
 *
 * What it vouches for begins here: somebody with the database can change or remove a row in the minute before it is sealed, or write one that nobody did, and the chain
 * takes it as it stands. Behind that minute every change shows.
 * @returns how many rows were sealed
 */
export async function sweepAudit(ground: Ground): Promise<number> {
  let sealed = 0;
  for (const kind of JOURNALS) {
    for (let more = await isDue(ground, kind); more;) {
      const done = await ground.db.write((write) => sealSome(ground, write, kind));
      sealed += done.sealed;
      more = done.more;
    }
  }
  return sealed;
}

/** Looked at first, so that an idle minute writes nothing. */
async function isDue(ground: Ground, kind: JournalKind): Promise<boolean> {
  const { read } = ground.db;
  const head = await read.selectFrom('journal_head').select('open_day').where('division', '=', ground.division).where('kind', '=', kind).executeTakeFirst();
  if (head === undefined || head.open_day < dayToSeal(ground)) return true;
  return (await oldestUnsealed(ground, read, kind, head.open_day)) !== null;
}

/** The day that rows are sealed into: the one before it is over. */
function dayToSeal(ground: Ground): string {
  return civilDate(ground.clock.now() - GRACE);
}

async function sealSome(ground: Ground, write: Write, kind: JournalKind): Promise<{ sealed: number; more: boolean }> {
  const row = await lockHead(ground, write, kind);
  if (!headIsGenuine(ground, row)) {
    // Sealing on would sign what somebody else wrote. The rows wait, and the check tells the auditor.
    ground.log({ event: 'journal-broken', journal: kind });
    return { sealed: 0, more: false };
  }
  const last = dayToSeal(ground);
  const days = await newDays(ground, write, kind);
  let head: JournalHead = { position: row.position, hash: storedHash(row.hash) };
  let [day, sealed] = [row.open_day, 0];
  while (sealed + days.list.length < BATCH) {
    // Days without rows are closed without looking for any.
    const next = await oldestUnsealed(ground, write, kind, last);
    while (day < last && (next === null || day < next) && days.list.length < BATCH) {
      days.close(day, head);
      day = addNaturalDays(day, 1);
    }
    if (next === null || day < next) break;
    const rows = await unsealed(ground, write, kind, day, BATCH);
    head = await seal(ground, write, kind, head, rows);
    sealed += rows.length;
  }
  if (days.list.length > 0) await write.insertInto('day_head').values(days.list.map((each) => ({ division: ground.division, ...each }))).execute();
  const { at, signature } = signRunning(ground.signer, ground.division, { kind, ...head, at: nowOf(ground) });
  await write.updateTable('journal_head').set({ ...head, at, signature, open_day: day }).where('division', '=', ground.division).where('kind', '=', kind).execute();
  return { sealed, more: sealed + days.list.length >= BATCH };
}

/** Gathers the heads of days that are closed now. */
async function newDays(ground: Ground, write: Write, kind: JournalKind): Promise<{ list: DayHead[]; close(date: string, head: JournalHead): void }> {
  const before = await write.selectFrom('day_head').select('position').where('division', '=', ground.division).where('kind', '=', kind).orderBy('date', 'desc').limit(1).executeTakeFirst();
  let closed = before?.position ?? 0;
  const list: DayHead[] = [];
  return {
    list,
    close(date, head) {
      list.push(signDay(ground.signer, ground.division, { kind, date, ...head, count: head.position - closed }));
      closed = head.position;
    },
  };
}

/** The chain's row, locked until the transaction ends; made at the first sweep, its first day being that of the oldest row. */
async function lockHead(ground: Ground, write: Write, kind: JournalKind): Promise<JournalHeadRow> {
  const { division } = ground;
  const find = () => write.selectFrom('journal_head').selectAll().where('division', '=', division).where('kind', '=', kind).forUpdate().executeTakeFirst();
  const found = await find();
  if (found !== undefined) return found;
  const oldest = await write.selectFrom(kind === 'deed' ? 'deed' : 'read_audit').select('at').where('division', '=', division).orderBy('at').limit(1).executeTakeFirst();
  const { at, signature } = signRunning(ground.signer, division, { kind, ...JOURNAL_START, at: nowOf(ground) });
  const open_day = civilDate(oldest === undefined ? ground.clock.now() : Math.min(Date.parse(oldest.at), ground.clock.now()));
  await write.insertInto('journal_head').values({ division, kind, ...JOURNAL_START, at, signature, open_day, removed_through: 0, removed_at: null, removed_signature: null })
    .onConflict((conflict) => conflict.columns(['division', 'kind']).doNothing()).execute();
  const made = await find();
  if (made === undefined) throw new Error('a journal has no head');
  return made;
}

/** Adds what was just sealed to the cases that each account opened in an hour. */
async function countOpened(write: Write, division: string, after: number, until: number): Promise<void> {
  await sql`
    insert into read_hour (division, account, hour, opened)
    select division, account, date_trunc('hour', at), sum(json_array_length(cases::json)) from read_audit
    where division = ${division} and position > ${after} and position <= ${until} and what = 'case' group by division, account, date_trunc('hour', at)
    on conflict (division, account, hour) do update set opened = read_hour.opened + excluded.opened`.execute(write);
}

/** Whether the hall itself signed where the chain stands. */
export function headIsGenuine(ground: Ground, row: JournalHeadRow): boolean {
  return runningIsGenuine(verifier, ground.publicKeys.signing, ground.division, { kind: row.kind, position: row.position, hash: storedHash(row.hash), at: row.at, signature: row.signature });
}

/** The day of the oldest row that waits to be sealed into this day or an earlier one; null without any. */
async function oldestUnsealed(ground: Ground, read: Read, kind: JournalKind, day: string): Promise<string | null> {
  const row = await read.selectFrom(kind === 'deed' ? 'deed' : 'read_audit').select('at').where('division', '=', ground.division).where('position', 'is', null).where('at', '<', endOf(day)).orderBy('at').limit(1).executeTakeFirst();
  return row === undefined ? null : civilDate(Date.parse(row.at));
}

function endOf(day: string): string {
  return instant(startOfDay(addNaturalDays(day, 1)));
}

/** Rows that wait to be sealed into a day or were left behind by an earlier one. */
async function unsealed(ground: Ground, read: Read, kind: JournalKind, day: string, limit: number): Promise<JournalContent[]> {
  const until = endOf(day);
  if (kind === 'deed') return (await read.selectFrom('deed').selectAll().where('division', '=', ground.division).where('position', 'is', null).where('at', '<', until).orderBy('id').limit(limit).execute()).map(deedContent);
  return (await read.selectFrom('read_audit').selectAll().where('division', '=', ground.division).where('position', 'is', null).where('at', '<', until).orderBy('id').limit(limit).execute()).map(readContent);
}

export function deedContent({ id, at, account, what, subject, body }: DeedRow): JournalContent {
  return { id, at, account, what, subject, body };
}

export function readContent({ id, at, account, what, cases, blob }: ReadAuditRow): JournalContent {
  return { id, at, account, what, cases, blob };
}

/** @returns the head after them */
async function seal(ground: Ground, write: Write, kind: JournalKind, from: JournalHead, rows: readonly JournalContent[]): Promise<JournalHead> {
  const { division } = ground;
  let head = from;
  if (rows.length === 0) return head;
  const links = rows.map((content) => {
    const link = appendLink(verifier, division, kind, head, content);
    head = { position: link.position, hash: link.hash };
    return { division, kind, position: link.position, row_id: link.row, row_hash: link.rowHash, previous: link.previous, hash: link.hash };
  });
  await write.insertInto('journal_link').values(links).execute();
  const places = sql`from journal_link where journal_link.division = ${division} and journal_link.kind = ${kind} and journal_link.position > ${from.position}`;
  await (kind === 'deed'
    ? sql`update deed set position = journal_link.position ${places} and deed.division = journal_link.division and deed.id = journal_link.row_id`
    : sql`update read_audit set position = journal_link.position ${places} and read_audit.division = journal_link.division and read_audit.id = journal_link.row_id`).execute(write);
  if (kind === 'read') await countOpened(write, division, from.position, head.position);
  return head;
}
