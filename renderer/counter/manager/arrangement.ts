/** An arrangement while it is changed: what of it is another one than before, in words, what cannot be so, and how it goes on when somebody else arranges meanwhile. Pure functions. */
import type { ArrangementView } from '../../../domain/contracts/site.ts';
import { isSame } from '../../../domain/queue/arrangement.ts';
import { Arrangement } from '../../../domain/queue/types.ts';
import { nameOf } from '../choose-window.tsx';
import { t } from '../texts.ts';
import { wholeNumber } from '../words.ts';

/**
 * @property windows one without businesses is not there
 * @property hours times as they are typed
 * @property assigned of everybody in the settings; no window: any
 * @property alarms as they are typed
 */
export type Draft = {
  windows: readonly { number: number; businesses: readonly string[] }[];
  hours: readonly { days: readonly number[]; from: string; until: string }[];
  assigned: readonly { account: string; windows: readonly number[] }[];
  alarms: { waitMinutes: string; waiting: string };
};

type Known = Pick<ArrangementView, 'settings' | 'staff' | 'businesses'>;

/** What holds, to be changed. Windows of the settings that are not there now stand among the others. */
export function draftOf({ settings, staff }: Known, arrangement: Arrangement | null): Draft {
  const { windows, hours, assigned, alarms } = arrangement ?? settings;
  const gone = settings.windows.filter(({ number }) => !windows.some((window) => window.number === number)).map(({ number }) => ({ number, businesses: [] }));
  const ownOf = (account: string) => (assigned.find((one) => one.account === account) ?? settings.assigned.find((one) => one.account === account))?.windows ?? [];
  return {
    windows: [...windows, ...gone].toSorted((one, other) => one.number - other.number), hours, assigned: staff.map(({ account }) => ({ account, windows: ownOf(account) })),
    alarms: { waitMinutes: String(alarms.waitMinutes), waiting: String(alarms.waiting) },
  };
}

/** The arrangement that a draft is, or why it is none. Only who has other windows than in the settings is named, so that the others follow them. @param inUse windows that cannot be taken away */
export function readDraft({ settings }: Known, draft: Draft, inUse: readonly number[]): { arrangement: Arrangement; faults: [] } | { arrangement: null; faults: string[] } {
  const windows = draft.windows.filter(({ businesses }) => businesses.length > 0).map(({ number, businesses }) => ({ number, businesses: [...businesses] }));
  const numbers = windows.map(({ number }) => number);
  const hours = draft.hours.map(({ days, from, until }) => ({ days: [...days], from: timeOf(from), until: timeOf(until) }));
  const [waitMinutes, waiting] = [wholeNumber(draft.alarms.waitMinutes, 1, 600), wholeNumber(draft.alarms.waiting, 1, 500)];
  const lost = inUse.filter((number) => !numbers.includes(number));
  const faults = [
    ...lost.map((window) => t('refused.window-in-use', { window })),
    ...(windows.length === 0 ? [t('arrange.fault.no-window')] : []),
    ...(hours.some(({ days }) => days.length === 0) ? [t('arrange.fault.no-day')] : []),
    ...(hours.some(({ from, until }) => from === null || until === null || from >= until) ? [t('arrange.fault.hours')] : []),
    ...(waitMinutes === null || waiting === null ? [t('arrange.fault.alarms')] : []),
  ];
  if (faults.length > 0) return { arrangement: null, faults };
  const assigned = assignedIn(draft);
  const settled = (account: string) => settings.assigned.find((one) => one.account === account)?.windows ?? [];
  const read = Arrangement.safeParse({ windows, hours, assigned: assigned.filter(({ account, windows: own }) => !isSame(own, settled(account))), alarms: { waitMinutes, waiting } });
  return read.success ? { arrangement: read.data, faults: [] } : { arrangement: null, faults: [t('arrange.fault.too-large')] };
}

/** What is to be known of it and is allowed all the same. */
export function warningsOf({ businesses }: Known, { windows, hours }: Arrangement): string[] {
  const unserved = businesses.filter(({ key }) => !windows.some((window) => window.businesses.includes(key)));
  return [...unserved.map(({ name }) => t('arrange.warn.unserved', { business: name })), ...(hours.length === 0 ? [t('arrange.warn.always')] : [])];
}

