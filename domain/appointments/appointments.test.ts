import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNaturalDays, civilDate, startOfDay, weekday } from '../calendar/civil-date.ts';
import { isWorkingDay, NATIONAL_CALENDAR, workingCalendar } from '../calendar/working-days.ts';
import { type BookingCalendar, calendarFault, slotsOn, type WeeklySlots } from './calendar.ts';
import { type BookingRules, checkBooking, checkInAt, checkInOf, type Held, mayCancel, standingOf } from './rules.ts';

const DAY = 86_400_000;
const [MONDAY, SATURDAY] = ['2026-11-23', '2026-11-28'] as const;
const RULES: BookingRules = { ahead: 0, horizon: 14, cancel: 120, early: 30, late: 15, most: 3, noShows: 3, within: 90, rest: 30 };
const MORNING: WeeklySlots = { kind: 'ordinary', days: [1, 2, 3, 4, 5], from: '08:30', until: '11:30', minutes: 60, capacity: 4 };
const EVENING: WeeklySlots = { kind: 'extended', days: [3], from: '17:30', until: '19:30', minutes: 30, capacity: 2 };
const WEEKEND: WeeklySlots = { kind: 'extended', days: [6], from: '09:00', until: '11:00', minutes: 60, capacity: 2 };

const calendarOf = (slots: WeeklySlots[], change: Partial<BookingCalendar> = {}): BookingCalendar => ({ id: '01KAT000000000000000000000', site: '县政务服务中心', business: 'housing', name: '不动产', items: [], slots, from: '2026-01-01', to: null, paused: false, ...change });
const times = (calendar: BookingCalendar, date: string, working = NATIONAL_CALENDAR) => slotsOn(calendar, date, working).map(({ from, until }) => [from, until].map((at) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)).join('-'));
const at = (date: string, hour: number, minute = 0) => startOfDay(date) + (hour * 60 + minute) * 60_000;

const stretch = fc.record({ kind: fc.constantFrom('ordinary' as const, 'extended' as const), days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }), start: fc.integer({ min: 0, max: 90 }), length: fc.integer({ min: 1, max: 30 }), minutes: fc.integer({ min: 10, max: 120 }), capacity: fc.integer({ min: 1, max: 9 }) })
  .map(({ start, length, ...rest }): WeeklySlots => ({ ...rest, from: time(start * 12), until: time(Math.min(1439, (start + length) * 12)) }));
const time = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const day = fc.integer({ min: 0, max: 700 }).map((days) => addNaturalDays('2026-01-01', days));

