import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type Ground, nowOf } from '../ground.ts';
import { addDutyEvent } from './duty-log.ts';

/** Duties told late in one round; the next takes the rest. */
const ROUND = 200;

/** Tells each duty that went over its limit, once. Safe on two servers: a row that the other has in hand is passed by. @returns how many */
export async function sweepRatings(ground: Ground): Promise<number> {
  const today = civilDate(ground.clock.now());
  return ground.db.write(async (write) => {
    const late = await write.selectFrom('rating_duty').select('case_id').where('division', '=', ground.division).where('stage', '!=', 'closed').where('overdue', '=', false).where('due', '<', today)
      .orderBy('due').limit(ROUND).forUpdate().skipLocked().execute();
    for (const { case_id: id } of late) {
      const told = await addDutyEvent(ground, write, id, { kind: 'overdue', at: nowOf(ground) });
      if (!told.ok) throw new Error(`a duty cannot be told late: ${told.error.kind}`);
      ground.log({ event: 'rating-overdue', case: id });
    }
    return late.length;
  });
}
