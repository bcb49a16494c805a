import { addNaturalDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { outstanding } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { LACKING_NOTICE } from '../../domain/messages/notices.ts';
import type { Ground } from '../ground.ts';
import { queueSms } from './sms/queue.ts';

/** Days before its last one that what was promised is called to mind: a weekend lies between, whichever day it is. */
const DAYS_BEFORE = 3;
/** Cases read at once. */
const PAGE = 500;

/**
 * 容缺: reminds of what was let follow and has not come, once, three days before its day. Cases are looked through once a day: a promise has a day and no hour, and
 * nothing but the state of a case says what lacks. Two servers, or one that starts again, queue nothing twice. @returns a sweep that answers how many cases it reminded of
 */
export function createLackingSweep(): (ground: Ground) => Promise<number> {
  let done = '';
  return async (ground) => {
    const { db, division } = ground;
    const today = civilDate(ground.clock.now());
    if (done === today) return 0;
    const last = addNaturalDays(today, DAYS_BEFORE);
    let reminded = 0;
    for (let after = ''; ;) {
      const rows = await db.read.selectFrom('case_view').select(['id', 'number', 'phone', 'state']).where('division', '=', division).where('stage', '=', 'accepted').where('id', '>', after).orderBy('id').limit(PAGE).execute();
      const due = rows.flatMap(({ id, number, phone, state }) => {
        const days = outstanding(JSON.parse(state) as CaseState).map(({ by }) => by).filter((by) => by >= today && by <= last).toSorted();
        return days[0] === undefined ? [] : [{ cause: `lacking/${id}/${days[0]}`, notice: LACKING_NOTICE, phone, number }];
      });
      if (due.length > 0) await db.write((write) => queueSms(ground, write, due));
      reminded += due.length;
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE) break;
      after = end.id;
    }
    done = today;
    return reminded;
  };
}
