import { describe, expect, test } from 'vitest';
import { MachineId } from '../../domain/ids.ts';
import { advance, type Effect, startRaft } from './raft.ts';
import type { RaftState } from './state.ts';
import { type Entry, LAN, type Message, type Persistent } from './types.ts';

const [A, B, C, D, E] = [1, 2, 3, 4, 5].map((place) => MachineId.parse(`T330624-000${place}`)) as [MachineId, MachineId, MachineId, MachineId, MachineId];

/** A list by the terms of its entries, as the paper draws them. */
const list = (...terms: number[]): Entry[] => terms.map((term, place) => ({ index: place + 1, term, proposal: { id: `${term}.${place + 1}`, value: null, last: false } }));
const saved = (currentTerm: number, log: Entry[] = [], votedFor: MachineId | null = null): Persistent => ({ currentTerm, votedFor, log });
const start = (from: Persistent, members: MachineId[] = [A, B, C], at = 0) => startRaft({ me: A, members, voters: members, tuning: LAN, saved: from }, { at, chance: 0 });

/** Plays events one after another; keeps the last step's effects. */
function play(state: RaftState, ...events: ({ at: number } & ({ from: MachineId; message: Message } | { tick: true } | { wish: string; last?: boolean }))[]): { state: RaftState; effects: Effect[] } {
  let now: { state: RaftState; effects: Effect[] } = { state, effects: [] };
  for (const event of events) {
    const happening = 'tick' in event ? { kind: 'tick' as const } : 'wish' in event ? { kind: 'proposals' as const, proposals: [{ id: event.wish, value: 1, last: event.last ?? false }] } : { kind: 'message' as const, from: event.from, message: event.message };
    now = advance(now.state, happening, { at: event.at, chance: 0 });
  }
  return now;
}
const sent = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.kind === 'send' ? [effect.message] : []));

const ask = (term: number, lastLogIndex = 0, lastLogTerm = 0, preVote = false): Message => ({ kind: 'request-vote', preVote, term, lastLogIndex, lastLogTerm });
const give = (term: number, preVote = false): Message => ({ kind: 'request-vote-answer', preVote, term: preVote ? term - 1 : term, asked: term, voteGranted: true });
const append = (term: number, prevLogIndex: number, prevLogTerm: number, entries: Entry[], leaderCommit = 0): Message => ({ kind: 'append-entries', term, prevLogIndex, prevLogTerm, entries, leaderCommit });
const matched = (term: number, matchIndex: number): Message => ({ kind: 'append-entries-answer', term, success: true, matchIndex, nextIndex: matchIndex + 1 });
/** From a follower to a leader of three, at 800 milliseconds. */
const lead = (from: Persistent) => play(start(from), { at: 800, tick: true }, { at: 800, from: B, message: give(from.currentTerm + 1, true) }, { at: 800, from: B, message: give(from.currentTerm + 1) });

