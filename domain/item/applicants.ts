import type { Answers, PayloadOf } from '../action/payload.ts';
import type { ApplicantWay } from '../identity/applicant.ts';
import { FULL_AGE } from '../identity/assurance.ts';
import { situationOf } from './situation.ts';
import type { AnswerCondition, Applicants, Item } from './types.ts';

/** What an item asks of who applies, as far as these rules go. */
type Asking = Pick<Item, 'applicants' | 'situations'>;

/** An item that says nothing: one person, for themselves, with a card. */
const ONESELF: Pick<Applicants, 'ways' | 'assurance'> = { ways: [{ way: 'self' }], assurance: { self: 'card-offline', principal: 'card-offline' } };

export function assuranceOf(item: Asking): Applicants['assurance'] {
  return (item.applicants ?? ONESELF).assurance;
}

/** Years of age from which on a person may apply alone; 0 where the item says nothing of who applies. */
export function youngestOf({ applicants }: Asking): number {
  return applicants === undefined ? 0 : applicants.youngest ?? FULL_AGE;
}

/** The ways in which somebody with these answers may apply, in the item's order. What is not answered yet closes no way. */
export function waysOpen(item: Asking, answers: Answers): ApplicantWay[] {
  return (item.applicants ?? ONESELF).ways.filter(({ when = [] }) => when.every((condition) => standing(item, answers, condition) !== 'fails')).map(({ way }) => way);
}

/**
 * The way that is taken: what was chosen where it is open, else the only one that is. null: it must be asked.
 * @param chosen what the person said when asked; null: was not asked
 */
export function wayOf(item: Asking, answers: Answers, chosen: ApplicantWay | null): ApplicantWay | null {
  const open = waysOpen(item, answers);
  if (chosen !== null && open.includes(chosen)) return chosen;
  return open.length === 1 ? open[0] ?? null : null;
}

/** The answers that a way takes for granted: those of its conditions that leave one answer only. */
export function answersOfWay({ applicants }: Asking, way: ApplicantWay): Answers {
  const when = applicants?.ways.find((one) => one.way === way)?.when ?? [];
  return Object.fromEntries(when.flatMap(({ question, in: values }) => (values.length === 1 ? [[question, values[0] ?? '']] : [])));
}

/**
 * The item as it is for whoever applies this way: the paper of authority is required of them, and of nobody else. @param way null: not known yet, so its words say for whom it is
 */
export function itemForWay<One extends Pick<Item, 'applicants' | 'materials'>>(item: One, way: ApplicantWay | null): One {
  const ways = item.applicants?.ways ?? [];
  if (way === null || ways.every(({ authority }) => authority === undefined)) return item;
  const own = ways.find((one) => one.way === way)?.authority;
  const materials = item.materials.flatMap((material) => {
    if (!ways.some(({ authority }) => authority === material.key)) return [material];
    const { neededWhen: _asked, ...rest } = material;
    return material.key === own ? [{ ...rest, required: true, condition: '' }] : [];
  });
  return { ...item, materials };
}

/** The way of a hand-in. */
export function wayOfHandIn({ acting }: Pick<PayloadOf<'handed-in'>, 'acting'>): ApplicantWay {
  return acting?.way ?? 'self';
}

/** Whether the way is asked before the situation: nothing of it hangs on the answers. */
export function asksWayFirst({ applicants }: Asking): boolean {
  return applicants !== undefined && applicants.ways.length > 1 && applicants.ways.every(({ when }) => when === undefined);
}

/** How many co-applicants may stand beside the applicant with these answers; 0: none. */
export function mostTogether(item: Asking, answers: Answers): number {
  const together = item.applicants?.together;
  return together === undefined || !(together.when ?? []).every((condition) => standing(item, answers, condition) === 'holds') ? 0 : together.most;
}

function standing(item: Asking, answers: Answers, { question, in: values }: AnswerCondition): 'holds' | 'fails' | 'open' {
  const given = situationOf(item, answers).answered.find((one) => one.question.key === question);
  if (given === undefined) return 'open';
  return values.includes(given.option.value) ? 'holds' : 'fails';
}
