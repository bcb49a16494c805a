import { expect, test } from 'vitest';
import { BookingsHere } from '../../domain/contracts/booking.ts';
import { err, ok } from '../../domain/result.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import type { BookingSlots } from '../../sync/transport/types.ts';
import { createBookingDesk } from './booking-desk.ts';

const CALENDAR = '01J5CA1ENDAR00000000000001';
const RULES = { ahead: 0, horizon: 14, cancel: 120, early: 30, late: 15, most: 3, noShows: 3, within: 90, rest: 30 };
const slots = (items: string[]): BookingSlots => ({ calendars: [{ calendar: { id: CALENDAR, site: '大厅', business: 'social', name: '社保', items }, slots: [] }], rules: RULES });

/** A desk over a hall that answers as it is told to. */
async function desk(kept: unknown = null) {
  const clock = testClock();
  const cursors = new Map<string, unknown>([['bookings-here', kept]]);
  let asked = 0;
  let said: () => ReturnType<Road['bookingSlots']> = async () => ok(slots([]));
  const silent = (signal: AbortSignal | undefined) => new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
  const transport = {
    bookingSlots: () => {
      asked += 1;
      return said();
    },
    bookAtTerminal: (_request, options) => silent(options?.signal).catch(() => err({ kind: 'unreachable' })),
    myAppointments: async () => ok('not-spoken'),
    cancelAtTerminal: async () => ok({ ok: true, value: null }),
  } as Road;
  const made = await createBookingDesk({ transport, store: { cursors: { get: async (name) => cursors.get(name) as never, set: async (name, value) => void cursors.set(name, value) } }, site: '大厅', clock });
  return { ...made, clock, cursors, asked: () => asked, says: (as: typeof said) => void (said = as), settled: () => new Promise((resolve) => setImmediate(resolve)) };
}
type Road = Parameters<typeof createBookingDesk>[0]['transport'];

test('what the site takes appointments for is heard when the line is there, kept over a restart, and asked for again after an hour', async () => {
  const first = await desk();
  expect(first.here.get()).toBeNull();
  first.hear();
  first.hear();
  await first.settled();
  first.hear();
  expect([first.here.get(), first.asked()]).toEqual([[{ calendar: CALENDAR, business: 'social', items: [] }], 1]);
  first.says(async () => ok(slots(['item'])));
  first.clock.advance(3_600_000);
  first.hear();
  await first.settled();
  expect([first.asked(), BookingsHere.parse(first.cursors.get('bookings-here'))]).toEqual([2, [{ calendar: CALENDAR, business: 'social', items: ['item'] }]]);
  expect((await desk(first.cursors.get('bookings-here'))).here.get()).toEqual([{ calendar: CALENDAR, business: 'social', items: ['item'] }]);
});

test('a line that fails changes nothing that is known; a hall without appointments takes it away', async () => {
  const { slots: ask, here, says } = await desk([{ calendar: CALENDAR, business: 'social', items: [] }]);
  says(async () => err({ kind: 'unreachable' }));
  expect([await ask(), here.get()?.length]).toEqual([err({ kind: 'away' }), 1]);
  says(async () => ok('not-spoken'));
  expect([await ask(), here.get()]).toEqual([err({ kind: 'none' }), []]);
});

test('a hall that does not answer is given twelve seconds, and none after the desk is closed', async () => {
  const wanted = { id: CALENDAR, calendar: CALENDAR, from: '2026-11-24T01:00:00.000Z', holder: { name: '', card: '', phone: '13800001234' } };
  const slow = await desk();
  const asking = slow.book(wanted);
  slow.clock.advance(12_000);
  expect(await asking).toEqual(err({ kind: 'away' }));
  const closing = await desk();
  const open = closing.book(wanted);
  closing.close();
  expect(await open).toEqual(err({ kind: 'away' }));
  closing.hear();
  expect(closing.asked()).toBe(0);
});
