import { ORPCError } from '@orpc/client';
import { describe, expect, test, vi } from 'vitest';
import { answerOf, createHall, failureOfStatus } from './hall.ts';

describe('answers of the hall', () => {
  test.each([[401, 'signed-out'], [403, 'not-allowed'], [400, 'broken'], [404, 'broken'], [429, 'broken'], [500, 'broken'], [502, 'away'], [503, 'away'], [504, 'away']])('status %i means %s', async (status, kind) => {
    expect(failureOfStatus(status)).toBe(kind);
    expect(await answerOf(Promise.reject(new ORPCError('FAILED', { status })))).toEqual({ ok: false, error: { kind } });
  });
  test('no answer is away; a fault of ours is not', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    try {
      expect(await answerOf(createHall('http://hall').me())).toEqual({ ok: false, error: { kind: 'away' } });
    } finally {
      vi.unstubAllGlobals();
    }
    await expect(answerOf(Promise.reject(new TypeError('a fault')))).rejects.toThrow('a fault');
  });
});
