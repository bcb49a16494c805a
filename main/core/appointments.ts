import { passwordMatches } from '../../crypto/passwords.ts';
import { checkInAt } from '../../domain/appointments/rules.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { SiteAppointment } from '../../domain/contracts/appointments.ts';
import { normaliseNumber } from '../../domain/numbers/fault.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

/** Beside those whose check-in is open, appointments this near to it are tried, milliseconds, so that somebody who is early or late is told so. Each try costs some 65 ms. */
const NEAR = 2 * 3_600_000;

/** What was found for somebody. `early`, `late`: theirs, and they cannot be taken for it now; they may take a number like everybody. */
export type FoundAppointment = { kind: 'open' | 'early' | 'late'; appointment: SiteAppointment } | { kind: 'none' };

/**
 * Whether somebody with this card or mobile number has an appointment at this site about now. Works with the line cut: what the hall told is here. Who holds the others is not found out on the way: a number fits or does not.
 * @param number as on the card or as typed
 * @param business that they come for: one of it is found before any other
 */
export async function findAppointment({ store, clock }: { store: Pick<TerminalStore, 'appointments'>; clock: Pick<Clock, 'now'> }, number: string, business: string | null = null): Promise<FoundAppointment> {
  const now = clock.now();
  const plain = normaliseNumber(number);
  const today = await store.appointments.on(civilDate(now));
  const near = today.filter(({ opens, closes }) => Date.parse(opens) - NEAR <= now && now <= Date.parse(closes) + NEAR);
  // Those of the business and those that are open first: most come in time, and wait least.
  const rank = (found: { kind: string; appointment: SiteAppointment }) => (found.appointment.business === business ? 2 : 0) + (found.kind === 'open' ? 1 : 0);
  const sorted = near.map((appointment) => ({ kind: checkInAt({ from: appointment.opens, until: appointment.closes }, now), appointment })).toSorted((one, other) => rank(other) - rank(one));
  for (const found of sorted) for (const check of found.appointment.checks) if (await passwordMatches(plain, check)) return found;
  return { kind: 'none' };
}
