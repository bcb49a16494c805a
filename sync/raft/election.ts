/** Leader election: §5.2 and §5.4.1 of the paper, with PreVote (thesis §9.6), so that a machine that comes back from a cut with an old list does not unseat a leader. */
import type { MachineId } from '../../domain/ids.ts';
import { lead } from './replication.ts';
import { electionAt, follow, lastIndex, majorityOf, type Moment, otherVoters, type Output, type RaftState, type Step, termAt } from './state.ts';
import type { Message } from './types.ts';

type RequestVote = Extract<Message, { kind: 'request-vote' }>;
type RequestVoteAnswer = Extract<Message, { kind: 'request-vote-answer' }>;

/** The time is over: asks first who would vote for this machine. One that has no vote only notices that nobody leads. */
export function askAround(state: RaftState, moment: Moment): Step {
  if (!state.voters.includes(state.me)) return { state: { ...state, role: { kind: 'follower', leader: null, heardAt: null, electionAt: electionAt(state, moment) } }, outputs: [] };
  const asking: RaftState = { ...state, role: { kind: 'pre-candidate', granted: [state.me], electionAt: electionAt(state, moment) } };
  return majorityOf(state) === 1 ? stand(asking, moment) : { state: asking, outputs: requests(asking, true) };
}

/** A candidate of a new term, with its own vote. */
function stand(state: RaftState, moment: Moment): Step {
  const standing: RaftState = {
    ...state, currentTerm: state.currentTerm + 1, votedFor: state.me, role: { kind: 'candidate', granted: [state.me], electionAt: electionAt(state, moment) },
  };
  return majorityOf(state) === 1 ? lead(standing, moment) : { state: standing, outputs: requests(standing, false) };
}

function requests(state: RaftState, preVote: boolean): Output[] {
  const last = lastIndex(state);
  const message: Message = { kind: 'request-vote', preVote, term: state.currentTerm + (preVote ? 1 : 0), lastLogIndex: last, lastLogTerm: termAt(state, last) };
  return otherVoters(state).map((to) => ({ kind: 'send', to, message }));
}

/** A term above ours was taken over before (`raft.ts`), unless it is a PreVote's: that is the term it would have. Candidates and leaders have voted for themselves. */
export function onRequestVote(state: RaftState, from: MachineId, asked: RequestVote, moment: Moment): Step {
  const last = lastIndex(state);
  const lastTerm = termAt(state, last);
  const upToDate = asked.lastLogTerm > lastTerm || (asked.lastLogTerm === lastTerm && asked.lastLogIndex >= last);
  const voteGranted = state.voters.includes(state.me) && state.voters.includes(from) && upToDate && (asked.preVote
    ? asked.term > state.currentTerm && !hearsLeader(state, moment)
    : asked.term === state.currentTerm && (state.votedFor ?? from) === from);
  const next: RaftState = voteGranted && !asked.preVote && state.role.kind !== 'leader'
    ? { ...state, votedFor: from, role: { ...state.role, electionAt: electionAt(state, moment) } } : state;
  const message: Message = { kind: 'request-vote-answer', preVote: asked.preVote, term: state.currentTerm, asked: asked.term, voteGranted };
  return { state: next, outputs: [{ kind: 'send', to: from, message }] };
}

function hearsLeader({ role, tuning }: RaftState, { at }: Moment): boolean {
  return role.kind === 'leader' || (role.kind === 'follower' && role.heardAt !== null && at - role.heardAt < tuning.electionShortest);
}

export function onRequestVoteAnswer(state: RaftState, from: MachineId, answer: RequestVoteAnswer, moment: Moment): Step {
  const { role, currentTerm } = state;
  const [wanted, asked] = answer.preVote ? ['pre-candidate', currentTerm + 1] as const : ['candidate', currentTerm] as const;
  if (role.kind !== wanted || answer.asked !== asked || !answer.voteGranted || !state.voters.includes(from) || role.granted.includes(from)) return { state, outputs: [] };
  const next: RaftState = { ...state, role: { ...role, granted: [...role.granted, from] } };
  if (role.granted.length + 1 < majorityOf(state)) return { state: next, outputs: [] };
  return answer.preVote ? stand(next, moment) : lead(next, moment);
}

/** Back among the followers of the same term: without a majority a leader must not go on answering. */
export function stepDown(state: RaftState, moment: Moment): Step {
  return { state: follow(state, state.currentTerm, null, moment), outputs: [] };
}
