import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drop } from '../domain/result.ts';
import { pace } from './pacing.ts';
import { testClock } from '../test/fixtures/test-clock.ts';

describe('pace', () => {
  test('1295 bytes at 115 200 take the 112.4 ms that the wire takes', async () => {
    const clock = testClock();
    const pacer = pace({ baudRate: 115_200, clock, send: () => {} });
    let done = 0;
    drop(pacer.send(new Uint8Array(1295)).then(() => (done = clock.monotonic())));
    await clock.pass(200);
    expect(done).toBeCloseTo(112.41, 1);
    expect(clock.waiting).toBe(0);
  });

  test('never ahead of the line, in order, whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), fc.constantFrom(9600, 19_200, 115_200), async (messages, baudRate) => {
        const clock = testClock();
        const out: number[] = [];
        const pacer = pace({
          baudRate,
          clock,
          send: (bytes) => {
            out.push(...bytes);
            expect(out.length).toBeLessThanOrEqual((clock.monotonic() * baudRate) / 10_000 + 1e-3);
          },
        });
        for (const message of messages) drop(pacer.send(message));
        const total = messages.reduce((sum, message) => sum + message.length, 0);
        await clock.pass((total * 10_000) / baudRate + 10);
        expect(out).toEqual(messages.flatMap((message) => [...message]));
        expect(clock.waiting).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('a new speed counts from the next byte', async () => {
    const clock = testClock();
    let out = 0;
    const pacer = pace({ baudRate: 9600, clock, send: (bytes) => (out += bytes.length) });
    drop(pacer.send(new Uint8Array(1000)));
    await clock.pass(100);
    // 96 bytes fit; one step of two milliseconds may still be under way.
    expect(out).toBeGreaterThanOrEqual(94);
    expect(out).toBeLessThanOrEqual(96);
    pacer.setBaudRate(115_200);
    await clock.pass(100);
    expect(out).toBe(1000);
  });

  test('stopping drops the rest and releases who waits', async () => {
    const clock = testClock();
    let out = 0;
    const pacer = pace({ baudRate: 9600, clock, send: (bytes) => (out += bytes.length) });
    const sent = pacer.send(new Uint8Array(100));
    await clock.pass(10);
    pacer.stop();
    const before = out;
    expect(before).toBeLessThan(10);
    await sent;
    await clock.pass(1000);
    expect(out).toBe(before);
    expect(clock.waiting).toBe(0);
    await pacer.send(new Uint8Array(1));
    expect(out).toBe(before);
  });
});
