import { civilDate } from '../../domain/calendar/civil-date.ts';
import { SiteAppointments } from '../../domain/contracts/appointments.ts';
import type { SqliteFile } from '../store/index.ts';
import type { Appointments } from './types.ts';

export function createAppointments({ database }: SqliteFile, now: () => number): Appointments {
  const read = database.prepare<[string], { list: string }>('SELECT list FROM appointments WHERE day = ?');
  const write = database.prepare<[string, string]>('INSERT INTO appointments (day, list) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET list = excluded.list');
  const forget = database.prepare<[string]>('DELETE FROM appointments WHERE day < ?');
  return {
    // Better-sqlite3 works at once; the promise keeps the promise of `types.ts`.
    async put(told) {
      const today = civilDate(now());
      if (told.day >= today) write.run(told.day, JSON.stringify(told));
      forget.run(today);
    },
    async on(day) {
      const row = read.get(day);
      return row === undefined ? [] : SiteAppointments.parse(JSON.parse(row.list)).appointments;
    },
  };
}
