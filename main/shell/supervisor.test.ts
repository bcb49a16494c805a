import { describe, expect, test } from 'vitest';
import { died, MOST_DEATHS, started } from './supervisor.ts';

describe('supervisor', () => {
  test('waits longer after each death, never more than ten seconds, and calls for a person', () => {
    let state = started(null, 0);
    const waits: number[] = [];
    let outOfService = false;
    for (let death = 0; death < 9; death += 1) {
      const restart = died(state, death * 1000);
      waits.push(restart.waitMs);
      outOfService = restart.outOfService;
      expect(outOfService).toBe(death >= MOST_DEATHS);
      state = started(restart.state, death * 1000);
    }
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  });
  test('forgets deaths after a quiet minute', () => {
    const restart = died({ deaths: 5, startedAt: 0 }, 60_000);
    expect(restart).toMatchObject({ waitMs: 200, outOfService: false, state: { deaths: 1 } });
  });
});
