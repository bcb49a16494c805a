/** The week itself: hours pass, people do what is due at their desks, side by side; twice the hall is stopped in the middle of it. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { Item } from '../../../../domain/item/types.ts';
import { type Person, personOf } from '../../../../domain/seed/people.ts';
import type { Random } from '../../../../domain/seed/random.ts';
import { caseId } from '../../../fixtures/actions.ts';
import { ECOLOGY, LAND, WATER } from '../../../fixtures/joint-item.ts';
import { type Book, DAY, HOUR, MINUTE, openBook, type Span, timePassed, wrote } from './book.ts';
import { type Colleague, confirm, confirmed, goTo, open, openCase, takeSeat, wake } from './colleague.ts';
import * as deeds from './deeds.ts';
import { enrolMachine, type Machine } from './machines.ts';
import { registerOutage } from './oversight.ts';
import type { WeekHall } from './served.ts';
import { fits, type Hand, type Kind, KINDS, type Life, type Seat, type Step } from './stories.ts';
import { handInTaken, type PaperForm, takeDown } from './taking.ts';

/** Monday 23 November 2026, 08:30 in China. */
export const MONDAY = Date.UTC(2026, 10, 23, 0, 30);
/** Between two rounds of deeds. */
const ROUND = 6 * MINUTE;
const ROUNDS = 8;
/** Pages that work at once: more only wait for each other on two cores. */
const LANES = 3;
const OUT = process.env['JINBAN_SCREENS_OUT'];
const CLERKS = ['wang', 'chen', 'zhou', 'zhang', 'heli'];

/** @property cases how many; @property outages on which hours of the week the hall is stopped, and for how long */
export type Plan = { cases: readonly Kind[]; pace: number; outages: readonly { at: number; lasts: number }[] };
/** @property outages as the supervisor put them down */
export type Week = { books: Book[]; lives: Life[]; outages: Span[]; cast: Map<string, Colleague> };

