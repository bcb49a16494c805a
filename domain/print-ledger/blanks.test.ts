import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PrintId, ulid } from '../ids.ts';
import { blankNumber, type BlankEvent, checkLoad, checkVoid, findingsOf, stockOf, takeBlank } from './blanks.ts';
import type { PrintState } from './types.ts';

const AT = '2026-05-20T01:00:00.000Z';
const STOCK = 'business-licence';
const loaded = (first: number, last: number, stock = STOCK): BlankEvent => ({ kind: 'loaded', stock, first, last, at: AT });
const voided = (number: number, why: 'spoiled' | 'missing' = 'spoiled'): BlankEvent => ({ kind: 'voided', stock: STOCK, number, why, at: AT });
const printId = (index: number) => PrintId.parse(ulid(index, new Uint8Array(10)));
const entry = (index: number, state: PrintState, number: number, stock = STOCK) => ({ id: printId(index), state, blank: { stock, number } });

describe('the stock of numbered blanks', () => {
  test('is used from the top: packs in the order of loading, in a pack from the lowest number', () => {
    const events = [loaded(101, 102), loaded(7, 8)];
    expect(stockOf(STOCK, events, []).order).toEqual([101, 102, 7, 8]);
    expect(takeBlank(stockOf(STOCK, events, []))).toEqual({ ok: true, value: 101 });
    expect(takeBlank(stockOf(STOCK, events, [entry(1, 'printed', 101), entry(2, 'taken', 102)]))).toEqual({ ok: true, value: 7 });
  });

  test('a blank whose print did not come out is the next again; a void one is passed over', () => {
    expect(stockOf(STOCK, [loaded(1, 3)], [entry(1, 'not-printed', 1)]).next).toBe(1);
    expect(stockOf(STOCK, [loaded(1, 3), voided(1)], []).next).toBe(2);
  });

  test.each(['reserved', 'sent', 'unknown'] as const)('while one is %s nobody knows what lies on top: none is given', (state) => {
    const stock = stockOf(STOCK, [loaded(1, 3)], [entry(1, state, 1)]);
    expect(takeBlank(stock)).toEqual({ ok: false, error: { kind: 'blanks-in-doubt' } });
    expect(stock.sums).toEqual({ loaded: 3, left: 2, 'in-doubt': 1, used: 0, void: 0 });
  });

  test('an empty one says so, and other kinds of blank are another stock', () => {
    expect(takeBlank(stockOf(STOCK, [loaded(1, 1)], [entry(1, 'printed', 1)]))).toEqual({ ok: false, error: { kind: 'no-blanks' } });
    expect(stockOf(STOCK, [loaded(1, 1, 'elder-card')], []).sums.loaded).toBe(0);
    expect(stockOf(STOCK, [loaded(1, 1)], [entry(1, 'printed', 1, 'elder-card')]).next).toBe(1);
  });

  test('a pack is refused that is none, or holds a number that was here before', () => {
    const stock = stockOf(STOCK, [loaded(10, 12)], []);
    expect(checkLoad(stock, 13, 20)).toEqual({ ok: true, value: null });
    expect(checkLoad(stock, 5, 4)).toEqual({ ok: false, error: { kind: 'no-range' } });
    expect(checkLoad(stock, 2000, 3000)).toEqual({ ok: false, error: { kind: 'no-range' } });
    expect(checkLoad(stock, 1, 10)).toEqual({ ok: false, error: { kind: 'known-number', number: 10 } });
  });

  test('only a blank that is left can be made void', () => {
    const stock = stockOf(STOCK, [loaded(1, 3)], [entry(1, 'printed', 1)]);
    expect(checkVoid(stock, 2)).toEqual({ ok: true, value: null });
    expect(checkVoid(stock, 1)).toEqual({ ok: false, error: { kind: 'not-left', state: 'used' } });
    expect(checkVoid(stock, 9)).toEqual({ ok: false, error: { kind: 'unknown-number' } });
  });

  test('a number is written as the mint writes it', () => {
    expect(blankNumber({ prefix: '浙A', digits: 8 }, 12345)).toBe('浙A00012345');
  });
});

