import { applyEntry } from '../../domain/queue/queue.ts';
import { emptyQueue, type Queue } from '../../domain/queue/state.ts';
import { type QueueEntry, QueueRules } from '../../domain/queue/types.ts';

/** The entries of a day that hold, with their place in its list and the queue as each left it. One that changes nothing was wished twice, and is passed over. */
export function* heldEntries(rules: string, entries: readonly QueueEntry[]): Generator<{ place: number; entry: QueueEntry; queue: Queue }> {
  let queue = emptyQueue(QueueRules.parse(JSON.parse(rules)));
  for (const [index, entry] of entries.entries()) {
    const applied = applyEntry(queue, entry);
    if (!applied.ok || applied.value === queue) continue;
    queue = applied.value;
    yield { place: index + 1, entry, queue };
  }
}
