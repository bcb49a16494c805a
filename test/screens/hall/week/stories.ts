/** What happens to cases in the week: each kind is a row of steps, each with who does it and what the book then says. */
import { fieldsOf } from '../../../../domain/item/form.ts';
import type { Item } from '../../../../domain/item/types.ts';
import type { CaseId } from '../../../../domain/ids.ts';
import type { Payload } from '../../../../domain/action/payload.ts';
import type { Person } from '../../../../domain/seed/people.ts';
import type { Random } from '../../../../domain/seed/random.ts';
import { ECOLOGY, LAND, WATER } from '../../../fixtures/joint-item.ts';
import { type Book, dayOf, type Stage, workingDayAfter, wrote } from './book.ts';
import type { Colleague } from './colleague.ts';
import * as deeds from './deeds.ts';
import type { Machine } from './machines.ts';
import * as oversight from './oversight.ts';
import type { PaperForm } from './taking.ts';
import { handInTaken, takeDown } from './taking.ts';

/** Credit codes of the three bodies that have people in the hall. */
export const BODIES = { water: WATER, land: LAND, ecology: ECOLOGY } as const;
/** A window, the body that decides on the case's item, a certain body, or somebody of the hall. */
export type Seat = 'window' | 'decider' | 'issuer' | 'supervisor' | keyof typeof BODIES;

/** One case's way through the week. `book` is null until the hall has it; `random` is its own, so that people who work side by side draw nothing from each other. */
export type Life = { readonly random: Random; readonly kind: Kind; readonly item: Item; readonly person: Person; readonly id: CaseId; readonly machine: Machine; readonly paper: PaperForm | null; book: Book | null; next: number; dueAt: number; /** Who claimed it; only that person goes on with it. */ holder: string };

/**
 * @property who sits where; empty: the citizen, at the terminal
 * @property when waits until it holds
 * @property from where the case must stand then; elsewhere the step has no sense any more and is passed over
 */
export type Step = { who: readonly Seat[]; when?: (book: Book, today: string) => boolean; from?: readonly Stage[]; run(life: Life, cast: readonly Colleague[], hand: Hand): Promise<void> | void };

/** What steps have of the week. */
export type Hand = { now(): number; begin(life: Life, about: Pick<Book, 'id' | 'number' | 'machine' | 'late'>, at: number, known: number): void };

const bookOf = ({ book }: Life): Book => {
  if (book === null) throw new Error('the hall has nothing of this case yet');
  return book;
};

/** A deed of one person at the case's page, and what the log has of it afterwards. */
function deed(who: Seat, from: readonly Stage[], act: (who: Colleague, book: Book) => Promise<void>, ...kinds: readonly string[]): Step {
  return {
    who: [who], from,
    async run(life, [colleague], { now }) {
      const book = bookOf(life);
      if (colleague === undefined) throw new Error('nobody sits there');
      await act(colleague, book);
      for (const kind of kinds) wrote(book, kind, now());
      if (kinds.length > 0) life.holder = '';
      if (kinds.includes('accepted') && life.item.steps.some(({ task }) => task?.silence === 'consents')) book.silent = { step: 'ecology', after: workingDayAfter(dayOf(now()), 2) };
    },
  };
}

const ANSWERABLE = ['handed-in', 'supplemented'] as const;
const accept = deed('window', ANSWERABLE, deeds.accept, 'accepted');
const grant = deed('decider', ['accepted'], deeds.grant, 'decided', 'finished');
const deny = deed('decider', ['accepted'], deeds.deny, 'decided', 'finished');
const originals: Step = { ...deed('window', ANSWERABLE, deeds.seeOriginals), run: async (life, [colleague], { now }) => {
  if (colleague === undefined) throw new Error('nobody sits there');
  await deeds.claim(colleague, bookOf(life));
  life.holder = colleague.account;
  await deeds.seeOriginals(colleague, bookOf(life));
  wrote(bookOf(life), 'originals-seen', now());
} };

const atTerminal: Step = { who: [], run(life, _cast, hand) {
  const at = hand.now();
  const number: string = life.machine.handIn(life, (known) => hand.begin(life, { id: life.id, number, machine: life.machine.name, late: false }, at, known));
} };

/** Typed by a clerk; a paper form counts from its own time. */
const atWindow: Step = { who: ['window'], async run(life, [clerk], hand) {
  if (clerk === undefined) throw new Error('nobody sits there');
  await takeDown(clerk, life.person, life.paper);
  const made = await handInTaken(clerk);
  hand.begin(life, { ...made, machine: 'H330624', late: life.paper !== null }, life.paper === null ? hand.now() : Date.parse(`${life.paper.at}:00+08:00`), hand.now());
} };

/** The citizen speaks at the terminal; it may be a while until the hall hears of it. */
function citizen(from: readonly Stage[], payload: (life: Life) => Payload): Step {
  return { who: [], from, run(life, _cast, hand) {
    const [book, said, at] = [bookOf(life), payload(life), hand.now()];
    life.machine.say(life.id, life.item, said, (known) => wrote(book, said.kind, at, known));
  } };
}

const supplement = (...keys: readonly string[]): Step => ({ who: [], from: ['correction-asked'], run(life, _cast, hand) {
  const [book, at] = [bookOf(life), hand.now()];
  life.machine.supplement(life, keys, (known) => wrote(book, 'supplemented', at, known));
} });

const rate = (level: number) => citizen(['finished'], () => ({ kind: 'rated', level, tags: [], words: level === 1 ? '跑了三趟。' : '' }));
const print = citizen(['finished'], (life) => ({ kind: 'result-printed', licence: bookOf(life).number, outcome: 'printed' }));

