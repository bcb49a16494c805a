import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { isNeeded, materialsOf } from '../form-rules.ts';
import { isOnPaper, PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { BookingTime } from './booking-time.tsx';
import '../screens/ticket.css';
import './booking.css';

/** It is booked: when, so large that it can be remembered, under which number, and what to bring. It counts with or without its paper. */
export function BookedScreen(): ReactNode {
  const { t, view, wish, busy, clock, moment } = useVisit();
  const { booking } = view;
  if (booking?.booked == null) return null;
  const { row, opens, closes, cancelUntil } = booking.booked;
  const prints = view.prints.filter(({ print }) => print === booking.print);
  return (
    <Screen
      title={t('booked.title')}
      lead={t(`booked.lead.${view.person === null ? 'phone' : 'card'}`)}
      actions={
        <>
          {view.person === null ? null : (
            <Button size="main" busy={busy} icon={<Icon name="list" />} onPress={() => drop(wish((core) => core.booking.mine()))}>
              {t('booking.mine')}
            </Button>
          )}
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.go({ step: 'goodbye', errand: null })))}>
            {t('booked.finish')}
          </Button>
        </>
      }
    >
      <div className="ticket-screen">
        <section className="ticket ticket-without-code">
          <div className="ticket-number booked-number" role="status">
            <span className="ticket-business">{row.name}</span>
            <strong><BookingTime of={row} /></strong>
            <span>{t('booked.number')}</span>
            {/* Sign by sign, as it is said on the telephone. */}
            <b className="number" data-say={[...row.number].join(' ')}>{row.number}</b>
          </div>
        </section>
        <div className="ticket-beside">
          {isOnPaper(prints) ? null : <Notice tone="info" live title={t('booked.remember')}>{t('booked.remember.words')}</Notice>}
          {prints.length === 0 ? null : <PrintLines prints={prints} />}
          <div className="ticket-facts">
            <Facts
              rows={[
                { label: t('booking-confirm.where'), value: row.site },
                { label: t('booking-confirm.check-in'), value: t('booking-confirm.check-in.words', { from: clock(opens), until: clock(closes) }) },
                { label: t('booking-confirm.cancel'), value: cancelUntil === null ? t('booking-confirm.cancel.none') : t('booking-confirm.cancel.words', { time: moment(cancelUntil) }) },
              ]}
            />
          </div>
          <Bring />
        </div>
      </div>
    </Screen>
  );
}

/** What to bring for the item that it was booked for. */
function Bring(): ReactNode {
  const { t, view } = useVisit();
  if (view.item === null || view.booking?.item !== view.item.code) return null;
  const needed = materialsOf(view).filter((material) => isNeeded(view, material));
  return (
    <Card icon="paper" title={t('booked.bring')}>
      {needed.length === 0 ? <p>{t('booked.bring.none')}</p> : (
        <ul className="booked-bring">
          {needed.map(({ key, name }) => (
            <li key={key}>
              <Icon name="check" size={1} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
