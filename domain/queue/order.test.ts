import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderFor } from './order.ts';
import { idOf, MINUTE, NINE, saying, siteRules, tellDay } from './test-site.ts';

const at = (minutes: number) => new Date(NINE + minutes * MINUTE).toISOString();
const slot = (serial: number, from: number, until: number) => ({ way: 'appointment' as const, appointment: { id: idOf(700_000 + serial), from: at(from), until: at(until) } });
const elderly = { priority: 'elderly' as const };

/** A line told in letters: `o` ordinary, `p` with priority; and how it is called, with the reason's first letters. */
function called(line: string, ordinaryEvery: number): string {
  const day = tellDay(siteRules({ ordinaryEvery }));
  for (const letter of line) day.take('social-security', letter === 'p' ? elderly : {});
  return orderFor(day.queue(), 1, day.now()).map(({ ticket, why }) => `${ticket.priority === null ? 'o' : 'p'}${ticket.number}${why === 'ordinary-turn' ? '!' : ''}`).join(' ');
}

describe('whom a window calls next', () => {
  test.each([
    ['ooo', 4, 'o1 o2 o3'],
    ['oppp', 4, 'p2 p3 p4 o1'],
    ['opppppp', 4, 'p2 p3 p4 o1! p5 p6 p7'],
    ['oopppp', 2, 'p3 o1! p4 o2! p5 p6'],
    ['oppo', 1, 'o1! p2 p3 o4'],
    // Those who came earlier pass nobody.
    ['ppppo', 2, 'p1 p2 p3 p4 o5'],
    // While one waits longer than who is due, it goes first.
    ['popppp', 2, 'p1 p3 o2! p4 p5 p6'],
  ])('%s with every %ith turn ordinary: %s', (line, every, expected) => {
    expect(called(line, every)).toBe(expected);
  });

  test('its own first, then appointments in their slot, then priority, then the longest', () => {
    const day = tellDay(siteRules({ ordinaryEvery: 10 }));
    day.open(1);
    const own = day.take('social-security');
    day.next(1);
    day.must(saying({ kind: 'suspended', ticket: own, window: 1, why: 'documents' }));
    const longest = day.take('social-security');
    const prior = day.take('social-security', elderly);
    const second = day.take('social-security', slot(1, -30, 60));
    const first = day.take('social-security', slot(2, -60, 60));
    const early = day.take('social-security', slot(3, 30, 90));
    const late = day.take('social-security', slot(4, -90, -30));
    day.must(saying({ kind: 'returned', ticket: own }));
    const order = orderFor(day.queue(), 1, day.now());
    expect(order.map(({ ticket, why }) => [ticket.ticket, why])).toEqual([[own, 'returned'], [first, 'appointment'], [second, 'appointment'], [prior, 'priority'], [longest, 'longest'], [early, 'longest'], [late, 'longest']]);
    expect(orderFor(day.queue(), 1, at(30))[1]).toMatchObject({ ticket: { ticket: first } });
    expect(orderFor(day.queue(), 1, at(60)).slice(1, 3).map(({ ticket }) => ticket.ticket)).toEqual([early, prior]);
    // Another window has nothing of the first one's own.
    expect(orderFor(day.queue(), 2, day.now()).map(({ ticket }) => ticket.ticket)).not.toContain(own);
  });

  test('appointments pass nobody more often than the bound allows either', () => {
    const day = tellDay(siteRules({ ordinaryEvery: 3 }));
    const ordinary = day.take('social-security');
    for (let serial = 0; serial < 5; serial += 1) day.take('social-security', slot(serial, -30, 60));
    expect(orderFor(day.queue(), 1, day.now()).map(({ ticket }) => ticket.ticket).indexOf(ordinary)).toBe(2);
  });

  test('of several businesses the longest waiting, and what one window passes counts at the others', () => {
    const day = tellDay(siteRules({ ordinaryEvery: 3 }));
    for (const window of [1, 6, 11]) day.open(window);
    const registration = day.take('registration');
    const first = day.take('social-security');
    expect(orderFor(day.queue(), 11, day.now()).map(({ ticket }) => ticket.ticket)).toEqual([registration, first]);
    const prior = Array.from({ length: 5 }, () => day.take('social-security', elderly));
    expect([day.serve(11), day.serve(1)]).toEqual([prior[0], prior[1]]);
    // Social security was passed twice, registration once: window 11 goes by time now, and so does window 1.
    expect(orderFor(day.queue(), 11, day.now())[0]).toMatchObject({ why: 'ordinary-turn', ticket: { ticket: registration } });
    expect(orderFor(day.queue(), 1, day.now())[0]).toMatchObject({ why: 'ordinary-turn', ticket: { ticket: first } });
    expect(orderFor(day.queue(), 6, day.now())[0]).toMatchObject({ why: 'longest', ticket: { ticket: registration } });
  });

  test('a window that calls its own passes nobody', () => {
    const day = tellDay(siteRules({ ordinaryEvery: 2 }));
    day.open(1);
    day.open(2);
    const ordinary = day.take('housing');
    day.open(1, ['social-security', 'housing']);
    const own = day.take('social-security', elderly);
    day.must(saying({ kind: 'called', ticket: own, window: 2 }));
    day.must(saying({ kind: 'transferred', ticket: own, window: 2, business: 'social-security', to: 1, keepsPlace: false }));
    expect(day.serve(1)).toBe(own);
    const prior = day.take('housing', elderly);
    expect(orderFor(day.queue(), 1, day.now()).map(({ ticket }) => ticket.ticket)).toEqual([prior, ordinary]);
  });

  test('a window that the site does not have calls nobody', () => {
    expect(orderFor(tellDay().queue(), 77, at(0))).toEqual([]);
  });

  test('the order is that of calling one after the other, and holds everybody who waits there once', () => {
    const one = fc.record({ priority: fc.boolean(), business: fc.constantFrom('social-security', 'registration'), booked: fc.boolean() });
    fc.assert(fc.property(fc.array(one, { maxLength: 25 }), fc.integer({ min: 1, max: 5 }), (people, ordinaryEvery) => {
      const day = tellDay(siteRules({ ordinaryEvery }));
      day.open(11);
      people.forEach(({ priority, business, booked }, serial) => day.take(business, { ...(priority ? elderly : {}), ...(booked ? slot(serial, -30, 600) : {}) }));
      const order = orderFor(day.queue(), 11, day.now()).map(({ ticket }) => ticket.ticket);
      expect(new Set(order).size).toBe(people.length);
      expect(people.map(() => day.serve(11))).toEqual(order);
    }), { numRuns: 40 });
  });
});
