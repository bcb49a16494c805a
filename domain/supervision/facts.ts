import { civilDate } from '../calendar/civil-date.ts';
import { addDays, type WorkingCalendar, workingDaysBetween } from '../calendar/working-days.ts';
import { isClosed } from '../case/fold.ts';
import { daysUsed } from '../clock/limits.ts';
import type { Limit } from '../item/types.ts';
import { timeLine, workingByOwner } from './time-line.ts';
import { accountOf, deedsOf, endOfWay, type Stretch, stretchesOf, type Trail, type World } from './trail.ts';

/**
 * What figures are made of: one row a case, reckoned from its log alone. Days are civil dates in China. `null`: not so far.
 * @property machine where it was handed in
 * @property finishedOn the day of 办结 of an accepted case
 * @property promised statutory, used: working days; `used` without pauses
 * @property finishedAt the same as an instant; `endedAt`: the hall knew that the case was closed. Milliseconds since 1970
 * @property own working milliseconds that window and departments had
 * @property visits times that the citizen had to come: hand-in, each supplement, fetching the result
 */
export type CaseFacts = {
  item: string; department: string; machine: string; handedInOn: string; atTerminal: boolean; late: boolean;
  acceptedOn: string | null; finishedOn: string | null; finishedAt: number | null; endedAt: number | null; closed: boolean; granted: boolean; finishedBy: string | null;
  overPromised: boolean; overStatutory: boolean; early: boolean;
  promised: number; statutory: number; used: number; own: number; visits: number;
};

/** @returns null for a log without a hand-in */
export function factsOf(trail: Trail, now: number, world: Pick<World, 'calendar' | 'outages'>): CaseFacts | null {
  const way = stretchesOf({ ...trail, deeds: trail.deeds.filter(({ known }) => known <= now) });
  const [first] = way;
  const last = way.at(-1);
  if (first === undefined || last === undefined) return null;
  const { calendar } = world;
  const { item } = trail;
  const acceptedOn = last.state.accepted?.acceptedOn ?? null;
  const finish = acceptedOn === null ? undefined : way.find(({ deed }) => deed.action.payload.kind === 'finished');
  const finishedOn = finish === undefined ? null : civilDate(finish.deed.at);
  const limits = finish?.state.limits ?? null;
  const endedAt = endOfWay(way);
  const spans = timeLine(trail, now, world);
  const own = workingByOwner(spans);
  return {
    item: item.code, department: item.body.creditCode, machine: first.deed.action.machine,
    handedInOn: civilDate(Math.min(first.deed.at, first.deed.known)),
    atTerminal: !first.deed.action.machine.startsWith('H'), late: first.state.handedIn.late !== undefined,
    acceptedOn, finishedOn, finishedAt: finish?.deed.at ?? null, endedAt: endedAt === Infinity ? null : endedAt, closed: isClosed(last.state.stage), granted: last.state.finish?.result === 'granted', finishedBy: finish === undefined ? null : accountOf(finish.deed),
    overPromised: finishedOn !== null && limits !== null && finishedOn > limits.promisedBy,
    overStatutory: finishedOn !== null && limits !== null && finishedOn > limits.statutoryBy,
    early: finishedOn !== null && limits !== null && finishedOn < limits.promisedBy,
    promised: acceptedOn === null ? 0 : inWorkingDays(acceptedOn, item.promised, calendar),
    statutory: acceptedOn === null ? 0 : inWorkingDays(acceptedOn, item.statutory, calendar),
    used: acceptedOn === null || finishedOn === null ? 0 : daysUsed(acceptedOn, 'working', finishedOn, last.state.pauses, calendar),
    own: own.window + own.department,
    visits: visitsOf(way),
  };
}

/** Limits in natural days become the working days that lie in them, so that sums are of one kind. */
function inWorkingDays(acceptedOn: string, limit: Pick<Limit, 'days' | 'unit'>, calendar: WorkingCalendar): number {
  return limit.unit === 'working' ? limit.days : workingDaysBetween(acceptedOn, addDays(acceptedOn, limit.days, 'natural').date, calendar);
}

/** 跑动次数, counted and not declared: each hand-in and supplement is one, and one for fetching the result where it was not sent. */
function visitsOf(way: readonly Stretch[]): number {
  const [delivery] = deedsOf(way, 'delivered');
  const printed = deedsOf(way, 'result-printed').some(({ action }) => action.payload.outcome === 'printed');
  const fetched = delivery === undefined ? printed : delivery.action.payload.way === 'window' || delivery.action.payload.way === 'terminal';
  return deedsOf(way, 'handed-in').length + deedsOf(way, 'supplemented').length + (fetched ? 1 : 0);
}
