import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNaturalDays, civilDate, dateOfDay, dateOfDigits, dayNumber, isCivilDate, isRealDate, startOfDay, weekday, yearsBetween } from './civil-date.ts';
import { HOLIDAY_NOTICES } from './holidays.ts';
import { addDays, daysLeft, dueDate, isWorkingDay, NATIONAL_CALENDAR, workingCalendar, workingDaysBetween } from './working-days.ts';

const dates = fc.integer({ min: dayNumber('2025-01-01'), max: dayNumber('2026-12-31') }).map(dateOfDay);

describe('civil dates', () => {
  test.each([['2024-02-29', true], ['2023-02-29', false], ['1900-02-29', false], ['2000-02-29', true], ['2026-13-01', false], ['2026-00-10', false], ['2026-06-31', false], ['2026-6-3', false], ['0000-01-01', false]])('%s: %s', (text, real) => {
    expect(isCivilDate(text)).toBe(real);
  });
  test('digits', () => {
    expect(dateOfDigits('19491231')).toBe('1949-12-31');
    expect(dateOfDigits('19490231')).toBe(null);
    expect(dateOfDigits('1949-1-1')).toBe(null);
    expect(isRealDate(2026, 1.5, 1)).toBe(false);
  });
  test('the civil date turns at 16:00 UTC', () => {
    expect(civilDate(Date.UTC(2026, 8, 30, 15, 59, 59, 999))).toBe('2026-09-30');
    expect(civilDate(Date.UTC(2026, 8, 30, 16, 0, 0, 0))).toBe('2026-10-01');
    expect(civilDate(0)).toBe('1970-01-01');
    expect(civilDate(Date.UTC(2025, 11, 31, 16))).toBe('2026-01-01');
  });
  test('a day begins where the civil date turns', () => {
    expect([civilDate(startOfDay('2026-10-01')), civilDate(startOfDay('2026-10-01') - 1)]).toEqual(['2026-10-01', '2026-09-30']);
  });
  test('weekdays', () => {
    expect(['2026-09-30', '2026-10-04', '1969-12-28', '1970-01-01'].map(weekday)).toEqual([3, 7, 7, 4]);
  });
  test('day numbers are undone, weekdays go round', () => {
    fc.assert(fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
      const date = dateOfDay(number);
      expect(dayNumber(date)).toBe(number);
      expect(weekday(addNaturalDays(date, 1))).toBe((weekday(date) % 7) + 1);
    }));
    expect(() => dayNumber('2026-02-30')).toThrow(RangeError);
  });
  test('age', () => {
    expect(yearsBetween('1956-10-01', '2026-09-30')).toBe(69);
    expect(yearsBetween('1956-10-01', '2026-10-01')).toBe(70);
    expect(yearsBetween('1956-02-29', '2026-02-28')).toBe(69);
    expect(yearsBetween('1956-02-29', '2026-03-01')).toBe(70);
  });
});

describe('working days', () => {
  test.each([2025, 2026])('%i has 248', (year) => {
    expect(workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`)).toBe(248);
  });
  test('days the notices name', () => {
    expect(['2025-01-26', '2025-10-11', '2026-02-14', '2026-05-09'].map((date) => isWorkingDay(date))).toEqual([true, true, true, true]);
    expect(['2025-01-28', '2025-10-08', '2026-02-23', '2026-09-25'].map((date) => isWorkingDay(date))).toEqual([false, false, false, false]);
    expect(HOLIDAY_NOTICES.map(({ off, working }) => [off.length, working.length])).toEqual([[6, 5], [7, 6]]);
  });
  test.each([
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2026-02-14', 3, '2026-02-26'],
    ['2025-09-26', 5, '2025-10-10'],
    ['2026-04-30', 20, '2026-06-01'],
  ])('accepted %s with %i days is due %s', (accepted, days, due) => {
    expect(dueDate(accepted, { days, unit: 'working' })).toEqual({ date: due, provisional: false });
    expect(daysLeft(accepted, due)).toBe(days);
    expect(daysLeft(due, due)).toBe(0);
  });
  test('overdue days are negative', () => {
    expect(daysLeft('2026-10-15', '2026-10-13')).toBe(-2);
    expect(daysLeft('2026-10-12', '2026-10-13')).toBe(1);
    expect(daysLeft('2026-10-08', '2026-10-13', 'natural')).toBe(5);
  });
  test('natural days need no calendar', () => {
    expect(dueDate('2026-12-20', { days: 20, unit: 'natural' })).toEqual({ date: '2027-01-09', provisional: false });
  });
  test('beyond the loaded years a day is provisional, and settles when the notice is loaded', () => {
    expect(addDays('2026-12-28', 3, 'working')).toEqual({ date: '2026-12-31', provisional: false });
    expect(addDays('2026-12-28', 4, 'working')).toEqual({ date: '2027-01-01', provisional: true });
    const later = workingCalendar([...HOLIDAY_NOTICES, { year: 2027, source: 'invented for this test', off: ['2027-01-01/2027-01-03'], working: [] }]);
    expect(addDays('2026-12-28', 4, 'working', later)).toEqual({ date: '2027-01-04', provisional: false });
    expect(addDays('2024-12-30', 1, 'working').provisional).toBe(true);
  });
  test('a county day stands above the notice', () => {
    const calendar = workingCalendar(HOLIDAY_NOTICES, [{ date: '2026-10-12', working: false, reason: '雪灾停办' }, { date: '2026-10-11', working: true, reason: '集市日' }]);
    expect(dueDate('2026-09-30', { days: 5, unit: 'working' }, calendar).date).toBe('2026-10-13');
    expect(isWorkingDay('2026-10-12', calendar)).toBe(false);
    expect(isWorkingDay('2026-10-11', calendar)).toBe(true);
  });
  test('the first day counts where the hall says so, and only when it is a working day', () => {
    expect(dueDate('2026-09-30', { days: 5, unit: 'working' }, NATIONAL_CALENDAR, true).date).toBe('2026-10-12');
    expect(dueDate('2026-10-03', { days: 1, unit: 'working' }, NATIONAL_CALENDAR, true).date).toBe('2026-10-08');
    expect(dueDate('2026-09-30', { days: 0, unit: 'working' }, NATIONAL_CALENDAR, true).date).toBe('2026-09-30');
  });
  test('adding and counting agree; a due day is a working day; more days are never earlier', () => {
    fc.assert(fc.property(dates, fc.integer({ min: 1, max: 60 }), (from, days) => {
      const { date } = addDays(from, days, 'working');
      expect(isWorkingDay(date)).toBe(true);
      expect(workingDaysBetween(from, date)).toBe(days);
      expect(workingDaysBetween(date, from)).toBe(-days);
      expect(addDays(from, days + 1, 'working').date > date).toBe(true);
    }));
  });
  test('counts are whole and not negative', () => {
    expect(addDays('2026-10-03', 0, 'working')).toEqual({ date: '2026-10-03', provisional: false });
    expect(() => addDays('2026-10-03', -1, 'working')).toThrow(RangeError);
    expect(() => addDays('2026-10-03', 1.5, 'natural')).toThrow(RangeError);
    expect(() => addDays('2026-10-32', 1, 'working')).toThrow(RangeError);
  });
});
