import { describe, expect, test } from 'vitest';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { handedIn } from '../../../test/fixtures/actions.ts';
import { caseId } from '../../../test/fixtures/actions.ts';
import { IDLE_SECONDS, idleAt, mayGo, WARNING_SECONDS } from './steps.ts';
import { newSession, type SessionState } from './state.ts';

const fresh = newSession('01ARYZ6S410000000000000000', 'boot-1', 0);
const identified: SessionState = { ...fresh, holder: CardHolder.parse(handedIn().applicant) };
const filling: SessionState = { ...identified, item: { code: 'x', version: 1 }, form: {}, case: caseId(1) };

describe('mayGo', () => {
  test('lets nobody fill a form or see cases without a card', () => {
    for (const step of ['form', 'materials', 'check', 'progress', 'case', 'result', 'rate'] as const) expect(mayGo({ ...filling, opened: caseId(1), holder: null }, step)).toEqual({ kind: 'not-identified' });
  });
  test('never leads to "handed in" by wish, nor back into a form that was handed in', () => {
    expect(mayGo(filling, 'handed-in')).toEqual({ kind: 'wrong-step' });
    expect(mayGo({ ...filling, handedIn: caseId(1) }, 'form')).toEqual({ kind: 'wrong-step' });
    expect(mayGo(filling, 'check')).toBeNull();
  });
  test('opens a case only after it was chosen', () => {
    expect(mayGo(identified, 'rate')).toEqual({ kind: 'wrong-step' });
    expect(mayGo({ ...identified, opened: caseId(1) }, 'rate')).toBeNull();
  });
});

describe('idleAt', () => {
  test('warns for at least 20 seconds before the end of every step but the farewell', () => {
    for (const step of Object.keys(IDLE_SECONDS) as (keyof typeof IDLE_SECONDS)[]) {
      const limit = IDLE_SECONDS[step] * 1000;
      expect(idleAt(step, 0, limit)).toMatchObject({ secondsLeft: 0, over: true });
      if (step === 'goodbye') continue;
      expect(idleAt(step, 0, limit - WARNING_SECONDS * 1000)).toEqual({ warning: true, secondsLeft: WARNING_SECONDS, over: false });
      expect(idleAt(step, 0, limit - WARNING_SECONDS * 1000 - 1000).warning).toBe(false);
    }
    expect(WARNING_SECONDS).toBeGreaterThanOrEqual(20);
  });
});
