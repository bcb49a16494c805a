import type { MachineReport } from '../../domain/contracts/fleet.ts';
import { worksOf } from '../../domain/fleet/works.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Write } from '../db/schema.ts';
import { announceNeighbour } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import { worksNow } from './neighbours.ts';

/**
 * A machine whose state has not changed is told again after this time, milliseconds, so that the others see that it still stands. Two hundred machines make
 * three entries of some 400 bytes a minute by that, for each terminal.
 */
const TELL_AGAIN = 3_600_000;

/** Tells the others what works at a machine that has just reported, when that has changed or was told long ago. One without a place is not told of. */
export async function tellReported(ground: Ground, write: Write, machine: MachineId, report: MachineReport): Promise<void> {
  const place = await write.selectFrom('place').select(['told_works', 'told_at']).where('division', '=', ground.division).where('machine', '=', machine).executeTakeFirst();
  if (place === undefined) return;
  const works = JSON.stringify(worksOf(report));
  const old = place.told_at === null || ground.clock.now() - Date.parse(place.told_at) >= TELL_AGAIN;
  if (old || place.told_works !== works) await tell(ground, write, machine, works);
}

/** Tells the others of a machine: its place, or that it is no more, has changed. One without a place was never told of. */
export async function tellAnew(ground: Ground, write: Write, machine: MachineId): Promise<void> {
  const row = await write.selectFrom('place').innerJoin('machine', (join) => join.onRef('machine.division', '=', 'place.division').onRef('machine.machine', '=', 'place.machine'))
    .select('machine.report').where('place.division', '=', ground.division).where('place.machine', '=', machine).executeTakeFirst();
  if (row !== undefined) await tell(ground, write, machine, JSON.stringify(worksNow(row.report)));
}

async function tell(ground: Ground, write: Write, machine: MachineId, works: string): Promise<void> {
  const { division } = ground;
  const row = await write.selectFrom('place').select('told_position').where('division', '=', division).where('machine', '=', machine).forUpdate().executeTakeFirstOrThrow();
  const told_position = await announceNeighbour(write, division, machine, row.told_position);
  await write.updateTable('place').set({ told_position, told_works: works, told_at: nowOf(ground) }).where('division', '=', division).where('machine', '=', machine).execute();
}
