import type { ReactNode } from 'react';
import type { TicketDesk } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Phrase } from '../../ui/phrase.tsx';
import { BookingWay } from '../booking/booking-way.tsx';
import '../booking/booking.css';
import { Screen } from '../screen.tsx';
import { waitWords, windowsWords } from '../ticketing/ticket-words.ts';
import { useVisit } from '../visit.tsx';
import '../finding/situation.css';
import './who.css';
import './ticket.css';

/** 取号: what one comes for, with who waits there and how long. */
export function TicketsScreen(): ReactNode {
  const { t, view, terminal, wish } = useVisit();
  const desk = terminal.tickets?.desk ?? null;
  const { item } = view;
  const back = item === null ? { words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) } : { words: t('back.guide'), onPress: () => drop(wish((core) => core.openGuide({ code: item.code }))) };
  return (
    <Screen title={t('tickets.title')} lead={t('tickets.lead')} back={back}>
      <div className="situation">
        {desk === null ? <Notice tone="warn" live title={t('tickets.away')}>{t('tickets.away.words', { phone: terminal.phone })}</Notice> : desk.open ? <Lines desk={desk} /> : <Closed desk={desk} />}
        <BookingWay main={desk?.open !== true} />
      </div>
    </Screen>
  );
}

function Closed({ desk: { next } }: { desk: TicketDesk }): ReactNode {
  const { t, terminal, moment } = useVisit();
  return <Notice tone="info" live title={t('tickets.closed')}>{next === null ? t('tickets.closed.ask', { phone: terminal.phone }) : t('tickets.closed.next', { time: moment(next) })}</Notice>;
}

function Lines({ desk: { alone, lines } }: { desk: TicketDesk }): ReactNode {
  const { t, wish, busy, language } = useVisit();
  return (
    <>
      {alone ? <Notice tone="warn" title={t('tickets.alone')} /> : null}
      <ul className="situation-options">
        {lines.map(({ business, name, wait, windows }) => (
          <li key={business}>
            <button type="button" className={`situation-option${wait.least === null ? ' ticket-line-off' : ''}`} onClick={() => (busy ? undefined : drop(wish((core) => core.ticket.choose({ business }))))}>
              <span className="who-way">
                <Phrase>{name}</Phrase>
                <small>{waitWords(wait, t)}</small>
                <small>{wait.least === null ? t('tickets.none') : t('tickets.windows', { windows: windowsWords(windows, language) })}</small>
              </span>
              <Icon name="next" size={1.4} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
