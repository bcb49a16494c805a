import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardEvent } from '../../domain/contracts/board.ts';
import { BoardKey } from '../../domain/contracts/board.ts';
import type { Change, Snapshot } from './codec.ts';
import { acknowledge, changed, INITIAL, lose, standing, statusOf, step } from './machine.ts';
import type { PartsState } from './machine.ts';

const QUIET: Snapshot = { near: false, door: false, tamper: false, headset: false, keys: [] };
const HOUR = 60 * 60_000;

/** Plays changes on a clock that only this test moves; time speaks when the machine asked for it. */
function play(start: Snapshot = QUIET) {
  let now = 1000;
  let snapshot = start;
  let state: PartsState = INITIAL;
  let wakeAt: number | null = null;
  const events: BoardEvent[] = [];
  function take(): void {
    const stepped = step(state, snapshot, now);
    state = stepped.state;
    events.push(...stepped.events);
    wakeAt = stepped.wakeAfter === null ? null : now + stepped.wakeAfter;
  }
  take();
  return {
    change(change: Change): void {
      snapshot = changed(snapshot, change);
      take();
    },
    pass(milliseconds: number): void {
      const end = now + milliseconds;
      while (wakeAt !== null && wakeAt <= end) {
        now = wakeAt;
        take();
      }
      now = end;
    },
    lose(): void {
      const lost = lose(state);
      ({ state } = lost);
      wakeAt = null;
      events.push(...lost.events);
    },
    back(as: Snapshot): void {
      snapshot = as;
      take();
    },
    acknowledge(): void {
      state = acknowledge(state);
      snapshot = { ...snapshot, tamper: false };
      take();
    },
    take: () => events.splice(0),
    status: () => statusOf(state, now),
    get state() {
      return state;
    },
    get waits() {
      return wakeAt !== null;
    },
  };
}

const near = (on: boolean): Change => ({ kind: 'near', on });
const key = (name: BoardKey, down: boolean): Change => ({ kind: 'key', key: name, down });
const STANDS: BoardEvent[] = [{ kind: 'door', open: false }, { kind: 'headset', plugged: false }, { kind: 'presence', near: false }];

describe('the presence sensor', () => {
  test('is believed after half a second near, three seconds away', () => {
    const board = play();
    expect(board.take()).toEqual(STANDS);
    board.change(near(true));
    board.pass(499);
    expect(board.take()).toEqual([]);
    board.pass(1);
    expect(board.take()).toEqual([{ kind: 'presence', near: true }]);
    board.change(near(false));
    board.pass(2999);
    expect(board.take()).toEqual([]);
    board.pass(1);
    expect(board.take()).toEqual([{ kind: 'presence', near: false }]);
    expect(board.waits).toBe(false);
  });

  test('a flicker is nobody, and bending down is not leaving', () => {
    const board = play();
    board.take();
    for (let time = 0; time < 10; time += 1) {
      board.change(near(true));
      board.pass(400);
      board.change(near(false));
      board.pass(100);
    }
    expect(board.take()).toEqual([]);
    board.change(near(true));
    board.pass(1000);
    board.change(near(false));
    board.pass(2500);
    board.change(near(true));
    board.pass(10_000);
    expect(board.take()).toEqual([{ kind: 'presence', near: true }]);
  });

  test('stuck for an hour is a warning until it moves', () => {
    const board = play();
    board.change(near(true));
    board.pass(HOUR - 1);
    expect(board.status()).toEqual({ kind: 'online', warnings: [] });
    board.pass(1);
    expect(board.status()).toEqual({ kind: 'online', warnings: ['presence-stuck'] });
    board.change(near(false));
    expect(board.status()).toEqual({ kind: 'online', warnings: [] });
  });
});

