import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Phrase } from '../../ui/phrase.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { BookFailureNotice } from './book-failure.tsx';
import { NumberNow } from './booking-way.tsx';
import { dayWords } from './booking-words.ts';
import { FreeState } from './free-state.tsx';
import '../finding/situation.css';
import '../screens/who.css';
import '../screens/ticket.css';
import './booking.css';

/** 预约: what may be booked at this site, each with its next free time; and the way to what somebody has booked. */
export function BookingScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const { booking, item } = view;
  if (booking === null) return null;
  const back = booking.item !== null && item !== null
    ? { words: t('back.guide'), onPress: () => drop(wish((core) => core.openGuide({ code: item.code }))) }
    : terminal.tickets?.desk == null ? { words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) } : { words: t('booking.back'), onPress: () => drop(wish((core) => core.ticket.begin({ item: null }))) };
  return (
    <Screen
      title={t('booking.title')}
      lead={t('booking.lead')}
      back={back}
      actions={
        <Button size="main" busy={busy} icon={<Icon name="list" />} onPress={() => drop(wish((core) => core.booking.mine()))}>
          {t('booking.mine')}
        </Button>
      }
    >
      <div className="situation">
        <BookFailureNotice />
        {booking.free !== 'known' ? <FreeState /> : booking.lines.length === 0 ? <Notice tone="info" live title={t('booking.none')} actions={<NumberNow main />}>{t('booking.none.words', { phone: terminal.phone })}</Notice> : <Lines />}
      </div>
    </Screen>
  );
}

function Lines(): ReactNode {
  const visit = useVisit();
  const { t, view, wish, busy, clock } = visit;
  if (view.booking === null) return null;
  const { lines, rules } = view.booking;
  return (
    <ul className="situation-options">
      {lines.map(({ calendar, name, next }) => (
        <li key={calendar}>
          <button type="button" className={`situation-option${next === null ? ' ticket-line-off' : ''}`} onClick={() => (busy ? undefined : drop(wish((core) => core.booking.choose({ calendar }))))}>
            <span className="who-way">
              <Phrase>{name}</Phrase>
              <small>{next === null ? t('booking.full', { days: rules?.horizon ?? 0 }) : t('booking.next', { day: dayWords(next, visit), time: clock(next) })}</small>
            </span>
            <Icon name="next" size={1.4} />
          </button>
        </li>
      ))}
    </ul>
  );
}
