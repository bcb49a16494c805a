/** 意见征集、网上调查: what is asked, and whether an answer fits. An answer holds no identity. */
import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { CivilDate } from '../time.ts';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);
const asked = z.string().min(1).max(200);
const option = z.strictObject({ value: key, label: z.string().min(1).max(60) });

export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single'), key, asked, required: z.boolean(), options: z.array(option).min(2).max(20) }),
  z.strictObject({ kind: z.literal('multi'), key, asked, required: z.boolean(), options: z.array(option).min(2).max(20), most: z.int().min(1).max(20) }),
  /** 1 … `steps`, with words at both ends. */
  z.strictObject({ kind: z.literal('scale'), key, asked, required: z.boolean(), steps: z.int().min(3).max(10), low: z.string().max(20), high: z.string().max(20) }),
  z.strictObject({ kind: z.literal('text'), key, asked, required: z.boolean(), longest: z.int().min(10).max(1000) }),
]);
export type Question = z.infer<typeof Question>;

/** `once`: one answer a card and day, or as many as come. `sites`: where it is asked; empty: everywhere. */
export const SurveyBody = z.strictObject({
  title: z.string().min(1).max(60),
  intro: z.string().max(500),
  sites: z.array(z.string().min(1).max(60)).max(200),
  from: CivilDate,
  to: CivilDate,
  once: z.enum(['card-day', 'anonymous']),
  questions: z.array(Question).min(1).max(20),
}).refine(({ from, to }) => from <= to, { path: ['to'], message: 'ends before it begins' })
  .refine(({ questions }) => new Set(questions.map((question) => question.key)).size === questions.length, { path: ['questions'], message: 'a key stands twice' });
export type SurveyBody = z.infer<typeof SurveyBody>;

/** By question: a value, values, a number of the scale, or text. What was not answered is absent. */
export const SurveyAnswers = z.record(key, z.union([z.string().max(1000), z.array(key).max(20), z.int()]));
export type SurveyAnswers = z.infer<typeof SurveyAnswers>;

export type AnswerFault = { kind: 'unknown-question' | 'missing' | 'no-such-answer' | 'too-many' | 'too-long'; question: string };

/** Whether answers fit their survey. */
export function checkAnswers(survey: Pick<SurveyBody, 'questions'>, answers: SurveyAnswers): Result<null, AnswerFault> {
  for (const question of Object.keys(answers)) if (!survey.questions.some((one) => one.key === question)) return err({ kind: 'unknown-question', question });
  for (const question of survey.questions) {
    const answer = answers[question.key];
    const kind = answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0) ? (question.required ? 'missing' as const : null) : faultOf(question, answer);
    if (kind !== null) return err({ kind, question: question.key });
  }
  return ok(null);
}

function faultOf(question: Question, answer: string | readonly string[] | number): Exclude<AnswerFault['kind'], 'unknown-question' | 'missing'> | null {
  switch (question.kind) {
    case 'single':
      return question.options.some(({ value }) => value === answer) ? null : 'no-such-answer';
    case 'multi':
      if (typeof answer !== 'object' || new Set(answer).size !== answer.length || !answer.every((one) => question.options.some(({ value }) => value === one))) return 'no-such-answer';
      return answer.length > question.most ? 'too-many' : null;
    case 'scale':
      return typeof answer === 'number' && answer >= 1 && answer <= question.steps ? null : 'no-such-answer';
    case 'text':
      if (typeof answer !== 'string') return 'no-such-answer';
      return answer.length > question.longest ? 'too-long' : null;
  }
}
