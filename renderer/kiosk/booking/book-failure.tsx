import type { ReactNode } from 'react';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { AppointmentRow } from '../../../domain/contracts/appointments.ts';
import type { BookingView } from '../../../domain/contracts/booking.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Speech } from '../text.ts';
import { useVisit } from '../visit.tsx';
import { NumberNow } from './booking-way.tsx';
import { slotWords } from './booking-words.ts';

/** What the hall said, in a few words; null where it booked, or where what was typed wrong is said at the field. */
export function failureTitle({ failure }: Pick<BookingView, 'failure'>, t: Speech['t']): string | null {
  return failure === null || failure.kind === 'no-holder' || failure.kind === 'bad-phone' ? null : t(`book.${failure.kind}`);
}

/** Why the hall did not book, and what can be done now. Each failure is shown where that is done. @param props.titled unless the screen's own title says it */
export function BookFailureNotice({ titled = true }: { titled?: boolean }): ReactNode {
  const visit = useVisit();
  const { t, view, wish, busy, day } = visit;
  const { booking } = view;
  const failure = booking?.failure ?? null;
  if (booking === null || failure === null || failure.kind === 'no-holder' || failure.kind === 'bad-phone') return null;
  const words = t(`book.${failure.kind}.words`, { most: booking.rules?.most ?? 0, day: failure.kind === 'limited' ? day(failure.until) : '' });
  const held = failure.kind === 'holds-one' ? heldOn(booking) : null;
  const own = failure.kind === 'holds-one' || failure.kind === 'too-many';
  return (
    <Notice
      tone="warn"
      live
      title={titled ? failureTitle(booking, t) ?? undefined : undefined}
      actions={
        own && view.person !== null ? (
          <Button size="main" tone="main" busy={busy} icon={<Icon name="list" />} onPress={() => drop(wish((core) => core.booking.mine()))}>
            {t('booking.mine')}
          </Button>
        ) : failure.kind === 'limited' || failure.kind === 'bad-card' ? <NumberNow main /> : undefined
      }
    >
      <p>{words}</p>
      {held === null ? null : <p>{t('book.held', { name: held.name, time: slotWords(held, visit), number: held.number })}</p>}
    </Notice>
  );
}

/** The one that stands in the way. */
function heldOn({ mine, slot, chosen }: BookingView): AppointmentRow | null {
  if (mine?.kind !== 'known' || slot === null) return null;
  const day = civilDate(Date.parse(slot.from));
  return mine.rows.find((row) => row.state === 'booked' && row.name === chosen?.name && civilDate(Date.parse(row.from)) === day) ?? null;
}
