import { type ReactNode, useState } from 'react';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { FreeSlot } from '../../../domain/contracts/appointments.ts';
import { drop } from '../../../domain/result.ts';
import { Notice } from '../../ui/card.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { BookFailureNotice } from './book-failure.tsx';
import { NumberNow } from './booking-way.tsx';
import { dayWords, nearWords } from './booking-words.ts';
import { FreeState } from './free-state.tsx';
import '../finding/situation.css';
import './booking.css';

const NOON = 12;
const PARTS = ['morning', 'afternoon', 'extended'] as const;

/** Day and time on one screen: the days that have times, and those of the one that was touched. Full ones stay in sight, so that nobody looks for them. */
export function BookingSlotScreen(): ReactNode {
  const visit = useVisit();
  const { t, view, wish, terminal } = visit;
  const [touched, setTouched] = useState<string | null>(null);
  const { booking } = view;
  if (booking?.chosen == null) return null;
  const days = byDay(booking.chosen.slots);
  // The day that was chosen before, by whoever comes back for another time.
  const [, slots = []] = days.find(([day]) => day === (touched ?? (booking.slot === null ? null : civilDate(Date.parse(booking.slot.from))))) ?? days.find(([, list]) => freeOf(list) > 0) ?? [];
  const [first] = slots;
  return (
    <Screen title={t('booking-slot.title')} lead={booking.chosen.name} back={{ words: t('booking.back.lines'), onPress: () => drop(wish((core) => core.go({ step: 'booking', errand: 'booking' }))) }}>
      <div className="situation">
        <BookFailureNotice />
        {booking.free !== 'known' ? (
          <FreeState />
        ) : (
          <>
            {first !== undefined ? null : (
              <Notice tone="info" live title={t('booking-slot.none', { days: booking.rules?.horizon ?? 0 })} actions={<NumberNow main />}>
                {t('booking-slot.none.words')}
              </Notice>
            )}
            {days.length === 0 ? null : (
              <section className="booking-part" aria-labelledby="booking-days">
                <h2 id="booking-days">{t('booking-slot.days')}</h2>
                <ul className="booking-days">
                  {days.map(([day, list]) => (
                    <li key={day}>
                      <button type="button" className={`booking-tile${freeOf(list) === 0 ? ' booking-full' : ''}`} aria-pressed={list === slots} onClick={() => setTouched(day)}>
                        <strong>{visit.date(list[0]?.from ?? terminal.now)}</strong>
                        <em>{nearWords(list[0]?.from ?? terminal.now, terminal.now, visit)}</em>
                        <span>{freeOf(list) === 0 ? t('booking-slot.full') : t('booking-slot.left', { count: freeOf(list) })}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {first === undefined ? null : <Times slots={slots} day={dayWords(first.from, visit)} />}
          </>
        )}
      </div>
    </Screen>
  );
}

function Times({ slots, day }: { slots: readonly FreeSlot[]; day: string }): ReactNode {
  const { t, wish, busy, clock } = useVisit();
  const pick = (slot: FreeSlot) => (busy || slot.free === 0 ? undefined : drop(wish((core) => core.booking.pick({ from: slot.from }))));
  return (
    <section className="booking-part" aria-labelledby="booking-times">
      <h2 id="booking-times" role="status">{t('booking-slot.times', { day })}</h2>
      {PARTS.map((part) => {
        const own = slots.filter((slot) => partOf(slot) === part);
        return own.length === 0 ? null : (
          <div key={part} className="booking-part">
            <h3>{t(`booking-slot.${part}`)}</h3>
            <ul className="booking-times">
              {own.map((slot) => (
                <li key={slot.from}>
                  <button type="button" className={`booking-tile${slot.free === 0 ? ' booking-full' : ''}`} aria-disabled={slot.free === 0} onClick={() => pick(slot)}>
                    <strong className="number">{`${clock(slot.from)}–${clock(slot.until)}`}</strong>
                    <span>{slot.free === 0 ? t('booking-slot.full') : t('booking-slot.left', { count: slot.free })}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function partOf({ from, extended }: FreeSlot): (typeof PARTS)[number] {
  // China's one time zone, whatever the machine's own is set to.
  const hour = (Math.floor(Date.parse(from) / 3_600_000) + 8) % 24;
  return extended ? 'extended' : hour < NOON ? 'morning' : 'afternoon';
}

function freeOf(slots: readonly FreeSlot[]): number {
  return slots.reduce((sum, { free }) => sum + free, 0);
}

function byDay(slots: readonly FreeSlot[]): [string, FreeSlot[]][] {
  const days = new Map<string, FreeSlot[]>();
  for (const slot of slots) {
    const day = civilDate(Date.parse(slot.from));
    const list = days.get(day) ?? [];
    list.push(slot);
    days.set(day, list);
  }
  return [...days];
}
