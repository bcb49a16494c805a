import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Figures, figuresOf, type Spread } from './figures.ts';
import { simulateMorning, type Truth } from './test-morning.ts';
import { MINUTE, NINE, saying, siteRules, tellDay } from './test-site.ts';

/** Counted from what truly happened, in another way than the figures are. */
function recount(truth: readonly Truth[], where: (what: Truth) => boolean, of: (ticket: string) => boolean): Omit<Figures, 'kioskShare'> & { kioskShare: number | null } {
  const here = truth.filter(where);
  const ways = { card: 0, phone: 0, staff: 0, appointment: 0, roll: 0 };
  const counts: Record<string, number> = {};
  const times: Record<string, number[]> = { waited: [], walked: [], spell: [] };
  for (const what of here) {
    counts[what.kind] = (counts[what.kind] ?? 0) + 1;
    if (what.kind === 'taken') ways[what.way] += 1;
    if ('ms' in what) times[what.kind]?.push(what.ms);
  }
  // The last that happened to a ticket tells whether it came to an end.
  const last = new Map<string, string>();
  for (const what of truth) if (what.kind !== 'without' && what.kind !== 'taken') last.set(what.ticket, what.kind);
  const abandoned = [...last].filter(([ticket, kind]) => of(ticket) && (kind === 'left' || kind === 'missed')).length;
  const [taken, without] = [counts.taken ?? 0, counts.without ?? 0];
  return {
    taken, ways, served: counts.finished ?? 0, withoutTicket: without, missed: counts.missed ?? 0, left: counts.left ?? 0, abandoned,
    waiting: spread(times.waited), walking: spread(times.walked), service: spread(times.spell),
    kioskShare: taken + without === 0 ? null : (taken - ways.staff - ways.roll) / (taken + without),
  };
}

function spread(values: number[] = []): Spread {
  if (values.length === 0) return null;
  const rank = (place: number) => values.find((value) => values.filter((other) => other < value).length < place && values.filter((other) => other <= value).length >= place) ?? Number.NaN;
  let total = 0;
  for (const value of values) total += value;
  const { length } = values;
  return { count: length, mean: total / length, median: (rank(Math.floor((length + 1) / 2)) + rank(Math.floor(length / 2) + 1)) / 2, p90: rank(Math.ceil(0.9 * length)) };
}

const close = (figures: Figures) => ({ ...figures, ...Object.fromEntries((['waiting', 'walking', 'service'] as const).map((key) => [key, figures[key] && { ...figures[key], mean: expect.closeTo(figures[key].mean, 3) }])) });

describe('the figures of a day', () => {
  test('are what truly happened, as a whole and in every part', () => {
    fc.assert(fc.property(fc.nat(100_000), (seed) => {
      const { rules, entries, truth } = simulateMorning(seed);
      const figures = figuresOf(rules, entries);
      const takenIn = new Map(truth.flatMap((what) => (what.kind === 'taken' ? [[what.ticket as string, what] as const] : [])));
      const hourOf = (at: number) => 9 + Math.floor((at - NINE) / (60 * MINUTE));
      expect(figures.whole).toEqual(close(recount(truth, () => true, () => true)));
      for (const { key } of rules.businesses) expect(figures.businesses[key]).toEqual(close(recount(truth, ({ business }) => business === key, (ticket) => takenIn.get(ticket)?.business === key)));
      for (const { number } of rules.windows) {
        const own = recount(truth, ({ window }) => window === number, () => false);
        expect(figures.windows[number]).toEqual(close(own));
        expect(figures.accounts[`clerk-${number}`]).toEqual(close(own));
      }
      for (const hour of [8, 9, 10, 11, 12, 13]) {
        const own = recount(truth, ({ at }) => hourOf(at) === hour, (ticket) => hourOf(takenIn.get(ticket)?.at ?? 0) === hour);
        if (figures.hours[hour] !== undefined || own.taken > 0) expect(figures.hours[hour]).toEqual(close(own));
      }
    }), { numRuns: 12 });
  });

  test('entries that came twice or do not hold count for nothing', () => {
    const { rules, entries } = simulateMorning(5);
    expect(figuresOf(rules, [...entries, ...entries])).toEqual(figuresOf(rules, entries));
  });

  test('of nothing are nothing', () => {
    const rules = siteRules();
    expect(figuresOf(rules, [])).toMatchObject({ whole: { taken: 0, waiting: null, kioskShare: null }, businesses: {}, hours: {} });
  });

  test('each wait, walk and spell by hand', () => {
    const day = tellDay();
    day.open(1);
    const ticket = day.take('social-security');
    day.wait(9);
    day.next(1);
    day.must(saying({ kind: 'recalled', ticket, window: 1 }));
    day.must(saying({ kind: 'started', ticket, window: 1 }));
    day.must(saying({ kind: 'suspended', ticket, window: 1, why: 'documents' }));
    day.must(saying({ kind: 'returned', ticket }));
    day.serve(1, 3);
    const { whole } = figuresOf(siteRules(), day.entries);
    expect(whole).toMatchObject({ served: 1, abandoned: 0, waiting: { median: 10 * MINUTE }, walking: { count: 2, mean: 1.5 * MINUTE }, service: { count: 2, mean: 2.5 * MINUTE, p90: 4 * MINUTE }, kioskShare: 1 });
  });
});
