import type { QueueEntry } from '../../domain/queue/types.ts';
import type { Read } from '../db/schema.ts';
import type { SiteDayRow } from './rows.ts';

/** Entries read at once. */
const PAGE = 2000;

/** The list of a day as it is here, in order. Read in pieces, so that a long day is in memory once and not twice. */
export async function storedEntries(read: Read, { division, day, site, entries: count }: Pick<SiteDayRow, 'division' | 'day' | 'site' | 'entries'>): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  while (entries.length < count) {
    const rows = await read.selectFrom('site_entry').select('body').where('division', '=', division).where('day', '=', day).where('site', '=', site).where('place', '>', entries.length).orderBy('place').limit(PAGE).execute();
    if (rows.length === 0) break;
    // Each was read by its schema when it came.
    for (const { body } of rows) entries.push(JSON.parse(body) as QueueEntry);
  }
  return entries;
}
