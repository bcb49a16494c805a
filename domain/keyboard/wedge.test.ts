import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Key, WedgeSettings } from './wedge.ts';
import { WEDGE_DEFAULTS, WEDGE_INITIAL, wedgeStep } from './wedge.ts';

type Press = { key: string; after: number; repeated?: boolean };

/** Runs presses on a clock: what reaches the page in order, each with how long it waited, and the codes. */
function play(presses: Press[], settings: WedgeSettings = WEDGE_DEFAULTS): { typed: string[]; codes: string[]; longest: number } {
  let state = WEDGE_INITIAL;
  let now = 0;
  let pauseAt: number | null = null;
  const typed: string[] = [];
  const codes: string[] = [];
  const downAt: number[] = [];
  let longest = 0;

  function step(event: Key | 'pause'): void {
    const next = wedgeStep(state, event, settings);
    state = next.state;
    if (event !== 'pause' && !next.pass && event.key !== 'Shift') downAt.push(now);
    for (const { key } of next.release) {
      typed.push(key);
      longest = Math.max(longest, now - (downAt.shift() ?? now));
    }
    if (next.code !== null) codes.push(next.code);
    if (next.code !== null) downAt.splice(0, downAt.length - state.held.length);
    if (event !== 'pause' && next.pass) typed.push(event.key);
    pauseAt = next.pauseAfter === null ? null : now + next.pauseAfter;
  }
  function until(time: number): void {
    while (pauseAt !== null && pauseAt < time) {
      now = pauseAt;
      pauseAt = null;
      step('pause');
    }
    now = time;
  }
  for (const { key, after, repeated = false } of presses) {
    until(now + after);
    step({ key, repeated });
  }
  until(now + 10_000);
  expect(state).toEqual(WEDGE_INITIAL);
  return { typed, codes, longest };
}

const keys = (text: string, after: number): Press[] => [...text].map((key) => ({ key, after }));
const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
const named = fc.constantFrom('Enter', 'Tab', 'Backspace', 'ArrowLeft', 'Escape', 'Shift');
/** A person, 60 ms a key at the fastest, who may roll over two or three keys at once. */
const human = fc.array(fc.record({ key: fc.oneof({ weight: 8, arbitrary: printable }, { weight: 1, arbitrary: named }), after: fc.integer({ min: 60, max: 900 }) }), { maxLength: 40 });
const rollover = fc.array(fc.array(printable, { minLength: 1, maxLength: 3 }), { maxLength: 20 }).map((groups) => groups.flatMap((group) => group.map((key, index) => ({ key, after: index === 0 ? 80 : 25 }))));
const code = fc.array(printable, { minLength: WEDGE_DEFAULTS.least, maxLength: 120 }).map((characters) => characters.join(''));
/** A scanner: 1–20 ms a key, capitals with Shift before them. */
const scanner = fc.tuple(code, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 121, maxLength: 121 }), fc.boolean()).map(([text, gaps, enter]) => ({
  text,
  presses: [
    ...[...text].flatMap((key, index): Press[] => (/[A-Z]/.test(key) ? [{ key: 'Shift', after: 0 }, { key, after: gaps[index] ?? 1 }] : [{ key, after: gaps[index] ?? 1 }])),
    ...(enter ? [{ key: 'Enter', after: 5 }] : []),
  ],
}));
/** The next thing after a scanner that sends no Enter comes later than its silence. */
const later = (presses: Press[]): Press[] => presses.map((press, index) => (index === 0 ? { ...press, after: press.after + 150 } : press));

describe('a person', () => {
  test('loses no key, and none comes in another order', () => {
    fc.assert(fc.property(human, (presses) => {
      const { typed, codes } = play(presses);
      expect(codes).toEqual([]);
      expect(typed).toEqual(presses.map(({ key }) => key));
    }));
  });
  test('waits no longer than the gap for a key', () => {
    fc.assert(fc.property(human, (presses) => play(presses).longest <= WEDGE_DEFAULTS.gap));
  });
  test('may roll over two or three keys', () => {
    fc.assert(fc.property(rollover, (presses) => {
      const { typed, codes, longest } = play(presses);
      expect(codes).toEqual([]);
      expect(typed).toEqual(presses.map(({ key }) => key));
      expect(longest).toBeLessThanOrEqual(3 * WEDGE_DEFAULTS.gap);
    }));
  });
  test('may hold a key down, however fast the keyboard repeats it', () => {
    const presses = [{ key: 'a', after: 500 }, ...Array.from({ length: 50 }, () => ({ key: 'a', after: 15, repeated: true }))];
    expect(play(presses)).toMatchObject({ typed: presses.map(({ key }) => key), codes: [] });
  });
});

describe('a scanner', () => {
  test('is swallowed whole, between people’s keys too, and those come through', () => {
    fc.assert(fc.property(human, scanner, human, scanner, human, (first, one, second, two, third) => {
      const presses = [...first, ...later(one.presses), ...later(second), ...later(two.presses), ...later(third)];
      const { typed, codes } = play(presses);
      expect(codes).toEqual([one.text, two.text]);
      const shifts = (list: string[]): string[] => list.filter((key) => key !== 'Shift');
      expect(shifts(typed)).toEqual(shifts([...first, ...second, ...third].map(({ key }) => key)));
    }));
  });
  test('is known as one from its eighth key on, even when the computer is busy then', () => {
    expect(play([...keys('JB-01ARZ', 5), { key: '3', after: 90 }, { key: 'Enter', after: 90 }])).toMatchObject({ typed: [], codes: ['JB-01ARZ3'] });
  });
  test('that stops without Enter is swallowed all the same', () => {
    expect(play(keys('JB-01ARZ3ND', 5))).toMatchObject({ typed: [], codes: ['JB-01ARZ3ND'] });
  });
  test('of seven keys is taken for a person: codes are longer', () => {
    expect(play(keys('1234567', 5))).toMatchObject({ typed: [...'1234567'], codes: [] });
  });
  test('followed at once by a key that types nothing does not eat it', () => {
    expect(play([...keys('12345678', 5), { key: 'Tab', after: 5 }, ...keys('a', 100)])).toMatchObject({ typed: ['Tab', 'a'], codes: ['12345678'] });
  });
});

describe('a scanner with a prefix', () => {
  const settings: WedgeSettings = { ...WEDGE_DEFAULTS, prefix: '~]' };
  test('is known by it, however short the code', () => {
    expect(play([...keys('~]A1', 5), { key: 'Enter', after: 5 }], settings)).toMatchObject({ typed: [], codes: ['A1'] });
  });
  test('everything else passes without waiting, also at a scanner’s speed', () => {
    const { typed, codes, longest } = play([...keys('12345678', 5), { key: 'Enter', after: 5 }], settings);
    expect({ typed, codes, longest }).toEqual({ typed: [...'12345678', 'Enter'], codes: [], longest: 0 });
  });
  test('a person who types its beginning loses nothing', () => {
    for (const text of ['~a', '~~~', 'a~', '~ ]']) expect(play([...keys(text, 90), { key: 'Enter', after: 90 }], settings)).toMatchObject({ typed: [...text, 'Enter'], codes: [] });
    expect(play(keys('~~]12', 5), settings)).toMatchObject({ typed: ['~'], codes: ['12'] });
  });
});
