import type { CaseId } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import { recordRead } from '../audit/reads.ts';
import type { Ground } from '../ground.ts';
import type { ConsoleDoors } from '../http/console-doors.ts';
import type { Staff } from '../identity/accounts.ts';
import { actOnDuty, type DutyDeed, listDuties, openDutyPage } from './duties.ts';
import { ratingFigures } from './figures.ts';
import { registerFollowUp, registerRating } from './register.ts';

/** Ratings at the console. */
export function ratingsRoad({ known }: ConsoleDoors, ground: Ground) {
  const act = (staff: Staff, id: CaseId, deed: DutyDeed) => actOnDuty(ground, staff, id, deed);
  return {
    ratingDuties: known.ratingDuties.handler(({ input, context }) => listDuties(ground, context.staff, input.show)),
    ratingDuty: known.ratingDuty.handler(async ({ input, context }) => {
      const opened = await openDutyPage(ground, context.staff, input.id);
      if (opened === null) return err({ kind: 'unknown-rating' as const });
      await recordRead(ground, context.staff, { what: 'case', cases: [input.id], blob: null });
      return ok(opened);
    }),
    callBack: known.callBack.handler(({ input: { id, way, reached, said }, context }) => act(context.staff, id, { kind: 'called', way, reached, said })),
    answerRating: known.answerRating.handler(({ input: { id, how, words }, context }) => act(context.staff, id, { kind: how, words })),
    appealRating: known.appealRating.handler(({ input: { id, reason, words }, context }) => act(context.staff, id, { kind: 'appealed', reason, words })),
    judgeAppeal: known.judgeAppeal.handler(({ input: { id, upheld, words }, context }) => act(context.staff, id, { kind: 'judged', upheld, words })),
    closeRating: known.closeRating.handler(({ input: { id }, context }) => act(context.staff, id, { kind: 'closed' })),
    ratingFigures: known.ratingFigures.handler(({ input, context }) => ratingFigures(ground, context.staff, input)),
    registerRating: known.registerRating.handler(({ input, context }) => registerRating(ground, context.staff, input)),
    registerFollowUp: known.registerFollowUp.handler(({ input, context }) => registerFollowUp(ground, context.staff, input)),
  };
}
