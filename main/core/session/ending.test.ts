import { describe, expect, test } from 'vitest';
import { testClock } from '../../../test/fixtures/test-clock.ts';
import { createTold } from '../told.ts';
import { createEnding, POWER_SECONDS } from './ending.ts';
import { IDLE_SECONDS, WARNING_SECONDS } from './steps.ts';

const LEAVE = 20;

function visitAt(step: keyof typeof IDLE_SECONDS, leaveSeconds = LEAVE) {
  const clock = testClock();
  const left = createTold<number | null>(null);
  const power = { since: null as number | null, back: 0 };
  const ending = createEnding({ power: { endsSince: () => power.since, backAt: () => power.back }, presence: { left }, leaveSeconds, clock });
  const visit = { step, touchedAt: clock.now() };
  return {
    ending, power, visit,
    stands: () => ending.at(visit),
    wait: (seconds: number) => clock.advance(seconds * 1000),
    leave: () => left.tell(clock.now()),
    comeBack: () => left.tell(null),
    touch: () => (visit.touchedAt = clock.now()),
    powerEnds: () => (power.since = clock.now()),
    powerBack: () => Object.assign(power, { since: null, back: clock.now() }),
  };
}

describe('somebody who leaves', () => {
  test('has the whole warning, from so long after they were seen to go, and is over only at its end', () => {
    const { stands, wait, leave } = visitAt('check');
    wait(10);
    leave();
    wait(LEAVE - 1);
    expect(stands().idle.warning).toBe(false);
    wait(1);
    expect(stands()).toEqual({ idle: { warning: true, secondsLeft: WARNING_SECONDS }, powerCut: null, over: null });
    wait(WARNING_SECONDS - 1);
    expect(stands().over).toBeNull();
    wait(1);
    expect(stands().over).toBe('idle');
  });

  test.each(['comeBack', 'touch'] as const)('takes the warning back: %s', (how) => {
    const visit = visitAt('check');
    visit.wait(10);
    visit.leave();
    visit.wait(LEAVE + 5);
    expect(visit.stands().idle.warning).toBe(true);
    visit[how]();
    expect(visit.stands().idle.warning).toBe(false);
    // A touch proves the sensor wrong: it brings nothing forward again before it has seen somebody.
    visit.wait(LEAVE + 5);
    expect(visit.stands()).toMatchObject({ idle: { warning: false }, over: null });
  });

  test('is asked no earlier on a screen that shows nothing of them, nor where nothing looks', () => {
    for (const visit of [visitAt('guide'), visitAt('items'), visitAt('check', Infinity)]) {
      visit.wait(1);
      visit.leave();
      visit.wait(LEAVE + WARNING_SECONDS);
      expect(visit.stands()).toMatchObject({ idle: { warning: false }, over: null });
    }
  });

  test('gets no longer than the untouched screen gives', () => {
    const { stands, wait, leave } = visitAt('rate');
    wait(IDLE_SECONDS.rate - 1);
    leave();
    expect(stands().idle).toEqual({ warning: true, secondsLeft: 1 });
  });
});

describe('power that ends', () => {
  test('is counted out from its last word, whatever is touched', () => {
    const { ending, stands, wait, touch, powerEnds } = visitAt('form');
    expect(ending.closed()).toBe(false);
    wait(5);
    powerEnds();
    expect(ending.closed()).toBe(true);
    wait(POWER_SECONDS - 1);
    touch();
    expect(stands()).toMatchObject({ powerCut: { secondsLeft: 1 }, over: null });
    wait(1);
    expect(stands()).toMatchObject({ powerCut: { secondsLeft: 0 }, over: 'power' });
  });

  test('holds the idle limit, which begins anew when it is back', () => {
    const { stands, wait, powerEnds, powerBack } = visitAt('rate');
    wait(IDLE_SECONDS.rate - 5);
    powerEnds();
    wait(30);
    expect(stands()).toMatchObject({ idle: { warning: false }, over: null });
    powerBack();
    expect(stands()).toEqual({ idle: { warning: false, secondsLeft: IDLE_SECONDS.rate }, powerCut: null, over: null });
  });

  test('comes before somebody who left, and that is forgotten when it is back', () => {
    const { stands, wait, leave, powerEnds, powerBack } = visitAt('check');
    wait(1);
    leave();
    wait(1);
    powerEnds();
    wait(LEAVE + WARNING_SECONDS);
    expect(stands()).toMatchObject({ idle: { warning: false }, over: null });
    powerBack();
    expect(stands()).toMatchObject({ idle: { warning: false, secondsLeft: IDLE_SECONDS.check }, over: null });
  });
});
