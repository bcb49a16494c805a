import { MachineReport } from '../../domain/contracts/fleet.ts';

/** @param kept as it lies in its row; null also for one that a later hall wrote and this one cannot read */
export function readReport(kept: string | null): MachineReport | null {
  if (kept === null) return null;
  const parsed = MachineReport.safeParse(JSON.parse(kept));
  return parsed.success ? parsed.data : null;
}
