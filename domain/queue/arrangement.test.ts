import { describe, expect, test } from 'vitest';
import { fittedTo, inForce, windowsToOpen } from './arrangement.ts';
import { decide } from './decide.ts';
import { estimateOf } from './estimate.ts';
import { queueOf } from './queue.ts';
import { windowOf } from './state.ts';
import { idOf, saying, siteRules, tellDay } from './test-site.ts';
import { Arrangement } from './types.ts';

const rules = siteRules();
const settled: Arrangement = { windows: rules.windows, hours: [], assigned: [], alarms: { waitMinutes: 30, waiting: 30 } };
/** The settings, with one window otherwise; none of its businesses: it is not there. */
const arrangementWith = (number: number, businesses: string[], change: Partial<Arrangement> = {}): Arrangement => {
  const others = settled.windows.filter((window) => window.number !== number);
  return { ...settled, windows: businesses.length === 0 ? others : [...others, { number, businesses }], ...change };
};

describe('an arrangement', () => {
  test('opens another window, gives a closed one other businesses, and takes one away', () => {
    const day = tellDay();
    day.must({ kind: 'arrange', after: 0, arrangement: { ...arrangementWith(12, []), windows: [{ number: 1, businesses: ['housing'] }, { number: 20, businesses: ['registration'] }] } });
    expect(day.queue().windows).toMatchObject([{ number: 1, state: 'closed', businesses: ['housing'] }, { number: 20, state: 'closed', businesses: ['registration'] }]);
    expect(day.queue()).toMatchObject({ arranged: { version: 1, account: 'wang' }, rules: { windows: [{ number: 1 }, { number: 20 }] }, began: { windows: rules.windows } });
    day.open(20, ['registration']);
    expect(day.wish({ kind: 'next', window: 2 })).toMatchObject({ error: { kind: 'unknown-window' } });
    expect(day.wish(saying({ kind: 'window-opened', window: 2, account: 'wang', businesses: ['housing'] }))).toMatchObject({ error: { kind: 'unknown-window' } });
  });

  test('is refused to whoever did not see that somebody else arranged, and so is an older one that a machine carries', () => {
    const day = tellDay();
    day.must({ kind: 'arrange', after: 0, arrangement: arrangementWith(3, ['housing']) });
    expect(day.wish({ kind: 'arrange', after: 0, arrangement: arrangementWith(4, ['housing']) })).toEqual({ ok: false, error: { kind: 'arranged-before' } });
    day.must({ kind: 'arrange', after: 1, arrangement: arrangementWith(4, ['housing']) });
    // Nor is one taken that was made on what never was.
    expect(day.wish({ kind: 'arrange', after: 7, arrangement: null })).toEqual({ ok: false, error: { kind: 'arranged-before' } });
    for (const version of [1, 2]) expect(day.wish({ kind: 'carry', version, arrangement: null })).toEqual({ ok: false, error: { kind: 'arranged-before' } });
    day.must({ kind: 'carry', version: 9, arrangement: null });
    day.must({ kind: 'arrange', after: 9, arrangement: null });
  });

  test('two that were made at one moment: the second is refused when it is applied', () => {
    const day = tellDay();
    const before = day.queue();
    const entries = [3, 4].flatMap((number) => {
      const made = decide(before, { kind: 'arrange', after: 0, arrangement: arrangementWith(number, ['housing']) }, { id: idOf(70_000 + number), at: day.now(), machine: null, account: `manager-${number}` });
      return made.ok ? [made.value] : [];
    });
    expect(entries.length).toBe(2);
    expect(queueOf(rules, entries).arranged).toMatchObject({ version: 1, account: 'manager-3' });
  });

  test('takes no window away that is open, paused or has somebody in hand, and says which', () => {
    const day = tellDay();
    day.take('housing');
    day.open(9);
    const taking9 = { kind: 'arrange' as const, after: 0, arrangement: arrangementWith(9, []) };
    expect(day.wish(taking9)).toEqual({ ok: false, error: { kind: 'window-in-use', window: 9 } });
    const ticket = day.next(9);
    day.must(saying({ kind: 'window-paused', window: 9, why: '取件' }));
    expect(day.wish(taking9)).toEqual({ ok: false, error: { kind: 'window-in-use', window: 9 } });
    day.must(saying({ kind: 'missed', ticket, window: 9 }));
    day.must(saying({ kind: 'window-closed', window: 9 }));
    day.must(taking9);
    // Nor do the settings, when they are gone back to and know less windows.
    day.must({ kind: 'arrange', after: 1, arrangement: arrangementWith(40, ['housing']) });
    day.open(40, ['housing']);
    expect(day.wish({ kind: 'arrange', after: 2, arrangement: null })).toEqual({ ok: false, error: { kind: 'window-in-use', window: 40 } });
  });

  test('leaves nobody behind a window that was taken away: who was bound to it is called by any other', () => {
    const day = tellDay();
    day.open(9);
    day.open(10);
    const ticket = day.take('housing');
    expect(day.next(10)).toBe(ticket);
    day.must(saying({ kind: 'transferred', ticket, window: 10, business: 'housing', to: 9, keepsPlace: true }));
    const aside = day.take('housing');
    // The clerk of window 9 has not called yet, and nobody else may.
    expect(day.next(10)).toBe(aside);
    day.must(saying({ kind: 'suspended', ticket: aside, window: 10, why: 'documents' }));
    day.must(saying({ kind: 'window-closed', window: 9 }));
    day.must({ kind: 'arrange', after: 0, arrangement: arrangementWith(9, []) });
    expect(day.next(10)).toBe(ticket);
  });

  test('of an open window with other businesses is followed at once, by estimate and call; what its clerk chose stays where nothing was changed', () => {
    const day = tellDay();
    day.open(1);
    day.open(9, ['registration']);
    const inHand = day.take('social-security');
    expect(day.next(1)).toBe(inHand);
    const waits = day.take('housing');
    expect(estimateOf(day.queue(), waits, day.now())).toMatchObject({ least: null });
    day.must({ kind: 'arrange', after: 0, arrangement: arrangementWith(1, ['housing']) });
    expect([windowOf(day.queue(), 1)?.businesses, windowOf(day.queue(), 9)?.businesses]).toEqual([['housing'], ['registration']]);
    expect(estimateOf(day.queue(), waits, day.now())).toMatchObject({ least: expect.any(Number) });
    day.must(saying({ kind: 'started', ticket: inHand, window: 1 }));
    day.must(saying({ kind: 'finished', ticket: inHand, window: 1, items: [] }));
    expect(day.next(1)).toBe(waits);
  });

  test('does not loosen the starvation bound: a window that gets the business late owes it as the others do', () => {
    const day = tellDay(siteRules({ ordinaryEvery: 2 }));
    day.open(1);
    const ordinary = day.take('social-security');
    const first = day.take('social-security', { priority: 'elderly' });
    day.take('social-security', { priority: 'elderly' });
    expect(day.next(1)).toBe(first);
    day.open(9);
    day.must({ kind: 'arrange', after: 0, arrangement: arrangementWith(9, ['social-security']) });
    expect(day.next(9)).toBe(ordinary);
  });

  test.each<[string, Arrangement, string]>([
    ['a business that the site does not have', arrangementWith(3, ['nothing']), 'unknown-business'],
    ['somebody at a window that there is not', arrangementWith(3, [], { assigned: [{ account: 'wang.li', windows: [3] }] }), 'unknown-window'],
  ])('is refused for %s', (_, arrangement, kind) => {
    expect(tellDay().wish({ kind: 'arrange', after: 0, arrangement })).toEqual({ ok: false, error: { kind } });
  });

  test('names each window, business and account once, and is not larger than the machines can agree on', () => {
    const [window] = settled.windows;
    const many = Array.from({ length: 99 }, (_, index) => ({ number: index + 1, businesses: Array.from({ length: 23 }, (__, business) => `business-${business}`) }));
    expect(Arrangement.safeParse(settled).success).toBe(true);
    for (const wrong of [{ windows: [window, window] }, { windows: [{ number: 1, businesses: ['housing', 'housing'] }] }, { windows: [] }, { windows: many }, { assigned: [{ account: 'a', windows: [] }, { account: 'a', windows: [1] }] }]) expect(Arrangement.safeParse({ ...settled, ...wrong }).success).toBe(false);
  });
});

