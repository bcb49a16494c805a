import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEAST_SHEETS, resultCsv, type Sheet, surveyResult } from './results.ts';
import { checkAnswers, SurveyBody } from './survey.ts';

const body = SurveyBody.parse({
  title: '延时服务', intro: '', sites: [], from: '2026-11-01', to: '2026-11-30', once: 'card-day',
  questions: [
    { kind: 'single', key: 'when', asked: '何时来办事方便？', required: true, options: [{ value: 'noon', label: '中午' }, { value: 'evening', label: '傍晚' }] },
    { kind: 'multi', key: 'what', asked: '常办哪些事？', required: false, most: 2, options: [{ value: 'tax', label: '税' }, { value: 'card', label: '证' }, { value: 'car', label: '车' }] },
    { kind: 'scale', key: 'wait', asked: '等候时间', required: false, steps: 5, low: '太久', high: '很快' },
    { kind: 'text', key: 'more', asked: '还想说什么？', required: false, longest: 20 },
  ],
});

describe('a survey', () => {
  test('what fits and what does not', () => {
    expect(checkAnswers(body, { when: 'noon', what: ['tax', 'car'], wait: 5, more: '好' }).ok).toBe(true);
    const fault = (answers: Parameters<typeof checkAnswers>[1]) => {
      const checked = checkAnswers(body, answers);
      return checked.ok ? null : checked.error;
    };
    expect(fault({})).toEqual({ kind: 'missing', question: 'when' });
    expect(fault({ when: 'dawn' })).toEqual({ kind: 'no-such-answer', question: 'when' });
    expect(fault({ when: 'noon', what: ['tax', 'tax'] })).toEqual({ kind: 'no-such-answer', question: 'what' });
    expect(fault({ when: 'noon', what: ['tax', 'card', 'car'] })).toEqual({ kind: 'too-many', question: 'what' });
    expect(fault({ when: 'noon', wait: 6 })).toEqual({ kind: 'no-such-answer', question: 'wait' });
    expect(fault({ when: 'noon', more: '字'.repeat(21) })).toEqual({ kind: 'too-long', question: 'more' });
    expect(fault({ when: 'noon', who: 'me' })).toEqual({ kind: 'unknown-question', question: 'who' });
    expect(SurveyBody.safeParse({ ...body, to: '2026-10-01' }).success).toBe(false);
    expect(SurveyBody.safeParse({ ...body, questions: [body.questions[0], body.questions[0]] }).success).toBe(false);
  });

  const sheets = (site: string, count: number, when = 'noon'): Sheet[] => Array.from({ length: count }, (_, index) => ({ site, answers: { when, wait: (index % 5) + 1, more: index === 0 ? '=1+1' : '' } }));
  test('counts, and hides where too few answered', () => {
    expect(surveyResult(body, sheets('A', 4))).toMatchObject({ sheets: 4, enough: false, questions: [] });
    const result = surveyResult(body, [...sheets('A', 10), ...sheets('B', 6, 'evening'), ...sheets('C', 2)]);
    expect(result.questions[0]?.options.map(({ count }) => count)).toEqual([12, 6]);
    expect(result.questions[2]).toMatchObject({ answered: 18, mean: expect.closeTo(2.722, 2) });
    // C alone would be the whole minus A and B, so B is hidden with it.
    expect(result.groups.map(({ site }) => site)).toEqual(['A']);
    expect(result.hidden).toEqual({ sites: 2, sheets: 8 });
    expect(result.groups[0]?.questions.some(({ kind }) => kind === 'text')).toBe(false);
    expect(resultCsv('延时,服务', result)).toContain("\"延时,服务\",全部,还想说什么？,'=1+1,1\r\n");
  });
  test('whatever the sizes: nobody shown is small, and nothing small can be reckoned from the rest', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }), (sizes) => {
      const result = surveyResult(body, sizes.flatMap((size, index) => sheets(`site ${index}`, size)));
      for (const group of result.groups) expect(group.sheets).toBeGreaterThanOrEqual(LEAST_SHEETS);
      if (result.hidden.sites > 0) expect(result.hidden.sheets).toBeGreaterThanOrEqual(LEAST_SHEETS);
      if (result.enough) expect(result.groups.reduce((sum, group) => sum + group.sheets, result.hidden.sheets)).toBe(result.sheets);
    }));
  });
});
