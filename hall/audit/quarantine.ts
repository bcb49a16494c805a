import type { Ground } from '../ground.ts';

/** One entry that was kept aside and not settled since. `held`: it has its place in the chain. */
export type QuarantineEntry = { id: number; machine: string; reason: string; at: string; action: string | null; held: boolean };

/** Newest entries that the console lists; the table holds them all. */
const LISTED = 500;

/** Newest first. Without the entries' texts: those hold personal data. */
export async function listQuarantine(ground: Ground): Promise<QuarantineEntry[]> {
  const rows = await ground.db.read.selectFrom('quarantine')
    .leftJoin('action', (join) => join.onRef('action.division', '=', 'quarantine.division').onRef('action.id', '=', 'quarantine.action_id').onRef('action.machine', '=', 'quarantine.machine'))
    .select(['quarantine.id', 'quarantine.machine', 'quarantine.reason', 'quarantine.last_at', 'quarantine.action_id', 'action.quarantine_reason'])
    .where('quarantine.division', '=', ground.division).where('quarantine.resolved_at', 'is', null).orderBy('quarantine.last_at', 'desc').orderBy('quarantine.id', 'desc').limit(LISTED).execute();
  // A fork may name an action that is held: only the entry that the held one was set aside for is it.
  return rows.map((row) => ({ id: row.id, machine: row.machine, reason: row.reason, at: row.last_at, action: row.action_id, held: row.quarantine_reason === row.reason }));
}
