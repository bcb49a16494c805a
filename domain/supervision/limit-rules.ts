import { processOf, standings } from '../approval/process.ts';
import { addNaturalDays, civilDate } from '../calendar/civil-date.ts';
import { addDays, isWorkingDay, workingDaysBetween, type WorkingCalendar } from '../calendar/working-days.ts';
import { isPaused } from '../case/fold.ts';
import type { Limits } from '../clock/limits.ts';
import { dueWithPauses } from '../clock/limits.ts';
import { type Candidate, excusedEnd, workingDaysAfter } from './finding.ts';
import type { Subject } from './judge.ts';
import { endOf, startOf } from './outages.ts';
import { numberOf, type Rule } from './rules.ts';
import type { Stretch } from './trail.ts';

/** The stretches in which the legal clock ran, each with the limits as they stood then. */
function running({ way }: Subject): (Stretch & { limits: Limits; accepted: Stretch })[] {
  const accepted = way.find(({ deed }) => deed.action.payload.kind === 'accepted');
  return way.flatMap((stretch) => {
    const { stage, limits } = stretch.state;
    return accepted !== undefined && limits !== null && (stage === 'accepted' || stage === 'decided') ? [{ ...stretch, limits, accepted }] : [];
  });
}

/** The first stretch in which an instant is reached. */
function reached<Of extends Stretch>(stretches: readonly Of[], instantOf: (stretch: Of) => number): { stretch: Of; since: number } | null {
  for (const stretch of stretches) {
    const since = Math.max(instantOf(stretch), stretch.from);
    if (since < stretch.to) return { stretch, since };
  }
  return null;
}

/** Over one of the two limits. Whose it is: the department whose time it was when the day ended. */
export function overLimit(limit: 'promisedBy' | 'statutoryBy') {
  return (subject: Subject): Candidate[] => {
    const found = reached(running(subject), ({ limits, accepted }) => excusedEnd(accepted.from, limits[limit], subject.hallOutages, subject.world.calendar));
    if (found === null) return [];
    return [{ occurrence: '', since: found.since, actions: [found.stretch.accepted.deed.action.id, found.stretch.deed.action.id], owner: subject.ownerAt(found.since) }];
  };
}

/** So many working days before the promise ends. A promise that is no longer than that needs no word. */
export function nearPromise(subject: Subject, rule: Rule): Candidate[] {
  const days = numberOf(rule, 'days');
  const { calendar } = subject.world;
  const long = running(subject).filter(({ limits, accepted }) => workingDaysBetween(accepted.state.accepted?.acceptedOn ?? limits.promisedBy, limits.promisedBy, calendar) > days);
  const found = reached(long, ({ limits, accepted }) => {
    const end = excusedEnd(accepted.from, limits.promisedBy, subject.hallOutages, calendar);
    return end === Infinity ? Infinity : startOf(dayWithLeft(civilDate(end - 1), days, calendar));
  });
  return found === null ? [] : [{ occurrence: '', since: found.since, actions: [found.stretch.accepted.deed.action.id], owner: subject.ownerAt(found.since) }];
}

/** The first day on which no more than `days` working days are left until `due`. */
function dayWithLeft(due: string, days: number, calendar: WorkingCalendar): string {
  let date = due;
  for (let left = days; ; ) {
    const before = addNaturalDays(date, -1);
    if (isWorkingDay(date, calendar)) {
      if (left === 0) return date;
      left -= 1;
    }
    date = before;
  }
}

/** Each step has a clock of its own, which stands still with the legal one. */
export function stepOver(subject: Subject): Candidate[] {
  const process = processOf(subject.trail.item);
  const { calendar } = subject.world;
  const open = subject.way.filter(({ state }) => state.stage === 'accepted' && !isPaused(state));
  return process.tasks.flatMap((task): Candidate[] => {
    const found = reached(open, ({ state }) => {
      const standing = standings(process, state.accepted?.acceptedOn ?? null, state.reviews).find((one) => one.task.key === task.key);
      if (standing?.kind !== 'open') return Infinity;
      const due = dueWithPauses(standing.since, { days: Math.ceil(task.days), unit: subject.trail.item.promised.unit }, state.pauses, calendar);
      return due === null ? Infinity : excusedEnd(startOf(standing.since), due.date, subject.hallOutages, calendar);
    });
    return found === null ? [] : [{ occurrence: task.key, since: found.since, actions: [found.stretch.deed.action.id], owner: { kind: 'department', department: task.department, account: '' } }];
  });
}

/** Neither accepted nor refused nor told of a correction in time. The hall's days begin when the hall has the papers: the way to it is nobody's. */
export function answerLate(subject: Subject, rule: Rule): Candidate[] {
  const { calendar } = subject.world;
  const anchors = subject.way.filter(({ deed }) => deed.action.payload.kind === 'handed-in' || deed.action.payload.kind === 'supplemented');
  return anchors.flatMap((anchor, index): Candidate[] => {
    const { payload, id } = anchor.deed.action;
    // A paper form reached the window when it says so, not when it was entered.
    const from = payload.kind === 'handed-in' && payload.late !== undefined ? anchor.deed.at : anchor.from;
    const waiting = subject.way.filter((stretch) => stretch.from >= anchor.from && (anchors[index + 1] === undefined || stretch.from < (anchors[index + 1]?.from ?? 0)) && (stretch.state.stage === 'handed-in' || stretch.state.stage === 'supplemented'));
    const found = reached(waiting, () => excusedEnd(from, workingDaysAfter(from, numberOf(rule, 'days'), calendar), subject.hallOutages, calendar));
    return found === null ? [] : [{ occurrence: id, since: found.since, actions: [id], owner: subject.window }];
  });
}

/** The law counts from the receipt at the machine; a card only counts what was the hall's: it is raised where the hall's own days to answer were over as well. */
export function deemedAccepted(subject: Subject, rule: Rule): Candidate[] {
  const [first] = subject.way;
  const { calendar } = subject.world;
  return subject.deeds('accepted').filter(({ action, known }) => action.payload.deemed === true && first !== undefined && known >= excusedEnd(first.from, workingDaysAfter(first.from, numberOf(rule, 'days'), calendar), subject.hallOutages, calendar))
    .map(({ action, known }) => ({ occurrence: action.id, since: known, actions: [action.id], owner: subject.window }));
}

/** Longer than the applicant was told (`named`), or without any time named at all. */
export function pauseLong(named: boolean) {
  return (subject: Subject, rule: Rule): Candidate[] => {
    const { calendar } = subject.world;
    const pauses = subject.way.filter(({ deed }) => deed.action.payload.kind === 'paused' && (deed.action.payload.allowed !== null) === named);
    return pauses.flatMap((stretch): Candidate[] => {
      const { payload, id } = stretch.deed.action;
      if (payload.kind !== 'paused') return [];
      const { days, unit } = payload.allowed ?? { days: numberOf(rule, 'days'), unit: 'working' as const };
      const standing = subject.way.filter((one) => one.from >= stretch.from && isPaused(one.state) && one.state.pauses.length === stretch.state.pauses.length);
      const found = reached(standing, () => endOf(addDays(payload.on, days, unit, calendar).date));
      return found === null ? [] : [{ occurrence: id, since: found.since, actions: [id], owner: subject.ownerAt(found.since) }];
    });
  };
}
