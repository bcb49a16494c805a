import type { MachineReport } from '../../domain/contracts/fleet.ts';
import type { Ground } from '../ground.ts';
import { readReport } from './kept-report.ts';

/** One machine as county IT sees it. `clockOffset`: its clock minus the hall's at its last token, milliseconds; null, as the versions, when it did not say. `report`: the last that it said of its devices and papers. */
export type FleetRow = {
  machine: string; enrolledAt: string | null; retired: boolean; lastContact: string | null; actions: number; quarantined: number;
  clockOffset: number | null; protocol: number | null; program: string | null;
  report: MachineReport | null; reportedAt: string | null;
};
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
    report: readReport(row.report), reportedAt: row.reported_at,
  }));
}