describe('elections', () => {
  test('a vote is saved before it is given, and given once a term', () => {
    const first = play(start(saved(4)), { at: 1, from: B, message: ask(5) });
    expect(first.effects.map(({ kind }) => kind)).toEqual(['save', 'send']);
    expect(first.effects[0]).toEqual({ kind: 'save', change: { currentTerm: 5, votedFor: B, entries: null } });
    expect(sent(play(first.state, { at: 2, from: C, message: ask(5) }).effects)).toMatchObject([{ voteGranted: false }]);
    // The same, asked again because the answer was lost.
    expect(sent(play(first.state, { at: 2, from: B, message: ask(5) }).effects)).toMatchObject([{ voteGranted: true }]);
  });
  test.each([
    ['a higher last term', 2, 5, true], ['the same list', 3, 4, true], ['a longer one', 4, 4, true], ['a shorter one', 2, 4, false], ['a lower last term, however long', 9, 3, false],
  ])('whoever has %s gets the vote or not (§5.4.1)', (_, lastLogIndex, lastLogTerm, voteGranted) => {
    for (const preVote of [true, false]) expect(sent(play(start(saved(4, list(1, 1, 4))), { at: 1, from: B, message: ask(6, lastLogIndex, lastLogTerm, preVote) }).effects)).toMatchObject([{ voteGranted }]);
  });
  test('a wish for a vote moves nobody: no term, no timer, nothing saved; and not while a leader is heard', () => {
    const follower = start(saved(4));
    const asked = play(follower, { at: 700, from: B, message: ask(9, 0, 0, true) });
    expect(asked).toEqual({ state: follower, effects: [{ kind: 'send', to: B, message: { kind: 'request-vote-answer', preVote: true, term: 4, asked: 9, voteGranted: true } }] });
    const heard = play(follower, { at: 700, from: C, message: append(4, 0, 0, []) }).state;
    expect(sent(play(heard, { at: 1499, from: B, message: ask(9, 0, 0, true) }).effects)).toMatchObject([{ voteGranted: false }]);
    expect(sent(play(heard, { at: 1500, from: B, message: ask(9, 0, 0, true) }).effects)).toMatchObject([{ voteGranted: true }]);
  });
  test('without a majority that would vote, the term stays; with one, it becomes a candidate, then leads', () => {
    const asking = play(start(saved(4), [A, B, C, D, E]), { at: 800, tick: true });
    expect([asking.state.role.kind, asking.state.currentTerm, asking.effects.some(({ kind }) => kind === 'save')]).toEqual(['pre-candidate', 4, false]);
    const one = play(asking.state, { at: 801, from: B, message: give(5, true) }, { at: 802, from: B, message: give(5, true) });
    expect(one.state.role.kind).toBe('pre-candidate');
    const two = play(one.state, { at: 803, from: C, message: give(5, true) });
    expect([two.state.role.kind, two.state.currentTerm, two.state.votedFor, two.effects[0]?.kind]).toEqual(['candidate', 5, A, 'save']);
    // Votes of another term are not counted, and nobody's twice.
    const three = play(two.state, { at: 804, from: B, message: give(4) }, { at: 805, from: C, message: give(5) }, { at: 806, from: C, message: give(5) });
    expect(three.state.role.kind).toBe('candidate');
    expect(play(three.state, { at: 807, from: E, message: give(5) }).state.role.kind).toBe('leader');
  });
  test('whoever hears of a higher term follows it', () => {
    expect(lead(saved(4)).state.role.kind).toBe('leader');
    const unseated = play(lead(saved(4)).state, { at: 900, from: C, message: { kind: 'append-entries-answer', term: 7, success: false, matchIndex: 0, nextIndex: 1 } });
    expect([unseated.state.role.kind, unseated.state.currentTerm, unseated.state.votedFor]).toEqual(['follower', 7, null]);
  });
  test('a site of one machine leads at once, and commits what it has saved', () => {
    const alone = play(start(saved(0), [A]), { at: 0, tick: true }, { at: 5, wish: 'first' });
    expect(alone.effects.map(({ kind }) => kind)).toEqual(['save', 'committed']);
    expect([alone.state.commitIndex, alone.state.currentTerm]).toEqual([2, 1]);
  });
});

