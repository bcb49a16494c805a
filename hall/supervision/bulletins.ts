import { canonicalJson } from '../../domain/action/canonical.ts';
import { sha256 } from '../../crypto/node.ts';
import { BulletinBody, type BulletinHead } from '../../domain/contracts/supervision.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { COUNTY } from '../../domain/staff/scope.ts';
import { figuresOf, hiddenCells, NO_TOTALS } from '../../domain/supervision/figures.ts';
import { endOf, startOf } from '../../domain/supervision/outages.ts';
import { MEANINGS, type RuleId } from '../../domain/supervision/rules.ts';
import { recordDeed } from '../audit/deeds.ts';
import { takeNumbers } from '../db/counter.ts';
import type { BulletinRow, Write } from '../db/schema.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { countCatalogue, countySums, isPeriod } from './figures.ts';
import { departmentNames } from './sweep.ts';

/** 监察通报〔2026〕3号 */
function bulletinNumber({ year, serial }: Pick<BulletinRow, 'year' | 'serial'>): string {
  return `监察通报〔${year}〕${serial}号`;
}

function headOf(row: BulletinRow): BulletinHead {
  return {
    year: row.year, serial: row.serial, number: bulletinNumber(row), title: row.title, from: row.from_on, to: row.to_on, corrects: row.corrects,
    publishedBy: row.published_by, publishedAt: row.published_at, hash: row.hash,
  };
}

/** Newest first. */
export async function listBulletins({ db: { read }, division }: Ground): Promise<BulletinHead[]> {
  const rows = await read.selectFrom('bulletin').selectAll().where('division', '=', division).orderBy('year', 'desc').orderBy('serial', 'desc').execute();
  return rows.map(headOf);
}

/** @throws when what is stored is not what was published */
export async function openBulletin({ db: { read }, division }: Ground, year: string, serial: number): Promise<{ head: BulletinHead; body: BulletinBody } | null> {
  const row = await read.selectFrom('bulletin').selectAll().where('division', '=', division).where('year', '=', year).where('serial', '=', serial).executeTakeFirst();
  if (row === undefined) return null;
  if (sha256(row.body) !== row.hash) throw new Error('a bulletin is not what was published');
  return { head: headOf(row), body: BulletinBody.parse(JSON.parse(row.body)) };
}

export type Publication = { from: string; to: string; title: string; corrects: Pick<BulletinRow, 'year' | 'serial'> | null };

/**
 * Freezes the figures and cards of a period under the next number of the year. What was published never changes; what was wrong is put right by another that names it.
 * Fails with `still-counting` while a case is to be looked at, or the sums of a day of the period are being made: a round takes a minute at most.
 */
export async function publishBulletin(ground: Ground, staff: Staff, publication: Publication): Promise<Result<BulletinHead, { kind: 'bad-period' | 'unknown-bulletin' | 'still-counting' }>> {
  const { division } = ground;
  const today = civilDate(ground.clock.now());
  const { from, to, title, corrects } = publication;
  if (!isPeriod(publication) || to > today) return err({ kind: 'bad-period' });
  return ground.db.write(async (write) => {
    const year = today.slice(0, 4);
    if (corrects !== null && await write.selectFrom('bulletin').select('serial').where('division', '=', division).where('year', '=', corrects.year).where('serial', '=', corrects.serial).executeTakeFirst() === undefined) return err({ kind: 'unknown-bulletin' as const });
    const dirty = await write.selectFrom('figure_dirty').select('day').where('division', '=', division).where('day', '>=', from).where('day', '<=', to).limit(1).executeTakeFirst();
    const due = await write.selectFrom('case_figure').select('case_id').where('division', '=', division).where('next_look_at', '<=', nowOf(ground)).limit(1).executeTakeFirst();
    if (dirty !== undefined || due !== undefined) return err({ kind: 'still-counting' as const });
    const body = canonicalJson(await bodyOf(ground, write, publication));
    const serial = await takeNumbers(write, division, `bulletin/${year}`, 1);
    const row: BulletinRow = { division, year, serial, title, from_on: from, to_on: to, corrects: corrects === null ? null : bulletinNumber(corrects), body, hash: sha256(body), published_by: staff.name, published_at: nowOf(ground) };
    await write.insertInto('bulletin').values(row).execute();
    await recordDeed(ground, write, staff, { what: 'supervision.publish-bulletin', subject: bulletinNumber(row), body: { from, to, corrects: row.corrects, hash: row.hash } });
    return ok(headOf(row));
  });
}

