import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDuty, calledBackEnough, type Duty, type DutyEvent, foldDuty, UNREACHED_DAYS } from './closure.ts';

const opened: DutyEvent = { kind: 'opened', at: '2026-11-23T01:30:00.000Z', level: 1, due: '2026-11-30', realName: true };
const called = (by: string, reached = true, day = 23): DutyEvent => ({ kind: 'called', at: `2026-11-${day}T02:00:00.000Z`, by, way: 'phone', reached, said: reached ? '等了两个小时' : '' });
const did = (kind: 'put-right' | 'explained', by = 'zhou'): DutyEvent => ({ kind, at: '2026-11-24T02:00:00.000Z', by, words: '已增开窗口' });
const appealed = (by: string): DutyEvent => ({ kind: 'appealed', at: '2026-11-24T02:00:00.000Z', by, reason: 'mistaken', words: '点错了' });
const judged = (by: string, upheld: boolean): DutyEvent => ({ kind: 'judged', at: '2026-11-24T03:00:00.000Z', by, upheld, words: '核实录音' });
const closed = (by = 'zhou'): DutyEvent => ({ kind: 'closed', at: '2026-11-25T02:00:00.000Z', by });

function fold(...events: DutyEvent[]): Duty {
  const folded = foldDuty([opened, ...events]);
  if (!folded.ok) throw new Error(folded.error.kind);
  return folded.value;
}

describe('the duty of a poor rating', () => {
  test('called back, put right, closed', () => {
    expect(fold(called('zhou'), did('put-right'), closed())).toMatchObject({ stage: 'closed', verified: true, answer: 'put-right', excluded: false, attempts: 1 });
  });
  test('a real-name rating is answered only when the citizen was spoken with, or could not be on three days', () => {
    expect(applyDuty(fold(), did('explained'))).toEqual({ ok: false, error: { kind: 'not-verified' } });
    expect(applyDuty(fold(called('zhou', false), called('zhou', false)), did('explained'))).toEqual({ ok: false, error: { kind: 'not-verified' } });
    expect(UNREACHED_DAYS).toBe(3);
    expect(fold(called('zhou', false, 23), called('zhou', false, 24), called('zhou', false, 25), did('explained')).stage).toBe('answered');
    const nameless = foldDuty([{ ...opened, realName: false } as DutyEvent, did('explained'), closed()]);
    expect(nameless).toMatchObject({ ok: true, value: { stage: 'closed' } });
  });
  test('an appeal is examined by somebody else; upheld it is left out and seen as left out, refused it goes on', () => {
    const waiting = fold(called('zhou'), appealed('wang'));
    expect(applyDuty(waiting, judged('wang', true))).toEqual({ ok: false, error: { kind: 'own-appeal' } });
    expect(applyDuty(waiting, judged('qian', true), ['qian'])).toEqual({ ok: false, error: { kind: 'own-case' } });
    expect(fold(called('zhou'), appealed('wang'), judged('sun', true), closed())).toMatchObject({ stage: 'closed', excluded: true });
    const refused = fold(called('zhou'), appealed('wang'), judged('sun', false));
    expect(refused).toMatchObject({ stage: 'called-back', excluded: false });
    expect(applyDuty(refused, appealed('wang'))).toEqual({ ok: false, error: { kind: 'wrong-stage' } });
    // Upheld before anybody called: it still may not be closed.
    expect(applyDuty(fold(appealed('wang'), judged('sun', true)), closed())).toEqual({ ok: false, error: { kind: 'not-verified' } });
  });
  test('who handled the case neither calls back nor closes', () => {
    expect(applyDuty(fold(), called('wang'), ['wang'])).toEqual({ ok: false, error: { kind: 'own-case' } });
    expect(applyDuty(fold(called('zhou'), did('put-right', 'wang')), closed('wang'), ['wang'])).toEqual({ ok: false, error: { kind: 'own-case' } });
    expect(applyDuty(fold(called('zhou')), did('put-right', 'wang'), ['wang']).ok).toBe(true);
  });

  const by = fc.constantFrom('wang', 'zhou', 'sun');
  const at = fc.constantFrom('2026-11-23T02:00:00.000Z', '2026-11-24T02:00:00.000Z', '2026-11-25T02:00:00.000Z');
  const event: fc.Arbitrary<DutyEvent> = fc.oneof(
    fc.record({ kind: fc.constant('called' as const), at, by, way: fc.constant('phone' as const), reached: fc.boolean(), said: fc.constant('') }),
    fc.record({ kind: fc.constantFrom('put-right' as const, 'explained' as const), at, by, words: fc.constant('x') }),
    fc.record({ kind: fc.constant('appealed' as const), at, by, reason: fc.constant('malicious' as const), words: fc.constant('x') }),
    fc.record({ kind: fc.constant('judged' as const), at, by, upheld: fc.boolean(), words: fc.constant('x') }),
    fc.record({ kind: fc.constant('overdue' as const), at }),
    fc.record({ kind: fc.constant('closed' as const), at, by }),
  );
  test('whatever is tried: nothing closes unheard, nobody judges himself, only an upheld appeal leaves a rating out', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 30 }), (tries) => {
      const letIn: DutyEvent[] = [opened];
      let state = fold();
      for (const one of tries) {
        const next = applyDuty(state, one, ['wang']);
        if (!next.ok) continue;
        expect(state.stage).not.toBe('closed');
        if (one.kind === 'called' || one.kind === 'judged' || one.kind === 'closed') expect(one.by).not.toBe('wang');
        state = next.value;
        letIn.push(one);
      }
      if (state.stage === 'closed') expect(calledBackEnough(state) && (state.answer !== null || state.excluded)).toBe(true);
      expect(state.excluded).toBe(state.appeal?.upheld === true);
      // The log alone gives the same state, without knowing who handled the case.
      expect(foldDuty(letIn)).toEqual({ ok: true, value: state });
    }));
  });
});
