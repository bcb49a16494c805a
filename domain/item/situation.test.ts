import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/pack-item.ts';
import type { Answers } from '../action/payload.ts';
import { examine, openFindings } from './doctor.ts';
import { itemForWay } from './applicants.ts';
import { answersAfter, answersOf, certainMaterials, isReachable, materialCounts, materialsAsked, situationOf, valuesFrom } from './situation.ts';
import type { AnswerCondition, Item, SituationQuestion } from './types.ts';
import { checkItem } from './validate.ts';

const [elder, business, water] = [packItem('elder-card'), packItem('business-registration'), packItem('water-permit')];
const VALUES = ['a', 'b', 'c'];

/** Questions that hang on earlier ones, some with answers that end the way; and conditions over them, as materials have. */
const asking: fc.Arbitrary<{ situations: SituationQuestion[]; conditions: AnswerCondition[] }> = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const conditionsOn = (earlier: number): fc.Arbitrary<AnswerCondition[]> => (earlier === 0 ? fc.constant<AnswerCondition[]>([]) : fc.array(fc.record({ question: fc.integer({ min: 0, max: earlier - 1 }).map((at) => `q${at}`), in: fc.subarray(VALUES, { minLength: 1 }) }), { maxLength: 2 }));
  const question = (at: number) => fc.record({ shownWhen: conditionsOn(at), ends: fc.subarray(VALUES, { maxLength: 2 }) }).map(({ shownWhen, ends }): SituationQuestion => ({
    key: `q${at}`, question: `第${at}问？`, help: '', options: VALUES.map((value) => ({ value, label: value })), shownWhen, ...(ends.length === 0 ? {} : { ends: ends.map((value) => ({ value, words: '不在这里办' })) }),
  }));
  return fc.record({ situations: fc.tuple(...Array.from({ length: count }, (_, at) => question(at))), conditions: conditionsOn(count) });
});
const anyAnswers: fc.Arbitrary<Answers> = fc.dictionary(fc.constantFrom('q0', 'q1', 'q2', 'q3', 'q4', 'else'), fc.constantFrom(...VALUES, 'nonsense'));

/** Every way through the questions, by trying each answer. */
function waysOf(item: { situations: SituationQuestion[] }): Answers[] {
  const ways: Answers[] = [];
  const open: Answers[] = [{}];
  for (let answers = open.pop(); answers !== undefined; answers = open.pop()) {
    const { next } = situationOf(item, answers);
    if (next === null) ways.push(answers);
    else for (const { value } of next.options) open.push({ ...answers, [next.key]: value });
  }
  return ways;
}

/** For oneself: a paper of authority is asked of others (`applicants.test.ts`). */
const namesFor = (item: Item, answers: Answers) => materialsAsked(item.applicants?.ways.every(({ when }) => when === undefined) === true ? itemForWay(item, 'self') : item, answers).map(({ material, need }) => `${material.key}${need === 'needed' ? '' : '?'}`);

describe('the way through the questions', () => {
  test('ends, whatever is answered, after at most one answer a question', () => {
    fc.assert(fc.property(asking, fc.infiniteStream(fc.nat(2)), (item, picks) => {
      let answers: Answers = {};
      for (let steps = 0; ; steps += 1) {
        const { next, end, complete } = situationOf(item, answers);
        if (next === null) {
          expect(complete).toBe(end === null);
          return;
        }
        expect(steps).toBeLessThan(item.situations.length);
        answers = { ...answers, [next.key]: next.options[picks.next().value ?? 0]?.value ?? '' };
      }
    }));
  });
  test('what counts is what was asked on this way: other answers change nothing, and what is kept gives the same again', () => {
    fc.assert(fc.property(asking, anyAnswers, (item, answers) => {
      const situation = situationOf(item, answers);
      expect(situationOf(item, answersOf(situation))).toEqual(situation);
      expect(Object.keys(answersOf(situation)).every((key) => item.situations.some((question) => question.key === key))).toBe(true);
    }));
  });
  test('the materials are a function of the answers; with all of them nothing is left open', () => {
    fc.assert(fc.property(asking, anyAnswers, ({ situations, conditions }, answers) => {
      const [first] = elder.materials;
      if (first === undefined) return;
      const item = { situations, materials: [{ ...first, required: false, condition: '有的人要', ...(conditions.length === 0 ? {} : { neededWhen: conditions }) }] };
      const situation = situationOf(item, answers);
      const asked = materialsAsked(item, answers);
      expect(materialsAsked(item, answersOf(situation))).toEqual(asked);
      if (situation.complete && conditions.length > 0) expect(asked.every(({ need }) => need === 'needed')).toBe(true);
    }));
  });
  test('a condition is reachable exactly when some way makes it hold', () => {
    fc.assert(fc.property(asking, ({ situations, conditions }) => {
      // A question with nothing but ends is refused before anybody asks.
      const item = { situations: situations.map(({ ends = [], ...question }) => (ends.length === VALUES.length ? question : { ...question, ends })) };
      const holds = waysOf(item).some((answers) => {
        const { answered, end } = situationOf(item, answers);
        return end === null && conditions.every((condition) => answered.some(({ question, option }) => question.key === condition.question && condition.in.includes(option.value)));
      });
      expect(isReachable(item, conditions)).toBe(holds);
    }), { numRuns: 200 });
  });
});

