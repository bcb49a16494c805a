/**
 * What a test of the hall writes down of each case while people do things, and what it makes of that at the end. It knows the rules from the documents (docs/cases.md, docs/supervision.md) and
 * reckons them itself: nothing in here asks the hall's code, so both must come to the same numbers by different ways.
 */
import type { Item } from '../../../../domain/item/types.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** China's civil date of an instant. */
export const dayOf = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10);
const startOf = (day: string): number => Date.parse(`${day}T00:00:00.000+08:00`);
const nextDay = (day: string): string => dayOf(startOf(day) + DAY);
/** The days of these tests have no holiday among them: Monday to Friday are worked. */
const works = (day: string): boolean => !['Sat', 'Sun'].includes(new Date(`${day}T00:00:00Z`).toUTCString().slice(0, 3));

/** The working day so many after another; `stands` are days that do not count. */
export function workingDayAfter(day: string, count: number, stands: (day: string) => boolean = () => false): string {
  let date = day;
  for (let left = count; left > 0;) {
    date = nextDay(date);
    if (works(date) && !stands(date)) left -= 1;
  }
  return date;
}

export type Stage = 'handed-in' | 'correction-asked' | 'supplemented' | 'accepted' | 'finished' | 'refused' | 'withdrawn';
export type Span = { from: number; to: number };

/** A hall's day off the line, as the supervisor put it down. Instants in milliseconds since 1970. */
export type Outages = readonly Span[];

/**
 * One case as people know it.
 * @property log kinds of what was done, in order
 * @property ours times in which the window or a department had it
 * @property pauses civil dates; `to` null while it stands
 * @property silentUntil the last day on which a department may still speak whose silence is consent
 */
export type Book = {
  readonly item: Item;
  readonly id: string;
  readonly number: string;
  readonly machine: string;
  readonly late: boolean;
  readonly handedInAt: number;
  readonly log: string[];
  readonly ours: { from: number; to: number | null }[];
  readonly pauses: { from: string; to: string | null }[];
  stage: Stage;
  acceptedOn: string | null;
  finishedOn: string | null;
  visits: number;
  silent: { step: string; after: string } | null;
};

/** @param at when the citizen handed it in; `known`: when the hall had it */
export function openBook(about: Pick<Book, 'item' | 'id' | 'number' | 'machine' | 'late'>, at: number, known: number): Book {
  // Paper that a window took lies with the window from then on; what comes from a machine is on its way until the hall has it.
  const from = about.machine.startsWith('H') ? at : known;
  return { ...about, handedInAt: at, log: ['handed-in'], ours: [{ from, to: null }], pauses: [], stage: 'handed-in', acceptedOn: null, finishedOn: null, visits: 1, silent: null };
}

const isOver = ({ stage }: Book): boolean => stage === 'finished' || stage === 'refused' || stage === 'withdrawn';
export const isPaused = ({ pauses }: Book): boolean => pauses.at(-1)?.to === null;

/** Writes down that something was done. @param at when; `known`: when the hall had it */
export function wrote(book: Book, kind: string, at: number, known = at): void {
  book.log.push(kind);
  switch (kind) {
    case 'accepted':
      book.acceptedOn = dayOf(at);
      book.stage = 'accepted';
      break;
    case 'correction-asked':
      book.stage = 'correction-asked';
      stop(book, known);
      break;
    case 'supplemented':
      book.stage = 'supplemented';
      book.visits += 1;
      book.ours.push({ from: known, to: null });
      break;
    case 'paused':
      book.pauses.push({ from: dayOf(at), to: null });
      stop(book, known);
      break;
    case 'resumed': {
      const pause = book.pauses.at(-1);
      if (pause !== undefined) pause.to = dayOf(at);
      book.ours.push({ from: known, to: null });
      break;
    }
    case 'finished':
      if (book.acceptedOn !== null) book.finishedOn = dayOf(at);
      book.stage = 'finished';
      stop(book, known);
      break;
    case 'refused':
    case 'withdrawn':
      book.stage = kind;
      stop(book, known);
      break;
    case 'delivered':
    case 'result-printed':
      book.visits += 1;
      break;
    default:
  }
}

function stop(book: Book, at: number): void {
  const last = book.ours.at(-1);
  if (last !== undefined && last.to === null) last.to = at;
}

/** What the law and the item do by themselves until now: nobody answered for five working days (行政许可法 Art 32), or a department let its time box run out whose silence is consent. */
export function timePassed(books: Iterable<Book>, now: number): void {
  const today = dayOf(now);
  for (const book of books) {
    const received = dayOf(book.handedInAt);
    if (book.stage === 'handed-in' && workingDayAfter(received, 5) < today) {
      book.log.push('accepted');
      book.stage = 'accepted';
      book.acceptedOn = received;
    }
    if (book.silent !== null && book.stage === 'accepted' && book.silent.after < today) {
      book.log.push('reviewed');
      book.silent = null;
    }
  }
}

