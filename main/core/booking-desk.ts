import { BookingsHere } from '../../domain/contracts/booking.ts';
import { drop, err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import type { Answer, BookingSlots, BookOutcome, CallOptions, CancelOutcome, HallTransport, OwnAppointments } from '../../sync/transport/types.ts';
import { createTold, type Told } from './told.ts';

/** Longest that somebody is let wait for the hall, milliseconds: it needs a tenth of a second for the slow hashes, and a line that needs longer than this is as good as none. */
const ANSWER_MS = 12_000;
/** How old the news may be of what this site takes appointments for, milliseconds: a calendar is made long before anybody books in it. */
const NEWS_MS = 3_600_000;
const HERE = 'bookings-here';

type Road = Pick<HallTransport, 'bookingSlots' | 'bookAtTerminal' | 'myAppointments' | 'cancelAtTerminal'>;
/** `away`: no answer in time, and whether the hall acted is unknown. `none`: this hall has no appointments. */
type Away = { kind: 'away' | 'none' };
type Said<Value> = Promise<Result<Value, Away>>;

/** The hall's appointments as a visit asks for them: straight over the line, since nobody but the hall can say what is free. */
export type BookingDesk = {
  /** null: never heard. */
  here: Told<BookingsHere | null>;
  slots(): Said<BookingSlots>;
  book(request: Parameters<Road['bookAtTerminal']>[0]): Said<BookOutcome>;
  mine(request: Parameters<Road['myAppointments']>[0]): Said<OwnAppointments>;
  cancel(request: Parameters<Road['cancelAtTerminal']>[0]): Said<CancelOutcome>;
  /** The line is there: asks what this site takes appointments for, unless that was heard lately. */
  hear(): void;
  close(): void;
};

export async function createBookingDesk({ transport, store, site, clock }: { transport: Road; store: Pick<TerminalStore, 'cursors'>; site: string; clock: Clock }): Promise<BookingDesk> {
  const kept = BookingsHere.safeParse(await store.cursors.get(HERE));
  const here = createTold<BookingsHere | null>(kept.success ? kept.data : null);
  let heardAt = Number.NEGATIVE_INFINITY;
  let hearing = false;
  const over = new AbortController();

  async function ask<Value>(call: (options: CallOptions) => Answer<Value | 'not-spoken'>): Said<Value> {
    const limit = new AbortController();
    const cancel = clock.after(ANSWER_MS, () => limit.abort());
    try {
      const answer = await call({ signal: AbortSignal.any([limit.signal, over.signal]) });
      if (!answer.ok) return err({ kind: 'away' });
      return answer.value === 'not-spoken' ? err({ kind: 'none' }) : ok(answer.value as Value);
    } finally {
      cancel();
    }
  }

  async function slots(): Said<BookingSlots> {
    const said = await ask((options) => transport.bookingSlots({ site }, options));
    if (said.ok) await hearHere(said.value.calendars.map(({ calendar: { id, business, items } }) => ({ calendar: id, business, items })));
    else if (said.error.kind === 'none') await hearHere([]);
    return said;
  }

  async function hearHere(told: BookingsHere): Promise<void> {
    heardAt = clock.monotonic();
    if (over.signal.aborted || JSON.stringify(told) === JSON.stringify(here.get())) return;
    here.tell(told);
    try {
      await store.cursors.set(HERE, told);
    } catch (cause) {
      // It is heard again when there is room.
      if (!isFull(cause)) throw cause;
    }
  }

  return {
    here, slots,
    book: (request) => ask((options) => transport.bookAtTerminal(request, options)),
    mine: (request) => ask((options) => transport.myAppointments(request, options)),
    cancel: (request) => ask((options) => transport.cancelAtTerminal(request, options)),
    hear() {
      if (hearing || over.signal.aborted || clock.monotonic() - heardAt < NEWS_MS) return;
      hearing = true;
      drop(slots().then(() => {
        hearing = false;
      }));
    },
    close: () => over.abort(),
  };
}
