import { describe, expect, test } from 'vitest';
import type { InboxRow } from '../../domain/contracts/cases.ts';
import { caseId } from '../../test/fixtures/actions.ts';
import { neighbour, nextToDo } from './inbox-order.ts';

function row(serial: number, change: Partial<InboxRow> = {}): InboxRow {
  return { id: caseId(serial), number: String(serial), itemName: '', person: '', stage: 'handed-in', handedInAt: '2026-11-23T01:00:00.000Z', machine: 'T330624-0001', promisedBy: null, daysLeft: 1, missing: 0, claimedBy: null, paused: false, ...change };
}

describe('the next case to do', () => {
  const rows = [row(1), row(2), row(3, { claimedBy: 'other' }), row(4, { stage: 'correction-asked' }), row(5, { claimedBy: 'me' }), row(6, { stage: 'finished' })];
  test('passes over what a colleague has and what waits for the citizen', () => {
    expect(nextToDo(rows, caseId(2), 'me')?.id).toBe(caseId(5));
  });
  test('begins again at the top behind the last, never with the one just done', () => {
    expect(nextToDo(rows, caseId(5), 'me')?.id).toBe(caseId(1));
    expect(nextToDo([row(1)], caseId(1), 'me')).toBeNull();
  });
  test('is the first of a list that does not hold the one just done', () => {
    expect(nextToDo(rows, caseId(99), 'me')?.id).toBe(caseId(1));
  });
});

test('a neighbour ends at the ends', () => {
  const rows = [row(1), row(2)];
  expect([neighbour(rows, caseId(1), 1)?.id, neighbour(rows, caseId(1), -1), neighbour(rows, caseId(2), 1), neighbour(rows, caseId(9), 1)]).toEqual([caseId(2), null, null, null]);
});
