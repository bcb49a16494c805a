/** Which of the hall's deeds writes an action of a given kind. */
import type { Payload } from '../../domain/action/payload.ts';
import { extend, pause, resume } from '../cases/acts/clock.ts';
import { type Deed, sayOnly } from '../cases/acts/deed.ts';
import { close, deliver, finish, handOver, takeOver } from '../cases/acts/finish.ts';
import { appointSurvey, consentBySilence, holdSurvey, preReview, review } from '../cases/acts/process.ts';
import { accept, askCorrection, checkIdentity, correctForm, deemAccepted, refuse, seeOriginals, withdraw } from '../cases/acts/receive.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';

/** What the law or a rule does by itself. */
export function ruleOf(ground: Ground, payload: Payload): Pick<Deed, 'name' | 'make'> {
  if (payload.kind === 'accepted') return deemAccepted(ground);
  if (payload.kind === 'reviewed') return consentBySilence(payload.step);
  throw new Error(`no rule does ${payload.kind}`);
}

export function deedOf(ground: Ground, staff: Staff, payload: Payload): Deed {
  switch (payload.kind) {
    case 'accepted':
      return accept(ground, payload.lacking ?? []);
    case 'refused':
      return refuse(payload.reason);
    case 'correction-asked':
      return askCorrection(payload.asks);
    case 'pre-reviewed':
      return preReview(staff, without(payload));
    case 'reviewed': {
      const { step, outcome, opinion } = payload;
      if (outcome === 'absent') throw new Error('nobody says that he is absent');
      return review(staff, { step, outcome, opinion });
    }
    case 'survey-appointed': {
      const { kind: _kind, ...survey } = payload;
      return appointSurvey(survey);
    }
    case 'survey-held':
      return holdSurvey(without(payload));
    case 'paused':
      return pause(without(payload));
    case 'resumed':
      return resume(payload.words);
    case 'extended':
      return extend(payload);
    case 'staff-corrected':
      return correctForm(payload.form, payload.reason);
    case 'originals-seen':
      return seeOriginals(payload.materials);
    case 'identity-checked':
      return checkIdentity(payload);
    case 'withdrawn':
      return withdraw(payload.reason);
    case 'handed-over': {
      const { to, papers, words } = payload;
      return handOver({ to, papers, words });
    }
    case 'taken-over':
      return takeOver(payload.missing);
    case 'delivered':
      return deliver(without(payload));
    case 'finished': {
      const { result, words } = payload;
      return result === 'returned' || result === 'lapsed' || result === 'transferred' ? close(result, words) : finish(ground, { granted: result === 'granted', words });
    }
    // The hall has no deed of its own for these yet: they are written as they are said.
    case 'supplemented':
    case 'archived':
      return { name: payload.kind, keepsClaim: false, make: ({ state }) => sayOnly(state, payload) };
    default:
      throw new Error(`staff do not do ${payload.kind}`);
  }
}

/** A payload without its kind and its day, which the hall sets. */
function without<Said extends { kind: string; on: string }>(said: Said): Omit<Said, 'kind' | 'on'> {
  const { kind: _kind, on: _on, ...rest } = said;
  return rest;
}
