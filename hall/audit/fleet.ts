import type { Ground } from '../ground.ts';

/** One machine as county IT sees it. `clockOffset`: its clock minus the hall's at its last token, milliseconds; null, as the versions, when it did not say. */
export type FleetRow = {
  machine: string; enrolledAt: string | null; retired: boolean; lastContact: string | null; actions: number; quarantined: number;
  clockOffset: number | null; protocol: number | null; program: string | null;
};
/** One entry that was kept aside and not settled since. `held`: it has its place in the chain. */
export type QuarantineEntry = { id: number; machine: string; reason: string; at: string; action: string | null; held: boolean };

/** Newest entries that the console lists; the table holds them all. */
const LISTED = 500;

/** Every terminal, with how many actions it sent and how many of its entries lie in quarantine unsettled. */
export async function listMachines(ground: Ground): Promise<FleetRow[]> {
  const { division, hall } = ground;
  const { read } = ground.db;
  const machines = await read.selectFrom('machine').selectAll().where('division', '=', division).where('machine', '!=', hall).orderBy('machine').execute();
  const counts = await read.selectFrom('quarantine').select(['machine', ({ fn }) => fn.countAll<number>().as('count')]).where('division', '=', division).where('resolved_at', 'is', null).groupBy('machine').execute();
  const quarantined = new Map(counts.map(({ machine, count }) => [machine, count]));
  return machines.map((row) => ({
    machine: row.machine, enrolledAt: row.enrolled_at, retired: row.retired_at !== null, lastContact: row.last_contact,
    // Sequences have no gaps, so the head's is the count.
    actions: row.head_sequence,
    quarantined: quarantined.get(row.machine) ?? 0,
    clockOffset: row.clock_offset, protocol: row.protocol, program: row.program,
  }));
}

/** Newest first. Without the entries' texts: those hold personal data. */
export async function listQuarantine(ground: Ground): Promise<QuarantineEntry[]> {
  const rows = await ground.db.read.selectFrom('quarantine')
    .leftJoin('action', (join) => join.onRef('action.division', '=', 'quarantine.division').onRef('action.id', '=', 'quarantine.action_id').onRef('action.machine', '=', 'quarantine.machine'))
    .select(['quarantine.id', 'quarantine.machine', 'quarantine.reason', 'quarantine.last_at', 'quarantine.action_id', 'action.quarantine_reason'])
    .where('quarantine.division', '=', ground.division).where('quarantine.resolved_at', 'is', null).orderBy('quarantine.last_at', 'desc').orderBy('quarantine.id', 'desc').limit(LISTED).execute();
  // A fork may name an action that is held: only the entry that the held one was set aside for is it.
  return rows.map((row) => ({ id: row.id, machine: row.machine, reason: row.reason, at: row.last_at, action: row.action_id, held: row.quarantine_reason === row.reason }));
}