export async function liveWeek(week: WeekHall, browser: Browser, { items, random, plan, faults }: { items: readonly Item[]; random: Random; plan: Plan; faults: string[] }): Promise<Week> {
  const { clock } = week;
  const books: Book[] = [];
  const lives: Life[] = [];
  const outages: Span[] = [];
  const machines: Machine[] = [];
  for (const serial of [1, 2, 3, 4]) machines.push(await enrolMachine(week, `T330624-000${serial}`, random));
  const cast = new Map<string, Colleague>();
  const seats = [...CLERKS.map((account) => ({ account, role: 'clerk' as const, department: '' })), ...([['shuili', WATER], ['minzheng', LAND], ['shichang', ECOLOGY]] as const).map(([account, department]) => ({ account, role: 'department' as const, department })), { account: 'qiuhe', role: 'issuer' as const, department: '' }, { account: 'jiang', role: 'supervisor' as const, department: '' }, { account: 'shenji', role: 'auditor' as const, department: '' }];
  for (const seat of seats) cast.set(seat.account, await takeSeat(week, browser, seat, faults));

  const hand: Hand = {
    now: () => clock.now(),
    begin(life, about, at, known) {
      const book = openBook({ ...about, kind: life.kind, item: life.item, person: life.person.name }, at, known);
      life.book = book;
      books.push(book);
    },
  };
  let people = 0;
  const t0 = Date.now();
  const nextPerson = (): Person => {
    for (;;) {
      const person = personOf(1, 'adult', people += 1);
      if (person.holder.card === 'resident') return person;
    }
  };
  const start = (kind: Kind, dueAt: number, paper: PaperForm | null = null): Life => {
    const life: Life = { kind, item: random.pick(items.filter((item) => fits(kind, item))), person: nextPerson(), id: caseId(lives.length + 1), machine: random.pick(machines), paper, book: null, next: 0, dueAt, holder: '' };
    lives.push(life);
    return life;
  };
  const pass = async (milliseconds: number) => {
    await week.pass(milliseconds);
    timePassed(books, clock.now());
  };

  /** The step that a case waits for, passing over those that have no sense any more; null when there is none or not yet. */
  const due = (life: Life): Step | null => {
    for (const steps: readonly Step[] = KINDS[life.kind]; ; life.next += 1) {
      const step = steps[life.next];
      if (step === undefined || life.dueAt > clock.now()) return null;
      if (life.next === 0) return step;
      const { book } = life;
      if (book === null) return null;
      if (step.from !== undefined && !step.from.includes(book.stage)) continue;
      return step.when === undefined || step.when(book) ? step : null;
    }
  };
  const done = (life: Life) => {
    life.next += 1;
    life.dueAt = clock.now() + random.between(0, plan.pace) * HOUR;
  };
  /** Somebody for each seat who is free now; null when not all are. */
  const seated = (life: Life, who: readonly Seat[], busy: ReadonlySet<string>): Colleague[] | null => {
    const chosen: Colleague[] = [];
    for (const seat of who) {
      const body = seat === 'decider' ? life.item.body.creditCode : seat;
      const fitting = [...cast.values()].filter(({ account, role, department }) => !busy.has(account) && !chosen.some((other) => other.account === account)
        && (seat === 'window' ? role === 'clerk' && (life.holder === '' || life.holder === account) : seat === 'issuer' || seat === 'supervisor' ? role === seat : department === body));
      if (fitting.length === 0) return null;
      chosen.push(random.pick(fitting));
    }
    return chosen;
  };

  /** What citizens do at terminals, and the line to the hall. */
  const townspeople = async () => {
    for (const life of random.shuffle(lives)) {
      const step = due(life);
      if (step === null || step.who.length > 0) continue;
      await step.run(life, [], hand);
      done(life);
    }
    for (const machine of machines) await machine.send();
  };
  /** One round: as many desks as there are lanes, each with another case. @returns whether anything was done */
  const round = async (): Promise<boolean> => {
    await townspeople();
    const busy = new Set<string>();
    const work: Promise<void>[] = [];
    for (const life of random.shuffle(lives)) {
      const step = work.length < LANES ? due(life) : null;
      const chosen = step === null || step.who.length === 0 ? null : seated(life, step.who, busy);
      if (step === null || chosen === null) continue;
      for (const { account } of chosen) busy.add(account);
      work.push((async () => {
        const t1 = Date.now();
        await step.run(life, chosen, hand);
        console.log(Math.round((Date.now() - t0) / 100) / 10, life.kind, life.next, chosen.map((c) => c.account).join(), Date.now() - t1);
        done(life);
      })().catch(async (cause: unknown) => {
        for (const who of chosen) await depict(who);
        throw new Error(`${life.kind}, step ${life.next}, by ${chosen.map(({ account }) => account).join(' and ')}`, { cause });
      }));
    }
    const ended = await Promise.allSettled(work);
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
    return work.length > 0;
  };

  /** The power goes: two clerks are at work, one with a deed half done, one with an application half typed. */
  const outage = async (lasts: number) => {
    const [one, other] = random.shuffle(CLERKS).map((account) => cast.get(account));
    const supervisor = cast.get('jiang');
    if (one === undefined || other === undefined || supervisor === undefined) throw new Error('nobody is there');
    const begun = start('granted', clock.now());
    await townspeople();
    const half = begun.book;
    if (half === null) throw new Error('the terminal did not reach the hall');
    await openCase(one, half);
    await open(one.page, 'a', '受理承诺单');
    const typed = start('window', Infinity);
    await takeDown(other, typed.person);
    const from = clock.now();
    await week.stop();
    await confirm(one.page);
    await one.page.locator('[role=dialog]').getByText('没有收到大厅的答复').waitFor();
    await other.page.keyboard.press('F9');
    await other.page.getByText('没有收到大厅的答复，再交一次不会重复。').waitFor();
    await pass(lasts / 2);
    // Meanwhile people go to the terminals, and one form is filled in on paper.
    start('granted', clock.now());
    await townspeople();
    start('late', from + lasts, { number: `YJ-${lives.length}`, at: new Date(clock.now() + 8 * HOUR).toISOString().slice(0, 16), outage: '大厅停电' });
    await pass(lasts / 2);
    await week.start();
    outages.push({ from, to: clock.now() });
    await wake(one);
    await wake(other);
    if (lasts < HOUR / 2) {
      // They go on where they were: the same key once more.
      await confirmed(one.page, `cases/${half.id}/accept`);
    } else {
      // Longer than a session: they sign in again, and what was typed is still there.
      await confirm(one.page);
      await one.page.locator('.sign-in-form').waitFor();
      await deeds.accept(one, half);
      await other.page.keyboard.press('F9');
      await other.page.locator('.sign-in-form').waitFor();
      await goTo(other, '窗口收件');
      expect(await other.page.getByLabel('证件号码').inputValue()).toBe(typed.person.holder.number);
    }
    wrote(half, 'accepted', clock.now());
    begun.next = 3;
    const made = await handInTaken(other);
    hand.begin(typed, { ...made, machine: 'H330624', late: false }, clock.now(), clock.now());
    typed.next = 1;
    typed.dueAt = clock.now();
    await registerOutage(supervisor, { from, to: clock.now() });
    await townspeople();
  };

  // Kinds that need days come first, so that the week is long enough for them.
  for (const kind of plan.cases) start(kind, MONDAY + Math.floor(random.next() * startsWithin(kind, plan)) * HOUR + (kind === 'unanswered' ? 0 : HOUR));
  for (const day of [0, 1, 2, 3, 4, 7]) {
    const morning = MONDAY + day * DAY;
    await pass(morning - clock.now());
    for (let hour = 0; hour < 9; hour += 1) {
      const begun = morning + hour * HOUR;
      if (clock.now() < begun) await pass(begun - clock.now());
      const cut = plan.outages.find(({ at }) => at === day * 9 + hour);
      if (cut !== undefined) await outage(cut.lasts);
      while (clock.now() < begun + ROUNDS * ROUND && await round()) await pass(ROUND);
    }
    // The hall goes its rounds at night, too: what ends with a day ends at midnight.
    await pass(morning + 15.5 * HOUR + MINUTE - clock.now());
  }
  await pass(MINUTE);
  return { books, lives, outages, cast };
}

/** What somebody saw when it went wrong. */
async function depict({ account, page }: Colleague): Promise<void> {
  if (OUT !== undefined) await page.screenshot({ path: path.join(OUT, `week-${account}.png`) });
}

/** Hours of the week within which a kind begins, so that it can come to its end. */
function startsWithin(kind: Kind, { pace }: Plan): number {
  if (kind === 'unanswered') return 5;
  if (kind === 'joint' || kind === 'objected') return pace < 2 ? 1 : 10;
  return pace < 2 ? 2 : 4 * 24 + 6;
}
