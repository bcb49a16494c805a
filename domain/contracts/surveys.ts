/** Surveys at the console. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Ulid } from '../ids.ts';
import { SurveyBody } from '../surveys/survey.ts';
import { kind, resultOf } from './result-schema.ts';

const count = z.int();
const question = z.strictObject({
  key: z.string(), asked: z.string(), kind: z.enum(['single', 'multi', 'scale', 'text']), answered: count, options: z.array(z.strictObject({ value: z.string(), label: z.string(), count })), mean: z.number().nullable(), texts: z.array(z.string()),
});
const SurveyState = z.enum(['draft', 'open', 'ended']);
export const SurveyResults = z.strictObject({
  sheets: count, enough: z.boolean(), questions: z.array(question), groups: z.array(z.strictObject({ site: z.string(), sheets: count, questions: z.array(question) })), hidden: z.strictObject({ sites: count, sheets: count }),
});
const failure = z.discriminatedUnion('kind', [kind('unknown-survey'), kind('published')]);

export const surveysContract = {
  surveys: oc.route({ method: 'GET', path: '/surveys' }).output(z.array(z.strictObject({ id: Ulid, body: SurveyBody, state: SurveyState, sheets: count }))),
  /** Makes or changes a draft. What is published is never changed: answers belong to the questions that were asked. */
  saveSurvey: oc.route({ method: 'PUT', path: '/surveys/{id}' }).input(z.strictObject({ id: Ulid, body: SurveyBody })).output(resultOf(z.null(), failure)),
  publishSurvey: oc.route({ method: 'POST', path: '/surveys/{id}/publication' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.null(), failure)),
  endSurvey: oc.route({ method: 'POST', path: '/surveys/{id}/end' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.null(), failure)),
  surveyResults: oc.route({ method: 'GET', path: '/surveys/{id}/results' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.strictObject({ title: z.string(), results: SurveyResults, csv: z.string() }), z.discriminatedUnion('kind', [kind('unknown-survey')]))),
};
