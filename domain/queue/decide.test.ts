import { describe, expect, test } from 'vitest';
import { decide, isOfferedForAge, QueueWish, rollWishes } from './decide.ts';
import { applyEntry } from './queue.ts';
import { holderOf, idOf, MACHINES, saying, siteRules, taking, tellDay } from './test-site.ts';
import { QueueEntry } from './types.ts';

const [one = null] = MACHINES;

describe('a wish', () => {
  test('brought twice is granted once, with the entry of then', () => {
    const day = tellDay();
    day.open(1);
    for (let count = 0; count < 3; count += 1) day.take('social-security');
    const first = day.must({ kind: 'next', window: 1 }, { id: idOf(88_000) });
    const ticket = first.deed.kind === 'called' ? first.deed.ticket : null;
    expect(day.must({ kind: 'next', window: 1 }, { id: idOf(88_000) })).toEqual(first);
    expect(day.queue().windows[0]?.ticket).toBe(ticket);
  });

  test('that was based on what is no longer so is refused, whatever the state', () => {
    const day = tellDay();
    day.open(1);
    const ticket = day.take('social-security');
    day.must(saying({ kind: 'noted', ticket, words: '听力不便' }, 1));
    expect(day.wish(saying({ kind: 'called', ticket, window: 1 }, 1))).toEqual({ ok: false, error: { kind: 'ticket-moved', state: 'waiting' } });
    day.must(saying({ kind: 'called', ticket, window: 1 }, 2));
  });

  test('two windows that decide on the same queue get the same ticket, and one of them is refused when it is applied', () => {
    const day = tellDay();
    day.open(1);
    day.open(2);
    day.take('social-security');
    const decided = [1, 2].map((window) => decide(day.queue(), { kind: 'next', window }, { id: idOf(99_000 + window), at: day.now(), machine: null, account: 'wang' }));
    const [first, second] = decided.flatMap((result) => (result.ok ? [result.value] : []));
    if (first === undefined || second === undefined) throw new Error('refused');
    const after = applyEntry(day.queue(), first);
    expect(after.ok && applyEntry(after.value, second)).toMatchObject({ error: { kind: 'ticket-moved', state: 'called' } });
  });

  test('makes an entry that others can read, with the day in China', () => {
    const day = tellDay();
    day.must({ kind: 'lease', business: 'social-security' }, { machine: one });
    day.must(taking('social-security', { holder: holderOf(3), priority: 'elderly' }), { machine: one });
    for (const entry of day.entries) expect(QueueEntry.parse(structuredClone(entry))).toEqual(entry);
    const night = decide(day.queue(), taking('housing'), { id: idOf(5), at: '2026-11-23T16:00:00.000Z', machine: null, account: 'wang' });
    expect(night).toMatchObject({ value: { day: '2026-11-24' } });
  });

  test('sets priority with a reason', () => {
    const day = tellDay();
    const ticket = day.take('social-security');
    day.must(saying({ kind: 'prioritised', ticket, priority: 'expecting', reason: '带婴儿' }));
    expect(day.ticket(ticket)).toMatchObject({ priority: 'expecting', revision: 2 });
  });

  test('cannot say what only the rules may find out', () => {
    const wish = { kind: 'do', revision: null, deed: { kind: 'leased', machine: 'T330624-0001', business: 'housing', first: 1, last: 900 } };
    expect(QueueWish.safeParse(wish).success).toBe(false);
    expect(QueueWish.safeParse({ ...taking('housing'), way: 'roll' }).success).toBe(false);
    expect(QueueWish.safeParse(taking('housing')).success).toBe(true);
  });

  test.each<[string, QueueWish, string]>([
    ['a window that the site does not have', { kind: 'next', window: 50 }, 'unknown-window'],
    ['a closed window', { kind: 'next', window: 1 }, 'window-closed'],
    ['a business that the site does not have', taking('nothing'), 'unknown-business'],
    ['a range for no machine', { kind: 'lease', business: 'housing' }, 'wrong-range'],
    ['a range of no business', { kind: 'lease', business: 'nothing' }, 'unknown-business'],
    ['a ticket that never was', saying({ kind: 'noted', ticket: idOf(3) as never, words: '?' }), 'unknown-ticket'],
    ['a business to open for', saying({ kind: 'window-opened', window: 1, account: 'wang', businesses: ['nothing'] }), 'unknown-business'],
    ['a pause of a closed window', saying({ kind: 'window-paused', window: 1, why: '?' }), 'window-closed'],
  ])('is refused for %s', (_, wish, kind) => {
    expect(tellDay().wish(wish)).toEqual({ ok: false, error: { kind } });
  });
});

test('a window with somebody in hand hears that, also when nobody waits', () => {
  const day = tellDay();
  day.open(1);
  const ticket = day.take('social-security');
  day.next(1);
  expect(day.wish({ kind: 'next', window: 1 })).toMatchObject({ error: { kind: 'window-busy', ticket } });
});

test('when the day has no numbers left, that is said', () => {
  const day = tellDay(siteRules({ leaseSize: 200 }));
  for (let count = 0; count < 5; count += 1) day.must({ kind: 'lease', business: 'housing' }, { machine: one });
  expect(day.wish({ kind: 'lease', business: 'housing' }, { machine: one })).toMatchObject({ error: { kind: 'numbers-used-up' } });
  expect(day.wish(taking('housing'))).toMatchObject({ error: { kind: 'numbers-used-up' } });
  day.must(taking('housing'), { machine: one });
});

test('a roll is entered number by number, by when it was torn off, and stands there in its order', () => {
  const day = tellDay();
  const takenAt = day.now();
  const before = day.take('housing');
  const done = rollWishes({ business: 'housing', first: 500, last: 504, takenAt }).map((wish) => day.wish(wish));
  expect(done.every(({ ok }) => ok)).toBe(true);
  expect(day.wish({ kind: 'enter-roll', business: 'housing', number: 502, takenAt })).toMatchObject({ error: { kind: 'number-taken' } });
  expect(day.queue().lines.housing?.map(({ number }) => number)).toEqual([1, 500, 501, 502, 503, 504]);
  expect(day.ticket(before).number).toBe(1);
  expect(rollWishes({ business: 'housing', first: 5, last: 4, takenAt })).toEqual([]);
});

test('priority for age is offered from the birthday on', () => {
  const rules = siteRules();
  expect([isOfferedForAge(rules, '1956-11-23', '2026-11-23'), isOfferedForAge(rules, '1956-11-24', '2026-11-23')]).toEqual([true, false]);
});
