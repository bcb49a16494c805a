import { expect, test } from 'vitest';
import { workingCalendar } from '../../../domain/calendar/working-days.ts';
import { movedDays, readNotice } from './preview.ts';

const notice = { year: 2027, days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }, { name: '元旦', date: '2027-01-02', isOffDay: true }, { name: '元旦', date: '2026-12-27', isOffDay: false }] };

test('a notice shows what becomes another day, and nothing that stays', () => {
  expect(movedDays(notice, workingCalendar([]), new Set())).toEqual([{ date: '2026-12-27', working: true, name: '元旦' }, { date: '2027-01-01', working: false, name: '元旦' }]);
  const before = workingCalendar([{ year: 2027, source: '', off: ['2027-01-01', '2027-01-04'], working: ['2026-12-27'] }]);
  expect(movedDays(notice, before, new Set())).toEqual([{ date: '2027-01-04', working: true, name: '' }]);
  expect(movedDays(notice, before, new Set(['2027-01-04']))).toEqual([]);
});

test('what is no notice is told apart from what is no JSON', () => {
  expect([readNotice('{'), readNotice('{"year":2027}'), readNotice(JSON.stringify(notice)).ok]).toEqual([{ ok: false, error: { kind: 'no-json' } }, { ok: false, error: { kind: 'no-notice' } }, true]);
});
