import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_DAY, DayHours, type OpeningHours, openingAt } from './opening.ts';

const desk = [{ from: '08:30', to: '11:30' }, { from: '13:30', to: '17:30' }];
const office: OpeningHours = { days: [desk, desk, desk, desk, desk, [], []], holidays: [] };
/** An instant by China's clock. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe('when a place is open', () => {
  test.each<[string, string, ReturnType<typeof openingAt>]>([
    ['on a working morning', '2026-06-08T10:42', { kind: 'open', until: '11:30' }],
    ['at the minute it opens', '2026-06-08T08:30', { kind: 'open', until: '11:30' }],
    ['at the minute it closes for lunch', '2026-06-08T11:30', { kind: 'opens', date: '2026-06-08', at: '13:30' }],
    ['before it opens', '2026-06-08T00:00', { kind: 'opens', date: '2026-06-08', at: '08:30' }],
    ['after it closed', '2026-06-08T17:30', { kind: 'opens', date: '2026-06-09', at: '08:30' }],
    ['on Friday evening', '2026-06-12T18:00', { kind: 'opens', date: '2026-06-15', at: '08:30' }],
    ['on a holiday that is a Friday: 端午节', '2026-06-19T10:00', { kind: 'opens', date: '2026-06-22', at: '08:30' }],
    ['in the days of 春节', '2026-02-16T09:00', { kind: 'opens', date: '2026-02-24', at: '08:30' }],
    ['on a Saturday that was made a working day', '2026-05-09T09:00', { kind: 'open', until: '11:30' }],
  ])('%s', (_when, now, opening) => {
    expect(openingAt(office, at(now))).toEqual(opening);
  });

  test('day and night is said only where holidays are open, too', () => {
    const days = Array.from({ length: 7 }, () => ALL_DAY);
    expect(openingAt({ days, holidays: ALL_DAY }, at('2026-02-16T03:00'))).toEqual({ kind: 'always' });
    expect(openingAt({ days, holidays: [] }, at('2026-06-08T23:59'))).toEqual({ kind: 'open', until: '24:00' });
    expect(openingAt({ days, holidays: [] }, at('2026-06-19T03:00'))).toEqual({ kind: 'opens', date: '2026-06-20', at: '00:00' });
  });

  test('a place that is never open never opens', () => {
    expect(openingAt({ days: office.days.map(() => []), holidays: [] }, at('2026-06-08T09:00'))).toEqual({ kind: 'never' });
  });

  test.each([[[{ from: '17:30', to: '08:30' }]], [[{ from: '08:30', to: '08:30' }]], [[{ from: '08:30', to: '12:00' }, { from: '11:59', to: '17:00' }]], [[{ from: '24:00', to: '24:00' }]], [[{ from: '8:30', to: '12:00' }]]])('are no hours: %j', (hours) => {
    expect(DayHours.safeParse(hours).success).toBe(false);
  });

  test('what is said of any hours at any minute holds: open until then, or closed until it opens', () => {
    const minutes = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const day = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 }).map((times) => {
      const sorted = times.toSorted((left, right) => left - right);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => ({ from: minutes(sorted[2 * index] ?? 0), to: minutes(sorted[2 * index + 1] ?? 0) }));
    });
    const minute = fc.integer({ min: 0, max: 60 * 24 * 365 }).map((offset) => at('2026-01-01T00:00') + offset * 60_000);
    fc.assert(fc.property(fc.record({ days: fc.array(day, { minLength: 7, maxLength: 7 }), holidays: day }), minute, (hours, now) => {
      const opening = openingAt(hours, now);
      if (opening.kind === 'open') {
        const left = (at(`2026-01-01T${opening.until === '24:00' ? '00:00' : opening.until}`) - at('2026-01-01T00:00') - ((now + 8 * 3_600_000) % 86_400_000) + 86_400_000) % 86_400_000 || 86_400_000;
        expect(openingAt(hours, now + left - 60_000)).toEqual(opening);
      }
      if (opening.kind === 'opens') {
        const opens = at(`${opening.date}T${opening.at}`);
        expect(opens).toBeGreaterThan(now);
        expect(openingAt(hours, opens).kind).toBe('open');
        expect(openingAt(hours, opens - 60_000)).toEqual(opens - 60_000 < now ? expect.anything() : opening);
      }
    }));
  });
});
