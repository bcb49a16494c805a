import type { ReactNode } from 'react';
import { checkInOf } from '../../../domain/appointments/rules.ts';
import type { BookingView } from '../../../domain/contracts/booking.ts';
import { maskPhone } from '../../../domain/masking.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { BookFailureNotice, failureTitle } from './book-failure.tsx';
import { BookingTime } from './booking-time.tsx';
import { BookingWait, FreeState } from './free-state.tsx';
import '../finding/situation.css';
import './booking.css';

const MINUTE = 60_000;

/** The last look before it is booked, the wait for the hall, and what is said while nobody knows whether it answered. */
export function BookingConfirmScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const { booking } = view;
  if (booking?.slot == null) return null;
  const { unsure, doing, failure } = booking;
  const open = unsure || doing === 'booking';
  const book = () => drop(wish((core) => core.booking.book()));
  // What stands in the way is done something about elsewhere.
  const stuck = failure !== null || booking.free === 'no-line' || booking.free === 'none';
  return (
    <Screen
      title={open ? t(unsure ? 'booking-confirm.unsure' : 'booking-confirm.doing') : failureTitle(booking, t) ?? t('booking-confirm.title')}
      back={open ? undefined : { words: t('booking.back.slot'), onPress: () => drop(wish((core) => core.go({ step: 'booking-slot', errand: 'booking' }))) }}
      actions={
        doing === 'booking' ? undefined : unsure ? (
          <Button size="main" tone="main" busy={busy} icon={<Icon name="retry" />} onPress={book}>
            {t('booking-confirm.ask-again')}
          </Button>
        ) : stuck ? undefined : (
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={book}>
            {t('booking-confirm.book')}
          </Button>
        )
      }
    >
      <div className="situation">
        {doing === 'booking' ? <BookingWait words={t('booking-confirm.wait')} /> : null}
        {unsure ? <Notice tone="warn" live>{t('booking-confirm.unsure.words', { phone: terminal.phone })}</Notice> : null}
        {open ? null : <BookFailureNotice titled={false} />}
        {open || booking.free === 'known' || booking.free === 'asking' ? null : <FreeState />}
        <Card>
          <ConfirmFacts booking={booking} />
        </Card>
        {open || stuck ? null : <MissedWords />}
      </div>
    </Screen>
  );
}

function ConfirmFacts({ booking }: { booking: BookingView }): ReactNode {
  const { t, terminal, clock, moment } = useVisit();
  const { slot, rules, chosen, phone } = booking;
  if (slot === null) return null;
  const window = rules === null ? null : checkInOf(slot, rules);
  return (
    <Facts
      rows={[
        { label: t('booking-confirm.what'), value: chosen?.name ?? '' },
        { label: t('booking-confirm.when'), value: <strong className="booking-when"><BookingTime of={slot} /></strong> },
        { label: t('booking-confirm.where'), value: terminal.site },
        ...(window === null || rules === null ? [] : [
          { label: t('booking-confirm.check-in'), value: t('booking-confirm.check-in.words', { from: clock(window.from), until: clock(window.until) }) },
          { label: t('booking-confirm.cancel'), value: Date.parse(slot.from) - rules.cancel * MINUTE < Date.parse(terminal.now) ? t('booking-confirm.cancel.none') : t('booking-confirm.cancel.words', { time: moment(new Date(Date.parse(slot.from) - rules.cancel * MINUTE).toISOString()) }) },
        ]),
        { label: t('booking-confirm.remind'), value: phone === '' ? t('booking-confirm.remind.none') : maskPhone(phone) },
      ]}
    />
  );
}

/** What comes of not coming, where the county has such a rule: booking rests, and numbers never do. */
function MissedWords(): ReactNode {
  const { t, view } = useVisit();
  const rules = view.booking?.rules ?? null;
  if (rules === null || rules.rest === 0) return null;
  return <Notice tone="info" title={t('booking-confirm.missed')}>{t('booking-confirm.missed.words', { within: rules.within, times: rules.noShows, rest: rules.rest })}</Notice>;
}
