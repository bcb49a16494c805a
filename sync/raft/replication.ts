/** Log replication: §5.3 and §5.4.2 of the paper. */
import type { MachineId } from '../../domain/ids.ts';
import { follow, hasEnded, type Leader, lastIndex, leaderOf, majorityOf, type Moment, others, otherVoters, type Output, type Progress, type RaftState, type Step, termAt } from './state.ts';
import { type Contradiction, type Entry, type Message, type Proposal } from './types.ts';

type AppendEntries = Extract<Message, { kind: 'append-entries' }>;
type AppendEntriesAnswer = Extract<Message, { kind: 'append-entries-answer' }>;

/** Begins a term with its empty entry: only an entry of its own term tells a leader what of earlier terms is committed (§5.4.2, §8). */
export function lead(state: RaftState, { at }: Moment): Step {
  const last = lastIndex(state);
  const fresh: Progress = { nextIndex: last + 1, matchIndex: 0, heardAt: at, awaiting: false, toldCommit: 0 };
  const followers = new Map(others(state).map((member) => [member, fresh]));
  const leading: RaftState = {
    ...state, role: { kind: 'leader', heartbeatAt: at + state.tuning.heartbeat, followers }, log: [...state.log, { index: last + 1, term: state.currentTerm, proposal: null }],
  };
  return spread(leading);
}

/**
 * Takes proposals into the list, together, unless they stand there. A leader's list holds whatever was committed before (leader completeness, §5.4.3), so nothing is in any list twice.
 * Those without an answer among the outputs are answered once they are committed.
 */
export function onProposals(state: RaftState, proposals: readonly Proposal[]): Step {
  let next = state;
  const outputs: Output[] = [];
  for (const proposal of proposals) {
    const answer = answerNow(next, proposal.id);
    if (answer === 'waits') continue;
    if (answer !== null) outputs.push({ kind: 'answer', id: proposal.id, answer });
    else next = { ...next, log: [...next.log, { index: lastIndex(next) + 1, term: next.currentTerm, proposal }] };
  }
  if (next === state) return { state, outputs };
  const spreading = spread(next);
  return { state: spreading.state, outputs: [...outputs, ...spreading.outputs] };
}

/** `waits`: it is in the list and not committed yet; null: it is not, and may be taken. */
function answerNow(state: RaftState, id: string): Extract<Output, { kind: 'answer' }>['answer'] | 'waits' | null {
  const index = state.log.findLastIndex((entry) => entry.proposal?.id === id) + 1;
  // Whoever knows that it is committed may say so.
  if (index > 0 && index <= state.commitIndex) return { kind: 'committed', index };
  if (state.role.kind !== 'leader') return { kind: 'refused', why: 'no-leader', leader: leaderOf(state) };
  if (index > 0) return 'waits';
  return hasEnded(state) ? { kind: 'refused', why: 'list-ended', leader: state.me } : null;
}

/** Moves the commit index to where a majority stands, then sends each machine what it lacks and is not already on its way to it. */
function spread(state: RaftState): Step {
  const { role } = state;
  if (role.kind !== 'leader') return { state, outputs: [] };
  const commitIndex = agreedBy(state, role);
  const outputs: Output[] = [];
  const followers = new Map([...role.followers].map(([member, progress]) => {
    if (progress.awaiting || (progress.nextIndex > lastIndex(state) && progress.toldCommit >= commitIndex)) return [member, progress];
    const message = appendEntries({ ...state, commitIndex }, progress.nextIndex, state.tuning.mostEntries);
    outputs.push({ kind: 'send', to: member, message });
    return [member, { ...progress, awaiting: message.entries.length > 0, toldCommit: Math.min(commitIndex, message.prevLogIndex + message.entries.length) }];
  }));
  return { state: { ...state, commitIndex, role: { ...role, followers } }, outputs };
}

/** Only an entry of this term is committed by counting; those before it are with it (§5.4.2, figure 8). */
function agreedBy(state: RaftState, { followers }: Leader): number {
  const stands = [lastIndex(state), ...otherVoters(state).map((voter) => followers.get(voter)?.matchIndex ?? 0)].toSorted((one, other) => other - one);
  const agreed = stands[majorityOf(state) - 1] ?? 0;
  return agreed > state.commitIndex && termAt(state, agreed) === state.currentTerm ? agreed : state.commitIndex;
}

function appendEntries(state: RaftState, nextIndex: number, most: number): AppendEntries {
  const prevLogIndex = nextIndex - 1;
  return {
    kind: 'append-entries', term: state.currentTerm, prevLogIndex, prevLogTerm: termAt(state, prevLogIndex),
    entries: state.log.slice(prevLogIndex, prevLogIndex + most), leaderCommit: state.commitIndex,
  };
}

