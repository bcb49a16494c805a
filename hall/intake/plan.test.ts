import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHAIN_START } from '../../domain/action/chain.ts';
import type { Action } from '../../domain/action/types.ts';
import type { ActionId } from '../../domain/ids.ts';
import { caseId, createMaker } from '../../test/fixtures/actions.ts';
import { ELDER_CARD, elderCardHandIn, packItem } from '../../test/fixtures/hall.ts';
import { readEntry } from './entry.ts';
import { type KnownAction, planBatch, type PlannedCase, type Snapshot } from './plan.ts';

const item = packItem('elder-card');

/** A hall in memory: what a plan says is done to it. */
function memoryHall(machine: ReturnType<typeof createMaker>) {
  let snapshot: Snapshot = {
    head: CHAIN_START, known: new Map(), cases: new Map(), faulted: new Set(), taken: new Set(),
    leases: [{ id: 'lease', kind: 'case-number', prefix: '3306242026', first: 1, last: 1000, width: 8, after: 0, through: null }],
    item: ({ code }) => (code === item.code ? item : null),
  };
  return {
    async take(entries: readonly unknown[]) {
      const read = await Promise.all(entries.map((entry) => readEntry(entry, machine.machine, () => machine.publicKey)));
      const plan = planBatch(machine.machine, read, snapshot);
      const known = new Map<ActionId, KnownAction>(snapshot.known);
      for (const verdict of plan.verdicts) {
        if (verdict.kind === 'applied') known.set(verdict.action.id, { hash: verdict.action.hash, receivedAt: '', reason: null });
        if (verdict.kind === 'set-aside') known.set(verdict.link.id, { hash: verdict.link.hash, receivedAt: '', reason: verdict.reason });
      }
      const cases = new Map<Action['case'], PlannedCase>([...snapshot.cases, ...plan.cases]);
      snapshot = { ...snapshot, head: plan.head, known, cases, taken: new Set([...cases.values()].map(({ state }) => state.handedIn.number.value)) };
      return plan.verdicts;
    },
    head: () => snapshot.head,
    cases: () => snapshot.cases,
  };
}

/** A log of hand-ins and withdrawals, some of which cannot be applied. */
function log(deeds: readonly ('hand-in' | 'withdraw' | 'withdraw-unknown' | 'unknown-item')[]) {
  const maker = createMaker('T330624-0001');
  let cases = 0;
  const actions = deeds.map((deed, index) => {
    switch (deed) {
      case 'hand-in':
        cases += 1;
        return maker.make(elderCardHandIn(`3306242026${String(index + 1).padStart(8, '0')}`), { code: ELDER_CARD, case: caseId(cases) });
      case 'unknown-item':
        return maker.make(elderCardHandIn(`3306242026${String(index + 1).padStart(8, '0')}`), { case: caseId(500 + index) });
      case 'withdraw':
        return maker.make({ kind: 'withdrawn', reason: '' }, { code: ELDER_CARD, case: caseId(cases) });
      case 'withdraw-unknown':
        return maker.make({ kind: 'withdrawn', reason: '' }, { code: ELDER_CARD, case: caseId(900 + index) });
    }
  });
  return { maker, actions };
}

const deeds = fc.array(fc.constantFrom('hand-in', 'hand-in', 'withdraw', 'withdraw-unknown', 'unknown-item'), { minLength: 1, maxLength: 12 });

describe('judging a batch', () => {
  test('however a log is cut into batches, repeated and mixed with rubbish, the hall ends at the same state', async () => {
    await fc.assert(fc.asyncProperty(deeds, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), fc.infiniteStream(fc.nat({ max: 3 })), async (log_, sizes, turns) => {
      const { maker, actions } = log(log_);
      const whole = memoryHall(maker);
      await whole.take(actions);
      const pieces = memoryHall(maker);
      let sent = 0;
      while (sent < actions.length) {
        const size = sizes.next().value ?? 1;
        const from = Math.max(0, sent - (turns.next().value ?? 0));
        await pieces.take([{ rubbish: sent }, ...actions.slice(from, sent + size), 'rubbish']);
        sent += size;
      }
      expect(pieces.head()).toEqual(whole.head());
      expect(pieces.head()).toEqual(maker.head());
      expect([...pieces.cases()].map(([id, { state, actions: count }]) => [id, state, count])).toEqual([...whole.cases()].map(([id, { state, actions: count }]) => [id, state, count]));
    }), { numRuns: 60 });
  });

  test('in whatever order a log comes, sending it again from the start completes it, and nothing was applied twice', async () => {
    await fc.assert(fc.asyncProperty(deeds, fc.nat(), async (log_, seed) => {
      const { maker, actions } = log(log_);
      const hall = memoryHall(maker);
      const shuffled = actions.map((action, index) => ({ action, key: (index * 7919 + seed * 31) % 101 })).sort((one, two) => one.key - two.key).map(({ action }) => action);
      const applied = [...await hall.take(shuffled), ...await hall.take(actions)].filter(({ kind }) => kind === 'applied');
      expect(hall.head()).toEqual(maker.head());
      expect(new Set(applied.map((verdict) => verdict.kind === 'applied' && verdict.action.id)).size).toBe(applied.length);
    }), { numRuns: 60 });
  });
});
