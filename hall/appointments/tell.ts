import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { MachineId } from '../../domain/ids.ts';
import type { Write } from '../db/schema.ts';
import { announceAppointments } from '../feeds/feed.ts';
import type { Ground } from '../ground.ts';

/** Tells the terminals that stand at a site of its appointments of a day, whole. One that the county has put nowhere hears of none. */
export async function announceDay(write: Write, division: string, site: string, day: string): Promise<void> {
  const machines = await write.selectFrom('place').innerJoin('machine', (join) => join.onRef('machine.division', '=', 'place.division').onRef('machine.machine', '=', 'place.machine')).select('place.machine')
    .where('place.division', '=', division).where('place.site', '=', site).where('machine.retired_at', 'is', null).orderBy('place.machine').execute();
  for (const { machine } of machines) await announceAppointments(write, division, machine, day);
}

/** Tells a machine that came to a site of everything that is still to come there. */
export async function announceSite(ground: Ground, write: Write, machine: MachineId, site: string): Promise<void> {
  const { division } = ground;
  const days = await write.selectFrom('appointment').select('day').distinct().where('division', '=', division).where('site', '=', site).where('state', '=', 'booked').where('day', '>=', civilDate(ground.clock.now())).orderBy('day').execute();
  for (const { day } of days) await announceAppointments(write, division, machine, day);
}
