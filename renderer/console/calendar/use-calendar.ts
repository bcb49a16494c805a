import { NATIONAL_CALENDAR, type WorkingCalendar } from '../../../domain/calendar/working-days.ts';
import { useAnswer, useSession } from '../session.tsx';

/** The county's calendar, for reckoning due dates before a deed as the hall will. Until it is here, the one that came with the program. */
export function useCountyCalendar(): WorkingCalendar & { name: string } {
  const { ask } = useSession();
  const [answer] = useAnswer('calendar', () => ask((hall) => hall.calendar()));
  if (answer.kind !== 'here') return { ...NATIONAL_CALENDAR, name: '' };
  const { name, years, days } = answer.value;
  return { name, years: new Set(years.map(({ year }) => year)), exceptions: new Map(days.map(({ date, working }) => [date, working])) };
}