describe('the list', () => {
  test('an entry that conflicts goes with all behind it; one that comes late cuts off nothing (§5.3)', () => {
    const follower = start(saved(3, list(1, 1, 2, 2)));
    const mended = play(follower, { at: 1, from: B, message: append(3, 2, 1, list(1, 1, 3).slice(2)) });
    expect(mended.state.log.map(({ term }) => term)).toEqual([1, 1, 3]);
    expect(mended.effects[0]).toMatchObject({ kind: 'save', change: { entries: { from: 3, added: [{ term: 3 }] } } });
    expect(sent(mended.effects)).toMatchObject([{ success: true, matchIndex: 3 }]);
    const late = play(follower, { at: 1, from: B, message: append(3, 0, 0, list(1, 1), 4) });
    expect([late.state.log.length, late.state.commitIndex]).toEqual([4, 2]);
  });
  test.each([
    ['figure 7 (a): one is missing', list(1, 1, 1, 4, 4, 5, 5, 6, 6), 10], ['figure 7 (b): many are missing', list(1, 1, 1, 4), 5], ['figure 7 (e): two more of a term than the leader', list(1, 1, 1, 4, 4, 4, 4), 8], ['figure 7 (f): terms that nobody else has', list(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3), 7],
  ])('where to try again after a refusal, %s', (_, log, nextIndex) => {
    const prevLogIndex = 10;
    expect(sent(play(start(saved(7, log)), { at: 1, from: B, message: append(8, prevLogIndex, 6, []) }).effects)).toEqual([{ kind: 'append-entries-answer', term: 8, success: false, matchIndex: 0, nextIndex }]);
  });
  test('what an earlier term left is committed by an entry of this term, never by counting (figure 8)', () => {
    // S1 of the figure leads again in term 4, and its entry of term 2 comes to a majority: (c).
    const leader = lead(saved(3, list(1, 2)));
    expect(leader.state.log.map(({ term }) => term)).toEqual([1, 2, 4]);
    const counted = play(leader.state, { at: 810, from: B, message: matched(4, 2) });
    expect(counted.state.commitIndex).toBe(0);
    const own = play(counted.state, { at: 820, from: B, message: matched(4, 3) });
    expect(own.effects.find(({ kind }) => kind === 'committed')).toMatchObject({ entries: [{ index: 1 }, { index: 2 }, { index: 3, proposal: null }] });
  });
  test('what was answered in an earlier term is not counted in this one', () => {
    // Of a list that has been cut off since: nobody has that entry now.
    expect(play(lead(saved(3, list(1, 2))).state, { at: 810, from: B, message: matched(3, 3) }).state.commitIndex).toBe(0);
  });
  test('a wish stands in it once; behind the last one nothing is taken', () => {
    const leader = play(lead(saved(3, list(1))).state, { at: 900, wish: 'one' }, { at: 901, wish: 'one' });
    expect([leader.state.log.length, leader.effects]).toEqual([3, []]);
    const done = play(leader.state, { at: 902, from: B, message: matched(4, 3) }, { at: 903, wish: 'one' });
    expect(done.effects).toEqual([{ kind: 'answer', id: 'one', answer: { kind: 'committed', index: 3 } }]);
    const ended = play(done.state, { at: 904, wish: 'end', last: true }, { at: 905, wish: 'two' });
    expect(ended.effects).toEqual([{ kind: 'answer', id: 'two', answer: { kind: 'refused', why: 'list-ended', leader: A } }]);
  });
  test('who follows says who leads', () => {
    expect(play(start(saved(3)), { at: 1, from: B, message: append(3, 0, 0, []) }, { at: 2, wish: 'one' }).effects).toEqual([{ kind: 'answer', id: 'one', answer: { kind: 'refused', why: 'no-leader', leader: B } }]);
    expect(play(start(saved(3)), { at: 2, wish: 'one' }).effects).toMatchObject([{ answer: { leader: null } }]);
  });
  test('a machine that lost its list is not asked without a pause, and what it answers unsays nothing', () => {
    const leader = play(lead(saved(3, list(1, 1))).state, { at: 810, from: B, message: matched(4, 3) });
    const forgot = play(leader.state, { at: 820, from: B, message: { kind: 'append-entries-answer', term: 4, success: false, matchIndex: 0, nextIndex: 1 } });
    expect([forgot.effects, forgot.state.commitIndex]).toEqual([[], 3]);
  });
});

describe('a leader', () => {
  test('asks an unreachable machine for nothing but a sign of life, and sends what it lacks when it answers', () => {
    const leader = play(lead(saved(0)).state, { at: 810, from: B, message: matched(1, 1) }, { at: 820, wish: 'one' });
    expect(leader.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.to] : []))).toEqual([B]);
    const beat = play(leader.state, { at: 950, tick: true });
    expect(sent(beat.effects)).toMatchObject([{ prevLogIndex: 1, entries: [] }, { prevLogIndex: 0, entries: [] }]);
    expect(sent(play(beat.state, { at: 960, from: C, message: matched(1, 0) }).effects)).toMatchObject([{ entries: [{ index: 1 }, { index: 2 }] }]);
  });
  test('steps down when no majority was heard for an election timeout', () => {
    const leader = lead(saved(0)).state;
    expect(play(leader, { at: 2399, tick: true }).state.role.kind).toBe('leader');
    expect(play(leader, { at: 2400, tick: true })).toMatchObject({ state: { role: { kind: 'follower', leader: null }, currentTerm: 1 }, effects: [{ kind: 'role' }] });
    expect(play(leader, { at: 2000, from: C, message: matched(1, 0) }, { at: 2400, tick: true }).state.role.kind).toBe('leader');
  });
  test('does not follow what cannot be: a second leader of its term; a committed entry that is to change', () => {
    expect(play(lead(saved(0)).state, { at: 900, from: B, message: append(1, 0, 0, []) }).effects).toEqual([{ kind: 'contradiction', what: 'second-leader', from: B }]);
    const follower = play(start(saved(2)), { at: 1, from: B, message: append(2, 0, 0, list(1, 2), 2) });
    expect(play(follower.state, { at: 2, from: C, message: append(3, 0, 0, list(1, 3), 0) }).effects.at(-1)).toEqual({ kind: 'contradiction', what: 'committed-entry-changed', from: C });
  });
});
