import { err, ok } from '../../domain/result.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import { listSurveys, saveSurvey, surveyResults, turnSurvey } from './surveys.ts';

/** Surveys at the console. */
export function surveysRoad({ known }: ConsoleDoors, ground: Ground) {
  return {
    surveys: known.surveys.handler(() => listSurveys(ground)),
    saveSurvey: known.saveSurvey.handler(({ input, context }) => saveSurvey(ground, context.staff, input.id, input.body)),
    publishSurvey: known.publishSurvey.handler(({ input, context }) => turnSurvey(ground, context.staff, input.id, 'open')),
    endSurvey: known.endSurvey.handler(({ input, context }) => turnSurvey(ground, context.staff, input.id, 'ended')),
    surveyResults: known.surveyResults.handler(async ({ input }) => {
      const found = await surveyResults(ground, input.id);
      return found === null ? err({ kind: 'unknown-survey' as const }) : ok(found);
    }),
  };
}
