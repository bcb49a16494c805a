import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/pack-item.ts';
import type { Answers } from '../action/payload.ts';
import { ApplicantWay } from '../identity/applicant.ts';
import { answersOfWay, asksWayFirst, assuranceOf, itemForWay, mostTogether, wayOf, waysOpen, youngestOf } from './applicants.ts';
import { answersOf, certainMaterials, situationOf } from './situation.ts';
import type { Item } from './types.ts';
import { checkItem } from './validate.ts';

const [elder, business, water] = [packItem('elder-card'), packItem('business-registration'), packItem('water-permit')];
const { applicants: _none, ...silent } = elder;
/** Some answers to an item's questions, right ones or not. */
const answersTo = (item: Item): fc.Arbitrary<Answers> => fc.subarray(item.situations ?? []).chain((asked) => (
  fc.tuple(...asked.map(({ key, options }) => fc.constantFrom(...options.map(({ value }) => value), 'nonsense').map((value): [string, string] => [key, value]))).map((pairs) => Object.fromEntries(pairs))
));
const unit = { use: 'work', applicant: 'unit', signer: 'no' };

describe('who may apply', () => {
  test('an item that says nothing: one person, for themselves, with a card, of any age', () => {
    expect([waysOpen(silent, {}), wayOf(silent, {}, null), assuranceOf(silent).self, youngestOf(silent), mostTogether(silent, {})]).toEqual([['self'], 'self', 'card-offline', 0, 0]);
    expect(itemForWay(silent, 'self')).toBe(silent);
  });

  test('the answers decide the way where it hangs on them, else it is asked, and what was chosen counts only while it is open', () => {
    expect(wayOf(elder, {}, null)).toBeNull();
    expect(wayOf(elder, {}, 'guardian')).toBe('guardian');
    expect([wayOf(water, {}, null), wayOf(water, unit, null), wayOf(water, { ...unit, signer: 'yes' }, null), wayOf(water, { use: 'work', applicant: 'person' }, 'legal-agent')]).toEqual([null, 'legal-agent', 'representative', 'self']);
    expect([elder, business, water].map(asksWayFirst)).toEqual([true, true, false]);
    expect(answersOfWay(water, 'legal-agent')).toEqual({ applicant: 'unit', signer: 'no' });
    expect([elder, business].map(youngestOf)).toEqual([18, 18]);
  });

  test('whoever answers more never has more ways, and every way that is taken was open', () => {
    fc.assert(fc.property(answersTo(water), fc.constantFrom(null, ...ApplicantWay.options), (given, chosen) => {
      const answers = answersOf(situationOf(water, given));
      const open = waysOpen(water, answers);
      for (const key of Object.keys(answers)) {
        const { [key]: _taken, ...fewer } = answers;
        expect(waysOpen(water, fewer)).toEqual(expect.arrayContaining(open));
      }
      const way = wayOf(water, answers, chosen);
      if (way !== null) expect(open).toContain(way);
    }));
  });

  test('the paper of authority is required of whoever acts under it, and asked of nobody else', () => {
    const keys = (item: Item, way: ApplicantWay, answers: Answers | null = null) => certainMaterials(itemForWay(item, way), answers);
    expect([keys(elder, 'self'), keys(elder, 'agent'), keys(elder, 'guardian')]).toEqual([['household-or-id'], ['household-or-id', 'authority'], ['household-or-id', 'authority']]);
    expect(keys(water, 'legal-agent')).toContain('authority');
    expect(itemForWay(water, 'representative').materials.map(({ key }) => key)).not.toContain('authority');
    expect(itemForWay(elder, null)).toBe(elder);
  });

  test('co-applicants only with the answers that ask for them', () => {
    expect([mostTogether(business, {}), mostTogether(business, { who: 'personal' }), mostTogether(business, { who: 'family' })]).toEqual([0, 0, 8]);
  });

  const faults = (change: (applicants: NonNullable<Item['applicants']>, item: Item) => void): string[] => {
    const copy = structuredClone(water);
    if (copy.applicants !== undefined) change(copy.applicants, copy);
    const checked = checkItem(copy);
    return checked.ok ? [] : checked.error.faults.map(({ kind, path }) => `${kind} ${path}`);
  };
  test.each<[string, Parameters<typeof faults>[0]]>([
    ['repeated applicants.self', ({ ways }) => { ways.push({ way: 'self' }); }],
    ['answer-unknown applicants.self', ({ ways }) => { ways[0]!.when![0]!.question = 'nothing'; }],
    ['answer-unreachable applicants.legal-agent', ({ ways }) => { ways[2]!.when![0]!.in = ['person']; }],
    ['authority-missing applicants.legal-agent', ({ ways }) => { delete ways[2]!.authority; }],
    ['authority-missing applicants.legal-agent', ({ ways }) => { ways[2]!.authority = 'third-party'; }],
    ['authority-missing applicants.self', ({ ways }) => { ways[0]!.authority = 'nothing'; }],
    ['answer-unknown applicants.together', (applicants) => { applicants.together = { most: 2, when: [{ question: 'use', in: ['nothing'] }] }; }],
  ])('%s', (fault, change) => {
    expect(faults(() => {})).toEqual([]);
    expect(faults(change)).toContain(fault);
  });
});
