import { checkInOf } from '../../domain/appointments/rules.ts';
import type { SiteAppointment } from '../../domain/contracts/appointments.ts';
import type { FeedEntry } from '../../domain/contracts/hall.ts';
import type { MachineId } from '../../domain/ids.ts';
import { BusinessKey } from '../../domain/queue/types.ts';
import type { FeedRow } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { bookingRules } from './calendars.ts';

/** Entries of the feed about appointments, as things stand now, by position: what is at the machine's own site, and no word of who it is. */
export async function appointmentEntries({ db: { read }, division }: Pick<Ground, 'db' | 'division'>, machine: MachineId, rows: readonly FeedRow[]): Promise<Map<number, FeedEntry>> {
  const own = rows.filter(({ kind }) => kind === 'appointments');
  if (own.length === 0) return new Map();
  const place = await read.selectFrom('place').select('site').where('division', '=', division).where('machine', '=', machine).executeTakeFirst();
  const site = place?.site ?? '';
  const rules = await bookingRules(read, division);
  const entries = new Map<number, FeedEntry>();
  for (const { position, subject: day } of own) {
    const booked = await read.selectFrom('appointment').selectAll().where('division', '=', division).where('day', '=', day).where('site', '=', site).where('state', 'in', ['booked', 'kept']).orderBy('from_at').orderBy('number').execute();
    const appointments = booked.map((row): SiteAppointment => {
      const { from: opens, until: closes } = checkInOf({ from: row.from_at }, rules);
      return { id: row.id, number: row.number, business: BusinessKey.parse(row.business), name: row.name, from: row.from_at, until: row.until_at, opens, closes, checks: JSON.parse(row.checks) as string[] };
    });
    entries.set(position, { kind: 'appointments', appointments: { site, day, appointments } });
  }
  return entries;
}