/** To everybody, without entries: who lost the last message says by its answer what it lacks, and a dead machine costs little. */
export function heartbeat(state: RaftState, role: Leader, { at }: Moment): Step {
  return {
    state: { ...state, role: { ...role, heartbeatAt: at + state.tuning.heartbeat } },
    outputs: [...role.followers].map(([to, { nextIndex }]) => ({ kind: 'send', to, message: appendEntries(state, nextIndex, 0) })),
  };
}

/** Whether a majority answered within an election timeout. In the half without one, who leads must stop. */
export function hearsMajority(state: RaftState, { followers }: Leader, { at }: Moment): boolean {
  const isHeard = (voter: MachineId) => at - (followers.get(voter)?.heardAt ?? -Infinity) < state.tuning.electionLongest;
  return 1 + otherVoters(state).filter(isHeard).length >= majorityOf(state);
}

/** A term above ours was taken over before (`raft.ts`). */
export function onAppendEntries(state: RaftState, from: MachineId, append: AppendEntries, moment: Moment): Step {
  const answer = (next: RaftState, said: { success: boolean; matchIndex: number; nextIndex: number }): Step => ({
    state: next, outputs: [{ kind: 'send', to: from, message: { kind: 'append-entries-answer', term: next.currentTerm, ...said } }],
  });
  if (append.term < state.currentTerm) return answer(state, { success: false, matchIndex: 0, nextIndex: 1 });
  const contradiction = (what: Contradiction): Step => ({ state, outputs: [{ kind: 'contradiction', what, from }] });
  if (state.role.kind === 'leader') return contradiction('second-leader');
  const following = follow(state, append.term, from, moment);
  const { prevLogIndex, prevLogTerm, entries } = append;
  if (prevLogIndex > lastIndex(state)) return answer(following, { success: false, matchIndex: 0, nextIndex: lastIndex(state) + 1 });
  if (termAt(state, prevLogIndex) !== prevLogTerm) return answer(following, { success: false, matchIndex: 0, nextIndex: beginOfTerm(state.log, prevLogIndex) });
  const matchIndex = prevLogIndex + entries.length;
  const changed = entries.find(({ index, term }) => termAt(state, index) !== term);
  if (changed !== undefined && changed.index <= state.commitIndex) return contradiction('committed-entry-changed');
  return answer({ ...following, log: changed === undefined ? state.log : extended(state.log, entries, changed.index), commitIndex: Math.max(state.commitIndex, Math.min(append.leaderCommit, matchIndex)) }, { success: true, matchIndex, nextIndex: matchIndex + 1 });
}

/** The index of the first entry of the term that stands at `index`: all of a term that conflicts is passed over at once (end of §5.3). */
function beginOfTerm(log: readonly Entry[], index: number): number {
  const term = log[index - 1]?.term;
  return log.findLastIndex((entry) => entry.index < index && entry.term !== term) + 2;
}

/** Only from the first entry on that conflicts or lacks is anything replaced: a message that comes late must not cut off what came with a later one. */
function extended(log: readonly Entry[], entries: readonly Entry[], from: number): readonly Entry[] {
  return [...log.slice(0, from - 1), ...entries.filter(({ index }) => index >= from)];
}

export function onAppendEntriesAnswer(state: RaftState, from: MachineId, answer: AppendEntriesAnswer, { at }: Moment): Step {
  const { role } = state;
  const known = role.kind === 'leader' ? role.followers.get(from) : undefined;
  if (role.kind !== 'leader' || known === undefined || answer.term !== state.currentTerm) return { state, outputs: [] };
  const next = answer.success ? reached(known, answer.matchIndex) : retreated(known, answer.nextIndex);
  return spread({ ...state, role: { ...role, followers: new Map(role.followers).set(from, { ...next, heardAt: at }) } });
}

/** Answers may come in any order: what once matched in this term matches for good. */
function reached(known: Progress, matchIndex: number): Progress {
  return { ...known, matchIndex: Math.max(known.matchIndex, matchIndex), nextIndex: Math.max(known.nextIndex, matchIndex + 1), awaiting: false };
}

/** An old refusal changes nothing. Without this a machine that lost its list would be asked again and again without a pause. */
function retreated(known: Progress, wanted: number): Progress {
  const nextIndex = Math.max(known.matchIndex + 1, Math.min(known.nextIndex, wanted));
  return nextIndex < known.nextIndex ? { ...known, nextIndex, awaiting: false } : known;
}
