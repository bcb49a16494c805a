import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import type { MachineId } from '../../domain/ids.ts';
import { type Ground, nowOf } from '../ground.ts';
import { readReport } from './kept-report.ts';
import { tellReported } from './tell.ts';

/** Keeps what a machine says of itself in the place of what it said before; the log says when what needs somebody there has changed. */
export async function takeReport(ground: Ground, machine: MachineId, report: MachineReport): Promise<void> {
  const { division } = ground;
  const before = await ground.db.write(async (write) => {
    const row = await write.selectFrom('machine').select('report').where('division', '=', division).where('machine', '=', machine).forUpdate().executeTakeFirst();
    await write.updateTable('machine').set({ report: JSON.stringify(report), reported_at: nowOf(ground) }).where('division', '=', division).where('machine', '=', machine).execute();
    await tellReported(ground, write, machine, report);
    return readReport(row?.report ?? null);
  });
  const faults = faultsOf(report);
  if (JSON.stringify(faults) !== JSON.stringify(before === null ? [] : faultsOf(before))) ground.log({ event: 'machine-faults', machine, faults });
}

function faultsOf(report: MachineReport): string[] {
  return alarmsOf(report).filter(({ grade }) => grade === 'fault').map((alarm) => (alarm.kind === 'device' ? `${alarm.device} ${alarm.reason}` : alarm.kind));
}
