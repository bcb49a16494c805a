/** The rules of Raft as one pure function: what is, and what happens, make what is next and what must be done for it. No clock, no network, no disk (`node.ts` has them). */
import type { MachineId } from '../../domain/ids.ts';
import { never } from '../../domain/result.ts';
import { askAround, onRequestVote, onRequestVoteAnswer, stepDown } from './election.ts';
import { heartbeat, hearsMajority, onAppendEntries, onAppendEntriesAnswer, onProposals } from './replication.ts';
import { electionAt, follow, lastIndex, leaderOf, majorityOf, type Moment, type Output, type RaftState, type Step } from './state.ts';
import type { Change, Entry, Message, Persistent, Proposal, RoleName, Tuning } from './types.ts';

export type Happening =
  | { kind: 'tick' }
  | { kind: 'message'; from: MachineId; message: Message }
  | { kind: 'proposals'; proposals: readonly Proposal[] };

/** In the order in which they must be done: what is sent or answered rests on what was saved before. */
export type Effect =
  | { kind: 'save'; change: Change }
  | { kind: 'role'; role: RoleName; term: number; leader: MachineId | null }
  | Output
  | { kind: 'committed'; entries: readonly Entry[] };

/** A machine that has just started, with what it had saved. What is committed it hears from whoever leads. */
export function startRaft({ me, members, voters, tuning, saved }: { me: MachineId; members: readonly MachineId[]; voters: readonly MachineId[]; tuning: Tuning; saved: Persistent }, moment: Moment): RaftState {
  // Who is alone waits for nobody.
  const due = majorityOf({ voters }) === 1 && voters.includes(me) ? moment.at : electionAt({ tuning }, moment);
  return { ...saved, me, members, voters, tuning, commitIndex: 0, role: { kind: 'follower', leader: null, heardAt: null, electionAt: due } };
}

/** When the next `tick` is due. */
export function dueAt({ role }: RaftState): number {
  return role.kind === 'leader' ? role.heartbeatAt : role.electionAt;
}

export function advance(state: RaftState, happening: Happening, moment: Moment): { state: RaftState; effects: Effect[] } {
  const { state: next, outputs } = apply(state, happening, moment);
  const change = changeOf(state, next);
  const [before, after] = [leaderOf(state), leaderOf(next)];
  const effects: Effect[] = [];
  if (change !== null) effects.push({ kind: 'save', change });
  if (state.role.kind !== next.role.kind || before !== after) effects.push({ kind: 'role', role: next.role.kind, term: next.currentTerm, leader: after });
  effects.push(...outputs);
  if (next.commitIndex > state.commitIndex) effects.push({ kind: 'committed', entries: next.log.slice(state.commitIndex, next.commitIndex) });
  return { state: next, effects };
}

function apply(state: RaftState, happening: Happening, moment: Moment): Step {
  switch (happening.kind) {
    case 'tick':
      return onTick(state, moment);
    case 'proposals':
      return onProposals(state, happening.proposals);
    case 'message':
      return onMessage(state, happening.from, happening.message, moment);
  }
}

function onTick(state: RaftState, moment: Moment): Step {
  if (moment.at < dueAt(state)) return { state, outputs: [] };
  if (state.role.kind !== 'leader') return askAround(state, moment);
  return hearsMajority(state, state.role, moment) ? heartbeat(state, state.role, moment) : stepDown(state, moment);
}

function onMessage(state: RaftState, from: MachineId, message: Message, moment: Moment): Step {
  if (!state.members.includes(from)) return { state, outputs: [] };
  // "All servers" of figure 2. A PreVote's term is only what its sender would have.
  const isWish = message.kind === 'request-vote' && message.preVote;
  const current = !isWish && message.term > state.currentTerm ? follow(state, message.term, null, moment) : state;
  switch (message.kind) {
    case 'request-vote':
      return onRequestVote(current, from, message, moment);
    case 'request-vote-answer':
      return onRequestVoteAnswer(current, from, message, moment);
    case 'append-entries':
      return onAppendEntries(current, from, message, moment);
    case 'append-entries-answer':
      return onAppendEntriesAnswer(current, from, message, moment);
    default:
      return never(message);
  }
}

/** Lists are only ever extended or cut and extended, so entries before the last that both share are the same ones. */
function changeOf(before: Persistent, after: Persistent): Change | null {
  if (before.currentTerm === after.currentTerm && before.votedFor === after.votedFor && before.log === after.log) return null;
  let same = Math.min(lastIndex(before), lastIndex(after));
  while (same > 0 && before.log[same - 1] !== after.log[same - 1]) same -= 1;
  const entries = before.log === after.log ? null : { from: same + 1, added: after.log.slice(same) };
  return { currentTerm: after.currentTerm, votedFor: after.votedFor, entries };
}
