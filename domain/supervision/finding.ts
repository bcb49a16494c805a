import { addDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { civilDate } from '../calendar/civil-date.ts';
import type { CaseId, ActionId } from '../ids.ts';
import { DAY, endOf, type Outage, workingTime } from './outages.ts';
import type { Level, RuleId } from './rules.ts';

/** Who has to answer for a finding: a department's window or the department, or one account. `department`: credit code. */
export type CardOwner = { kind: 'window' | 'department' | 'account'; department: string; account: string };

/**
 * What a rule finds in a log. `occurrence` with the rule and the subject names it: the same thing is found once, whenever and however often one looks. `since`: the instant from
 * which it holds, reckoned from the log; when somebody looked is no part of it.
 * @property actions ids of the actions it rests on, or of cases for a finding about an account
 */
export type Finding = { rule: RuleId; version: number; level: Level; occurrence: string; since: number; actions: readonly (ActionId | CaseId)[]; owner: CardOwner };

/** What a rule would find if nothing further happened; `since` may lie in the future, and Infinity is never. */
export type Candidate = Pick<Finding, 'occurrence' | 'since' | 'actions' | 'owner'>;

/**
 * The instant at which a limit is over whose last day is `due`: the end of that day, moved by every begun day of the hall's outages since `from`. While an outage
 * that began before it lasts, nobody knows: Infinity.
 */
export function excusedEnd(from: number, due: string, outages: readonly Outage[], calendar: WorkingCalendar): number {
  let end = endOf(due);
  for (;;) {
    const out = merged(outages.filter((outage) => outage.from < end && (outage.to ?? Infinity) > from));
    if (out.some(({ to }) => to === Infinity)) return Infinity;
    const lost = out.reduce((sum, one) => sum + workingTime(Math.max(one.from, from), Math.min(one.to, end), calendar), 0);
    const next = endOf(addDays(due, Math.ceil(lost / DAY), 'working', calendar).date);
    if (next <= end) return end;
    end = next;
  }
}

/** Two outages at once are one. */
function merged(outages: readonly Outage[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const { from, to } of outages.toSorted((one, other) => one.from - other.from)) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to ?? Infinity);
    else spans.push({ from, to: to ?? Infinity });
  }
  return spans;
}

/** The last day of a number of working days that begin on the day after an instant. */
export function workingDaysAfter(instant: number, days: number, calendar: WorkingCalendar): string {
  return addDays(civilDate(instant), days, 'working', calendar).date;
}