describe('the items of the pack', () => {
  test('elder card: everybody one thing; a worn card and a household elsewhere one more each; too young is told so', () => {
    expect(namesFor(elder, { age: 'yes', why: 'first', household: 'yes' })).toEqual(['household-or-id']);
    expect(namesFor(elder, { age: 'yes', why: 'damaged', household: 'no' })).toEqual(['household-or-id', 'residence-permit', 'old-card']);
    expect(situationOf(elder, { age: 'no' })).toMatchObject({ complete: false, next: null, end: { value: 'no' } });
  });
  test('business: the house decides which paper shows it; the deed is asked of nobody who rents', () => {
    expect(namesFor(business, { who: 'personal', house: 'rented', permit: 'no' })).toEqual(['identity', 'premises']);
    expect(namesFor(business, { who: 'family', house: 'lent', deed: 'no', permit: 'yes' })).toEqual(['identity', 'premises-village', 'premises-lent', 'family', 'permit']);
    expect(situationOf(business, { who: 'personal', house: 'rented' }).next?.key).toBe('permit');
    // A house that was lent first, and is rented after all: the answer about its deed is forgotten.
    expect(answersOf(situationOf(business, { who: 'personal', house: 'rented', deed: 'yes', permit: 'no' }))).toEqual({ who: 'personal', house: 'rented', permit: 'no' });
  });
  test('water: one who signs for a unit brings the letter, a project its report; for the kitchen no permit is needed', () => {
    expect(namesFor(water, { use: 'work', applicant: 'unit', signer: 'no', project: 'yes' })).toEqual(['third-party', 'location', 'meter', 'assessment', 'authority']);
    expect(namesFor(water, { use: 'work', applicant: 'person', project: 'no' })).toEqual(['third-party', 'location', 'meter']);
    expect(situationOf(water, { use: 'home' }).end?.words).toContain('不用办取水许可');
  });
  test('who was asked nothing sees everything, with words; who is half way sees what is open', () => {
    expect(namesFor(elder, {})).toEqual(['household-or-id', 'residence-permit?', 'old-card?']);
    expect(materialsAsked(elder, null)).toEqual(materialsAsked(elder, {}));
    expect(namesFor(elder, { age: 'yes', why: 'first' })).toEqual(['household-or-id', 'residence-permit?']);
    expect([certainMaterials(business, null), certainMaterials(business, { who: 'personal', house: 'rented', permit: 'no' })]).toEqual([['identity'], ['identity', 'premises']]);
  });
  test('how many there are at least and at most', () => {
    expect([elder, business, water].map(materialCounts)).toEqual([{ least: 1, most: 4 }, { least: 2, most: 6 }, { least: 3, most: 5 }]);
    const { situations: _none, ...without } = elder;
    expect(materialCounts(without)).toEqual({ least: 1, most: 4 });
  });
  test('an answer fills the form, and a changed field changes the answer', () => {
    expect(valuesFrom(elder, { age: 'yes', why: 'lost', household: 'no' })).toEqual({ localHousehold: false });
    expect(valuesFrom(business, { who: 'family', house: 'lent' })).toEqual({ formation: 'family', premisesRight: 'lent' });
    const answers = { age: 'yes', why: 'lost', household: 'no' };
    expect(answersAfter(elder, answers, 'localHousehold', true)).toEqual({ ...answers, household: 'yes' });
    for (const [name, value] of [['localHousehold', null], ['phone', '13800001234']] as const) expect(answersAfter(elder, answers, name, value)).toEqual(answers);
    // Nobody asked: a field alone declares nothing.
    expect(answersAfter(elder, {}, 'localHousehold', true)).toEqual({});
  });
});

