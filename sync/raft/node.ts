import type { MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../store/index.ts';
import { advance, dueAt, type Effect, type Happening, startRaft } from './raft.ts';
import { hasEnded, lastIndex, leaderOf, roleName } from './state.ts';
import { type Entry, LAN, LARGEST_VALUE, type Proposal, type RaftEvent, type RaftStorage, type RaftTransport, type RoleName, type Tuning } from './types.ts';

/** Why a proposal has no answer "committed". `leader`: who leads as far as this machine knows. */
export type ProposeFailure =
  /** This machine does not lead, and took nothing. */
  | { kind: 'no-leader'; leader: MachineId | null }
  /** It led and does no longer: the entry may come to be committed or not. The same id may be proposed again wherever there is a leader. */
  | { kind: 'lost-leadership'; leader: MachineId | null }
  /** The list has its last entry. Took nothing. */
  | { kind: 'list-ended'; leader: MachineId | null }
  /** The node was closed or has halted; as with lost leadership, the entry may come to be committed. */
  | { kind: 'closed'; leader: null };

/** An entry that a majority has, in the order of the list. Indexes rise and have gaps: empty entries are Raft's own. */
export type Committed = { index: number; id: string; value: unknown; last: boolean };

/** @property lastIndex of this machine's own list @property ended its last entry stands in it @property behind others that do not have all of the list, as a leader knows; empty on other machines */
export type RaftStatus = { role: RoleName | 'halted' | 'closed'; term: number; leader: MachineId | null; commitIndex: number; lastIndex: number; ended: boolean; behind: readonly MachineId[] };

export type RaftNode = {
  /**
   * Answers when it is committed: no machine's death and no cut loses it then. At the latest after an election timeout without a majority it answers that leadership is lost.
   * @param id of the wish: of one id one entry is committed, the one that came first
   * @param value JSON of at most `LARGEST_VALUE` characters
   * @throws RangeError when it is larger
   */
  propose(id: string, value: unknown): Promise<Result<{ index: number }, ProposeFailure>>;
  /** The same, and nothing is taken behind it. */
  proposeLast(id: string, value: unknown): Promise<Result<{ index: number }, ProposeFailure>>;
  /** Tells every committed entry in order, each once: those of before now, the others as they come. @returns stops it */
  onCommitted(hear: (entry: Committed) => void): () => void;
  status(): RaftStatus;
  /** Idempotent. What waits is answered `closed`. */
  close(): void;
};

/** @property members all of them, this one too; the same on every machine @property voters of whom a majority is counted; all, unless it is said @property random 0 ≤ x < 1 */
export type RaftSettings = {
  me: MachineId; members: readonly MachineId[]; voters?: readonly MachineId[]; clock: Clock; storage: RaftStorage; transport: RaftTransport; random(): number; log(event: RaftEvent): void; tuning?: Tuning;
};

/** One member of one list, running. */
export function openRaftNode({ me, members, voters = members, clock, storage, transport, random, log, tuning = LAN }: RaftSettings): RaftNode {
  if (!members.includes(me) || new Set(members).size !== members.length) throw new RangeError('a machine is once among the members of its site');
  if (voters.length === 0 || !voters.every((voter) => members.includes(voter))) throw new RangeError('who votes is a member');
  const moment = () => ({ at: clock.monotonic(), chance: random() });
  let state = startRaft({ me, members, voters, tuning, saved: storage.load() }, moment());
  let ending: 'halted' | 'closed' | null = null;
  const waiting = new Map<string, ((answer: Result<{ index: number }, ProposeFailure>) => void)[]>();
  const listeners = new Set<(entry: Committed) => void>();
  const inbox: Happening[] = [];
  let arrived: Proposal[] = [];
  let working = false;
  /** Of the last entry that listeners were told, or that is Raft's own. */
  let lastApplied = 0;
  let toldOf = { what: '', term: 0 };
  let [cancelTimer, cancelTaking] = [() => {}, () => {}];

  /** One after another: what an effect leads to waits until the effects before it are done. */
  function happen(happening: Happening): void {
    if (ending !== null) return;
    inbox.push(happening);
    if (working) return;
    working = true;
    try {
      for (let next = inbox.shift(); next !== undefined && ending === null; next = inbox.shift()) take(next);
    } finally {
      working = false;
    }
    setTimer();
  }

  /** All of one turn in one save: a hundred that come together would keep a leader from its heartbeats for a hundred fsyncs. */
  function takeArrived(): void {
    const proposals = arrived;
    arrived = [];
    happen({ kind: 'proposals', proposals });
  }

  function take(happening: Happening): void {
    const { state: next, effects } = advance(state, happening, moment());
    state = next;
    for (const effect of effects) {
      if (ending === null) perform(effect);
    }
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'save':
        return save(() => storage.save(effect.change));
      case 'send':
        return transport.send(effect.to, effect.message);
      case 'role':
        log({ event: 'raft-role', role: effect.role, term: effect.term, leader: effect.leader });
        return effect.role === 'leader' ? undefined : answerAll(err({ kind: 'lost-leadership', leader: effect.leader }));
      case 'answer': {
        const { answer } = effect;
        return settle(effect.id, answer.kind === 'committed' ? ok({ index: answer.index }) : err({ kind: answer.why, leader: answer.leader }));
      }
      case 'contradiction':
        if (toldOf.what === effect.what && toldOf.term === state.currentTerm) return;
        toldOf = { what: effect.what, term: state.currentTerm };
        return log({ event: 'raft-contradiction', what: effect.what, term: state.currentTerm, from: effect.from });
      case 'committed':
        return tell(effect.entries);
    }
  }

  /** What could not be saved must not be acted on, and memory is ahead of the disk now: this machine takes no part until it is opened anew. */
  function save(write: () => void): void {
    try {
      write();
    } catch (cause) {
      end('halted');
      log({ event: 'raft-halted', why: isFull(cause) ? 'full' : 'failed' });
      if (!isFull(cause)) throw cause;
    }
  }

  function tell(entries: readonly Entry[]): void {
    for (const entry of entries) {
      // Before anybody is told: who begins to listen meanwhile is told this one there, and the next ones here.
      lastApplied = entry.index;
      const said = committed(entry);
      if (said === null) continue;
      const hearing = [...listeners];
      settle(said.id, ok({ index: said.index }));
      for (const hear of hearing) hear(said);
    }
  }

  function settle(id: string, answer: Result<{ index: number }, ProposeFailure>): void {
    const those = waiting.get(id) ?? [];
    waiting.delete(id);
    for (const resolve of those) resolve(answer);
  }
  function answerAll(answer: Result<never, ProposeFailure>): void {
    for (const id of [...waiting.keys()]) settle(id, answer);
  }

  function setTimer(): void {
    cancelTimer();
    if (ending === null) cancelTimer = clock.after(Math.max(0, dueAt(state) - clock.monotonic()), () => happen({ kind: 'tick' }));
  }

  function end(how: 'halted' | 'closed'): void {
    if (ending === null) stopHearing();
    ending = how;
    cancelTimer();
    cancelTaking();
    answerAll(err({ kind: 'closed', leader: null }));
  }

  function propose(id: string, value: unknown, last: boolean): Promise<Result<{ index: number }, ProposeFailure>> {
    if (ending !== null) return Promise.resolve(err({ kind: 'closed', leader: null }));
    const text = JSON.stringify(value);
    if (text === undefined || text.length > LARGEST_VALUE) throw new RangeError(`a value of ${text?.length ?? 'no'} characters of JSON cannot be agreed on`);
    // As the others will have it, and as nobody can change it any more.
    arrived.push({ id, value: JSON.parse(text), last });
    if (arrived.length === 1) cancelTaking = clock.after(0, takeArrived);
    return new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
  }

  const stopHearing = transport.onMessage((from, message) => happen({ kind: 'message', from, message }));
  setTimer();

  return {
    propose: (id, value) => propose(id, value, false),
    proposeLast: (id, value) => propose(id, value, true),
    onCommitted(hear) {
      for (const entry of state.log.slice(0, lastApplied)) {
        const said = committed(entry);
        if (said !== null) hear(said);
      }
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    status() {
      const { role } = state;
      const behind = role.kind === 'leader' ? [...role.followers].filter(([, { matchIndex }]) => matchIndex < lastIndex(state)).map(([member]) => member) : [];
      return { role: ending ?? roleName(state), term: state.currentTerm, leader: ending === null ? leaderOf(state) : null, commitIndex: state.commitIndex, lastIndex: lastIndex(state), ended: hasEnded(state), behind };
    },
    close() {
      if (ending !== 'closed') end('closed');
    },
  };
}

function committed({ index, proposal }: Entry): Committed | null {
  return proposal === null ? null : { index, id: proposal.id, value: proposal.value, last: proposal.last };
}
