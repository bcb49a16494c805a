import { civilDate } from '../calendar/civil-date.ts';
import type { CaseId } from '../ids.ts';
import type { Finding } from './finding.ts';
import { numberOf, type Rule, ruleOn } from './rules.ts';

/** One 办结 by an account. `person`: anything that is the same for the same applicant and only then. */
export type Finish = { case: CaseId; at: number; person: string; department: string };

/**
 * What holds of an account for one day of its work: too many finished at once, or too many of one person's within the month up to that day. Each is found at most once a day, and once a
 * month and person, at the instant of the deed that made it so.
 * @param finishes of the account in the whole month, in any order
 */
export function judgeAccount(account: string, date: string, finishes: readonly Finish[], rules: readonly Rule[]): Finding[] {
  const month = finishes.filter(({ at }) => civilDate(at).slice(0, 7) === date.slice(0, 7)).toSorted((one, other) => one.at - other.at || (one.case < other.case ? -1 : 1));
  const day = month.filter(({ at }) => civilDate(at) === date);
  return [...burst(account, day, ruleOn(rules, 'finish-burst', date)), ...samePerson(account, date, month, ruleOn(rules, 'same-person', date))];
}

function burst(account: string, day: readonly Finish[], rule: Rule | null): Finding[] {
  if (rule === null) return [];
  const count = Math.max(numberOf(rule, 'count'), 2);
  const last = day.findIndex((finish, index) => index >= count - 1 && finish.at - (day[index - count + 1]?.at ?? -Infinity) <= numberOf(rule, 'minutes') * 60_000);
  const finish = day[last];
  if (finish === undefined) return [];
  return [finding(rule, account, '', finish, day.slice(last - count + 1, last + 1))];
}

function samePerson(account: string, date: string, month: readonly Finish[], rule: Rule | null): Finding[] {
  if (rule === null) return [];
  const count = Math.max(numberOf(rule, 'count'), 2);
  return [...new Set(month.map(({ person }) => person))].flatMap((person) => {
    const own = month.filter((finish) => finish.person === person);
    const last = own[count - 1];
    const [first] = own;
    // Named by the month's first case of that person: nobody's number stands in a name.
    return last === undefined || first === undefined || civilDate(last.at) !== date ? [] : [finding(rule, account, first.case, last, own.slice(0, count))];
  });
}

function finding(rule: Rule, account: string, occurrence: string, last: Finish, all: readonly Finish[]): Finding {
  return { rule: rule.id, version: rule.version, level: rule.level, occurrence, since: last.at, actions: all.map((one) => one.case), owner: { kind: 'account', department: last.department, account } };
}
