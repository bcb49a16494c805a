import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handedIn } from '../../test/fixtures/actions.ts';
import { acceptedOn, anyTrail, jointItem, limitsOf, materialsOf, PLAIN_WORLD, type Told, trailOf } from '../../test/fixtures/trails.ts';
import { type CaseFacts, factsOf } from './facts.ts';
import { addTotals, figuresOf, hiddenCells, NO_TOTALS, recount, sharesOf } from './figures.ts';

const item = jointItem();
const NOW = Date.parse('2027-01-01T00:00:00.000Z');
const facts = (told: Told[]): CaseFacts => {
  const own = factsOf(trailOf(item, told), NOW, PLAIN_WORLD);
  if (own === null) throw new Error('no facts');
  return own;
};
const hand: Told = { at: '2026-11-23T09:00', payload: handedIn({ materials: materialsOf(item) }) };
const accept: Told = { at: '2026-11-23T10:00', by: 'wang', payload: acceptedOn(item, '2026-11-23') };
const end = (at: string): Told[] => [{ at, by: 'li', payload: { kind: 'decided', granted: true, reason: '' } }, { at, by: 'li', payload: { kind: 'finished', result: 'granted', words: '', certificate: null } }];

describe('what a case counts as', () => {
  test.each([
    ['2026-12-04T10:00', { early: true, overPromised: false, overStatutory: false, used: 9 }],
    ['2026-12-07T23:00', { early: false, overPromised: false, overStatutory: false, used: 10 }],
    ['2026-12-08T00:30', { early: false, overPromised: true, overStatutory: false, used: 11 }],
    ['2026-12-22T09:00', { early: false, overPromised: true, overStatutory: true, used: 21 }],
  ])('finished %s', (at, expected) => {
    expect(facts([hand, accept, ...end(at)])).toMatchObject({ ...expected, promised: 10, statutory: 20, acceptedOn: '2026-11-23', finishedOn: at.slice(0, 10), closed: true, granted: true, finishedBy: 'li', visits: 1 });
  });
  test('a pause is not used time', () => {
    const paused = trailOf(item, [hand, accept, { at: '2026-11-24T09:00', by: 'li', payload: { kind: 'paused', why: 'special-procedure', procedure: '听证', allowed: null, reason: '听证', on: '2026-11-24' } }]);
    const limits = limitsOf(item, { accepted: accept.payload, extension: null } as never, [{ why: 'special-procedure', procedure: '', allowed: null, reason: '', from: '2026-11-24', to: '2026-12-01' }]);
    const own = facts([hand, accept, ...paused.deeds.slice(2).map(({ action, at }) => ({ at, by: 'li', payload: action.payload })), { at: '2026-12-01T09:00', by: 'li', payload: { kind: 'resumed', words: '', on: '2026-12-01', limits } }, ...end('2026-12-02T09:00')]);
    expect(own).toMatchObject({ used: 2, overPromised: false });
  });
  test('visits are counted, not declared', () => {
    const correct: Told[] = [{ at: '2026-11-23T09:30', by: 'wang', payload: { kind: 'correction-asked', asks: [{ target: 'form', key: 'phone', words: '请补' }], within: '2026-12-14' } }, { at: '2026-11-23T09:40', payload: { kind: 'supplemented', form: { phone: '1' }, materials: [] } }];
    const deliver = (way: 'window' | 'post'): Told => ({ at: '2026-12-05T09:00', by: 'wang', payload: { kind: 'delivered', way, collector: '张测试', relation: 'applicant', on: '2026-12-05' } });
    const print: Told = { at: '2026-12-04T11:00', payload: { kind: 'result-printed', licence: '', outcome: 'printed' } };
    expect(facts([hand, ...correct, accept, ...end('2026-12-04T10:00'), deliver('window')]).visits).toBe(3);
    expect(facts([hand, accept, ...end('2026-12-04T10:00'), deliver('post')]).visits).toBe(1);
    expect(facts([hand, accept, ...end('2026-12-04T10:00'), print]).visits).toBe(2);
  });
});

describe('figures', () => {
  const sum = { ...NO_TOTALS, handedIn: 12, atTerminal: 9, late: 3, accepted: 10, acceptedClosed: 8, finished: 8, onTime: 6, early: 5, overPromised: 2, overStatutory: 1, statutory: 160, promised: 80, used: 40, visits: 12, own: 4 * 86_400_000 };
  test('by their formulas', () => {
    const own = Object.fromEntries(figuresOf(sum, { items: 40, inHall: 30, online: 20, whole: 8, depth: 220 }).map(({ name, value }) => [name, value]));
    expect(own).toEqual({ 'closed-rate': 80, 'on-time-rate': 75, 'early-rate': 62.5, 'promise-speed-up': 50, 'handling-speed-up': 75, 'over-promised': 2, 'over-statutory': 1, 'average-used': 5, 'average-own': 0.5, visits: 1.5, 'late-share': 25, 'terminal-rate': 75, 'entry-rate': 75, 'online-rate': 50, 'online-depth': 5.5 });
  });
  test('nothing to divide is no figure', () => {
    expect(figuresOf(NO_TOTALS, null).filter(({ value, name }) => value !== null && !name.startsWith('over-'))).toEqual([]);
  });
  test('a period is the sum of its parts, however it is cut', () => {
    fc.assert(fc.property(fc.array(anyTrail(), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 27 }), (trails, cut) => {
      const cases = trails.flatMap((trail) => factsOf(trail, NOW, PLAIN_WORLD) ?? []);
      const day = `2026-03-${String(cut).padStart(2, '0')}`;
      const next = `2026-03-${String(cut + 1).padStart(2, '0')}`;
      expect(addTotals(recount(cases, '2026-01-01', day), recount(cases, next, '2026-12-31'))).toEqual(recount(cases, '2026-01-01', '2026-12-31'));
      expect(cases.flatMap(sharesOf).reduce((all, { totals }) => addTotals(all, totals), NO_TOTALS).handedIn).toBe(cases.length);
    }), { numRuns: 15 });
  });
});

describe('small cells', () => {
  test.each([[[12, 3, 40], [0, 1]], [[12, 0, 40], []], [[2, 3, 40], [0, 1]], [[1, 1, 40], [0, 1, 2]], [[3], [0]]])('%j hides %j', (counts, hidden) => {
    expect([...hiddenCells(counts)].toSorted((one, other) => one - other)).toEqual(hidden);
  });
  test('no hidden count follows from the sum and what is shown', () => {
    fc.assert(fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), (counts) => {
      const hidden = hiddenCells(counts);
      expect(counts.every((count, index) => count === 0 || count >= 5 || hidden.has(index))).toBe(true);
      const others = counts.filter((count, index) => count > 0 && !hidden.has(index)).length;
      if (hidden.size === 1) expect(others).toBe(0);
    }));
  });
});