const nameOf = ({ item }: Life, key: string) => item.materials.find((material) => material.key === key)?.name ?? key;
const looked = (body: Seat, lacks: string): Step => ({ ...deed(body, ['handed-in'], () => Promise.resolve()), run: async (life, [colleague], { now }) => {
  if (colleague === undefined) throw new Error('nobody sits there');
  await deeds.preReview(colleague, bookOf(life), lacks === '' ? '' : nameOf(life, lacks));
  wrote(bookOf(life), 'pre-reviewed', now());
} });
const step = (body: Seat, agrees = true, when?: Step['when']): Step => ({ ...deed(body, ['accepted'], (who, book) => deeds.review(who, book, agrees), 'reviewed'), ...(when === undefined ? {} : { when }) });

/** A card of supervision: decided within minutes of its acceptance. A colleague looks at the case meanwhile and sees whose it is. */
const hurried: Step = { who: ['window', 'window', 'decider'], from: ['handed-in'], async run(life, [clerk, other, decider], { now }) {
  if (clerk === undefined || other === undefined || decider === undefined) throw new Error('nobody sits there');
  const book = bookOf(life);
  await deeds.claim(clerk, book);
  await deeds.findClaimed(other, book, clerk.account);
  await deeds.accept(clerk, book);
  wrote(book, 'accepted', now());
  await deeds.grant(decider, book);
  wrote(book, 'decided', now());
  wrote(book, 'finished', now());
} };
const onCard = (who: Seat, turn: string, key: string, words: string): Step => ({ ...deed(who, ['finished'], (colleague, { number }) => oversight.onCard(colleague, { number, rule: '瞬时办结', turn }, { key, words })) });

/** 差评: the citizen is called back, told what was put right, and the matter is closed. */
const badRating: readonly Step[] = [rate(1), deed('supervisor', ['finished'], (who, { number }) => oversight.callBack(who, number)), deed('decider', ['finished'], (who, { number }) => oversight.answerRating(who, number)), deed('supervisor', ['finished'], (who, { number }) => oversight.closeRating(who, number))];

/** Whoever decided gives the paper of it. */
const paper = (who: Seat, stage: Stage, kind: string) => deed(who, [stage], (colleague, book) => deeds.openPaper(colleague, book, kind));

export const KINDS = {
  granted: [atTerminal, originals, accept, grant, print, rate(5)],
  window: [atWindow, accept, grant, deed('issuer', ['finished'], deeds.hand, 'delivered')],
  late: [atWindow, accept, { ...deny, when: ({ acceptedOn, item }, today) => acceptedOn !== null && workingDayAfter(acceptedOn, item.promised.days) < today }, paper('decider', 'finished', 'denial-decision')],
  forgotten: [atWindow, { ...grant, when: ({ stage }) => stage === 'accepted' }],
  correction: [atTerminal, deed('window', ['handed-in'], deeds.correct, 'correction-asked'), supplement(), accept, grant],
  refused: [atTerminal, deed('window', ['handed-in'], deeds.refuse, 'refused'), paper('window', 'refused', 'refusal-notice')],
  transferred: [atTerminal, accept, deed('window', ['accepted'], deeds.transfer, 'finished')],
  unanswered: [atTerminal],
  paused: [atTerminal, accept, deed('decider', ['accepted'], deeds.pause, 'paused'), { ...deed('decider', ['accepted'], deeds.resume, 'resumed'), when: ({ pauses }, today) => (pauses.at(-1)?.from ?? '') < today }, grant],
  joint: [atTerminal, looked('land', 'location'), looked('ecology', 'meter'), deed('window', ['handed-in'], (who, book) => deeds.correct(who, book, 3), 'correction-asked'), supplement('location', 'meter'), accept, step('water'), step('land'), step('water', true, ({ silent }) => silent === null), grant, paper('decider', 'finished', 'approval-decision')],
  objected: [atTerminal, looked('land', ''), accept, step('land', false), deny, paper('decider', 'finished', 'denial-decision')],
  withdrawn: [atTerminal, citizen(['handed-in', 'correction-asked'], () => ({ kind: 'withdrawn', reason: '' }))],
  withdrawnAccepted: [atTerminal, accept, deed('window', ['accepted'], deeds.withdrawAtWindow, 'withdrawn')],
  returned: [atTerminal, deed('window', ['handed-in'], deeds.sendBack, 'finished')],
  ratedBadly: [atTerminal, accept, grant, ...badRating],
  hurried: [atTerminal, hurried, onCard('supervisor', '待答复', 'g', '请说明为什么几分钟就办结'), onCard('decider', '待答复', 'e', '材料齐全，当场核查完毕'), onCard('supervisor', '待处理', 'a', '说明属实'), deed('supervisor', ['finished'], (who, { number }) => oversight.closedCard(who, number, '瞬时办结')), ...badRating],
} satisfies Record<string, readonly Step[]>;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

/** Whether the item of a case can be asked for this kind: what needs hearings or several bodies is not every item's. */
export function fits(kind: Kind, item: Item): boolean {
  const joint = item.steps.some(({ task }) => task !== undefined);
  if (kind === 'joint' || kind === 'objected') return joint;
  if (joint) return false;
  if (kind === 'paused') return item.specialProcedures.includes('听证');
  if (kind === 'hurried') return item.handling === 'promised';
  // Typed at the window by the names of its fields.
  if (kind === 'window' || kind === 'late' || kind === 'forgotten') return fieldsOf(item.form).some(({ name }) => name === 'emergencyName');
  return true;
}