async function bodyOf(ground: Ground, write: Write, { from, to }: Publication): Promise<BulletinBody> {
  const { division } = ground;
  const groups = await countySums(write, division, { from, to });
  const raised = await write.selectFrom('card').select(['rule', 'level', 'state', 'department', ({ fn }) => fn.countAll<number>().as('count')])
    .where('division', '=', division).where('level', 'in', ['yellow', 'red']).where('state', '!=', 'voided').where('raised_as_of', '>=', instant(startOf(from))).where('raised_as_of', '<', instant(endOf(to))).groupBy(['rule', 'level', 'state', 'department']).orderBy('rule').execute();
  const own = groups.filter(({ dimension }) => dimension === 'department').toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const names = await departmentNames(write, division, own.map(({ key }) => key));
  // A department with a handful of finished cases would tell about people.
  const hidden = hiddenCells(own.map(({ totals }) => totals.finished));
  const against = (department: string, level: 'yellow' | 'red') => raised.filter((row) => row.department === department && row.level === level && row.state !== 'revoked').reduce((sum, { count }) => sum + count, 0);
  const departments = own.map(({ key, totals }, index) => {
    const name = names.get(key) ?? key;
    const cards = { yellow: against(key, 'yellow'), red: against(key, 'red') };
    return hidden.has(index) ? { key, name, hidden: true, cases: null, ...cards, figures: [] } : { key, name, hidden: false, cases: totals.finished, ...cards, figures: figuresOf(totals, null) };
  });
  return {
    format: 1, hall: ground.name, from, to, countedAt: nowOf(ground),
    whole: figuresOf(groups.find(({ dimension }) => dimension === 'whole')?.totals ?? NO_TOTALS, await countCatalogue(write, division, to, COUNTY)),
    departments, ranking: rank(departments), cards: cardsOf(raised),
  };
}

/** Best first: by cases kept in time, then by how much faster than the law, then by red and yellow cards. Only who finished something stands in it. */
function rank(departments: BulletinBody['departments']): string[] {
  const value = (row: BulletinBody['departments'][number], name: string) => row.figures.find((figure) => figure.name === name)?.value ?? -Infinity;
  return departments.filter(({ hidden, cases }) => !hidden && (cases ?? 0) > 0).toSorted((one, other) => value(other, 'on-time-rate') - value(one, 'on-time-rate') || value(other, 'handling-speed-up') - value(one, 'handling-speed-up') || one.red - other.red || one.yellow - other.yellow || (one.key < other.key ? -1 : 1)).map(({ key }) => key);
}

function cardsOf(raised: readonly { rule: string; level: 'hint' | 'warn' | 'yellow' | 'red'; state: string; count: number }[]): BulletinBody['cards'] {
  const sums = new Map<string, BulletinBody['cards'][number]>();
  for (const { rule, level, state, count } of raised) {
    const key = `${rule} ${level}`;
    const sum = sums.get(key) ?? { rule: rule as RuleId, name: MEANINGS[rule as RuleId].name, level, raised: 0, open: 0, revoked: 0 };
    const open = !['accepted', 'revoked', 'closed'].includes(state);
    sums.set(key, { ...sum, raised: sum.raised + count, open: sum.open + (open ? count : 0), revoked: sum.revoked + (state === 'revoked' ? count : 0) });
  }
  return [...sums.values()];
}