test('who may open which window: what is arranged, and for the others what the settings say', () => {
  const day = tellDay();
  expect(windowsToOpen(day.queue(), 'wang.li', [2, 3, 77])).toEqual([2, 3]);
  day.must({ kind: 'arrange', after: 0, arrangement: { ...settled, assigned: [{ account: 'wang.li', windows: [5] }, { account: 'chen.jie', windows: [] }] } });
  expect(['wang.li', 'chen.jie', 'zhao.min'].map((account) => windowsToOpen(day.queue(), account, [2]).length)).toEqual([1, 12, 1]);
  expect(windowsToOpen(day.queue(), 'wang.li', [2])).toEqual([5]);
});

test('what holds is the arrangement, or the settings with the windows that the day began with', () => {
  const day = tellDay();
  const later: Arrangement = { ...settled, windows: [{ number: 7, businesses: ['housing'] }], hours: [{ days: [1], from: '08:30', until: '12:00' }] };
  expect(inForce(day.queue(), later)).toEqual({ ...later, windows: rules.windows });
  day.must({ kind: 'arrange', after: 0, arrangement: arrangementWith(1, ['housing']) });
  expect(inForce(day.queue(), later)).toEqual(arrangementWith(1, ['housing']));
});

test('on a day whose settings have other businesses an arrangement keeps what there still is', () => {
  const fewer = siteRules({ businesses: rules.businesses.filter(({ key }) => key !== 'housing') });
  const arrangement = arrangementWith(1, ['housing', 'registration'], { assigned: [{ account: 'wang.li', windows: [1, 9] }, { account: 'chen.jie', windows: [9] }, { account: 'zhao.min', windows: [] }] });
  const fitted = fittedTo(fewer, arrangement);
  expect(fitted?.windows.find(({ number }) => number === 1)).toEqual({ number: 1, businesses: ['registration'] });
  expect(fitted?.windows.some(({ number }) => number === 9)).toBe(false);
  expect(fitted?.assigned).toEqual([{ account: 'wang.li', windows: [1] }, { account: 'zhao.min', windows: [] }]);
  tellDay(fewer).must({ kind: 'carry', version: 4, arrangement: fitted });
  expect([fittedTo(rules, arrangement), fittedTo(rules, null), fittedTo(fewer, { ...arrangement, windows: [{ number: 9, businesses: ['housing'] }] })]).toEqual([arrangement, null, null]);
});