describe('the number on top of the tray', () => {
  const events = [loaded(1, 5)];
  test('says of a print in doubt that it came out when its blank is gone, and that it did not when it still lies there', () => {
    const stock = stockOf(STOCK, events, [entry(1, 'printed', 1), entry(2, 'unknown', 2)]);
    expect(findingsOf(stock, 3)).toEqual({ ok: true, value: { close: [{ print: printId(2), cameOut: true }], missing: [] } });
    expect(findingsOf(stock, 2)).toEqual({ ok: true, value: { close: [{ print: printId(2), cameOut: false }], missing: [] } });
  });

  test('finds blanks that are gone without a print', () => {
    expect(findingsOf(stockOf(STOCK, events, [entry(1, 'printed', 1)]), 4)).toEqual({ ok: true, value: { close: [], missing: [2, 3] } });
    expect(findingsOf(stockOf(STOCK, events, []), null)).toEqual({ ok: true, value: { close: [], missing: [1, 2, 3, 4, 5] } });
  });

  test('that cannot be is said, and nothing follows from it', () => {
    const stock = stockOf(STOCK, [...events, voided(3)], [entry(1, 'printed', 1), entry(2, 'printed', 2)]);
    expect(findingsOf(stock, 2)).toEqual({ ok: false, error: { kind: 'still-there', number: 2 } });
    expect(findingsOf(stock, 3)).toEqual({ ok: false, error: { kind: 'still-there', number: 3 } });
    expect(findingsOf(stock, 77)).toEqual({ ok: false, error: { kind: 'unknown-number' } });
  });
});

/** One day at a real tray: what lies in it and what came out is known here, and hidden from the ledger where the printer did not say. */
const deeds = fc.array(fc.oneof(
  fc.record({ deed: fc.constant('print' as const), cameOut: fc.boolean(), told: fc.boolean() }),
  fc.record({ deed: fc.constant('spoil' as const) }),
  fc.record({ deed: fc.constant('look' as const) }),
  fc.record({ deed: fc.constant('lose' as const) }),
), { maxLength: 40 });

describe('through any day', () => {
  test('the sums add up, no blank is used twice, and looking into the tray tells of every print what was true', () => {
    fc.assert(fc.property(deeds, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), (day, one, two) => {
      const events: BlankEvent[] = [loaded(100, 99 + one), ...(two === 0 ? [] : [loaded(1, two)])];
      const entries: ReturnType<typeof entry>[] = [];
      const tray = [...stockOf(STOCK, events, []).order];
      const truth = new Map<PrintId, boolean>();
      const look = () => {
        const found = findingsOf(stockOf(STOCK, events, entries), tray[0] ?? null);
        if (!found.ok) throw new Error(found.error.kind);
        for (const { print, cameOut } of found.value.close) {
          expect(cameOut).toBe(truth.get(print));
          const closed = entries.find(({ id }) => id === print);
          if (closed !== undefined) closed.state = cameOut ? 'printed' : 'not-printed';
        }
        events.push(...found.value.missing.map((number) => voided(number, 'missing')));
        expect(stockOf(STOCK, events, entries)).toMatchObject({ sums: { 'in-doubt': 0, left: tray.length }, next: tray[0] ?? null });
      };
      for (const { deed, ...how } of day) {
        const taken = takeBlank(stockOf(STOCK, events, entries));
        if (deed === 'look') look();
        // Blanks vanish only unseen: what the ledger then prints on is found out by the next look.
        if (deed === 'lose' && entries.every(({ state }) => state !== 'unknown')) {
          tray.shift();
          look();
        }
        if (!taken.ok) continue;
        if (deed === 'spoil') {
          tray.shift();
          events.push(voided(taken.value));
        }
        if (deed === 'print' && 'cameOut' in how) {
          expect(taken.value).toBe(tray[0]);
          const print = entry(entries.length, how.told ? (how.cameOut ? 'printed' : 'not-printed') : 'unknown', taken.value);
          entries.push(print);
          truth.set(print.id, how.cameOut);
          if (how.cameOut) tray.shift();
        }
        const { sums } = stockOf(STOCK, events, entries);
        expect(sums.left + sums['in-doubt'] + sums.used + sums.void).toBe(sums.loaded);
        const used = entries.filter(({ state }) => state !== 'not-printed').map(({ blank }) => blank.number);
        expect(new Set(used).size).toBe(used.length);
      }
    }));
  });
});
