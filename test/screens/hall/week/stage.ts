/** Everybody in their places before the week begins: people before their pages, terminals enrolled, and what the test keeps of it all. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Item } from '../../../../domain/item/types.ts';
import { type Person, personOf } from '../../../../domain/seed/people.ts';
import { type Random, randomFor } from '../../../../domain/seed/random.ts';
import { caseId } from '../../../fixtures/actions.ts';
import { type Book, DAY, HOUR, openBook, type Span, timePassed } from './book.ts';
import { type Colleague, takeSeat } from './colleague.ts';
import { enrolMachine, type Machine } from './machines.ts';
import type { WeekHall } from './served.ts';
import { BODIES, fits, type Hand, type Kind, type Life } from './stories.ts';

/** Monday 23 November 2026, 08:30 in China. */
export const MONDAY = Date.UTC(2026, 10, 23, 0, 30);
/** The Thursday before: the hall was out then, too, and forms were filled in on paper. */
const LAST_WEEK = MONDAY - 4 * DAY + 2 * HOUR;
const CLERKS = ['wang', 'chen', 'zhou', 'zhang', 'heli'] as const;
const seatsOf = (clerks: number) => [
  ...CLERKS.slice(0, clerks).map((account) => ({ account, role: 'clerk' as const, department: '' })),
  { account: 'shuili', role: 'department' as const, department: BODIES.water }, { account: 'minzheng', role: 'department' as const, department: BODIES.land }, { account: 'shichang', role: 'department' as const, department: BODIES.ecology },
  { account: 'qiuhe', role: 'issuer' as const, department: '' }, { account: 'jiang', role: 'supervisor' as const, department: '' }, { account: 'shenji', role: 'auditor' as const, department: '' },
];
const OUT = process.env['JINBAN_SCREENS_OUT'];

/** @property outages as the supervisor put them down */
export type Stage = {
  readonly week: WeekHall; readonly random: Random; readonly machines: readonly Machine[]; readonly cast: ReadonlyMap<string, Colleague>;
  readonly books: Book[]; readonly lives: Life[]; readonly outages: Span[]; readonly hand: Hand;
  colleague(account: string): Colleague;
  /** A new case that begins then. @param takenAt when its paper form was filled in, where it has one */
  start(kind: Kind, dueAt: number, takenAt?: number): Life;
  /** Lets time pass, for the hall and in the books. */
  pass(milliseconds: number): Promise<void>;
};

/** @param clerks how many windows are open, two at least; @param faults gathers errors of the pages */
export async function setStage(week: WeekHall, browser: Browser, { items, seed, clerks, faults }: { items: readonly Item[]; seed: number; clerks: number; faults: string[] }): Promise<Stage> {
  const { clock } = week;
  const random = randomFor(seed, 'week');
  const machines: Machine[] = [];
  for (const serial of [1, 2, 3, 4, 5, 6]) machines.push(await enrolMachine(week, `T330624-000${serial}`));
  const cast = new Map<string, Colleague>();
  for (const seat of seatsOf(clerks)) cast.set(seat.account, await takeSeat(week, browser, seat, faults));
  const [books, lives]: [Book[], Life[]] = [[], []];
  let people = 0;
  const nextPerson = (): Person => {
    for (;;) {
      const person = personOf(1, 'adult', people += 1);
      if (person.holder.card === 'resident') return person;
    }
  };
  return {
    week, random, machines, cast, books, lives, outages: [],
    hand: {
      now: () => clock.now(),
      begin(life, about, at, known) {
        life.book = openBook({ ...about, item: life.item }, at, known);
        books.push(life.book);
      },
    },
    colleague(account) {
      const one = cast.get(account);
      if (one === undefined) throw new Error(`${account} has no seat`);
      return one;
    },
    start(kind, dueAt, takenAt = LAST_WEEK) {
      const onPaper = kind === 'late' || kind === 'forgotten';
      const paper = onPaper ? { number: `YJ-${lives.length + 1}`, at: new Date(takenAt + 8 * HOUR).toISOString().slice(0, 16), outage: '大厅停电' } : null;
      const life: Life = { random: randomFor(seed, 'case', lives.length), kind, item: random.pick(items.filter((item) => fits(kind, item))), person: nextPerson(), id: caseId(lives.length + 1), machine: random.pick(machines), paper, book: null, next: 0, dueAt, holder: '' };
      lives.push(life);
      return life;
    },
    async pass(milliseconds) {
      await week.pass(milliseconds);
      timePassed(books, clock.now());
    },
  };
}

/** What somebody saw when it went wrong. */
export async function depict({ account, page }: Colleague): Promise<void> {
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `week-${account}.png`) });
}
