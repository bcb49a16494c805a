import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { describeCalendar, importNotice, setLocalDay } from './notices.ts';

/** The county's calendar, for whoever keeps it. */
export function clockRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    calendar: known.calendar.handler(() => describeCalendar(ground)),
    importNotice: known.importNotice.handler(({ input, context }) => importNotice(ground, context.staff, input)),
    setLocalDay: known.setLocalDay.handler(({ input, context }) => setLocalDay(ground, context.staff, input)),
  };
}
