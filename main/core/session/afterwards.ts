import { mayFollow } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import { checkRating } from '../../../domain/ratings/ratings.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { caseState } from '../cases.ts';
import type { SessionState } from './state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** 好差评: one service, one rating. */
export async function rate(visit: Visit, id: CaseId, rating: { level: number; tags: string[]; words: string }): Wish {
  const known = await knownCase(visit, id);
  if (!known.ok) return known;
  const { folded, state } = known.value;
  if (folded.rating !== null || !mayFollow(folded.stage, 'rated') || !checkRating(rating.level, rating.tags).ok) return refuse({ kind: 'wrong-step' });
  const action = await visit.store.log.append({ case: id, item: folded.item, actor: { kind: 'citizen' }, payload: { kind: 'rated', ...rating } });
  visit.log({ event: 'action-made', session: state.id, case: id, action: action.id, kind: 'rated' });
  await visit.show({ opened: id, step: 'goodbye' });
  visit.nudge();
  return done;
}

/** 撤回申请, as long as the case is open. */
export async function withdraw(visit: Visit, id: CaseId, reason: string): Wish {
  const known = await knownCase(visit, id);
  if (!known.ok) return known;
  const { folded, state } = known.value;
  if (!mayFollow(folded.stage, 'withdrawn')) return refuse({ kind: 'wrong-step' });
  const action = await visit.store.log.append({ case: id, item: folded.item, actor: { kind: 'citizen' }, payload: { kind: 'withdrawn', reason } });
  visit.log({ event: 'action-made', session: state.id, case: id, action: action.id, kind: 'withdrawn' });
  visit.nudge();
  return done;
}

async function knownCase(visit: Visit, id: CaseId): Promise<Result<{ state: SessionState; folded: CaseState }, Refused>> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  if (state.holder === null) return err({ kind: 'not-identified' });
  const folded = await caseState(visit.store, id, state.holder.number);
  return folded === null ? err({ kind: 'unknown-case' }) : ok({ state, folded });
}
