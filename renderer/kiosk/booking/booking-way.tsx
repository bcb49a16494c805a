import type { ReactNode } from 'react';
import type { TerminalView } from '../../../domain/contracts/kiosk.ts';
import { businessOf } from '../../../domain/queue/business.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';
import '../screens/ticket.css';

/** Whether appointments are taken here for what an item is done in, as last heard. */
export function isBookable({ bookings, tickets }: Pick<TerminalView, 'bookings' | 'tickets'>, item: string): boolean {
  const business = businessOf(tickets?.desk?.lines ?? [], item)?.business ?? null;
  return (bookings ?? []).some((calendar) => calendar.items.includes(item) || (calendar.items.length === 0 && calendar.business === business));
}

/** 预约改天来, beside the numbers. Only where it was heard that nothing is booked here it is left out. */
export function BookingWay({ main = false }: { main?: boolean }): ReactNode {
  const { t, terminal, wish, busy } = useVisit();
  if (terminal.bookings?.length === 0) return null;
  return (
    <div className="booking-way">
      <Button size="main" tone={main ? 'main' : 'plain'} busy={busy} icon={<Icon name="calendar" />} onPress={() => drop(wish((core) => core.booking.begin({ item: null })))}>
        {t('booking.way')}
      </Button>
      <span>{t('booking.way.words')}</span>
    </div>
  );
}

/** 预约到窗口办: for an item whose business takes appointments. */
export function ItemBookingWay({ item }: { item: string }): ReactNode {
  const { t, terminal, wish, busy } = useVisit();
  if (!isBookable(terminal, item)) return null;
  return (
    <span className="ticket-way">
      <Button busy={busy} icon={<Icon name="calendar" />} onPress={() => drop(wish((core) => core.booking.begin({ item })))}>
        {t('booking.way.item')}
      </Button>
      <span>{t('booking.way.words')}</span>
    </span>
  );
}

/** A number now, in the place of an appointment; nothing where none are given. */
export function NumberNow({ main = false }: { main?: boolean }): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  if (terminal.tickets?.desk == null) return null;
  return (
    <Button size="main" tone={main ? 'main' : 'plain'} busy={busy} icon={<Icon name="queue" />} onPress={() => drop(wish((core) => core.ticket.begin({ item: view.booking?.item ?? null })))}>
      {t('booking.number-now')}
    </Button>
  );
}
