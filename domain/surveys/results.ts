import { BYTE_ORDER_MARK, csvLine } from '../csv.ts';
import type { Question, SurveyAnswers, SurveyBody } from './survey.ts';

/** One answered sheet. `site`: where it was given. */
export type Sheet = { site: string; answers: SurveyAnswers };
export type OptionCount = { value: string; label: string; count: number };
/** `texts`: free words, without saying where they were written; in an order that does not tell who came after whom. */
export type QuestionResult = { key: string; asked: string; kind: Question['kind']; answered: number; options: OptionCount[]; mean: number | null; texts: string[] };
/** `hidden`: groups that are not shown because too few answered there, with how many sheets they hold together. */
export type SurveyResult = { sheets: number; enough: boolean; questions: QuestionResult[]; groups: { site: string; sheets: number; questions: QuestionResult[] }[]; hidden: { sites: number; sheets: number } };

/** Fewer sheets than this would let neighbours guess who said what. The usual least cell of public statistics. */
export const LEAST_SHEETS = 5;

/**
 * What the sheets add up to, whole and by site. A site with fewer than `LEAST_SHEETS` is not shown; and when the hidden ones together are fewer,
 * so that the whole minus the shown would give them away, the smallest shown one is hidden with them.
 */
export function surveyResult(survey: Pick<SurveyBody, 'questions'>, sheets: readonly Sheet[]): SurveyResult {
  const enough = sheets.length >= LEAST_SHEETS;
  if (!enough) return { sheets: sheets.length, enough, questions: [], groups: [], hidden: { sites: 0, sheets: 0 } };
  const sites = [...new Set(sheets.map(({ site }) => site))];
  const { shown, hidden } = splitGroups(sites.map((site) => ({ site, group: sheets.filter((sheet) => sheet.site === site) })));
  return {
    sheets: sheets.length,
    enough,
    questions: survey.questions.map((question) => resultOf(question, sheets, true)),
    groups: shown.map(({ site, group }) => ({ site, sheets: group.length, questions: survey.questions.filter(({ kind }) => kind !== 'text').map((question) => resultOf(question, group, false)) })),
    hidden: { sites: hidden.length, sheets: hidden.reduce((sum, { group }) => sum + group.length, 0) },
  };
}

type Group = { site: string; group: Sheet[] };

function splitGroups(groups: readonly Group[]): { shown: Group[]; hidden: Group[] } {
  const sorted = groups.toSorted((left, right) => left.group.length - right.group.length || (left.site < right.site ? -1 : 1));
  let cut = sorted.filter(({ group }) => group.length < LEAST_SHEETS).length;
  const held = () => sorted.slice(0, cut).reduce((sum, { group }) => sum + group.length, 0);
  while (cut > 0 && cut < sorted.length && held() < LEAST_SHEETS) cut += 1;
  return { shown: sorted.slice(cut).toReversed(), hidden: sorted.slice(0, cut) };
}

function resultOf(question: Question, sheets: readonly Sheet[], whole: boolean): QuestionResult {
  const given = sheets.map(({ answers }) => answers[question.key]).filter((answer) => answer !== undefined && answer !== '' && !(Array.isArray(answer) && answer.length === 0));
  const count = (value: string | number) => given.filter((answer) => answer === value || (Array.isArray(answer) && typeof value === 'string' && answer.includes(value))).length;
  const base = { key: question.key, asked: question.asked, kind: question.kind, answered: given.length, mean: null, texts: [] };
  switch (question.kind) {
    case 'single':
    case 'multi':
      return { ...base, options: question.options.map(({ value, label }) => ({ value, label, count: count(value) })) };
    case 'scale': {
      const steps = Array.from({ length: question.steps }, (_, index) => index + 1);
      const sum = given.reduce<number>((total, answer) => total + (typeof answer === 'number' ? answer : 0), 0);
      return { ...base, options: steps.map((step) => ({ value: String(step), label: String(step), count: count(step) })), mean: given.length === 0 ? null : sum / given.length };
    }
    case 'text':
      return { ...base, options: [], texts: whole ? given.filter((answer) => typeof answer === 'string').toSorted() : [] };
  }
}

/** The result as CSV (RFC 4180), one line a question, group and answer. What a spreadsheet would run as a formula is quoted as text. */
export function resultCsv(title: string, result: SurveyResult): string {
  const lines = (site: string, questions: readonly QuestionResult[]) => questions.flatMap((question) => [
    ...question.options.map(({ label, count }) => [title, site, question.asked, label, String(count)]),
    ...question.texts.map((text) => [title, site, question.asked, text, '1']),
  ]);
  const rows = [['调查', '网点', '问题', '回答', '份数'], ...lines('全部', result.questions), ...result.groups.flatMap(({ site, questions }) => lines(site, questions))];
  return BYTE_ORDER_MARK + rows.map(csvLine).join('');
}
