import type { ReactNode } from 'react';
import { useVisit } from '../visit.tsx';
import { dayWords } from './booking-words.ts';
import './booking.css';

/** Day and time; a line ends between the two and never inside of one. */
export function BookingTime({ of: { from, until } }: { of: { from: string; until: string } }): ReactNode {
  const visit = useVisit();
  return (
    <>
      <span className="booking-one">{dayWords(from, visit)}</span> <span className="booking-one">{`${visit.clock(from)}–${visit.clock(until)}`}</span>
    </>
  );
}
