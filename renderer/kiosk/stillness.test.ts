import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStillness } from './stillness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  if (vi.getTimerCount() > 0) throw new Error('a timer is left');
  vi.useRealTimers();
});

function screenWithFinger() {
  const screen = new EventTarget();
  const { whenStill } = createStillness(screen);
  const drawn: string[] = [];
  return { finger: (kind: string) => screen.dispatchEvent(new Event(kind)), draw: (what: string) => whenStill(() => drawn.push(what)), drawn };
}

describe('nothing moves under a finger', () => {
  test('without one all is drawn at once', () => {
    const { draw, drawn } = screenWithFinger();
    draw('a');
    expect(drawn).toEqual(['a']);
  });

  test('what comes while it rests is drawn in its order once the press was heard', () => {
    const { finger, draw, drawn } = screenWithFinger();
    finger('pointerdown');
    draw('a');
    vi.advanceTimersByTime(250);
    draw('b');
    finger('pointerup');
    vi.advanceTimersByTime(20);
    expect(drawn).toEqual([]);
    finger('click');
    draw('c');
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(drawn).toEqual(['a', 'b', 'c']);
    draw('d');
    expect(drawn).toEqual(['a', 'b', 'c', 'd']);
  });

  test.each([['lifts beside what it pressed', 'pointerup', 60], ['is taken for a scroll', 'pointercancel', 0]])('one that %s holds nothing back', (_how, kind, milliseconds) => {
    const { finger, draw, drawn } = screenWithFinger();
    finger('pointerdown');
    draw('a');
    finger(kind);
    vi.advanceTimersByTime(milliseconds);
    expect(drawn).toEqual(['a']);
  });

  test('one that stays holds nothing back for longer than a second', () => {
    const { finger, draw, drawn } = screenWithFinger();
    finger('pointerdown');
    draw('a');
    vi.advanceTimersByTime(999);
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(drawn).toEqual(['a']);
    draw('b');
    finger('pointerup');
    draw('c');
    expect(drawn).toEqual(['a', 'b', 'c']);
  });
});