/** Sums of the cases, under the names that the hall gives them. */
export type Sums = Record<'handedIn' | 'atTerminal' | 'late' | 'accepted' | 'acceptedClosed' | 'finished' | 'onTime' | 'early' | 'overPromised' | 'overStatutory' | 'statutory' | 'promised' | 'used' | 'own' | 'visits', number>;

/** What the cases add up to, all days together. */
export function countBooks(books: readonly Book[], outages: Outages): Sums {
  const sums: Sums = { handedIn: 0, atTerminal: 0, late: 0, accepted: 0, acceptedClosed: 0, finished: 0, onTime: 0, early: 0, overPromised: 0, overStatutory: 0, statutory: 0, promised: 0, used: 0, own: 0, visits: 0 };
  for (const book of books) {
    sums.handedIn += 1;
    if (book.machine.startsWith('T')) sums.atTerminal += 1;
    if (book.late) sums.late += 1;
    if (book.acceptedOn === null) continue;
    sums.accepted += 1;
    if (isOver(book)) sums.acceptedClosed += 1;
    if (book.finishedOn === null) continue;
    const { item: { promised, statutory }, acceptedOn, finishedOn } = book;
    const stands = (day: string) => book.pauses.some(({ from, to }) => from <= day && (to === null || day < to));
    if (promised.unit !== 'working' || statutory.unit !== 'working') throw new Error('the test reckons in working days');
    const due = workingDayAfter(acceptedOn, promised.days, stands);
    sums.finished += 1;
    sums[finishedOn > due ? 'overPromised' : 'onTime'] += 1;
    if (finishedOn < due) sums.early += 1;
    if (finishedOn > workingDayAfter(acceptedOn, statutory.days, stands)) sums.overStatutory += 1;
    sums.promised += promised.days;
    sums.statutory += statutory.days;
    for (let day = nextDay(acceptedOn); day <= finishedOn; day = nextDay(day)) if (works(day) && !stands(day)) sums.used += 1;
    sums.own += book.ours.reduce((sum, { from, to }) => sum + workedTime({ from, to: to ?? from }, outages), 0);
    sums.visits += book.visits;
  }
  return sums;
}

/** Milliseconds of a span on working days, outages left out. Minute by minute: slow, and nothing to get wrong. */
function workedTime({ from, to }: Span, outages: Outages): number {
  let sum = 0;
  for (let at = from; at < to;) {
    const end = Math.min(to, Math.floor(at / MINUTE) * MINUTE + MINUTE);
    if (works(dayOf(at)) && !outages.some((outage) => outage.from <= at && at < outage.to)) sum += end - at;
    at = end;
  }
  return sum;
}

/** A figure as the page writes it: its value, and what was divided by what (empty where the page shows none). */
export type Written = { name: string; value: string; fraction: string };

const shown = (value: number) => value.toLocaleString('zh-CN');

/** The figures of sums by the formulas of docs/supervision.md. */
export function figuresOf(sums: Sums): Written[] {
  const line = (name: string, numerator: number, denominator: number, unit: '%' | '天' | '次'): Written => ({
    name, fraction: `${shown(numerator)} ÷ ${shown(denominator)}`,
    value: denominator === 0 ? '—' : `${shown(Math.round(numerator / denominator * (unit === '%' ? 1000 : 10)) / 10)}${unit === '%' ? '%' : ` ${unit}`}`,
  });
  const count = (name: string, cases: number): Written => ({ name, value: `${shown(cases)} 件`, fraction: '' });
  return [
    line('办结率', sums.acceptedClosed, sums.accepted, '%'),
    line('按时办结率', sums.onTime, sums.finished, '%'),
    line('提前办结率', sums.early, sums.finished, '%'),
    line('承诺提速率', sums.statutory - sums.promised, sums.statutory, '%'),
    line('办理提速率', sums.statutory - sums.used, sums.statutory, '%'),
    count('超承诺办结', sums.overPromised),
    count('超法定办结', sums.overStatutory),
    line('平均用时', sums.used, sums.finished, '天'),
    line('窗口和部门用时', Math.round(sums.own / DAY * 100) / 100, sums.finished, '天'),
    line('跑动次数', sums.visits, sums.finished, '次'),
    line('补录占比', sums.late, sums.handedIn, '%'),
    line('自助办件率', sums.atTerminal, sums.handedIn, '%'),
  ];
}
