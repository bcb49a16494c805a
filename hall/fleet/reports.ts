import { MachineReport } from '../../domain/contracts/fleet.ts';
import { alarmsOf } from '../../domain/fleet/alarms.ts';
import type { MachineId } from '../../domain/ids.ts';
import { type Ground, nowOf } from '../ground.ts';

/** Keeps what a machine says of itself in the place of what it said before; the log says when what needs somebody there has changed. */
export async function takeReport(ground: Ground, machine: MachineId, report: MachineReport): Promise<void> {
  const { division } = ground;
  const before = await ground.db.write(async (write) => {
    const row = await write.selectFrom('machine').select('report').where('division', '=', division).where('machine', '=', machine).forUpdate().executeTakeFirst();
    await write.updateTable('machine').set({ report: JSON.stringify(report), reported_at: nowOf(ground) }).where('division', '=', division).where('machine', '=', machine).execute();
    return readReport(row?.report ?? null);
  });
  const faults = faultsOf(report);
  if (JSON.stringify(faults) !== JSON.stringify(before === null ? [] : faultsOf(before))) ground.log({ event: 'machine-faults', machine, faults });
}

/** @param kept as it lies in its row; null also for one that a later hall wrote and this one cannot read */
export function readReport(kept: string | null): MachineReport | null {
  if (kept === null) return null;
  const parsed = MachineReport.safeParse(JSON.parse(kept));
  return parsed.success ? parsed.data : null;
}

function faultsOf(report: MachineReport): string[] {
  return alarmsOf(report).filter(({ grade }) => grade === 'fault').map((alarm) => (alarm.kind === 'device' ? `${alarm.device} ${alarm.reason}` : alarm.kind));
}