describe('what an item may not ask', () => {
  const faults = (change: (item: Item, questions: SituationQuestion[]) => void) => {
    const copy = structuredClone(business);
    change(copy, copy.situations ?? []);
    const checked = checkItem(copy);
    return checked.ok ? [] : checked.error.faults.map(({ kind, path }) => `${kind} ${path}`);
  };
  test.each<[string, (item: Item, questions: SituationQuestion[]) => void]>([
    ['repeated situations.house', (_item, [who]) => { who!.key = 'house'; }],
    ['repeated form.formation', (_item, [, house]) => { house!.fills = 'formation'; }],
    ['repeated situations.who.options', (_item, [who]) => { who!.options[1]!.value = 'personal'; }],
    ['answer-unknown situations.deed', (_item, [, , deed]) => { deed!.shownWhen = [{ question: 'permit', in: ['no'] }]; }],
    ['answer-unknown materials.family', (item) => { item.materials.find(({ key }) => key === 'family')!.neededWhen = [{ question: 'who', in: ['nobody'] }]; }],
    ['answer-unreachable materials.family', (item) => { item.materials.find(({ key }) => key === 'family')!.neededWhen = [{ question: 'deed', in: ['yes'] }, { question: 'house', in: ['rented'] }]; }],
    ['answer-unreachable materials.permit', (item) => { item.materials.find(({ key }) => key === 'permit')!.neededWhen = [{ question: 'permit', in: ['not-yet'] }]; }],
    ['question-never-ends situations.permit', (_item, [, , , permit]) => { permit!.ends = permit!.options.map(({ value }) => ({ value, words: '不在这里办' })); }],
    ['end-without-answer situations.permit.ends', (_item, [, , , permit]) => { permit!.ends![0]!.value = 'never'; }],
    ['needed-and-required materials.family', (item) => { item.materials.find(({ key }) => key === 'family')!.required = true; }],
    ['fills-unknown situations.who.fills', (_item, [who]) => { who!.fills = 'nothing'; }],
    ['fills-differs situations.who.fills', (_item, [who]) => { who!.options[0]!.value = 'alone'; }],
    ['condition-missing materials.family', (item) => { item.materials.find(({ key }) => key === 'family')!.condition = ''; }],
  ])('%s', (fault, change) => {
    expect(faults(() => {})).toEqual([]);
    expect(faults(change)).toContain(fault);
  });

  const open = (change: (item: Item, questions: SituationQuestion[]) => void) => {
    const copy = structuredClone(elder);
    change(copy, copy.situations ?? []);
    return openFindings(copy, examine(copy, { today: '2026-11-27', others: [elder, business, water] })).map(({ kind, path, severity }) => `${severity} ${kind} ${path}`);
  };
  test('the doctor: a question that changes nothing, answers that make no difference, a way out that leads nowhere', () => {
    expect(open(() => {})).toEqual([]);
    expect(open((item) => { delete item.materials[2]!.neededWhen; })).toEqual(['blocks question-without-effect situations.why', 'blocks reason-unused reasons.2']);
    expect(open((item) => { item.reasons!.pop(); })).toEqual(['needs-reason answer-without-difference situations.why']);
    expect(open((_item, [age]) => { age!.ends![0]!.item = '1'.repeat(31); })).toEqual(['blocks ends-nowhere situations.age']);
    expect(open((_item, [age]) => { age!.ends![0]!.item = business.code; })).toEqual([]);
  });
});
