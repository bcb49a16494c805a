/**
 * The queue of a site as one of its machines has it: the entries that the machines agreed on, added up, and where this machine leads the ones it has just proposed. A wish is decided by the leader alone, on
 * everything that stands in its list, and answered when a majority has it: what was answered is never taken back.
 */
import { decide, type QueueWish } from '../../domain/queue/decide.ts';
import { applyEntry } from '../../domain/queue/queue.ts';
import { emptyQueue, type Queue } from '../../domain/queue/state.ts';
import { lookUp } from '../../domain/queue/trie.ts';
import { QueueEntry, type QueueRefusal, type QueueRules } from '../../domain/queue/types.ts';
import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { RaftNode } from '../../sync/raft/node.ts';
import { createTold, type Told } from '../core/told.ts';
import { mayWish } from './rights.ts';

/** How often a new leader looks whether what it found in its list is agreed on, milliseconds: two messages of a LAN. */
const LOOK = 20;

/**
 * Who wishes.
 * @property id of the wish: brought again, anywhere and as often as one likes, it is done once
 * @property account of the staff; null: a machine, or a citizen at it
 * @property manager the account is a manager's
 * @property windows that the settings let the account open; empty: any
 */
export type Wisher = { id: string; machine: MachineId | null; account: string | null; manager: boolean; windows: number[] };

export type WishFailure =
  | QueueRefusal
  | { kind: 'not-allowed' }
  /** This machine cannot decide now. `leader`: who can, as far as it knows. */
  | { kind: 'not-leading'; leader: MachineId | null }
  /** It was asked for and may come to be done or not: the same wish is to be brought again. */
  | { kind: 'unsure' };

export type SiteDesk = {
  wish(wish: QueueWish, wisher: Wisher): Promise<Result<QueueEntry, WishFailure>>;
  /** What the machines agreed on, as far as this one knows. */
  queue: Told<Queue>;
  /** All that was agreed on, in its order; the first has the place 1. */
  entries: readonly QueueEntry[];
  close(): void;
};

export function openSiteDesk({ node, rules, clock }: { node: RaftNode; rules: QueueRules; clock: Clock }): SiteDesk {
  const queue = createTold(emptyQueue(rules));
  const entries: QueueEntry[] = [];
  /** `agreed` with what this machine proposed since; null: not leading, or not yet known what was left in its list. */
  let hoped: Queue | null = null;
  let term = 0;
  /** Entries that were agreed on and did not hold, by their id: none, as long as leaders decide on all that stands before. Whoever asked for one is not told that it was done. */
  const refused = new Map<string, QueueRefusal>();

  const stop = node.onCommitted(({ id, value }) => {
    // A member of a newer program may know deeds that this one does not; what it cannot read it cannot show either, and every machine of a site runs one program.
    const entry = QueueEntry.parse(value);
    entries.push(entry);
    const applied = applyEntry(queue.get(), entry);
    // An entry that does not hold changes nothing, here as everywhere.
    if (applied.ok) queue.tell(applied.value);
    else refused.set(id, applied.error);
  });

  /** Waits until `hoped` holds all that stands in the list of this leader. @returns false: it does not lead */
  async function ready(): Promise<boolean> {
    for (;;) {
      const status = node.status();
      if (status.role !== 'leader') return false;
      if (hoped !== null && status.term === term) return true;
      if (status.commitIndex === status.lastIndex) {
        term = status.term;
        hoped = queue.get();
        return true;
      }
      await new Promise<void>((resolve) => clock.after(LOOK, resolve));
    }
  }

  return {
    queue,
    entries,
    async wish(wish, wisher) {
      const { id, machine, account } = wisher;
      if (!(await ready())) return err({ kind: 'not-leading', leader: node.status().leader });
      // From here to the proposal nothing waits: whoever comes next decides on what this wish leaves.
      const now = hoped;
      if (now === null) return err({ kind: 'unsure' });
      if (lookUp(now.seen, id) === undefined && !mayWish(now, wish, wisher)) return err({ kind: 'not-allowed' });
      const decided = decide(now, wish, { id, machine, account, at: new Date(clock.now()).toISOString() });
      if (!decided.ok) return decided;
      const applied = applyEntry(now, decided.value);
      if (!applied.ok) return applied;
      hoped = applied.value;
      const agreed = await node.propose(id, decided.value);
      if (agreed.ok) {
        const refusal = refused.get(id);
        return refusal === undefined ? ok(decided.value) : err(refusal);
      }
      hoped = null;
      return agreed.error.kind === 'no-leader' || agreed.error.kind === 'list-ended' ? err({ kind: 'not-leading', leader: agreed.error.leader }) : err({ kind: 'unsure' });
    },
    close() {
      stop();
      node.close();
    },
  };
}
