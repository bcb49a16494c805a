import { type Question, SurveyBody } from '../../../domain/surveys/survey.ts';

/** A question as it is typed: options as lines of text. */
export type DraftQuestion = { kind: Question['kind']; asked: string; required: boolean; options: string; steps: number };
export type Draft = { title: string; intro: string; from: string; to: string; once: SurveyBody['once']; sites: string; questions: readonly DraftQuestion[] };

export const EMPTY_QUESTION: DraftQuestion = { kind: 'single', asked: '', required: true, options: '', steps: 5 };
/** Longest free answer that a question asks for. */
const LONGEST = 300;

export function draftOf(body: SurveyBody): Draft {
  return {
    title: body.title, intro: body.intro, from: body.from, to: body.to, once: body.once, sites: body.sites.join('，'),
    questions: body.questions.map((question) => ({
      kind: question.kind, asked: question.asked, required: question.required,
      options: 'options' in question ? question.options.map(({ label }) => label).join('\n') : '', steps: question.kind === 'scale' ? question.steps : EMPTY_QUESTION.steps,
    })),
  };
}

/** The survey that a draft describes; null while something is missing. Keys are by place: a draft has no answers yet. */
export function bodyOf(draft: Draft): SurveyBody | null {
  const parsed = SurveyBody.safeParse({
    title: draft.title.trim(), intro: draft.intro.trim(), from: draft.from, to: draft.to, once: draft.once,
    sites: parts(draft.sites, /[,，、]/), questions: draft.questions.map((question, index) => questionOf(question, `q${index + 1}`)),
  });
  return parsed.data ?? null;
}

function questionOf({ kind, asked, required, options, steps }: DraftQuestion, key: string): Question {
  const base = { key, asked: asked.trim(), required };
  const chosen = parts(options, /\n/).map((label, index) => ({ value: `o${index + 1}`, label }));
  switch (kind) {
    case 'single':
      return { ...base, kind, options: chosen };
    case 'multi':
      return { ...base, kind, options: chosen, most: Math.max(chosen.length, 1) };
    case 'scale':
      return { ...base, kind, steps, low: '', high: '' };
    case 'text':
      return { ...base, kind, longest: LONGEST };
  }
}

function parts(text: string, separator: RegExp): string[] {
  return text.split(separator).map((part) => part.trim()).filter((part) => part !== '');
}
