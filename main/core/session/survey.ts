import { z } from 'zod';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { OpenSurvey } from '../../../domain/contracts/letters.ts';
import type { SurveyCard } from '../../../domain/contracts/talk.ts';
import { checkAnswers, SurveyAnswers } from '../../../domain/surveys/survey.ts';
import { keptSurveys } from '../../../sync/feeds/surveys.ts';
import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** Where it is kept which cards have answered which survey today: hashes that mean nothing outside this store, and nothing tomorrow. */
const ANSWERED = 'surveys-answered';
const Answered = z.strictObject({ day: z.string(), cards: z.array(z.string()) });

/** What may be answered at this site today. */
export async function openSurveys(store: Pick<TerminalStore, 'cursors'>, site: string, now: number): Promise<OpenSurvey[]> {
  const day = civilDate(now);
  return (await keptSurveys(store)).filter(({ body: { from, to, sites } }) => from <= day && day <= to && (sites.length === 0 || sites.includes(site)));
}

export function surveyCard({ id, body: { title, intro, questions, once } }: OpenSurvey): SurveyCard {
  return { id, title, intro, questions: questions.length, card: once === 'card-day' };
}

/** Opens a survey; one that demands a card asks for it first. */
export async function openSurvey(visit: Visit, id: string): Wish {
  const state = visit.state();
  if (state === null) return refuse({ kind: 'no-session' });
  const survey = await surveyOf(visit, id);
  if (survey === null) return refuse({ kind: 'wrong-step' });
  const card = survey.body.once === 'card-day' && state.holder === null;
  await visit.change({ talk: { ...state.talk, survey: { letter: visit.newId(), id, answers: {}, faults: {} } }, errand: 'survey', step: card ? 'identify' : 'survey' });
  return done;
}

async function surveyOf({ store, config, clock }: Pick<Visit, 'store' | 'config' | 'clock'>, id: string): Promise<OpenSurvey | null> {
  return (await openSurveys(store, config.site, clock.now())).find((survey) => survey.id === id) ?? null;
}

/** Saves one answer as it is given; null takes it back. Right or wrong is said when the sheet is sent. */
export async function answerQuestion(visit: Visit, question: string, value: SurveyAnswers[string] | null): Wish {
  const state = visit.state();
  if (state?.step !== 'survey' || state.talk.survey === null) return refuse({ kind: 'wrong-step' });
  const { answers: before, faults, ...survey } = state.talk.survey;
  const known = await surveyOf(visit, survey.id);
  if (known === null || !known.body.questions.some(({ key }) => key === question)) return refuse({ kind: 'wrong-step' });
  const { [question]: _old, ...others } = before;
  const answers = SurveyAnswers.safeParse(value === null ? others : { ...others, [question]: value });
  if (!answers.success) return refuse({ kind: 'wrong-step' });
  const { [question]: _fault, ...left } = faults;
  await visit.change({ talk: { ...state.talk, survey: { ...survey, answers: answers.data, faults: left } } });
  return done;
}

/** Sends the sheet off. Nobody stands on it; a card only where the survey demands one, and then once a day. */
export async function sendSurvey(visit: Visit): Wish {
  const state = visit.state();
  if (state?.step !== 'survey' || state.talk.survey === null) return refuse({ kind: 'wrong-step' });
  const { letter: id, id: survey, answers } = state.talk.survey;
  const known = await surveyOf(visit, survey);
  if (known === null) return refuse({ kind: 'wrong-step' });
  const checked = checkAnswers(known.body, answers);
  if (!checked.ok) {
    await visit.change({ talk: { ...state.talk, survey: { ...state.talk.survey, faults: { [checked.error.question]: checked.error.kind } } } });
    return refuse({ kind: 'incomplete' });
  }
  const card = known.body.once === 'card-day' ? (state.holder?.number ?? null) : null;
  if (known.body.once === 'card-day' && card === null) return refuse({ kind: 'not-identified' });
  const marks = await marksOfToday(visit);
  const mark = card === null ? null : visit.store.log.personKey(`${survey}/${card}`);
  if (mark !== null && marks.cards.includes(mark)) return refuse({ kind: 'answered-today' });
  const letter = await visit.letter(id, { kind: 'survey', survey, answers, card });
  if (letter === null) return refuse({ kind: 'not-enrolled' });
  await visit.store.letters.add({ letter, person: '', facts: null, about: null });
  if (mark !== null) await visit.store.cursors.set(ANSWERED, { ...marks, cards: [...marks.cards, mark] });
  visit.log({ event: 'letter-made', session: state.id, letter: id, kind: 'survey' });
  await visit.show({ talk: { ...state.talk, survey: null }, step: 'goodbye' });
  visit.nudge();
  return done;
}

async function marksOfToday({ store, clock }: Pick<Visit, 'store' | 'clock'>): Promise<z.infer<typeof Answered>> {
  const day = civilDate(clock.now());
  const kept = Answered.safeParse(await store.cursors.get(ANSWERED));
  return kept.success && kept.data.day === day ? kept.data : { day, cards: [] };
}