/** What is otherwise in the second, in words: `3 号窗口：加 社保`. */
export function differenceOf(known: Known, before: Draft, after: Draft): string[] {
  const names = (keys: readonly string[]) => keys.map((key) => nameOf(known.businesses, key)).join('、');
  const windows = numbersOf(before, after).flatMap((window) => {
    const [had, has] = [businessesOf(before, window), businessesOf(after, window)];
    if (isSame(had, has)) return [];
    if (had.length === 0) return [t('arrange.diff.new', { window, businesses: names(has) })];
    if (has.length === 0) return [t('arrange.diff.gone', { window })];
    const [added, dropped] = [has.filter((key) => !had.includes(key)), had.filter((key) => !has.includes(key))];
    return [t('arrange.diff.window', { window, changes: [...(added.length > 0 ? [t('arrange.diff.added', { businesses: names(added) })] : []), ...(dropped.length > 0 ? [t('arrange.diff.dropped', { businesses: names(dropped) })] : [])].join('，') })];
  });
  const people = assignedIn(after).flatMap(({ account, windows: has }) => {
    const had = before.assigned.find((one) => one.account === account)?.windows ?? [];
    return isSame(had, has) ? [] : [t('arrange.diff.person', { name: known.staff.find((one) => one.account === account)?.name ?? account, before: windowsWords(had), after: windowsWords(has) })];
  });
  const [hoursBefore, hoursAfter] = [hoursWords(before.hours), hoursWords(after.hours)];
  const alarms = (['waitMinutes', 'waiting'] as const).flatMap((name) => (before.alarms[name] === after.alarms[name] ? [] : [t(`arrange.diff.${name}`, { before: before.alarms[name], after: after.alarms[name] })]));
  return [...windows, ...people, ...(hoursBefore === hoursAfter ? [] : [t('arrange.diff.hours', { before: hoursBefore, after: hoursAfter })]), ...alarms];
}

/** What was changed in `base` to make `mine`, made in what somebody else made of it: business by business. Where both changed a person, the hours or a threshold it is as in `mine`: the difference says so before it is saved. */
export function rebased(base: Draft, mine: Draft, theirs: Draft): Draft {
  return {
    windows: numbersOf(mine, theirs).map((number) => {
      const [before, after, there] = [businessesOf(base, number), businessesOf(mine, number), businessesOf(theirs, number)];
      return { number, businesses: [...there.filter((key) => after.includes(key) || !before.includes(key)), ...after.filter((key) => !before.includes(key) && !there.includes(key))] };
    }),
    assigned: theirs.assigned.map((one) => {
      const [was, is] = [base, mine].map(({ assigned }) => assigned.find(({ account }) => account === one.account)?.windows ?? []);
      return was === undefined || is === undefined || isSame(was, is) ? one : { ...one, windows: is };
    }),
    hours: hoursWords(base.hours) === hoursWords(mine.hours) ? theirs.hours : mine.hours,
    alarms: {
      waitMinutes: base.alarms.waitMinutes === mine.alarms.waitMinutes ? theirs.alarms.waitMinutes : mine.alarms.waitMinutes,
      waiting: base.alarms.waiting === mine.alarms.waiting ? theirs.alarms.waiting : mine.alarms.waiting,
    },
  };
}

/** `周一至周五 08:30–16:45` */
export function hoursWords(hours: Draft['hours']): string {
  return hours.length === 0 ? t('arrange.always') : hours.map(({ days, from, until }) => t('arrange.hours', { days: daysWords(days), from: timeOf(from) ?? from, until: timeOf(until) ?? until })).join('；');
}

export function windowsWords(windows: readonly number[]): string {
  return windows.length === 0 ? t('arrange.any') : t('arrange.windows', { windows: windows.toSorted((one, other) => one - other).join('、') });
}

/** `08:30` of `8:30`, `０８：３０` or `830`; null: no time of a day. */
function timeOf(typed: string): string | null {
  const [, hour, minute] = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(typed.normalize('NFKC').trim()) ?? [];
  return hour === undefined || minute === undefined ? null : `${hour.padStart(2, '0')}:${minute}`;
}

const DAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** @param day 1 Monday … 7 Sunday */
export function dayName(day: number): string {
  return DAYS[day - 1] ?? '';
}

function daysWords(days: readonly number[]): string {
  const sorted = days.toSorted((one, other) => one - other);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '';
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? t('arrange.days.run', { first: dayName(first), last: dayName(last) }) : sorted.map((day) => t('arrange.day', { day: dayName(day) })).join('、');
}

/** Who may open what, of the windows that are there. Whoever is left with none of theirs may open any: the difference says so. */
export function assignedIn({ windows, assigned }: Draft): { account: string; windows: number[] }[] {
  const there = windows.filter(({ businesses }) => businesses.length > 0).map(({ number }) => number);
  return assigned.map(({ account, windows: own }) => ({ account, windows: own.filter((number) => there.includes(number)) }));
}

function numbersOf(one: Draft, other: Draft): number[] {
  return [...new Set([...one.windows, ...other.windows].map(({ number }) => number))].toSorted((first, second) => first - second);
}

function businessesOf({ windows }: Draft, number: number): readonly string[] {
  return windows.find((window) => window.number === number)?.businesses ?? [];
}
