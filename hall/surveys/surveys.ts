import type { SurveyRow } from '../messages/rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { resultCsv, type SurveyResult, surveyResult } from '../../domain/surveys/results.ts';
import { type AnswerFault, checkAnswers, type SurveyAnswers, type SurveyBody } from '../../domain/surveys/survey.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { recordDeed } from '../audit/deeds.ts';
import type { Write } from '../db/schema.ts';
import { announceSurveys } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { keyedHash } from '../identity/sealed-text.ts';

export type ListedSurvey = { id: string; body: SurveyBody; state: SurveyRow['state']; sheets: number };

/** Newest first. What is over by its last day is ended, whatever its row says. */
export async function listSurveys(ground: Ground): Promise<ListedSurvey[]> {
  const { db: { read }, division } = ground;
  const rows = await read.selectFrom('survey').selectAll().where('division', '=', division).orderBy('made_at', 'desc').orderBy('id', 'desc').execute();
  const counts = await read.selectFrom('survey_sheet').select(['survey', ({ fn }) => fn.countAll<number>().as('count')]).where('division', '=', division).groupBy('survey').execute();
  const sheets = new Map(counts.map(({ survey, count }) => [survey, count]));
  const today = civilDate(ground.clock.now());
  return rows.map((row) => ({ id: row.id, body: JSON.parse(row.body) as SurveyBody, state: row.state === 'open' && row.ends_on < today ? 'ended' : row.state, sheets: sheets.get(row.id) ?? 0 }));
}

/** Makes or changes a draft. */
export async function saveSurvey(ground: Ground, staff: Staff, id: string, body: SurveyBody): Promise<Result<null, { kind: 'published' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const fields = { body: JSON.stringify(body), starts_on: body.from, ends_on: body.to };
    const saved = await write.insertInto('survey').values({ division, id, ...fields, state: 'draft', made_by: staff.account, made_at: nowOf(ground) })
      .onConflict((conflict) => conflict.columns(['division', 'id']).doUpdateSet(fields).where('survey.state', '=', 'draft')).returning('id').executeTakeFirst();
    if (saved === undefined) return err({ kind: 'published' as const });
    await recordDeed(ground, write, staff, { what: 'surveys.save', subject: id, body: { title: body.title } });
    return ok(null);
  });
}

/** `open`: citizens may answer from its first day. `ended`: for good. Every terminal is told. */
export async function turnSurvey(ground: Ground, staff: Staff, id: string, to: 'open' | 'ended'): Promise<Result<null, { kind: 'unknown-survey' | 'published' }>> {
  const { division } = ground;
  return ground.db.write(async (write) => {
    const row = await write.selectFrom('survey').select('state').where('division', '=', division).where('id', '=', id).forUpdate().executeTakeFirst();
    if (row === undefined) return err({ kind: 'unknown-survey' as const });
    if (row.state !== (to === 'open' ? 'draft' : 'open')) return err({ kind: 'published' as const });
    await write.updateTable('survey').set({ state: to }).where('division', '=', division).where('id', '=', id).execute();
    await announceSurveys(write, division);
    await recordDeed(ground, write, staff, { what: to === 'open' ? 'surveys.publish' : 'surveys.end', subject: id, body: {} });
    return ok(null);
  });
}

/** `card`: the number of the card that was read; null where nobody is known. It is never kept: only a keyed hash of it and the day, until the day is over. */
export type NewSheet = { id: string; survey: string; site: string; answers: SurveyAnswers; card: string | null; /** When it was answered, where that was before today. */ day?: string };

/** Takes an answered sheet. Sent again under the same id it is taken once. */
export async function takeSheet(ground: Ground, write: Write, sheet: NewSheet): Promise<Result<null, AnswerFault | { kind: 'unknown-survey' | 'not-open' | 'not-here' | 'card-needed' | 'answered-today' }>> {
  const { division } = ground;
  const row = await write.selectFrom('survey').selectAll().where('division', '=', division).where('id', '=', sheet.survey).executeTakeFirst();
  if (row === undefined) return err({ kind: 'unknown-survey' });
  const day = sheet.day ?? civilDate(ground.clock.now());
  if (row.state !== 'open' || day < row.starts_on || day > row.ends_on) return err({ kind: 'not-open' });
  const body = JSON.parse(row.body) as SurveyBody;
  if (body.sites.length > 0 && !body.sites.includes(sheet.site)) return err({ kind: 'not-here' });
  if (body.once === 'card-day' && sheet.card === null) return err({ kind: 'card-needed' });
  const checked = checkAnswers(body, sheet.answers);
  if (!checked.ok) return checked;
  const once = body.once === 'card-day' && sheet.card !== null ? keyedHash(ground, 'surveys', JSON.stringify([sheet.survey, day, sheet.card])) : null;
  const taken = await write.insertInto('survey_sheet').values({ division, survey: sheet.survey, id: sheet.id, day, site: sheet.site, answers: JSON.stringify(sheet.answers), once })
    .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  if (taken !== undefined) return ok(null);
  const same = await write.selectFrom('survey_sheet').select('id').where('division', '=', division).where('survey', '=', sheet.survey).where('id', '=', sheet.id).executeTakeFirst();
  return same === undefined ? err({ kind: 'answered-today' }) : ok(null);
}

export async function surveyResults(ground: Ground, id: string): Promise<{ title: string; results: SurveyResult; csv: string } | null> {
  const { db: { read }, division } = ground;
  const row = await read.selectFrom('survey').select('body').where('division', '=', division).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const body = JSON.parse(row.body) as SurveyBody;
  const sheets = await read.selectFrom('survey_sheet').select(['site', 'answers']).where('division', '=', division).where('survey', '=', id).execute();
  const results = surveyResult(body, sheets.map(({ site, answers }) => ({ site, answers: JSON.parse(answers) as SurveyAnswers })));
  return { title: body.title, results, csv: resultCsv(body.title, results) };
}

/** Takes away what kept cards apart on days that are over: from then on not even this hall can tell who answered. @returns how many */
export async function sweepSurveys(ground: Ground): Promise<number> {
  return ground.db.write(async (write) => {
    const forgotten = await write.updateTable('survey_sheet').set({ once: null }).where('division', '=', ground.division).where('day', '<', civilDate(ground.clock.now())).where('once', 'is not', null).returning('id').execute();
    return forgotten.length;
  });
}
