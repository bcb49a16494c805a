import { answersOf, situationOf, valuesFrom } from '../../../domain/item/situation.ts';
import type { Answers } from '../../../domain/action/payload.ts';
import type { Item } from '../../../domain/item/types.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { SessionState } from './state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** 情形: answers one question. An earlier one may be changed; what was answered behind it is forgotten where it is no longer asked. */
export async function answer(visit: Visit, wish: { question: string; value: string }): Wish {
  const asking = await askable(visit);
  if (!asking.ok) return asking;
  const { state, item } = asking.value;
  const situation = situationOf(item, state.answers);
  const asked = [...situation.answered.map(({ question }) => question), ...(situation.next === null ? [] : [situation.next])].find(({ key }) => key === wish.question);
  if (asked?.options.some(({ value }) => value === wish.value) !== true) return refuse({ kind: 'wrong-step' });
  return keep(visit, state, item, { ...state.answers, [wish.question]: wish.value });
}

/** One question back. */
export async function unanswer(visit: Visit): Wish {
  const asking = await askable(visit);
  if (!asking.ok) return asking;
  const { state, item } = asking.value;
  const last = situationOf(item, state.answers).answered.at(-1);
  if (last === undefined) return refuse({ kind: 'wrong-step' });
  const { [last.question.key]: _taken, ...answers } = state.answers;
  return keep(visit, state, item, answers);
}

/** A form that is begun follows the answers, so that the two never differ. */
async function keep(visit: Visit, { form, prefilled }: SessionState, item: Item, answers: Answers): Wish {
  const kept = answersOf(situationOf(item, answers));
  const said = form === null ? {} : valuesFrom(item, kept);
  await visit.change({ answers: kept, ...(form === null ? {} : { form: { ...form, ...said }, prefilled: { ...prefilled, ...Object.fromEntries(Object.keys(said).map((name) => [name, 'answers'])) } }) });
  return done;
}

async function askable(visit: Visit): Promise<Result<{ state: SessionState; item: Item }, Refused>> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  if (state.item === null || state.supplementing !== null || state.handedIn !== null) return err({ kind: 'wrong-step' });
  const item = await visit.item(state.item);
  return item === null ? err({ kind: 'unknown-item' }) : ok({ state, item });
}
