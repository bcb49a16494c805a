/**
 * The words of Raft (Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", extended version, 2014), named as figure 2 of the paper names them.
 * PreVote is §9.6 of Ongaro's thesis ("Consensus: Bridging Theory and Practice", 2014).
 */
import { z } from 'zod';
import { MachineId } from '../../domain/ids.ts';

/** Entries of one AppendEntries. Full of the largest values they are under `LARGEST_MESSAGE`; a machine that was away all of a very long day needs some six hundred of them, some seconds. */
export const MOST_ENTRIES = 36;
/** Of a value's JSON, characters. A deed of the queue with all that it may hold has some 3 000, an arrangement of a large hall 16 000. */
export const LARGEST_VALUE = 20_480;

/** Terms and indexes count from 1; 0 is "before the first". */
const Count = z.int().min(0);

/**
 * What somebody wants to be agreed on.
 * @property id of the wish: brought twice, it stands in the list once
 * @property value JSON that is nothing to Raft
 * @property last it ends the list: nothing is taken behind it
 */
export const Proposal = z.strictObject({ id: z.string().min(1).max(64), value: z.unknown(), last: z.boolean() });
export type Proposal = z.infer<typeof Proposal>;

/** One place of the list. @property proposal null: the empty entry that a leader begins its term with (§8), so that what was left by earlier terms is committed */
export const Entry = z.strictObject({ index: Count.min(1), term: Count.min(1), proposal: Proposal.nullable() });
export type Entry = z.infer<typeof Entry>;

export const Message = z.discriminatedUnion('kind', [
  /** §5.2, §5.4.1. @property preVote asks only whether it would be given a vote: nobody's term moves */
  z.strictObject({ kind: z.literal('request-vote'), preVote: z.boolean(), term: Count.min(1), lastLogIndex: Count, lastLogTerm: Count }),
  /** @property term of who answers @property asked the term that was asked for */
  z.strictObject({ kind: z.literal('request-vote-answer'), preVote: z.boolean(), term: Count, asked: Count, voteGranted: z.boolean() }),
  /** §5.3. Without entries: a heartbeat. */
  z.strictObject({ kind: z.literal('append-entries'), term: Count.min(1), prevLogIndex: Count, prevLogTerm: Count, entries: z.array(Entry).max(MOST_ENTRIES), leaderCommit: Count })
    .refine(({ prevLogIndex, entries }) => entries.every(({ index }, place) => index === prevLogIndex + 1 + place), 'entries follow each other'),
  /** @property matchIndex up to here both lists are the same; of a refusal 0 @property nextIndex from where on to try again (end of §5.3) */
  z.strictObject({ kind: z.literal('append-entries-answer'), term: Count, success: z.boolean(), matchIndex: Count, nextIndex: Count }),
]);
export type Message = z.infer<typeof Message>;

/** What must outlive a power cut. `log[n]` has the index n + 1. */
export type Persistent = { readonly currentTerm: number; readonly votedFor: MachineId | null; readonly log: readonly Entry[] };

/** One change of it. @property entries replaces everything from the index `from` on; null: the list stays as it is */
export type Change = { currentTerm: number; votedFor: MachineId | null; entries: { from: number; added: readonly Entry[] } | null };

export type RaftStorage = {
  load(): Persistent;
  /** One transaction, on the disk when it returns. @throws what the store throws, and then nothing of it is kept */
  save(change: Change): void;
};

/** Brings messages to the others, or not: lost, twice, late and in another order is all allowed. Only who sent it is certain. */
export type RaftTransport = {
  send(to: MachineId, message: Message): void;
  /** @returns stops it */
  onMessage(hear: (from: MachineId, message: Message) => void): () => void;
};

/** Times in milliseconds. @property electionLongest also how long a leader leads without hearing a majority @property mostEntries of one message, at most `MOST_ENTRIES` */
export type Tuning = { heartbeat: number; electionShortest: number; electionLongest: number; mostEntries: number };

/**
 * For a LAN whose machines also do other things. A message and its fsync take 5 to 30 ms, on a slow disk under load 200; a core that lays out a paper is deaf for some 100 ms. So five heartbeats
 * in a row must be missed before anybody doubts the leader (the paper's 150–300 ms are for machines that do nothing else). A leader that dies is missed after at most 1.6 s; two of four timers fall
 * into the same 20 ms once in some twenty deaths, and then it takes one more round: 3.2 s, three rounds once in some hundreds: 4.8 s.
 */
export const LAN: Tuning = { heartbeat: 150, electionShortest: 800, electionLongest: 1600, mostEntries: MOST_ENTRIES };

/** Log events: ids and kinds only, never a value. */
export type RaftEvent =
  | { event: 'raft-role'; role: RoleName; term: number; leader: MachineId | null }
  /** Told once a term. A machine runs twice, or lost its list and came back under the same id (`README.md`): its site needs somebody. */
  | { event: 'raft-contradiction'; what: Contradiction; term: number; from: MachineId }
  /** What must be durable could not be written. This machine takes no part any more until it is opened again. */
  | { event: 'raft-halted'; why: 'full' | 'failed' }
  /** Somebody spoke who may not, or a broken member. Told at the first and then once a minute. @property count messages since it was last told */
  | { event: 'raft-message-refused'; why: Refusal; count: number };
/** Two lead in one term; or who leads wants an entry otherwise than it was committed. */
export type Contradiction = 'second-leader' | 'committed-entry-changed';
export type Refusal = 'unknown-group' | 'unknown-sender' | 'wrong-signature' | 'replayed' | 'unreadable' | 'too-large';
export type RoleName = 'follower' | 'pre-candidate' | 'candidate' | 'leader';
