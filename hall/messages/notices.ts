import type { Action } from '../../domain/action/types.ts';
import { NOTICES } from '../../domain/messages/notices.ts';
import type { Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { queueSms } from './sms/queue.ts';

/** Queues the texts that actions of cases ask for. The citizen's phone is the one that was handed in with the case. */
export async function queueNotices(ground: Ground, write: Write, actions: readonly Action[]): Promise<void> {
  const told = actions.flatMap(({ id, case: of, payload }) => {
    const notice = NOTICES[payload.kind];
    return notice === undefined ? [] : [{ id, of, notice }];
  });
  if (told.length === 0) return;
  const rows = await write.selectFrom('case_view').select(['id', 'number', 'phone']).where('division', '=', ground.division).where('id', '=', ({ fn, val }) => fn.any(val(told.map(({ of }) => of)))).execute();
  const cases = new Map(rows.map((row) => [row.id, row]));
  await queueSms(ground, write, told.flatMap(({ id, of, notice }) => {
    const known = cases.get(of);
    return known === undefined ? [] : [{ cause: `action/${id}`, notice, phone: known.phone, number: known.number }];
  }));
}
