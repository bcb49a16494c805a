import { applyDuty, DutyEvent, type DutyFault, foldDuty, type Duty } from '../../domain/ratings/closure.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Read, Write } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { openText, sealText } from '../identity/sealed-text.ts';

/** A duty's events, oldest first. */
export async function dutyEvents(ground: Ground, read: Read, id: string): Promise<DutyEvent[]> {
  const rows = await read.selectFrom('rating_duty_event').select(['position', 'body']).where('division', '=', ground.division).where('case_id', '=', id).orderBy('position').execute();
  return rows.map(({ position, body }) => DutyEvent.parse(JSON.parse(openText(ground, 'ratings', contextOf(id, position), body))));
}

/**
 * Hangs one more event on a duty, whose row the caller has locked or made, and writes how it stands then.
 * @param handlers who handled the case
 */
export async function addDutyEvent(ground: Ground, write: Write, id: string, event: DutyEvent, handlers: readonly string[] = []): Promise<Result<Duty, DutyFault>> {
  const { division } = ground;
  const events = await dutyEvents(ground, write, id);
  const next = applyDuty(stateOf(events), event, handlers);
  if (!next.ok) return next;
  const { stage, excluded, overdue } = next.value;
  const position = events.length + 1;
  await write.insertInto('rating_duty_event').values({ division, case_id: id, position, at: event.at, body: sealText(ground, 'ratings', contextOf(id, position), JSON.stringify(event)) }).execute();
  await write.updateTable('rating_duty').set({ stage, overdue, events: position }).where('division', '=', division).where('case_id', '=', id).execute();
  if (event.kind === 'judged') await write.updateTable('rating').set({ excluded }).where('division', '=', division).where('case_id', '=', id).execute();
  return ok(next.value);
}

function stateOf(events: readonly DutyEvent[]): Duty | null {
  if (events.length === 0) return null;
  const folded = foldDuty(events);
  if (!folded.ok) throw new Error(`a kept duty does not fold: ${folded.error.kind}`);
  return folded.value;
}

function contextOf(id: string, position: number): string {
  return `rating_duty_event/${id}/${position}`;
}
