/** What must hold at every moment of every run: the five properties of figure 3 of the paper, and what our answers promise. */
import { isDeepStrictEqual } from 'node:util';
import { majorityOf } from './state.ts';
import type { Machine, World } from './test-world.ts';
import type { Entry, Persistent } from './types.ts';

/** Looks at a world as it goes on. @throws Error that names the law */
export type Judge = {
  /** After anything happened to this machine. */
  look(machine: Machine): void;
  /** Whether all that live know all that is committed. */
  haveAll(): boolean;
  /** At the end, when they do. */
  lookAtEnd(): void;
  /** Entries that somebody took for committed, by index from 1. */
  agreed: readonly Entry[];
};

const same = (one: Entry | undefined, other: Entry | undefined) => one === other || (one?.term === other?.term && one?.index === other?.index && isDeepStrictEqual(one?.proposal, other?.proposal));

function must(holds: boolean, law: string): void {
  if (!holds) throw new Error(law);
}

export function createJudge(world: World): Judge {
  const leaders = new Map<number, string>();
  const votes = new Map<string, string>();
  const agreed: Entry[] = [];
  /** In which term the place was agreed on. */
  const agreedIn: number[] = [];
  const seen = new Map<string, { disk: Persistent; commit: number; told: readonly unknown[]; toldCount: number }>();
  let [answersSeen, ballotsSeen] = [0, 0];

  function lookAtDisk(machine: Machine, before: Persistent | undefined): void {
    const { disk } = machine.storage;
    must(disk.currentTerm >= (before?.currentTerm ?? 0), 'a term never goes back');
    if (disk.log === before?.log) return;
    const ids = disk.log.flatMap(({ proposal }) => (proposal === null ? [] : [proposal.id]));
    must(new Set(ids).size === ids.length, 'a wish stands in a list once');
    must(disk.log.every(({ index, term }, place) => index === place + 1 && term >= (disk.log[place - 1]?.term ?? 1)), 'a list has no gaps, and its terms never fall');
    for (const other of world.machines) {
      const theirs = other.storage.disk.log;
      let shared = Math.min(disk.log.length, theirs.length);
      while (shared > 0 && disk.log[shared - 1]?.term !== theirs[shared - 1]?.term) shared -= 1;
      must(disk.log.slice(0, shared).every((entry, place) => same(entry, theirs[place])), 'log matching: lists that share index and term are the same up to there');
    }
  }

  function lookAtCommit({ storage: { disk } }: Machine, from: number, to: number, term: number): void {
    must(to <= disk.log.length, 'what is committed is on the disk');
    for (let index = from + 1; index <= to; index += 1) {
      const entry = disk.log[index - 1];
      if (agreed.length >= index) must(same(agreed[index - 1], entry), 'state machine safety: nobody applies another entry at the same index');
      else if (entry !== undefined) {
        const holders = world.machines.filter((machine) => world.voters.includes(machine.id) && same(machine.storage.disk.log[index - 1], entry));
        must(holders.length >= majorityOf(world), 'a majority of those that vote has what is committed on its disks');
        must(entry.proposal === null || agreed.every(({ proposal }) => !(proposal?.last ?? false)), 'nothing is committed behind the last entry');
        agreed.push(entry);
        agreedIn.push(term);
      }
    }
  }

  function look(machine: Machine): void {
    const before = seen.get(machine.id);
    const { disk } = machine.storage;
    if (disk !== before?.disk) lookAtDisk(machine, before?.disk);
    const { life } = machine;
    const sameLife = life !== null && before?.told === life.told;
    const commit = sameLife ? before.commit : 0;
    if (life === null) {
      seen.set(machine.id, { disk, commit: 0, told: [], toldCount: 0 });
      return;
    }
    const status = life.node.status();
    must(status.term === disk.currentTerm && status.lastIndex === disk.log.length, 'nothing is known that is not on the disk');
    must(status.commitIndex >= commit, 'the commit index never goes back');
    lookAtCommit(machine, commit, status.commitIndex, status.term);
    if (life.told.length > (sameLife ? before.toldCount : 0) || status.commitIndex > commit) {
      const due = agreed.slice(0, status.commitIndex).flatMap(({ index, proposal }) => (proposal === null ? [] : [{ index, id: proposal.id }]));
      must(isDeepStrictEqual(life.told.map(({ index, id }) => ({ index, id })), due), 'committed entries are told in order, each once, from the beginning');
    }
    if (status.role === 'leader') {
      const known = leaders.get(status.term);
      must((known ?? machine.id) === machine.id, 'election safety: one leader a term');
      leaders.set(status.term, machine.id);
      if (known === undefined) must(agreed.every((entry, place) => (agreedIn[place] ?? 0) >= status.term || same(disk.log[place], entry)), 'leader completeness: a leader has what was committed in the terms before');
    }
    seen.set(machine.id, { disk, commit: status.commitIndex, told: life.told, toldCount: life.told.length });
    for (; ballotsSeen < world.ballots.length; ballotsSeen += 1) {
      const ballot = world.ballots[ballotsSeen];
      if (ballot === undefined) continue;
      const voter = `${ballot.by} ${ballot.term}`;
      must((votes.get(voter) ?? ballot.of) === ballot.of, 'one vote a term');
      votes.set(voter, ballot.of);
    }
    for (; answersSeen < world.answered.length; answersSeen += 1) {
      const answer = world.answered[answersSeen];
      must(answer !== undefined && agreed[answer.index - 1]?.proposal?.id === answer.id, 'what is answered as committed is committed, at that index');
    }
  }

  const haveAll = () => world.machines.every(({ life }) => life === null || life.node.status().commitIndex === agreed.length);

  return {
    agreed, look, haveAll,
    lookAtEnd() {
      for (const machine of world.machines) look(machine);
      must(haveAll(), 'all that live have all that is committed');
      for (const { life } of world.machines) {
        if (life === null) continue;
        for (const { id } of world.answered) must(life.told.filter((entry) => entry.id === id).length === 1, 'every wish that was answered is there, once');
      }
      must(world.events.every(({ event }) => event !== 'raft-contradiction'), 'nobody sees a contradiction');
    },
  };
}
