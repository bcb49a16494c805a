import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNaturalDays } from '../calendar/civil-date.ts';
import { HOLIDAY_NOTICES } from '../calendar/holidays.ts';
import { addDays, dueDate, isWorkingDay, workingCalendar, workingDaysBetween } from '../calendar/working-days.ts';
import { daysUsed, dueWithPauses, type Pause, reckonLimits, type Span } from './limits.ts';

const calendar = { ...workingCalendar(HOLIDAY_NOTICES), name: 'national-2026' };
const working = (days: number): Span => ({ days, unit: 'working' });

describe('limits with pauses', () => {
  // domain facts §10, every row.
  test.each([['2026-09-30', 5, '2026-10-13'], ['2026-02-13', 3, '2026-02-25'], ['2026-02-14', 3, '2026-02-26'], ['2025-09-26', 5, '2025-10-10'], ['2026-04-30', 20, '2026-06-01']])('%s and %i working days: %s', (acceptedOn, days, due) => {
    expect(dueWithPauses(acceptedOn, working(days), [], calendar)).toEqual({ date: due, provisional: false });
  });

  test('a pause moves the due date by its own working days', () => {
    const pauses = [{ from: '2026-11-25', to: '2026-12-02' }];
    expect(dueWithPauses('2026-11-23', working(5), pauses, calendar)?.date).toBe(addDays('2026-11-30', 5, 'working', calendar).date);
    expect(workingDaysBetween('2026-11-25', '2026-12-02', calendar)).toBe(5);
  });

  test('one that ends on its own day moves nothing; while one stands nobody knows the day', () => {
    expect(dueWithPauses('2026-11-23', working(5), [{ from: '2026-11-25', to: '2026-11-25' }], calendar)?.date).toBe('2026-11-30');
    expect(dueWithPauses('2026-11-23', working(5), [{ from: '2026-11-25', to: null }], calendar)).toBeNull();
    expect(dueWithPauses('2026-11-23', working(1), [{ from: '2026-11-25', to: null }], calendar)?.date).toBe('2026-11-24');
  });

  test('beyond the loaded years a day is provisional, and a limit in natural days never is', () => {
    expect(dueWithPauses('2026-12-30', working(5), [], calendar)?.provisional).toBe(true);
    expect(dueWithPauses('2026-12-30', { days: 5, unit: 'natural' }, [], calendar)).toEqual({ date: '2027-01-04', provisional: false });
  });

  test('an extension lengthens both limits', () => {
    const of = { acceptedOn: '2026-11-23', promised: working(2), statutory: working(5), pauses: [], extension: 3 };
    expect(reckonLimits(of, calendar)).toEqual({ promisedBy: '2026-11-30', statutoryBy: '2026-12-03', provisional: false, calendar: 'national-2026' });
    expect(reckonLimits({ ...of, pauses: [{ from: '2026-11-24', to: null }] }, calendar)).toBeNull();
  });
});

const dates = fc.integer({ min: 0, max: 600 }).map((days) => addNaturalDays('2025-03-01', days));
const spans = fc.record({ days: fc.integer({ min: 0, max: 60 }), unit: fc.constantFrom('working' as const, 'natural' as const) });
const pauses = fc.array(fc.tuple(dates, fc.integer({ min: 0, max: 40 })).map(([from, days]): Pause => ({ from, to: addNaturalDays(from, days) })), { maxLength: 5 });

describe('whatever happens to a limit', () => {
  test('without a pause it is the plain due date', () => {
    fc.assert(fc.property(dates, spans, (from, span) => {
      expect(dueWithPauses(from, span, [], calendar)).toEqual(dueDate(from, span, calendar));
    }));
  });

  test('the order and the overlap of pauses do not matter', () => {
    fc.assert(fc.property(dates, spans, pauses, fc.infiniteStream(fc.nat()), (from, span, list, picks) => {
      const shuffled = list.map((pause) => ({ pause, at: picks.next().value! })).toSorted((left, right) => left.at - right.at).map(({ pause }) => pause);
      expect(dueWithPauses(from, span, [...shuffled, ...list], calendar)).toEqual(dueWithPauses(from, span, list, calendar));
    }));
  });

  test('exactly the promised days run, and the last of them is the due date', () => {
    fc.assert(fc.property(dates, spans, pauses, (from, span, list) => {
      const due = dueWithPauses(from, span, list, calendar);
      if (due === null) return expect.unreachable();
      expect(daysUsed(from, span.unit, due.date, list, calendar)).toBe(span.days);
      if (span.days > 0) expect(daysUsed(from, span.unit, addNaturalDays(due.date, -1), list, calendar)).toBe(span.days - 1);
    }));
  });

  test('a pause never brings a due date forward, and a longer one never brings it back', () => {
    fc.assert(fc.property(dates, spans, pauses, dates, fc.nat({ max: 30 }), fc.nat({ max: 30 }), (from, span, list, begin, short, more) => {
      const without = dueWithPauses(from, span, list, calendar)?.date ?? '';
      const shorter = dueWithPauses(from, span, [...list, { from: begin, to: addNaturalDays(begin, short) }], calendar)?.date ?? '';
      const longer = dueWithPauses(from, span, [...list, { from: begin, to: addNaturalDays(begin, short + more) }], calendar)?.date ?? '';
      expect(without <= shorter && shorter <= longer).toBe(true);
    }));
  });

  test('a day more off in the calendar never brings a due date forward, and changes nothing for limits in natural days', () => {
    fc.assert(fc.property(dates, spans, pauses, dates, (from, span, list, closed) => {
      const closure = workingCalendar(HOLIDAY_NOTICES, [{ date: closed, working: false, reason: '冰雪' }]);
      const before = dueWithPauses(from, span, list, calendar)?.date ?? '';
      const after = dueWithPauses(from, span, list, closure)?.date ?? '';
      expect(span.unit === 'natural' ? after === before : after >= before).toBe(true);
      if (isWorkingDay(closed, calendar) && span.unit === 'working' && span.days > 0 && before === closed) expect(after > before).toBe(true);
    }));
  });

  test('nothing depends on the time zone of the machine', () => {
    const zone = process.env['TZ'];
    const answers = ['America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai'].map((name) => {
      process.env['TZ'] = name;
      return dueWithPauses('2026-12-28', working(10), [{ from: '2026-12-30', to: '2027-01-05' }], calendar);
    });
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
