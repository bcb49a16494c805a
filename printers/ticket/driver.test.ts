import { describe, expect, test } from 'vitest';
import { err, ok } from '../../domain/result.ts';
import { wireEvents } from '../../wire/events.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { Transport } from '../../wire/types.ts';
import { STATUS_TIMEOUT, ticketDriver } from './driver.ts';

/** A wire whose other end is the test itself. */
function bench() {
  const clock = testClock();
  const events = wireEvents();
  const written: string[] = [];
  const transport: Transport = {
    open: async () => ok(null),
    async send(bytes) {
      if (events.end !== null) return err(events.end);
      written.push(Buffer.from(bytes).toString('hex'));
      return ok(null);
    },
    onBytes: events.onBytes,
    onGone: events.onGone,
    close: async () => events.gone({ kind: 'closed' }),
  };
  const never = new AbortController();
  return { clock, events, written, driver: ticketDriver({ transport, clock }), signal: never.signal, never };
}

describe('status', () => {
  test('asks for all four in one go and decodes the answers, in pieces too', async () => {
    const { driver, events, written, signal, clock } = bench();
    const asked = driver.status({ signal });
    await clock.pass(0);
    expect(written).toEqual(['100401100402100403100404']);
    events.bytes(Uint8Array.of(0x1a, 0x32));
    await clock.pass(900);
    events.bytes(Uint8Array.of(0x12, 0x7e));
    expect(await asked).toMatchObject({ ok: true, value: { printer: { offline: true }, paper: { end: true } } });
    expect(clock.waiting).toBe(0);
  });

  test('three answers of four are no answer, and do not spoil the next question', async () => {
    const { driver, events, signal, clock } = bench();
    const asked = driver.status({ signal });
    await clock.pass(0);
    events.bytes(Uint8Array.of(0x12, 0x12, 0x12));
    await clock.pass(STATUS_TIMEOUT);
    expect(await asked).toEqual({ ok: false, error: { kind: 'no-answer' } });
    events.bytes(Uint8Array.of(0x12));
    const again = driver.status({ signal });
    await clock.pass(0);
    events.bytes(Uint8Array.of(0x1a, 0x16, 0x12, 0x12));
    expect(await again).toMatchObject({ ok: true, value: { offline: { coverOpen: true } } });
  });

  test('noise is garbled, an unplugged cable is unplugged, an abort is cancelled: three different things', async () => {
    const garbled = bench();
    const first = garbled.driver.status({ signal: garbled.signal });
    await garbled.clock.pass(0);
    garbled.events.bytes(Uint8Array.of(0x12, 0x92));
    expect(await first).toEqual({ ok: false, error: { kind: 'garbled', byte: 0x92 } });

    const pulled = bench();
    const second = pulled.driver.status({ signal: pulled.signal });
    await pulled.clock.pass(0);
    pulled.events.gone({ kind: 'unplugged' });
    expect(await second).toEqual({ ok: false, error: { kind: 'unplugged' } });
    expect(await pulled.driver.status({ signal: pulled.signal })).toEqual({ ok: false, error: { kind: 'unplugged' } });

    const aborted = bench();
    const third = aborted.driver.status({ signal: aborted.signal });
    await aborted.clock.pass(0);
    aborted.never.abort();
    expect(await third).toEqual({ ok: false, error: { kind: 'cancelled' } });
    for (const { clock } of [garbled, pulled, aborted]) expect(clock.waiting).toBe(0);
  });
});

describe('reports and clearing', () => {
  test('a report that came while the status was asked for is still there afterwards', async () => {
    const { driver, events, signal, clock } = bench();
    const asked = driver.status({ signal });
    await clock.pass(0);
    events.bytes(Uint8Array.of(0x12, 0x00, 0x12, 0x12, 0x12));
    expect((await asked).ok).toBe(true);
    expect(await driver.paperReport({ within: 1, signal })).toEqual({ ok: true, value: { nearEnd: false, end: false } });
  });

  test('a report of an earlier job is forgotten', async () => {
    const { driver, events, signal, clock } = bench();
    events.bytes(Uint8Array.of(0x00));
    driver.forgetReports();
    const waiting = driver.paperReport({ within: 500, signal });
    await clock.pass(500);
    expect(await waiting).toEqual({ ok: false, error: { kind: 'no-answer' } });
  });

  test('clearing succeeds only with the whole response', async () => {
    const { driver, events, written, signal, clock } = bench();
    const clearing = driver.clearBuffer({ signal });
    await clock.pass(0);
    expect(written).toEqual(['10140801031401060208']);
    events.bytes(Uint8Array.of(0x37, 0x25));
    await clock.pass(10);
    events.bytes(Uint8Array.of(0x00));
    expect(await clearing).toEqual({ ok: true, value: null });
    const again = driver.clearBuffer({ signal });
    await clock.pass(1000);
    expect(await again).toEqual({ ok: false, error: { kind: 'no-answer' } });
  });
});
