import type { AppointmentState } from '../../domain/appointments/rules.ts';

type Key = { division: string };

/** `body`: `BookingCalendar` as JSON. */
export type BookingCalendarRow = Key & { id: string; site: string; business: string; body: string; changed_by: string; changed_at: string };
/**
 * `person_key`: keyed hash of the card's number, or of the phone's where no card is known. `holder`: `BookingHolder`, sealed; empty once it was forgotten. `checks`: the slow hashes that terminals try, JSON; none once the day is over.
 * `reminded`: a text was queued, or there is nobody to send one to. `ticket`: the number that it led to. `booked_by`: account or machine.
 */
export type AppointmentRow = Key & {
  id: string; number: string; calendar: string; site: string; business: string; name: string; day: string; from_at: string; until_at: string; person_key: string; holder: string; checks: string;
  way: 'terminal' | 'console'; booked_by: string; booked_at: string; state: AppointmentState; state_at: string; reminded: boolean; ticket: string | null;
};

export type AppointmentTables = { booking_calendar: BookingCalendarRow; appointment: AppointmentRow };
