import { ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { appointmentsOf, appointmentsOn, book, cancel, move } from './book.ts';
import { bookingCalendars, bookingRules, bookingSites, freeSlots, saveBookingCalendar } from './calendars.ts';
import { personKey, readHolder } from './holders.ts';
import { settleAppointment } from './settle.ts';

/** Appointments at the console. Whose they are is shown masked alone. */
export function appointmentsRoad({ known }: ConsoleDoors, ground: Ground) {
  const at = (account: string) => ({ way: 'console' as const, by: account });
  const { db: { read }, division } = ground;
  return {
    bookingCalendars: known.bookingCalendars.handler(async () => ({ calendars: await bookingCalendars(read, division), sites: await bookingSites(ground), rules: await bookingRules(read, division) })),
    saveBookingCalendar: known.saveBookingCalendar.handler(({ input, context }) => saveBookingCalendar(ground, context.staff, input)),
    freeSlots: known.freeSlots.handler(({ input }) => freeSlots(ground, input.site)),
    appointments: known.appointments.handler(({ input }) => appointmentsOn(ground, input)),
    findAppointments: known.findAppointments.handler(async ({ input }) => {
      const holder = readHolder({ name: '', ...input });
      return holder.ok ? appointmentsOf(ground, personKey(ground, holder.value)) : { rows: [], standing: { missed: 0, limitedUntil: null } };
    }),
    book: known.book.handler(({ input, context }) => book(ground, at(context.staff.account), input)),
    cancelAppointment: known.cancelAppointment.handler(({ input, context }) => cancel(ground, at(context.staff.account), input.id, null)),
    moveAppointment: known.moveAppointment.handler(async ({ input, context }) => {
      const moved = await move(ground, at(context.staff.account), input.id, input.from);
      return moved.ok ? ok(moved.value) : moved;
    }),
    settleAppointment: known.settleAppointment.handler(({ input, context }) => settleAppointment(ground, context.staff, input.id, input.came)),
  };
}
