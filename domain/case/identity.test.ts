import { describe, expect, test } from 'vitest';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import type { PayloadOf } from '../action/payload.ts';
import { applyAction, foldCase } from './fold.ts';
import { checksDue, identityBlocks, isIdentityOpen } from './identity.ts';
import type { CaseState } from './types.ts';

const acting = { way: 'agent' as const, person: { card: 'resident' as const, name: '李测试', sex: 'female' as const, ethnicity: '01', birth: '1990-01-01', address: '', number: '330624199001010026', authority: '', validFrom: '2020-01-01', validTo: null } };
const byAgent = handedIn({ acting, toCheck: [{ party: 'applicant', why: 'typed' }, { party: 'acting', why: 'read-offline' }] });

/** A case after these words of a window. */
function after(first: PayloadOf<'handed-in'>, ...said: Omit<PayloadOf<'identity-checked'>, 'kind' | 'on' | 'words'>[]): CaseState {
  const maker = createMaker('T330624-0001');
  const folded = foldCase([maker.make(first), ...said.map((one) => maker.make({ kind: 'identity-checked', words: '', on: '2026-11-23', ...one }, { actor: { kind: 'staff', account: 'wang', role: 'clerk' } }))]);
  if (!folded.ok) throw new Error(folded.error.kind);
  return folded.value;
}

describe('identities that a window looks at', () => {
  test('none: a hand-in of before, or of a card read on line', () => {
    const state = after(handedIn());
    expect([checksDue(state), isIdentityOpen(state), identityBlocks(state, {})]).toEqual([[], false, false]);
    expect(state).not.toHaveProperty('identityChecks');
  });

  test('what was typed blocks until it is the same; what is another\'s blocks; the last word counts', () => {
    const same = { party: 'applicant', outcome: 'same' } as const;
    const other = { party: 'applicant', outcome: 'not-same' } as const;
    expect([after(byAgent), after(byAgent, other), after(byAgent, same), after(byAgent, other, same), after(byAgent, same, other)].map((state) => identityBlocks(state, {}))).toEqual([true, true, false, false, true]);
    expect(identityBlocks(after(byAgent, same, { party: 'acting', outcome: 'not-same' }), {})).toBe(true);
    expect(checksDue(after(byAgent, same))[0]?.said).toMatchObject({ outcome: 'same', by: 'wang', on: '2026-11-23' });
  });

  test('a card that was read offline waits for nobody, unless the item says so', () => {
    const state = after(byAgent, { party: 'applicant', outcome: 'same' });
    expect([isIdentityOpen(state), identityBlocks(state, {})]).toEqual([true, false]);
    expect(identityBlocks(state, { applicants: { ways: [{ way: 'self' }], assurance: { self: 'card-offline', principal: 'card-offline' }, recheck: 'before-acceptance' } })).toBe(true);
    expect(isIdentityOpen(after(byAgent, { party: 'applicant', outcome: 'same' }, { party: 'acting', outcome: 'same' }))).toBe(false);
  });

  test('nobody is looked at whom the hand-in does not name', () => {
    const maker = createMaker('T330624-0001');
    const said = maker.make({ kind: 'identity-checked', party: 'together-1', outcome: 'same', words: '', on: '2026-11-23' });
    expect(applyAction(after(byAgent), said)).toMatchObject({ ok: false, error: { kind: 'illegal-transition' } });
  });
});
