import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Announcer, begin, type Call, end, hear, keyOf, startAnnouncing, viewOf } from './announce.ts';

const NOON = Date.UTC(2026, 10, 27, 4);
const instant = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();
/** `A001` at a window, called at a second, so often. */
const call = (code: string, window: number, second = 0, times = 1): Call => ({ code, window, at: instant(second), times });
/** The view has the newest first. */
const view = (...calls: Call[]) => ({ calls: calls.toSorted((one, other) => (one.at < other.at ? 1 : -1)), windows: [], lines: [] });
const EMPTY = view();

/** Everything that is still to be said, in its order. */
function sayAll(announcer: Announcer): string[] {
  const said: string[] = [];
  for (let now = begin(announcer); now.speaking !== null; now = begin(end(now))) said.push(now.speaking.code);
  return said;
}

describe('what a board says', () => {
  test('each call twice; whoever was not said yet goes before whoever is said again', () => {
    const start = startAnnouncing(2, EMPTY, instant(0));
    expect(sayAll(hear(start, view(call('A001', 1))))).toEqual(['A001', 'A001']);
    expect(sayAll(hear(start, view(call('A001', 1, 0), call('B001', 2, 1), call('C001', 3, 2))))).toEqual(['A001', 'B001', 'C001', 'A001', 'B001', 'C001']);
    expect(sayAll(hear(startAnnouncing(1, EMPTY, instant(0)), view(call('A001', 1))))).toEqual(['A001']);
  });

  test('over a window that window’s calls alone', () => {
    const shown = (...calls: Call[]) => viewOf(7, view(...calls));
    expect(sayAll(hear(startAnnouncing(1, shown(call('A001', 1)), instant(0)), shown(call('A001', 1), call('B001', 7, 1), call('C001', 77, 2), call('D001', 7, 3))))).toEqual(['B001', 'D001']);
  });

  test('nothing that hung there when it came up, but what was called a moment ago', () => {
    expect(sayAll(startAnnouncing(1, view(call('A001', 1, 0), call('B001', 2, 10), call('C001', 3, 11)), instant(20)))).toEqual(['C001']);
    // The clock of the machine that leads may be ahead.
    expect(sayAll(startAnnouncing(1, view(call('A001', 1, 30)), instant(20)))).toEqual(['A001']);
  });

  test('a call again, also of one that hung there when it came up; but not ten times for five presses', () => {
    const start = startAnnouncing(2, view(call('A001', 1)), instant(60));
    expect(sayAll(start)).toEqual([]);
    expect(sayAll(hear(start, view(call('A001', 1, 0, 2))))).toEqual(['A001', 'A001']);
    expect(sayAll([3, 4, 5, 6].reduce((now, times) => hear(now, view(call('A001', 1, 0, times))), start))).toEqual(['A001', 'A001']);
    // While it is being said the first time, calling again makes it two more and not three.
    expect(sayAll(end(hear(begin(hear(start, view(call('A001', 1, 0, 2)))), view(call('A001', 1, 0, 3)))))).toEqual(['A001', 'A001']);
  });

  test('a call again of one that was not said yet leaves it its turn; a new call goes before a second saying', () => {
    const speaking = begin(hear(startAnnouncing(2, EMPTY, instant(0)), view(call('A001', 1, 0), call('B001', 2, 1), call('C001', 3, 2))));
    expect(sayAll(end(hear(speaking, view(call('A001', 1, 0), call('B001', 2, 1, 2), call('C001', 3, 2)))))).toEqual(['B001', 'C001', 'A001', 'B001', 'C001']);
    const alone = begin(hear(startAnnouncing(2, EMPTY, instant(0)), view(call('A001', 1, 0))));
    expect(sayAll(end(hear(alone, view(call('A001', 1, 0), call('B001', 2, 1)))))).toEqual(['B001', 'A001', 'B001']);
  });

  test('the same number at the same window another time is another call', () => {
    const first = hear(startAnnouncing(1, EMPTY, instant(0)), view(call('A001', 1, 0)));
    expect(sayAll(hear(end(begin(first)), view(call('A001', 1, 300))))).toEqual(['A001']);
  });

  test('one that was overtaken is left out unless it has begun', () => {
    const three = begin(hear(startAnnouncing(2, EMPTY, instant(0)), view(call('A001', 1, 0), call('B001', 2, 1), call('C001', 3, 2))));
    const overtaken = hear(three, view(call('C001', 3, 2)));
    expect(overtaken.speaking?.code).toBe('A001');
    expect(sayAll(end(overtaken))).toEqual(['C001', 'C001']);
  });

  test('nothing begins while something is said', () => {
    const speaking = begin(hear(startAnnouncing(1, EMPTY, instant(0)), view(call('A001', 1, 0), call('B001', 2, 1))));
    expect(begin(speaking)).toBe(speaking);
  });
});

describe('whatever happens at twelve windows', () => {
  type Event = { kind: 'called' | 'again' | 'gone'; window: number } | { kind: 'said' };
  const event: fc.Arbitrary<Event> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('called' as const, 'again' as const, 'gone' as const), window: fc.integer({ min: 1, max: 12 }) }) },
    { weight: 3, arbitrary: fc.constant({ kind: 'said' as const }) },
  );

  test('no call is said oftener than it may be, none is said that has gone, first sayings keep the order of calling, and in the end all that hangs was said', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 120 }), fc.integer({ min: 1, max: 2 }), (events, sayings) => {
      let hanging: Call[] = [];
      let announcer = startAnnouncing(sayings, EMPTY, instant(0));
      let second = 0;
      const begun: Call[] = [];
      const calledAt: string[] = [];
      const allowed = new Map<string, number>();
      const speak = () => {
        const before = announcer.speaking;
        announcer = begin(announcer);
        if (announcer.speaking === null || before !== null) return;
        begun.push(announcer.speaking);
        expect(hanging.map(keyOf)).toContain(keyOf(announcer.speaking));
      };
      for (const happens of events) {
        second += 1;
        if (happens.kind === 'said') {
          announcer = end(announcer);
          speak();
          continue;
        }
        const there = hanging.find(({ window }) => window === happens.window);
        const others = hanging.filter((other) => other !== there);
        if (happens.kind === 'called' && there === undefined) hanging = [call(`A${String(second).padStart(3, '0')}`, happens.window, second), ...others];
        else if (happens.kind === 'again' && there !== undefined) hanging = [{ ...there, times: there.times + 1 }, ...others];
        else if (happens.kind === 'gone') hanging = others;
        else continue;
        const [now] = hanging;
        if (now !== undefined && happens.kind !== 'gone') allowed.set(keyOf(now), sayings * now.times);
        if (now !== undefined && happens.kind === 'called') calledAt.push(keyOf(now));
        const speaking = announcer.speaking;
        announcer = hear(announcer, view(...hanging));
        // What has begun is not cut off by anything that comes.
        expect(announcer.speaking).toBe(speaking);
        speak();
      }
      for (let more = 0; more < 100 && announcer.speaking !== null; more += 1) {
        announcer = end(announcer);
        speak();
      }
      const said = begun.map(keyOf);
      for (const [key, most] of allowed) expect(said.filter((one) => one === key).length).toBeLessThanOrEqual(most);
      for (const hangs of hanging) expect(said).toContain(keyOf(hangs));
      const firsts = said.filter((key, at) => said.indexOf(key) === at);
      expect(firsts).toEqual(calledAt.filter((key) => firsts.includes(key)));
      expect(announcer.speaking).toBeNull();
    }));
  });
});