describe('slots', () => {
  test('working days have the ordinary ones, evenings and Saturdays those beyond', () => {
    const calendar = calendarOf([MORNING, EVENING, WEEKEND]);
    expect(times(calendar, MONDAY)).toEqual(['08:30-09:30', '09:30-10:30', '10:30-11:30']);
    expect(times(calendar, '2026-11-25')).toEqual(['08:30-09:30', '09:30-10:30', '10:30-11:30', '17:30-18:00', '18:00-18:30', '18:30-19:00', '19:00-19:30']);
    expect(times(calendar, SATURDAY)).toEqual(['09:00-10:00', '10:00-11:00']);
    expect(times(calendar, '2026-11-29')).toEqual([]);
  });

  test('a holiday has none at all, a weekend day that is worked has a Monday’s, and the county’s own day off counts as a holiday', () => {
    const calendar = calendarOf([MORNING, EVENING, { ...WEEKEND, days: [6, 7] }]);
    const working = workingCalendar([{ year: 2026, source: '', off: [`${MONDAY}/2026-11-25`], working: ['2026-11-29'] }], [{ date: SATURDAY, working: false, reason: '停电' }]);
    for (const date of [MONDAY, '2026-11-25', SATURDAY]) expect(times(calendar, date, working)).toEqual([]);
    // The Monday's stand first; the Sunday's own that would cover them are left out.
    expect(times(calendar, '2026-11-29', working)).toEqual(['08:30-09:30', '09:30-10:30', '10:30-11:30']);
  });

  test('before its first day, after its last, and while it is paused a calendar has none', () => {
    expect(times(calendarOf([MORNING], { from: '2026-11-24' }), MONDAY)).toEqual([]);
    expect(times(calendarOf([MORNING], { to: MONDAY }), MONDAY)).toHaveLength(3);
    expect(times(calendarOf([MORNING], { to: MONDAY }), '2026-11-24')).toEqual([]);
    expect(times(calendarOf([MORNING], { paused: true }), MONDAY)).toEqual([]);
  });

  test('of whatever calendar: whole slots of their length, within their stretch, never two at once, and ordinary ones on working days alone', () => {
    fc.assert(fc.property(fc.array(stretch, { minLength: 1, maxLength: 6 }), day, (slots, date) => {
      const found = slotsOn(calendarOf(slots), date, NATIONAL_CALENDAR);
      for (const [index, slot] of found.entries()) {
        const next = found[index + 1];
        if (next !== undefined) expect(slot.until <= next.from).toBe(true);
        expect(civilDate(Date.parse(slot.from))).toBe(date);
        const own = slots.filter(({ kind, minutes, capacity, days }) => (kind === 'extended') === slot.extended && minutes * 60_000 === Date.parse(slot.until) - Date.parse(slot.from) && capacity === slot.capacity && (kind === 'extended' ? days.includes(weekday(date)) : true));
        expect(own.length).toBeGreaterThan(0);
        if (!slot.extended) expect(isWorkingDay(date)).toBe(true);
      }
    }));
  });

  test('what a calendar cannot be', () => {
    expect(calendarFault(calendarOf([MORNING, EVENING, WEEKEND]))).toBeNull();
    expect(calendarFault(calendarOf([MORNING], { to: '2025-01-01' }))).toBe('turned-round');
    expect(calendarFault(calendarOf([{ ...MORNING, until: '08:00' }]))).toBe('turned-round');
    expect(calendarFault(calendarOf([{ ...MORNING, minutes: 240 }]))).toBe('no-slot');
    expect(calendarFault(calendarOf([MORNING, { ...MORNING, days: [5], from: '11:00', until: '12:00' }]))).toBe('overlap');
    expect(calendarFault(calendarOf([MORNING, { ...MORNING, days: [6] }]))).toBeNull();
  });
});

describe('booking', () => {
  const [slot] = slotsOn(calendarOf([MORNING]), MONDAY, NATIONAL_CALENDAR);
  const now = at('2026-11-20', 10);
  const held = (state: Held['state'], from: string | number, business = 'social-security', id = 'x'): Held => ({ id, business, from: typeof from === 'string' ? from : new Date(from).toISOString(), state });
  const check = (change: Partial<Parameters<typeof checkBooking>[0]> = {}) => {
    const checked = checkBooking({ slot: slot ?? null, booked: 0, business: 'housing', held: [], now, rules: RULES, ...change });
    return checked.ok ? 'booked' : checked.error.kind;
  };

  test('is refused for its reason', () => {
    expect(check()).toBe('booked');
    expect(check({ slot: null })).toBe('no-slot');
    expect([check({ booked: 3 }), check({ booked: 4 })]).toEqual(['booked', 'full']);
    expect([check({ now: at(MONDAY, 8, 29) }), check({ now: at(MONDAY, 8, 30) })]).toEqual(['booked', 'too-late']);
    expect([check({ rules: { ...RULES, ahead: 3 } }), check({ rules: { ...RULES, ahead: 4 } })]).toEqual(['booked', 'too-soon']);
    expect([check({ rules: { ...RULES, horizon: 3 } }), check({ rules: { ...RULES, horizon: 2 } })]).toEqual(['booked', 'too-far']);
    expect(check({ held: [held('booked', at(MONDAY, 15), 'housing')] })).toBe('holds-one');
    expect(check({ held: [held('cancelled', at(MONDAY, 15), 'housing'), held('booked', at('2026-11-24', 9), 'housing'), held('booked', at(MONDAY, 15))] })).toBe('booked');
    expect(check({ held: [24, 25, 26].map((date) => held('booked', at(`2026-11-${date}`, 9))) })).toBe('too-many');
  });

  test('a slot never has more than its capacity, whoever books, cancels and moves in whatever order', () => {
    fc.assert(fc.property(fc.array(fc.record({ person: fc.integer({ min: 0, max: 12 }), date: fc.integer({ min: 0, max: 4 }), cancels: fc.boolean() }), { maxLength: 80 }), (deeds) => {
      const slots = Array.from({ length: 5 }, (_, days) => slotsOn(calendarOf([MORNING]), addNaturalDays(MONDAY, days), NATIONAL_CALENDAR)[0]);
      const book: (Held & { person: number })[] = [];
      for (const [index, { person, date, cancels }] of deeds.entries()) {
        const wanted = slots[date];
        const own = book.filter((one) => one.person === person);
        const live = own.find((one) => one.from === wanted?.from && one.state === 'booked');
        if (cancels && live !== undefined && mayCancel(live, now, RULES)) live.state = 'cancelled';
        if (cancels || wanted === undefined) continue;
        const booked = book.filter(({ from, state }) => from === wanted.from && state === 'booked').length;
        if (checkBooking({ slot: wanted, booked, business: 'housing', held: own, now, rules: RULES }).ok) book.push({ id: String(index), person, business: 'housing', from: wanted.from, state: 'booked' });
      }
      for (const one of slots) expect(book.filter(({ from, state }) => from === one?.from && state === 'booked').length).toBeLessThanOrEqual(MORNING.capacity);
      for (let person = 0; person <= 12; person += 1) expect(book.filter((one) => one.person === person && one.state === 'booked').length).toBeLessThanOrEqual(RULES.most);
    }));
  });

  test('cancelling ends two hours before, and an appointment that is over is not cancelled', () => {
    const from = new Date(at(MONDAY, 9)).toISOString();
    expect(mayCancel({ from, state: 'booked' }, at(MONDAY, 7), RULES)).toBe(true);
    expect(mayCancel({ from, state: 'booked' }, at(MONDAY, 7, 1), RULES)).toBe(false);
    for (const state of ['kept', 'no-show', 'cancelled', 'unsettled'] as const) expect(mayCancel({ from, state }, now, RULES)).toBe(false);
  });

  test('its holder is taken from half an hour before to a quarter after', () => {
    const window = checkInOf({ from: new Date(at(MONDAY, 9)).toISOString() }, RULES);
    expect([[8, 29], [8, 30], [9, 15], [9, 16]].map(([hour, minute]) => checkInAt(window, at(MONDAY, hour ?? 0, minute)))).toEqual(['early', 'open', 'open', 'late']);
  });
});

