import { describe, expect, test } from 'vitest';
import { estimateNew, estimateOf, type Estimate } from './estimate.ts';
import { simulateMorning } from './test-morning.ts';
import { MINUTE, saying, siteRules, tellDay } from './test-site.ts';

describe('how long somebody will wait', () => {
  const site = (minutes: number) => siteRules({ businesses: siteRules().businesses.map((business) => ({ ...business, usualMinutes: minutes })) });

  test('goes by the usual minutes while nothing else is known, and by who stands before', () => {
    const day = tellDay(site(10));
    day.open(9);
    const tickets = Array.from({ length: 4 }, () => day.take('housing'));
    day.next(9);
    const estimates = tickets.map((ticket) => estimateOf(day.queue(), ticket, day.now()));
    expect(estimates[0]).toBe(null);
    expect(estimates.slice(1).map((estimate) => estimate?.ahead)).toEqual([0, 1, 2]);
    const [, , third] = estimates;
    // One minute of the first is over; then comes the second.
    expect(third?.least).toBeLessThan(19);
    expect(third?.most).toBeGreaterThan(19);
    expect(estimateNew(day.queue(), 'housing', null, day.now())).toMatchObject({ ahead: 3 });
    expect(estimateNew(day.queue(), 'housing', 'disabled', day.now())).toMatchObject({ ahead: 0 });
  });

  test('learns from the day: what takes three minutes is soon told as three', () => {
    const day = tellDay(site(30));
    day.open(9);
    for (let count = 0; count < 12; count += 1) {
      day.take('housing');
      day.serve(9, 1);
    }
    for (let count = 0; count < 5; count += 1) day.take('housing');
    const { most } = estimateNew(day.queue(), 'housing', null, day.now());
    expect(most).toBeGreaterThanOrEqual(15);
    expect(most).toBeLessThan(40);
  });

  test('one visit that nobody ended does not make the day long', () => {
    const day = tellDay(site(3));
    day.open(9);
    const serve = (minutes: number) => {
      day.take('housing');
      day.serve(9, minutes);
    };
    for (let count = 0; count < 12; count += 1) serve(1);
    const before = estimateNew(day.queue(), 'housing', null, day.now());
    serve(300);
    for (let count = 0; count < 4; count += 1) day.take('housing');
    expect(before).toMatchObject({ ahead: 0, least: 0 });
    expect(estimateNew(day.queue(), 'housing', null, day.now()).most).toBeLessThan(60);
  });

  test('counts what passes between two calls while somebody waits', () => {
    const most = (minutesBetween: number) => {
      const day = tellDay(site(3));
      day.open(9);
      for (let count = 0; count < 16; count += 1) day.take('housing');
      for (let count = 0; count < 12; count += 1) {
        day.serve(9);
        day.wait(minutesBetween);
      }
      return estimateOf(day.queue(), day.queue().lines.housing?.at(-1)?.ticket ?? day.take('housing'), day.now())?.most ?? 0;
    };
    // Three are called before.
    expect(most(5) - most(0)).toBeGreaterThanOrEqual(14);
  });

  test('is not told while no window serves it, and a pause is waited for', () => {
    const day = tellDay();
    const ticket = day.take('housing');
    day.take('housing');
    day.open(1);
    const nobody: Estimate = { ahead: 2, least: null, most: null };
    expect(estimateNew(day.queue(), 'housing', null, day.now())).toEqual(nobody);
    day.open(9);
    const open = estimateOf(day.queue(), ticket, day.now());
    expect(open).toMatchObject({ ahead: 0, least: 0 });
    day.must(saying({ kind: 'window-paused', window: 9, why: '取件' }));
    expect(estimateOf(day.queue(), ticket, day.now())?.most).toBeGreaterThanOrEqual((open?.most ?? Infinity) + 10);
  });

  test('holds on made-up mornings: neither too short nor too long on the whole, and four of five end within', () => {
    const misses: { bias: number; size: number; within: boolean }[] = [];
    for (let seed = 1; seed <= 20; seed += 1) {
      const told = new Map<string, { estimate: Estimate; at: number }>();
      const { truth } = simulateMorning(seed, (queue, ticket, at) => {
        const estimate = estimateOf(queue, ticket, at);
        if (estimate !== null) told.set(ticket, { estimate, at: Date.parse(at) });
      });
      for (const what of truth) {
        const known = what.kind === 'waited' ? told.get(what.ticket) : undefined;
        if (known === undefined || known.estimate.least === null) continue;
        const { least, most } = known.estimate;
        const wait = (what.at - known.at) / MINUTE;
        const bias = (least + most) / 2 - wait;
        misses.push({ bias, size: Math.abs(bias), within: least <= wait && wait <= most });
      }
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const measured = { count: misses.length, bias: mean(misses.map(({ bias }) => bias)), error: mean(misses.map(({ size }) => size)), within: mean(misses.map(({ within }) => Number(within))) };
    expect(measured.count).toBeGreaterThan(3000);
    expect(Math.abs(measured.bias), JSON.stringify(measured)).toBeLessThan(1);
    expect(measured.error, JSON.stringify(measured)).toBeLessThan(5);
    expect(measured.within, JSON.stringify(measured)).toBeGreaterThan(0.75);
    expect(measured.within, JSON.stringify(measured)).toBeLessThan(0.9);
  });
});
