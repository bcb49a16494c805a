import { z } from 'zod';
import type { Step } from '../../../domain/contracts/kiosk.ts';
import { BookFailure } from '../../../domain/contracts/appointments.ts';
import { BookedView, type BookingView } from '../../../domain/contracts/booking.ts';
import { Ulid } from '../../../domain/ids.ts';
import { BusinessKey } from '../../../domain/queue/types.ts';
import { Instant } from '../../../domain/time.ts';
import type { BookingSlots } from '../../../sync/transport/types.ts';

/** An appointment that is booked in this visit. Part of the draft, so that a core that dies asks the hall for the same one again. */
export const BookingState = z.strictObject({
  /** Whether somebody came for another time or to see what they have. */
  wants: z.enum(['book', 'mine']),
  item: z.string().nullable(),
  line: z.strictObject({ calendar: Ulid, business: BusinessKey, name: z.string() }).nullable(),
  slot: z.strictObject({ from: Instant, until: Instant }).nullable(),
  /** As typed, and gone as soon as it is booked. */
  phone: z.string(),
  wrongPhone: z.boolean(),
  /** Of the one that the hall is being asked for: chosen before it is asked. null: none is, or it was answered. */
  asked: Ulid.nullable(),
  failure: BookFailure.nullable(),
  booked: BookedView.nullable(),
});
export type BookingState = z.infer<typeof BookingState>;

export const NOTHING_BOOKED: BookingState = { wants: 'book', item: null, line: null, slot: null, phone: '', wrongPhone: false, asked: null, failure: null, booked: null };

/** What the hall has said in this visit. In memory alone: a core that died asks again. */
export type BookingNews = {
  free: { kind: 'asking' | 'no-line' | 'none' } | ({ kind: 'known' } & BookingSlots);
  mine: BookingView['mine'];
  doing: BookingView['doing'];
  trouble: BookingView['trouble'];
};
export const NO_NEWS: BookingNews = { free: { kind: 'asking' }, mine: null, doing: null, trouble: null };

/** Part of `mayGo`. While nobody knows whether one was booked nothing else is chosen. */
export function mayGoBooking({ holder, booking }: { holder: object | null; booking: BookingState | null }, to: Extract<Step, `book${string}` | 'my-bookings'>): { kind: 'wrong-step' } | { kind: 'not-identified' } | null {
  if (booking === null) return { kind: 'wrong-step' };
  if (booking.asked !== null && to !== 'booking-confirm') return { kind: 'wrong-step' };
  switch (to) {
    case 'booking':
      return null;
    case 'booking-slot':
      return booking.line === null ? { kind: 'wrong-step' } : null;
    case 'booking-phone':
      return booking.slot === null ? { kind: 'wrong-step' } : null;
    case 'booking-confirm':
      if (booking.slot === null) return { kind: 'wrong-step' };
      return holder === null && booking.phone === '' ? { kind: 'not-identified' } : null;
    case 'booked':
      return booking.booked === null ? { kind: 'wrong-step' } : null;
    case 'my-bookings':
      return holder === null ? { kind: 'not-identified' } : null;
  }
}
