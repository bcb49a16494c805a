import type { JournalEnded, JournalLine } from '../../domain/audit/export.ts';
import { type DayHead, type JournalContent, type JournalKind, JOURNALS } from '../../domain/audit/journal.ts';
import { addNaturalDays } from '../../domain/calendar/civil-date.ts';
import { NO_HASH } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { DayHeadRow, JournalHeadRow, JournalLinkRow } from '../db/schema.ts';
import { storedHash } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import { deedContent, headIsGenuine, readContent, sweepAudit } from './chain.ts';

/** Links read at once: some hundred kilobytes. */
const PAGE = 1000;
/** A row that says it was written later than this from now was not written by the hall. */
const AHEAD = 10 * 60_000;

/** The journals of a span: where each ends, and its lines, deeds first. What is written while they are read is not in them. */
export type Journals = { ended: Record<JournalKind, JournalEnded>; lines(): AsyncGenerator<JournalLine> };
/** `bad-span`: it begins after the day that is not over yet, or ends before it begins. `head-forged`: the hall did not sign where this journal stands. */
export type JournalsFailure = { kind: 'bad-span' } | { kind: 'head-forged'; journal: JournalKind };

/** One journal of a span, as it stood when it was opened. `start`: the head of the day before; null where the chain begins. */
type Opened = { kind: JournalKind; start: DayHead | null; days: DayHead[]; head: JournalHeadRow; ended: JournalEnded; toNow: boolean };

/** Seals what is there and opens the journals of a span of civil days, both in it. */
export async function openJournals(ground: Ground, from: string, to: string): Promise<Result<Journals, JournalsFailure>> {
  if (to < from) return err({ kind: 'bad-span' });
  await sweepAudit(ground);
  const opened: Opened[] = [];
  for (const kind of JOURNALS) {
    const one = await openJournal(ground, kind, from, to);
    if (!one.ok) return one;
    opened.push(one.value);
  }
  const [deed, read] = opened;
  if (deed === undefined || read === undefined) throw new Error('there are two journals');
  return ok({
    ended: { deed: deed.ended, read: read.ended },
    async *lines() {
      for (const one of opened) yield* linesOf(ground, one);
    },
  });
}

async function openJournal(ground: Ground, kind: JournalKind, from: string, to: string): Promise<Result<Opened, JournalsFailure>> {
  const { division, db } = ground;
  const head = await db.read.selectFrom('journal_head').selectAll().where('division', '=', division).where('kind', '=', kind).executeTakeFirst();
  if (head === undefined || from > head.open_day) return err({ kind: 'bad-span' });
  if (!headIsGenuine(ground, head)) return err({ kind: 'head-forged', journal: kind });
  const ofKind = db.read.selectFrom('day_head').selectAll().where('division', '=', division).where('kind', '=', kind);
  const [before, first, rows] = await Promise.all([
    ofKind.where('date', '=', addNaturalDays(from, -1)).executeTakeFirst(),
    ofKind.orderBy('date').limit(1).executeTakeFirst(),
    ofKind.where('date', '>=', from).where('date', '<=', to).orderBy('date').execute(),
  ]);
  const days = rows.map(dayOf);
  const toNow = to >= head.open_day;
  const open = toNow ? head.open_day : addNaturalDays(to, 1);
  const start = before === undefined ? null : dayOf(before);
  const last = toNow ? { position: head.position, hash: storedHash(head.hash) } : days.at(-1) ?? start ?? { position: 0, hash: NO_HASH };
  const began = start !== null ? from : first?.date ?? head.open_day;
  return ok({ kind, start, days, head, toNow, ended: { position: last.position, hash: last.hash, began: began < open ? began : open, open } });
}

function dayOf({ division: _division, hash, ...row }: DayHeadRow): DayHead {
  return { ...row, hash: storedHash(hash) };
}

async function* linesOf(ground: Ground, { kind, start, days, head, ended, toNow }: Opened): AsyncGenerator<JournalLine> {
  yield { line: 'start', kind, day: start };
  if (head.removed_at !== null) yield { line: 'removed', kind, through: head.removed_through, at: head.removed_at, signature: head.removed_signature ?? '' };
  const coming = [...days];
  for (let after = start?.position ?? 0; after < ended.position; after += PAGE) {
    const until = Math.min(after + PAGE, ended.position);
    const links = await ground.db.read.selectFrom('journal_link').selectAll().where('division', '=', ground.division).where('kind', '=', kind).where('position', '>', after).where('position', '<=', until).orderBy('position').execute();
    const rows = await rowsBetween(ground, kind, after, until);
    for (const link of links) {
      for (let day = coming[0]; day !== undefined && day.position < link.position; day = coming[0]) yield { line: 'day', ...(coming.shift() ?? day) };
      const at = rows.findIndex(({ position, content }) => position === link.position && content.id === link.row_id);
      const [row] = at < 0 ? [] : rows.splice(at, 1);
      yield entryOf(link, row?.content ?? null);
    }
    for (const { content } of rows) yield { line: 'stray', kind, row: content.id };
  }
  for (const day of coming) yield { line: 'day', ...day };
  if (toNow) for (const id of await straysBeyond(ground, kind, ended.position)) yield { line: 'stray', kind, row: id };
}

function entryOf(link: JournalLinkRow, content: JournalContent | null): JournalLine {
  return { line: 'entry', kind: link.kind, position: link.position, row: link.row_id, rowHash: storedHash(link.row_hash), previous: storedHash(link.previous), hash: storedHash(link.hash), content };
}

async function rowsBetween(ground: Ground, kind: JournalKind, after: number, until: number): Promise<{ position: number | null; content: JournalContent }[]> {
  const { division, db } = ground;
  if (kind === 'deed') return (await db.read.selectFrom('deed').selectAll().where('division', '=', division).where('position', '>', after).where('position', '<=', until).orderBy('position').execute()).map((row) => ({ position: row.position, content: deedContent(row) }));
  return (await db.read.selectFrom('read_audit').selectAll().where('division', '=', division).where('position', '>', after).where('position', '<=', until).orderBy('position').execute()).map((row) => ({ position: row.position, content: readContent(row) }));
}

/** Rows that claim a place the chain does not have, or a time that has not come. Those sealed since the journal was opened are neither. */
async function straysBeyond(ground: Ground, kind: JournalKind, position: number): Promise<number[]> {
  const { division, db } = ground;
  const rows = await db.read.selectFrom(kind === 'deed' ? 'deed' : 'read_audit').select(['id', 'position']).where('division', '=', division)
    .where((where) => where.or([where('position', '>', position), where('position', '<', 1), where.and([where('position', 'is', null), where('at', '>', instant(ground.clock.now() + AHEAD))])])).execute();
  if (rows.length === 0) return [];
  const links = await db.read.selectFrom('journal_link').select(['row_id', 'position']).where('division', '=', division).where('kind', '=', kind).where('position', '>', position).execute();
  return rows.filter((row) => !links.some((link) => link.row_id === row.id && link.position === row.position)).map(({ id }) => id);
}
