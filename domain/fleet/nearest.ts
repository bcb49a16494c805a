import { NATIONAL_CALENDAR, type WorkingCalendar } from '../calendar/working-days.ts';
import type { MachineId } from '../ids.ts';
import type { Neighbour, Place } from './neighbour.ts';
import { type Opening, openingAt } from './opening.ts';
import type { Capability } from './works.ts';

/** A report that is older says nothing of now, milliseconds: a machine in order reports every hour, so this one is off or without a line. */
export const STALE_AFTER = 24 * 3_600_000;

export type Nearest = {
  machine: MachineId;
  site: string;
  address: string;
  /** As the crow flies; null where one of the two places is not known. */
  metres: number | null;
  opening: Exclude<Opening, { kind: 'never' }>;
  asOf: string;
};

/**
 * The nearest machine that can do all of what is needed, or null. Those whose distance is known come first, the nearest before the farther; then those of
 * the own division, by the name of their site. A machine that is closed now counts, and says when it opens.
 * @param own this machine; it is left out, and `list` says where it stands
 * @param now by the hall's clock as far as it is known here, milliseconds since 1970
 */
export function nearest({ need, own, list, now, calendar = NATIONAL_CALENDAR }: { need: readonly Capability[]; own: MachineId; list: readonly Neighbour[]; now: number; calendar?: WorkingCalendar }): Nearest | null {
  const here = list.find(({ machine }) => machine === own)?.place ?? null;
  const candidates = list.flatMap(({ machine, place, works, asOf }): Nearest[] => {
    if (machine === own || place === null || asOf === null || now - Date.parse(asOf) > STALE_AFTER || !need.every((word) => works.includes(word))) return [];
    const opening = openingAt(place.hours, now, calendar);
    return opening.kind === 'never' ? [] : [{ machine, site: place.site, address: place.address, metres: here === null ? null : metresBetween(here, place), opening, asOf }];
  });
  return candidates.toSorted((left, right) => compare(left.metres ?? Infinity, right.metres ?? Infinity)
    || compare(Number(!inDivision(own, left)), Number(!inDivision(own, right)))
    || compare(left.site, right.site)
    || compare(left.machine, right.machine))[0] ?? null;
}

/** `T330624-0001`: its division stands before the hyphen. */
function inDivision(own: MachineId, { machine }: Nearest): boolean {
  return machine.slice(0, 7) === own.slice(0, 7);
}

function compare<Value extends string | number>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Mean radius of the earth (IUGG), metres: within half a percent of any way inside a county. */
const EARTH = 6_371_009;

/** Great-circle distance by the haversine formula, which stays exact for places next to each other. */
export function metresBetween(from: Pick<Place, 'latitude' | 'longitude'>, to: Pick<Place, 'latitude' | 'longitude'>): number | null {
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null) return null;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (difference: number) => Math.sin(radians(difference) / 2) ** 2;
  const square = half(to.latitude - from.latitude) + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(to.longitude - from.longitude);
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(square)));
}
