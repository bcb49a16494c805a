import { civilDate } from '../../domain/calendar/civil-date.ts';
import { lateOn } from '../../domain/messages/message.ts';
import { type Ground, instant, nowOf } from '../ground.ts';
import { readSettings } from '../settings/settings.ts';
import { addMessageEvent, messageEvents, stateOf } from './message-log.ts';

const DAY = 86_400_000;
/** Messages of one round; the next takes the rest. */
const ROUND = 200;

/**
 * Tells each message that went over a limit, once a limit, and closes those about which the citizen said nothing more in time.
 * Safe on two servers: a row that the other has in hand is passed by. @returns how many were told or closed
 */
export async function sweepMessages(ground: Ground): Promise<number> {
  return await tellLate(ground) + await closeQuiet(ground);
}

async function tellLate(ground: Ground): Promise<number> {
  const today = civilDate(ground.clock.now());
  return ground.db.write(async (write) => {
    const rows = await write.selectFrom('message').select('id').where('division', '=', ground.division).where('next_limit', '<', today)
      .orderBy('next_limit').limit(ROUND).forUpdate().skipLocked().execute();
    let told = 0;
    for (const { id } of rows) {
      for (const what of lateOn(stateOf(await messageEvents(ground, write, id)), today)) {
        const added = await addMessageEvent(ground, write, id, { kind: 'overdue', at: nowOf(ground), what });
        if (!added.ok) throw new Error(`a message cannot be told late: ${added.error.kind}`);
        ground.log({ event: 'message-overdue', message: id, what });
        told += 1;
      }
    }
    return told;
  });
}

async function closeQuiet(ground: Ground): Promise<number> {
  return ground.db.write(async (write) => {
    const { 'message.close': days } = await readSettings(write, ground.division);
    const rows = await write.selectFrom('message').select('id').where('division', '=', ground.division).where('stage', 'in', ['replied', 'declined', 'rated']).where('settled_at', '<', instant(ground.clock.now() - days * DAY))
      .limit(ROUND).forUpdate().skipLocked().execute();
    for (const { id } of rows) {
      const added = await addMessageEvent(ground, write, id, { kind: 'closed', at: nowOf(ground), by: null });
      if (!added.ok) throw new Error(`an answered message does not close: ${added.error.kind}`);
    }
    return rows.length;
  });
}
