import { describe, expect, test } from 'vitest';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import type { Payload } from '../action/payload.ts';
import { Hash } from '../ids.ts';
import { foldCase, isClosed, mayFollow, outstanding, takesSupplement } from './fold.ts';

const accepted: Payload = { kind: 'accepted', number: '330624202600000001', acceptedOn: '2026-11-24', promisedBy: '2026-11-27', statutoryBy: '2026-12-22', provisional: false };
const correction: Payload = { kind: 'correction-asked', asks: [{ target: 'material', key: 'household-register', words: '请补拍第二页' }], within: '2026-12-08' };
const finished: Payload = { kind: 'finished', result: 'granted', words: '', certificate: null };
const rated: Payload = { kind: 'rated', level: 5, tags: ['517'], words: '' };
const page = { hash: Hash.parse('ef'.repeat(32)), size: 10, mediaType: 'image/jpeg' as const };

function fold(...payloads: Payload[]) {
  const maker = createMaker('T330624-0001');
  return foldCase(payloads.map((payload) => maker.make(payload)));
}

describe('foldCase', () => {
  test('hand-in, correction, supplement, acceptance, decision, finish, rating', () => {
    const state = fold(handedIn(), correction, { kind: 'supplemented', form: { phone: '1' }, materials: [{ key: 'household-register', pages: [page, page], trust: 'C' }] }, accepted, { kind: 'decided', granted: true, reason: '' }, finished, rated);
    expect(state).toMatchObject({ ok: true, value: { stage: 'finished', number: '330624202600000001', form: { town: '330624112', phone: '1' }, rating: { level: 5 } } });
    if (!state.ok) return expect.unreachable();
    expect(state.value.materials).toEqual([{ key: 'household-register', pages: [page, page], trust: 'C' }]);
    expect(state.value.history.map(({ kind }) => kind)).toEqual(['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided', 'finished', 'rated']);
    expect(isClosed(state.value.stage)).toBe(true);
  });

  test('correction is told once: a second request after the supplement is illegal (行政许可法 32)', () => {
    expect(fold(handedIn(), correction, { kind: 'supplemented', form: {}, materials: [] }, correction)).toMatchObject({ ok: false, error: { kind: 'illegal-transition', from: 'supplemented', by: 'correction-asked' } });
  });

  test('one service, one rating', () => {
    expect(fold(handedIn(), accepted, finished, rated, rated)).toMatchObject({ ok: false, error: { kind: 'illegal-transition', by: 'rated' } });
  });

  test('nothing happens to a case that was never handed in, or twice', () => {
    expect(fold(accepted)).toEqual({ ok: false, error: { kind: 'no-hand-in' } });
    expect(fold()).toEqual({ ok: false, error: { kind: 'no-hand-in' } });
    expect(fold(handedIn(), handedIn())).toMatchObject({ ok: false, error: { kind: 'illegal-transition', from: 'handed-in' } });
  });

  test('a finished or withdrawn case cannot be accepted again', () => {
    for (const closed of ['finished', 'withdrawn', 'refused'] as const) expect(mayFollow(closed, 'accepted')).toBe(false);
  });

  describe('promises in place of materials', () => {
    const promised = { shownText: Hash.parse('0'.repeat(64)), agreedAt: '2026-11-23T02:00:00.000Z' };
    const given = handedIn({ promises: [{ kind: 'commitment', key: 'village', ...promised }, { kind: 'deferral', key: 'meter', by: '2026-12-08', ...promised }] });
    const brings = (...keys: string[]): Payload => ({ kind: 'supplemented', form: {}, materials: keys.map((key) => ({ key, pages: [page], trust: 'C' })) });
    const lets: Payload = { ...accepted, lacking: [{ key: 'meter', by: '2026-12-08' }] };
    const stateOf = (...payloads: Payload[]) => {
      const folded = fold(...payloads);
      if (!folded.ok) throw new Error(folded.error.kind);
      return folded.value;
    };

    test('what was promised for later comes before acceptance or after it, and moves the case nowhere', () => {
      expect(stateOf(given, brings('meter'))).toMatchObject({ stage: 'handed-in', promises: [{ key: 'village' }] });
      expect(outstanding(stateOf(given, lets))).toEqual([{ key: 'meter', by: '2026-12-08' }]);
      const brought = stateOf(given, lets, brings('meter'));
      expect(brought).toMatchObject({ stage: 'accepted', lacking: [], materials: expect.arrayContaining([expect.objectContaining({ key: 'meter' })]) });
      expect([outstanding(brought), takesSupplement(brought)]).toEqual([[], false]);
    });
    test('nothing else may come so: no other material, no answer, not twice, and never without a promise', () => {
      for (const wrong of [[given, lets, brings('village')], [given, brings('meter', 'village')], [given, { kind: 'supplemented', form: { phone: '1' }, materials: [{ key: 'meter', pages: [page], trust: 'C' }] }], [given, lets, brings('meter'), brings('meter')], [handedIn(), accepted, brings('meter')], [given, brings()]] as Payload[][]) {
        expect(fold(...wrong)).toMatchObject({ ok: false, error: { kind: 'illegal-transition', by: 'supplemented' } });
      }
    });
    test('who was on the way with it while the hall accepted without it is not turned away', () => {
      expect(stateOf(given, accepted, brings('meter')).stage).toBe('accepted');
    });
    test('a correction that asks for the paper turns the promise down', () => {
      const asked = stateOf(given, { ...correction, asks: [{ target: 'material', key: 'village', words: '请交证明' }] });
      expect(asked).toMatchObject({ stage: 'correction-asked', promises: [{ key: 'meter' }] });
      expect(stateOf(given, { ...correction, asks: [{ target: 'material', key: 'village', words: '请交证明' }] }, brings('village')).stage).toBe('supplemented');
    });
  });
});
