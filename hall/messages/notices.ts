import type { Action } from '../../domain/action/types.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { NOTICES } from '../../domain/messages/notices.ts';
import type { Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { queueSms } from './sms/queue.ts';

/** Queues the texts that actions of cases ask for. The citizen's phone is the one that was handed in with the case. */
export async function queueNotices(ground: Ground, write: Write, actions: readonly Action[]): Promise<void> {
  for (const action of actions) {
    const notice = NOTICES[action.payload.kind];
    if (notice === undefined) continue;
    const row = await write.selectFrom('case_view').select(['number', 'state']).where('division', '=', ground.division).where('id', '=', action.case).executeTakeFirst();
    if (row === undefined) continue;
    const { phone } = (JSON.parse(row.state) as CaseState).handedIn;
    await queueSms(ground, write, { cause: `action/${action.id}`, notice, phone, number: row.number });
  }
}
