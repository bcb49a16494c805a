import { sql } from 'kysely';
import type { FigureGroup } from '../../domain/contracts/ratings.ts';
import { addCounts, figuresOf, type LevelCounts, NO_RATINGS } from '../../domain/ratings/figures.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { inReach } from '../identity/reach.ts';
import { RATING_REACH } from './duties.ts';

export type FigureBy = 'item' | 'site' | 'clerk' | 'month';

/** Ratings of some days, whole and by what they are about. Only what was given counts; what an appeal took out is told beside. */
export async function ratingFigures(ground: Ground, staff: Staff, { by, from, to }: { by: FigureBy; from: string; to: string }): Promise<{ total: FigureGroup; groups: FigureGroup[] }> {
  const key = { item: sql<string>`item_code`, site: sql<string>`site`, clerk: sql<string>`clerk`, month: sql<string>`to_char(rated_on, 'YYYY-MM')` }[by];
  const name = { item: sql<string>`max(item_name)`, clerk: sql<string>`max(coalesce(account.name, rating.clerk))`, site: sql<string>`max(site)`, month: sql<string>`max(${key})` }[by];
  const rows = await ground.db.read.selectFrom('rating').leftJoin('account', (join) => join.onRef('account.division', '=', 'rating.division').onRef('account.account', '=', 'rating.clerk'))
    .select([key.as('key'), name.as('name'), 'level', 'excluded', ({ fn }) => fn.countAll<number>().as('count')])
    .where('rating.division', '=', ground.division).where('rated_on', '>=', from).where('rated_on', '<=', to).where(inReach(staff.scope, RATING_REACH))
    .groupBy([key, 'level', 'excluded']).execute();
  const groups = [...new Set(rows.map((row) => row.key))].map((group) => {
    const own = rows.filter((row) => row.key === group);
    const counts = own.reduce<LevelCounts>((sum, { level, excluded, count }) => (excluded ? { ...sum, excluded: sum.excluded + count } : { ...sum, [level]: count }), NO_RATINGS);
    return { key: group, name: own[0]?.name ?? group, ...figuresOf(counts) };
  });
  const total = { key: '', name: '', ...figuresOf(addCounts(groups.map(({ counts }) => counts))) };
  // Months run; all else is read for its worst: the least satisfied first, the larger first among equals.
  const sorted = by === 'month' ? groups.toSorted((left, right) => (left.key < right.key ? -1 : 1)) : groups.toSorted((left, right) => (left.satisfied ?? 2) - (right.satisfied ?? 2) || right.counted - left.counted);
  return { total, groups: sorted };
}
