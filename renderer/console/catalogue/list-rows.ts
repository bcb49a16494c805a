import type { CatalogueRow } from '../../../domain/contracts/catalogue.ts';

/** What of the catalogue is looked for. Empty texts: all. `state`: `drafted` are those that somebody is at. */
export type Filter = { query: string; type: string; body: string; state: CatalogueRow['state'] | 'drafted' | 'all' };

export const NO_FILTER: Filter = { query: '', type: '', body: '', state: 'all' };

/** By name, code, body or kind: every word of the query must be found in one of them. */
export function matching(rows: readonly CatalogueRow[], filter: Filter, typeWords: (type: string) => string): CatalogueRow[] {
  const words = filter.query.trim().toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return rows.filter((row) => {
    const said = `${row.name} ${row.code} ${row.body} ${row.creditCode} ${typeWords(row.type)}`.toLowerCase();
    return words.every((word) => said.includes(word)) && (filter.type === '' || row.type === filter.type) && (filter.body === '' || row.body === filter.body) && inState(row, filter.state);
  });
}

function inState(row: CatalogueRow, state: Filter['state']): boolean {
  return state === 'all' || (state === 'drafted' ? row.draft !== null : row.state === state);
}

/** How many there are in each state, of those that the rest of the filter finds. */
export function stateCounts(rows: readonly CatalogueRow[], filter: Filter, typeWords: (type: string) => string): Record<Filter['state'], number> {
  const found = matching(rows, { ...filter, state: 'all' }, typeWords);
  const count = (state: Filter['state']) => found.filter((row) => inState(row, state)).length;
  return { all: count('all'), active: count('active'), suspended: count('suspended'), cancelled: count('cancelled'), drafted: count('drafted') };
}