describe('no-shows', () => {
  const now = at(MONDAY, 9);
  const missed = (...daysAgo: number[]) => daysAgo.map((days) => ({ from: new Date(now - days * DAY).toISOString(), state: 'no-show' as const }));

  test('two are warned of; the third within ninety days rests booking for thirty, from its day on', () => {
    expect(standingOf([], now, RULES)).toEqual({ missed: 0, limitedUntil: null });
    expect(standingOf(missed(40, 5), now, RULES)).toEqual({ missed: 2, limitedUntil: null });
    expect(standingOf(missed(80, 40, 5), now, RULES)).toEqual({ missed: 3, limitedUntil: new Date(now + 25 * DAY).toISOString() });
    expect(standingOf(missed(96, 40, 5), now, RULES)).toEqual({ missed: 2, limitedUntil: null });
    // The rest is over, and one more rests it again.
    expect(standingOf(missed(80, 60, 31), now, RULES)).toEqual({ missed: 3, limitedUntil: null });
    expect(standingOf(missed(80, 60, 31, 1), now, RULES).limitedUntil).toBe(new Date(now + 29 * DAY).toISOString());
  });

  test('nothing but no-shows that have happened counts', () => {
    const others = (['kept', 'cancelled', 'unsettled', 'booked'] as const).flatMap((state) => missed(1, 2, 3).map((one) => ({ ...one, state })));
    expect(standingOf([...others, ...missed(-5, -6, -7)], now, RULES)).toEqual({ missed: 0, limitedUntil: null });
  });

  test('whoever is limited has so many within the span, was so after the last of them, and is free again when the rest is over', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 8 }), (days) => {
      const list = missed(...days);
      const { limitedUntil } = standingOf(list, now, RULES);
      if (limitedUntil === null) return;
      const began = Date.parse(limitedUntil) - RULES.rest * DAY;
      expect(began).toBeLessThanOrEqual(now);
      expect(list.filter(({ from }) => Date.parse(from) <= began && began - Date.parse(from) <= RULES.within * DAY).length).toBeGreaterThanOrEqual(RULES.noShows);
      expect(standingOf(list, Date.parse(limitedUntil), RULES).limitedUntil).toBeNull();
    }));
  });
});
