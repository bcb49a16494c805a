import type { ChainHead } from '../../domain/action/chain.ts';
import type { Payload } from '../../domain/action/payload.ts';
import type { Action, ItemReference } from '../../domain/action/types.ts';
import { applyAction, foldCase } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { QuarantineReason } from '../../domain/contracts/hall.ts';
import type { Item } from '../../domain/item/types.ts';
import type { ActionId, CaseId, Hash, MachineId } from '../../domain/ids.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { type GivenLease, isLeased } from '../leases/leases.ts';
import type { Entry, Link } from './entry.ts';

/** A stored action with this id. `receivedAt` is null when it stands earlier in the same batch, `reason` when it was applied. */
export type KnownAction = { hash: Hash; receivedAt: string | null; reason: QuarantineReason | null };
/** A case as it stands, and how many actions made it. */
export type PlannedCase = { machine: MachineId; state: CaseState; actions: number; item: Item };

/** Where a machine's chain stands, and what of a batch it holds already. */
export type Places = { head: ChainHead; known: ReadonlyMap<ActionId, KnownAction> };

/** Everything the database says that an action is judged by. */
export type Ledger = {
  cases: ReadonlyMap<CaseId, PlannedCase>;
  /** Cases with an action that the hall's program failed on: what comes later in them waits behind it, so that their order is kept. */
  faulted: ReadonlySet<CaseId>;
  /** Numbers of the batch that some case already has. */
  taken: ReadonlySet<string>;
  leases: readonly GivenLease[];
  item(reference: ItemReference): Item | null;
};

/** Everything that a batch is judged by. */
export type Snapshot = Places & Ledger;

export type Verdict =
  /** Applied: it becomes part of its case. */
  | { kind: 'applied'; action: Action; text: string; position: number }
  /** Authentic and in its place, but not applicable: stored, marked, and the chain goes on. */
  | { kind: 'set-aside'; link: Link; action: Action | null; text: string; reason: QuarantineReason }
  /** Not stored in the chain: only the quarantine keeps it. */
  | { kind: 'kept-out'; authentic: boolean; id: string | null; sequence: number | null; text: string; reason: QuarantineReason }
  /** Came before. `again`: what was answered then. */
  | { kind: 'repeated'; link: Link; known: KnownAction };

/** `cases` that changed, as they are afterwards; `last` is the action that each was changed by last. */
export type Plan = { verdicts: Verdict[]; head: ChainHead; cases: Map<CaseId, PlannedCase>; last: Map<CaseId, Action> };

/** What terminals may say; the rest is the hall's to decide, whoever signs it. */
const TERMINAL_KINDS: ReadonlySet<Payload['kind']> = new Set<Payload['kind']>(['handed-in', 'supplemented', 'withdrawn', 'rated', 'result-printed']);

/**
 * Judges a machine's entries in their order. Pure: what it says is written by the caller or not at all.
 *
 * The chain goes on after an authentic action that could not be applied, so nothing behind it is blocked. It does not go on over an entry that nobody
 * vouches for or that does not fit on: what follows is answered `chain-gap` until the missing one comes.
 */
export function planBatch(machine: MachineId, entries: readonly Entry[], snapshot: Snapshot): Plan {
  return plan(entries, snapshot, createJudge(machine, snapshot));
}

/** Gives entries their places in the chain and applies none of them, whatever they say. */
export function planAside(entries: readonly Entry[], places: Places, reason: QuarantineReason): Plan {
  return plan(entries, places, () => reason);
}

/** The case as it is after an action, or why the action cannot be applied. */
export type Judge = (action: Action) => PlannedCase | QuarantineReason;

function plan(entries: readonly Entry[], { head, known: before }: Places, judge: Judge): Plan {
  const known = new Map(before);
  const made: Plan = { verdicts: [], head, cases: new Map(), last: new Map() };
  for (const entry of entries) made.verdicts.push(verdictOn(entry));
  return made;

  function verdictOn(entry: Entry): Verdict {
    if (entry.kind === 'refused') return { kind: 'kept-out', authentic: false, ...entry.claims, text: entry.text, reason: entry.reason };
    const { link, action, text } = entry;
    const earlier = known.get(link.id);
    if (earlier !== undefined && earlier.hash === link.hash) return { kind: 'repeated', link, known: earlier };
    const misplaced = earlier !== undefined ? 'chain-fork' : placeFault(link, made.head);
    if (misplaced !== null) return { kind: 'kept-out', authentic: true, id: link.id, sequence: link.sequence, text, reason: misplaced };
    made.head = { sequence: link.sequence, hash: link.hash };
    const judged = action === null ? 'malformed' as const : judge(action);
    if (typeof judged === 'string' || action === null) {
      const reason = typeof judged === 'string' ? judged : 'malformed';
      known.set(link.id, { hash: link.hash, receivedAt: null, reason });
      return { kind: 'set-aside', link, action, text, reason };
    }
    made.cases.set(action.case, judged);
    made.last.set(action.case, action);
    known.set(link.id, { hash: link.hash, receivedAt: null, reason: null });
    return { kind: 'applied', action, text, position: judged.actions };
  }
}

/** Judges one action after another; each is judged by what those before it made of their cases. */
export function createJudge(machine: MachineId, ledger: Ledger): Judge {
  const cases = new Map(ledger.cases);
  const taken = new Set(ledger.taken);
  return (action) => {
    const judged = judge(action);
    if (typeof judged !== 'string') cases.set(action.case, judged);
    return judged;
  };

  function judge(action: Action): PlannedCase | QuarantineReason {
    const { payload } = action;
    if (!TERMINAL_KINDS.has(payload.kind)) return 'illegal-transition';
    if (ledger.faulted.has(action.case)) return 'hall-fault';
    const current = cases.get(action.case);
    if (payload.kind === 'handed-in') {
      const item = ledger.item(action.item);
      if (item === null) return 'unknown-item';
      if (current !== undefined) return 'illegal-transition';
      const { value, provisional } = payload.number;
      const own = provisional ? isProvisionalOf(machine, value) : isLeased(value, action.sequence, ledger.leases);
      if (!own || taken.has(value)) return 'number-not-leased';
      const state = foldCase([action]);
      if (!state.ok) return 'illegal-transition';
      taken.add(value);
      return { machine, state: state.value, actions: 1, item };
    }
    if (current === undefined) return 'illegal-transition';
    // A terminal speaks for the cases handed in at it and for no other.
    if (current.machine !== machine) return 'wrong-machine';
    if (action.item.code !== current.state.item.code || action.item.version !== current.state.item.version) return 'illegal-transition';
    const next = applyAction(current.state, action);
    return next.ok ? { ...current, state: next.value, actions: current.actions + 1 } : 'illegal-transition';
  }
}

function isProvisionalOf(machine: MachineId, value: string): boolean {
  const serial = Number(value.split('-').at(-1));
  return Number.isSafeInteger(serial) && serial >= 0 && value === provisionalNumber(machine, serial);
}

function placeFault(link: Link, head: ChainHead): Extract<QuarantineReason, 'chain-gap' | 'chain-fork'> | null {
  if (link.sequence > head.sequence + 1) return 'chain-gap';
  // Its place is taken, or it hangs on another past than the one we hold.
  return link.sequence <= head.sequence || link.previous !== head.hash ? 'chain-fork' : null;
}
