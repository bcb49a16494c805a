import { applyMessage, foldMessage, MessageEvent, type MessageFault, limitsOf, OPEN_MESSAGES, type MessageState } from '../../domain/messages/message.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Read, Write } from '../db/schema.ts';
import { announceMessage } from '../feeds/feed.ts';
import type { Ground } from '../ground.ts';
import { openText, sealText } from '../identity/sealed-text.ts';

/** A message's events, oldest first. */
export async function messageEvents(ground: Ground, read: Read, id: string): Promise<MessageEvent[]> {
  const rows = await read.selectFrom('message_event').select(['position', 'body']).where('division', '=', ground.division).where('message', '=', id).orderBy('position').execute();
  return rows.map(({ position, body }) => MessageEvent.parse(JSON.parse(openText(ground, 'messages', contextOf(id, position), body))));
}

/** How a kept message stands. @throws when its log does not fold, which only a change from outside can do */
export function stateOf(events: readonly MessageEvent[]): MessageState {
  const folded = foldMessage(events);
  if (!folded.ok) throw new Error(`a kept message does not fold: ${folded.error.kind}`);
  return folded.value;
}

/** Hangs one more event on a message, whose row the caller has locked or made, and writes how it stands then; the terminal it came from is told. */
export async function addMessageEvent(ground: Ground, write: Write, id: string, event: MessageEvent): Promise<Result<MessageState, MessageFault>> {
  const { division } = ground;
  const events = await messageEvents(ground, write, id);
  const next = applyMessage(events.length === 0 ? null : stateOf(events), event);
  if (!next.ok) return next;
  const { stage, owner, due, overdue, takenUp, repliedAt } = next.value;
  const position = events.length + 1;
  await write.insertInto('message_event').values({ division, message: id, position, at: event.at, kind: event.kind, body: sealText(ground, 'messages', contextOf(id, position), JSON.stringify(event)) }).execute();
  await write.updateTable('message').set({
    stage, department: owner?.department ?? null, account: owner?.account ?? null, due, overdue: overdue.length > 0, next_limit: limitsOf(next.value)[0]?.day ?? null, events: position,
    // A decision that was made has no limit any more.
    ...(takenUp === null ? {} : { decide_by: null }),
    settled_at: OPEN_MESSAGES.includes(stage) || stage === 'handed-over' ? null : repliedAt,
  }).where('division', '=', division).where('id', '=', id).execute();
  const { machine } = await write.selectFrom('message').select('machine').where('division', '=', division).where('id', '=', id).executeTakeFirstOrThrow();
  if (machine !== null) await announceMessage(write, division, machine, id);
  return ok(next.value);
}

function contextOf(id: string, position: number): string {
  return `message_event/${id}/${position}`;
}
