import type { FeedEntry } from '../../domain/contracts/hall.ts';
import { OpeningHours } from '../../domain/fleet/opening.ts';
import { worksOf } from '../../domain/fleet/works.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Read } from '../db/schema.ts';
import { readReport } from './kept-report.ts';

/** Entries of the feed about these machines, as they are now: what was to be told when the entry was made is past. */
export async function neighbourEntries(read: Read, division: string, machines: readonly string[]): Promise<Map<string, FeedEntry>> {
  if (machines.length === 0) return new Map();
  const rows = await read.selectFrom('place').innerJoin('machine', (join) => join.onRef('machine.division', '=', 'place.division').onRef('machine.machine', '=', 'place.machine'))
    .select(['place.machine', 'place.site', 'place.address', 'place.latitude', 'place.longitude', 'place.hours', 'machine.retired_at', 'machine.report', 'machine.reported_at'])
    .where('place.division', '=', division).where('place.machine', 'in', machines).execute();
  return new Map(rows.map(({ machine, site, address, latitude, longitude, hours, retired_at, report, reported_at }): [string, FeedEntry] => [machine, {
    kind: 'neighbour',
    neighbour: {
      machine: machine as MachineId,
      place: retired_at === null ? { site, address, latitude, longitude, hours: OpeningHours.parse(JSON.parse(hours)) } : null,
      works: worksNow(report), asOf: reported_at,
    },
  }]));
}

/** @param kept its report as it lies in its row */
export function worksNow(kept: string | null): string[] {
  const report = readReport(kept);
  return report === null ? [] : worksOf(report);
}
