/** The week itself: hours pass, people do what is due, and the hall is stopped in the middle of it and started again. */
import { expect } from 'vitest';
import { DAY, HOUR, MINUTE, wrote } from './book.ts';
import { type Colleague, confirm, confirmed, goTo, open, openCase, wake } from './colleague.ts';
import * as deeds from './deeds.ts';
import { registerOutage } from './oversight.ts';
import { goRound, useTerminals } from './rounds.ts';
import { MONDAY, type Stage } from './stage.ts';
import { type Kind, KINDS } from './stories.ts';
import { handInTaken, takeDown } from './taking.ts';

/** Between two rounds. Eight of them leave the end of each hour free. */
const ROUND = 6 * MINUTE;
const ROUNDS = 8;
const HOURS_A_DAY = 9;
/** Monday to Friday, and the Monday after. */
const DAYS = [0, 1, 2, 3, 4, 7];

/**
 * @property pace hours that may lie between two steps of a case
 * @property outages at which of the week's desk hours, nine a day, the hall is stopped, and for how long
 * @property told hears at the end of each day how far it is
 */
export type Plan = { cases: readonly Kind[]; pace: number; outages: readonly { at: number; lasts: number }[]; told: (words: string) => void };

export async function liveWeek(stage: Stage, plan: Plan): Promise<void> {
  const { week: { clock }, random, pass } = stage;
  for (const kind of plan.cases) stage.start(kind, MONDAY + random.between(0, lastStart(kind, plan)) * HOUR);
  for (const day of DAYS) {
    const morning = MONDAY + day * DAY;
    await pass(morning - clock.now());
    for (let hour = 0; hour < HOURS_A_DAY; hour += 1) {
      const begun = morning + hour * HOUR;
      if (clock.now() < begun) await pass(begun - clock.now());
      const cut = plan.outages.find(({ at }) => at === day * HOURS_A_DAY + hour);
      if (cut !== undefined) await outage(stage, plan, cut.lasts);
      while (clock.now() < begun + ROUNDS * ROUND && await goRound(stage, plan.pace)) await pass(ROUND);
    }
    // The hall goes its rounds at night, too: what ends with a day ends at midnight, a minute past 15:30 hours after 08:30.
    await pass(morning + 15.5 * HOUR + MINUTE - clock.now());
    plan.told(`day ${day + 1}: ${stage.books.length} cases at the hall, ${stage.lives.filter(({ kind, next }) => next >= KINDS[kind].length).length} at their end`);
  }
  await pass(MINUTE);
}

/** The last hour, from Monday's first, at which a case of a kind begins, so that the week is long enough for it. */
function lastStart(kind: Kind, { pace }: Plan): number {
  if (pace === 0) return kind === 'unanswered' ? 5 : 1;
  if (kind === 'unanswered' || kind === 'joint' || kind === 'objected') return 9;
  return 4 * 24 + 6;
}

/**
 * The power goes. One clerk has a deed half done and one an application half typed; both are told that the hall did not answer, and what they had is still there afterwards. Meanwhile somebody
 * uses a terminal, and a form is filled in on paper.
 */
async function outage(stage: Stage, { pace }: Plan, lasts: number): Promise<void> {
  const { week, week: { clock }, pass, hand } = stage;
  const [one, other] = stage.random.shuffle([...stage.cast.values()].filter(({ role }) => role === 'clerk'));
  if (one === undefined || other === undefined) throw new Error('two windows are open at least');
  const begun = stage.start('granted', clock.now());
  await useTerminals(stage, pace);
  const { book } = begun;
  if (book === null) throw new Error('the terminal did not reach the hall');
  await openCase(one, book);
  await open(one.page, 'a', '受理承诺单');
  const typed = stage.start('window', Infinity);
  await takeDown(other, typed.person);

  const from = clock.now();
  await week.stop();
  // The page sends it again by itself until somebody gives up.
  const giveUp = async ({ page }: Colleague) => {
    await page.locator('.repeat').waitFor();
    await page.keyboard.press('Escape');
  };
  await confirm(one.page);
  await giveUp(one);
  await one.page.locator('[role=dialog]').getByText('没有收到大厅的答复').waitFor();
  await other.page.keyboard.press('F9');
  await giveUp(other);
  await other.page.getByText('没有收到大厅的答复，再交一次不会重复。').waitFor();
  await pass(lasts / 2);
  stage.start('granted', clock.now());
  await useTerminals(stage, pace);
  stage.start('late', from + lasts, clock.now());
  await pass(lasts / 2);
  await week.start();
  stage.outages.push({ from, to: clock.now() });

  await wake(one);
  await wake(other);
  if (lasts < HOUR / 2) {
    // They go on where they were: the same key once more.
    await confirmed(one.page, `cases/${book.id}/accept`);
  } else {
    // Longer than a session: they sign in again, and what was typed is still there.
    await confirm(one.page);
    await one.page.locator('.sign-in-form').waitFor();
    await deeds.accept(one, book);
    await other.page.keyboard.press('F9');
    await other.page.locator('.sign-in-form').waitFor();
    await goTo(other, '窗口收件');
    expect(await other.page.getByLabel('证件号码').inputValue()).toBe(typed.person.holder.number);
  }
  wrote(book, 'accepted', clock.now());
  begun.next = 3;
  const made = await handInTaken(other);
  hand.begin(typed, { ...made, machine: 'H330624', late: false }, clock.now(), clock.now());
  Object.assign(typed, { next: 1, dueAt: clock.now() });
  await registerOutage(stage.colleague('jiang'), { from, to: clock.now() });
  await useTerminals(stage, pace);
}
