import type { MachineId } from '../../domain/ids.ts';
import type { Contradiction, Message, Persistent, RoleName, Tuning } from './types.ts';

/** What a leader knows of another machine. @property heardAt of its last answer @property awaiting an AppendEntries with entries is unanswered @property toldCommit what it was told is committed */
export type Progress = { readonly nextIndex: number; readonly matchIndex: number; readonly heardAt: number; readonly awaiting: boolean; readonly toldCommit: number };

/**
 * | role | meanwhile | next |
 * |---|---|---|
 * | follower | takes entries from the leader; votes | pre-candidate, when it heard none for an election timeout |
 * | pre-candidate | asks who would vote for it; its term stays | candidate, with a majority; follower, of a leader or a higher term |
 * | candidate | asks for votes in a new term | leader, with a majority; follower; pre-candidate, when the time is over |
 * | leader | takes proposals, copies them to the others | follower, of a higher term or without a majority for an election timeout |
 *
 * Times are milliseconds of a clock that never goes back. `heardAt`: of the leader's last message; null: none since the term began or the machine started.
 */
export type Role =
  | { readonly kind: 'follower'; readonly leader: MachineId | null; readonly heardAt: number | null; readonly electionAt: number }
  | { readonly kind: 'pre-candidate' | 'candidate'; readonly granted: readonly MachineId[]; readonly electionAt: number }
  | { readonly kind: 'leader'; readonly heartbeatAt: number; readonly followers: ReadonlyMap<MachineId, Progress> };
export type Leader = Extract<Role, { kind: 'leader' }>;

export type RaftState = Persistent & {
  readonly me: MachineId;
  /** All of them, this one too. The same on every machine, for the whole list. */
  readonly members: readonly MachineId[];
  /** Those of them that a majority is counted of, and that may lead. The others keep the list and follow: a terminal that is off in the morning holds nobody up. */
  readonly voters: readonly MachineId[];
  readonly tuning: Tuning;
  readonly commitIndex: number;
  readonly role: Role;
};

/** When something happens. @property chance 0 ≤ x < 1, drawn anew for each event: an election timeout may be made of it */
export type Moment = { readonly at: number; readonly chance: number };

/** What the rules want sent or said. What must be saved, and what is committed, follows from the states before and after. */
export type Output =
  | { kind: 'send'; to: MachineId; message: Message }
  | { kind: 'answer'; id: string; answer: { kind: 'committed'; index: number } | { kind: 'refused'; why: 'no-leader' | 'list-ended'; leader: MachineId | null } }
  /** What cannot be between machines that keep what they saved; the message is not followed. */
  | { kind: 'contradiction'; what: Contradiction; from: MachineId };
export type Step = { readonly state: RaftState; readonly outputs: readonly Output[] };

export const majorityOf = ({ voters }: Pick<RaftState, 'voters'>): number => Math.floor(voters.length / 2) + 1;
export const otherVoters = ({ me, voters }: RaftState): MachineId[] => voters.filter((voter) => voter !== me);
export const others = ({ me, members }: RaftState): MachineId[] => members.filter((member) => member !== me);
export const lastIndex = ({ log }: Persistent): number => log.length;
export const termAt = ({ log }: Persistent, index: number): number => log[index - 1]?.term ?? 0;
export const roleName = ({ role }: RaftState): RoleName => role.kind;

export function leaderOf({ me, role }: RaftState): MachineId | null {
  return role.kind === 'leader' ? me : role.kind === 'follower' ? role.leader : null;
}

/** Whether nothing is taken any more. Behind the last proposal there may be empty entries of later terms. */
export function hasEnded({ log }: Persistent): boolean {
  return log.findLast(({ proposal }) => proposal !== null)?.proposal?.last ?? false;
}

/** When an election begins, if nothing is heard: drawn anew each time, so that two seldom begin at once (§5.2). */
export function electionAt({ tuning }: Pick<RaftState, 'tuning'>, { at, chance }: Moment): number {
  return at + tuning.electionShortest + chance * (tuning.electionLongest - tuning.electionShortest);
}

/** As a follower of this term, or of a later one, in which nobody has its vote yet. */
export function follow(state: RaftState, term: number, leader: MachineId | null, moment: Moment): RaftState {
  const votedFor = term > state.currentTerm ? null : state.votedFor;
  // Who learns of a later term by a message does not wait longer for it: the term may have no leader.
  const due = leader === null && state.role.kind === 'follower' ? state.role.electionAt : electionAt(state, moment);
  return { ...state, currentTerm: term, votedFor, role: { kind: 'follower', leader, heardAt: leader === null ? null : moment.at, electionAt: due } };
}
