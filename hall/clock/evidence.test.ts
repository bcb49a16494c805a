import { describe, expect, test } from 'vitest';
import type { TimeEvidence } from '../../domain/time.ts';
import { happenedAt } from './evidence.ts';

const received = Date.parse('2026-11-27T08:00:00.000Z');
const evidence = (change: Partial<TimeEvidence>): TimeEvidence => ({ wall: '2026-11-23T01:00:00.000Z', monotonic: 5000, boot: 'b', trusted: null, drift: null, ...change });
const trusted = { at: '2026-11-22T23:00:00.000Z', monotonic: 1000, boot: 'b' };

describe('when something happened', () => {
  test.each([
    ['the counter ran through: counted on from the last contact, whatever the wall says', { wall: '2020-01-01T00:00:00.000Z', monotonic: 3_601_000, trusted }, '2026-11-23T00:00:00.000Z'],
    ['another boot: the wall clock', { boot: 'c', trusted }, '2026-11-23T01:00:00.000Z'],
    ['another boot, clock known to be an hour fast', { boot: 'c', trusted, drift: { offset: 3_600_000, bound: 40 } }, '2026-11-23T00:00:00.000Z'],
    ['another boot, clock set back: not before the last contact', { wall: '2020-01-01T00:00:00.000Z', boot: 'c', trusted }, '2026-11-22T23:00:00.000Z'],
    ['a clock that runs ahead: not after it arrived', { wall: '2027-01-01T00:00:00.000Z' }, '2026-11-27T08:00:00.000Z'],
    ['a counter that runs ahead: not after it arrived', { monotonic: 10 ** 12, trusted }, '2026-11-27T08:00:00.000Z'],
    ['no contact ever', {}, '2026-11-23T01:00:00.000Z'],
  ])('%s', (_name, change, expected) => {
    expect(happenedAt(evidence(change), received)).toBe(expected);
  });
});