describe('keys', () => {
  test('go down and up, several at once', () => {
    const board = play();
    board.take();
    for (const change of [key('1', true), key('ok', true), key('1', false), key('ok', false)]) board.change(change);
    expect(board.take()).toEqual([['1', true], ['ok', true], ['1', false], ['ok', false]].map(([name, pressed]) => ({ kind: 'key', key: name, pressed })));
  });

  test('one that is jammed is released after a minute, warned of, and heard again when it came up', () => {
    const board = play();
    board.take();
    board.change(key('5', true));
    board.pass(60_000);
    expect(board.take()).toEqual([{ kind: 'key', key: '5', pressed: true }, { kind: 'key', key: '5', pressed: false }]);
    expect(board.status()).toEqual({ kind: 'online', warnings: ['key-jammed'] });
    board.change(key('5', false));
    expect([board.take(), board.status()]).toEqual([[], { kind: 'online', warnings: [] }]);
    board.change(key('5', true));
    expect(board.take()).toEqual([{ kind: 'key', key: '5', pressed: true }]);
  });

  test('what is down at the first look was pressed for nobody', () => {
    const board = play({ ...QUIET, keys: ['7'] });
    expect(board.take()).toEqual(STANDS);
    board.change(key('7', false));
    expect(board.take()).toEqual([]);
  });
});

describe('tampering', () => {
  const blocked = { kind: 'blocked', reason: 'tampered' };
  test('blocks at once, before every warning, until it is acknowledged', () => {
    const board = play();
    board.take();
    board.change({ kind: 'door', on: true });
    expect(board.status()).toEqual({ kind: 'online', warnings: ['door-open'] });
    board.change({ kind: 'tamper', on: true });
    board.change({ kind: 'tamper', on: false });
    expect([board.take(), board.status()]).toEqual([[{ kind: 'door', open: true }, { kind: 'tampered' }], blocked]);
    board.acknowledge();
    expect(board.status()).toEqual({ kind: 'online', warnings: ['door-open'] });
  });

  test('outlives pulling the cable, with a board that forgot it', () => {
    const board = play({ ...QUIET, tamper: true });
    board.lose();
    board.back(QUIET);
    expect(board.status()).toEqual(blocked);
    expect(standing(board.state)[0]).toEqual({ kind: 'tampered' });
  });
});

test('a board that is away releases its keys, and tells all anew after its return', () => {
  const board = play();
  board.change(near(true));
  board.pass(1000);
  board.change(key('ok', true));
  board.take();
  board.lose();
  expect(board.take()).toEqual([{ kind: 'key', key: 'ok', pressed: false }, { kind: 'lost' }]);
  expect(standing(board.state)).toEqual([]);
  board.back({ ...QUIET, near: true, headset: true });
  board.pass(1000);
  expect(board.take()).toEqual([{ kind: 'door', open: false }, { kind: 'headset', plugged: true }, { kind: 'presence', near: true }]);
});

test('whatever happens: presses and releases alternate, nothing is told twice, and the end is what the board says', () => {
  const change = fc.oneof<fc.Arbitrary<Change>[]>(
    fc.record({ kind: fc.constantFrom('near' as const, 'door' as const, 'headset' as const), on: fc.boolean() }),
    fc.record({ kind: fc.constant('key' as const), key: fc.constantFrom(...BoardKey.options), down: fc.boolean() }),
  );
  const happening = fc.oneof(change, fc.integer({ min: 1, max: 100_000 }), fc.constant('lose' as const));
  fc.assert(fc.property(fc.array(happening, { maxLength: 60 }), (all) => {
    const board = play();
    let snapshot = QUIET;
    for (const one of all) {
      if (one === 'lose') {
        board.lose();
        board.back(snapshot);
      } else if (typeof one === 'number') board.pass(one);
      else {
        snapshot = changed(snapshot, one);
        board.change(one);
      }
    }
    board.pass(60_000);
    const told = new Map<string, boolean>();
    for (const event of board.take()) {
      if (event.kind === 'lost') {
        expect([...told].filter(([name, on]) => name.startsWith('key') && on)).toEqual([]);
        told.clear();
        continue;
      }
      if (event.kind === 'tampered') throw new Error('nobody tampered');
      const [name, on] = event.kind === 'key' ? [`key ${event.key}`, event.pressed] : [event.kind, 'near' in event ? event.near : 'open' in event ? event.open : event.plugged];
      expect(told.get(name) ?? (event.kind === 'key' ? false : null), name).not.toBe(on);
      told.set(name, on);
    }
    expect({ presence: told.get('presence'), door: told.get('door'), headset: told.get('headset') }).toEqual({ presence: snapshot.near, door: snapshot.door, headset: snapshot.headset });
    expect([...told].filter(([name, on]) => name.startsWith('key') && on)).toEqual([]);
  }));
});
