import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashPassword } from '../../../crypto/passwords.ts';
import type { Json } from '../../../sync/terminal-store/types.ts';
import { createDoor, type Door } from './door.ts';
import { testClock, type TestClock } from '../../../test/fixtures/test-clock.ts';

const PIN = '246810';
let stored: string;
let kept: Map<string, Json>;
let clock: TestClock;
let door: Door;

beforeAll(async () => {
  stored = await hashPassword(PIN);
});
const cursors = { get: async (name: string) => kept.get(name), set: async (name: string, value: Json) => void kept.set(name, value) };
const open = () => createDoor({ cursors }, clock, stored);
beforeEach(async () => {
  kept = new Map();
  clock = testClock();
  door = await open();
});
const after = (seconds: number) => new Date(clock.now() + seconds * 1000).toISOString();

describe("the caretaker's door", () => {
  test('opens for the PIN and for nothing else', async () => {
    expect(await door.try('111111')).toEqual({ ok: false, error: { kind: 'wrong-pin' } });
    expect(await door.try(PIN)).toEqual({ ok: true, value: null });
    expect(door.lockedUntil()).toBeNull();
  });

  test('opens and locks on a full disk, too', async () => {
    door = await createDoor({ cursors: { ...cursors, set: () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })) } }, clock, stored);
    expect(await door.try(PIN)).toEqual({ ok: true, value: null });
    for (let wrong = 0; wrong < 5; wrong += 1) await door.try('111111');
    expect(await door.try(PIN)).toMatchObject({ ok: false, error: { kind: 'locked' } });
  });

  test('locks longer with each wrong PIN, also for the right one and over a restart', async () => {
    for (let wrong = 0; wrong < 5; wrong += 1) await door.try('111111');
    const until = after(60);
    expect(door.lockedUntil()).toBe(until);
    expect(await door.try(PIN)).toEqual({ ok: false, error: { kind: 'locked', until } });
    door = await open();
    expect(await door.try(PIN)).toEqual({ ok: false, error: { kind: 'locked', until } });
    clock.advance(60_001);
    expect(await door.try('111111')).toEqual({ ok: false, error: { kind: 'locked', until: after(120) } });
    clock.advance(120_001);
    expect(await door.try(PIN)).toEqual({ ok: true, value: null });
    expect(await door.try('111111')).toEqual({ ok: false, error: { kind: 'wrong-pin' } });
  });

  test('a lock that was made while the clock was years ahead ends when the clock is set right, and the count stays', async () => {
    clock = testClock(Date.UTC(2036, 0, 1));
    door = await open();
    for (let wrong = 0; wrong < 5; wrong += 1) await door.try('111111');
    expect(door.lockedUntil()).not.toBeNull();
    clock = testClock();
    door = await open();
    expect(door.lockedUntil()).toBeNull();
    expect(await door.try('111111')).toEqual({ ok: false, error: { kind: 'locked', until: after(120) } });
    clock.advance(120_001);
    expect(await door.try(PIN)).toEqual({ ok: true, value: null });
  });

  test('tries made side by side are judged one after the other', async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, () => door.try('111111')));
    expect(tries.map((each) => (each.ok ? 'in' : each.error.kind))).toEqual([...Array.from({ length: 4 }, () => 'wrong-pin'), ...Array.from({ length: 4 }, () => 'locked')]);
  });
});
