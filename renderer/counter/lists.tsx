import type { ReactNode } from 'react';
import type { CounterTicket, CounterView } from '../../domain/contracts/site.ts';
import { nameOf } from './choose-window.tsx';
import { whereWords } from './dialogs/pick.tsx';
import { useHere, useNow } from './road.ts';
import { t } from './texts.ts';
import { spanWords } from './words.ts';

/** What a machine tells a counter of those who wait, at most. */
const MOST_TOLD = 50;

/** Who is next and why, how long the lines are, who waits, and who waits beside them. */
export function Lists({ view, at }: { view: CounterView; at: () => number }): ReactNode {
  useNow(10_000);
  const now = at();
  return (
    <div className="counter-lists">
      <section className="next" aria-label={t('next.title')}>
        <h2>{t('next.title')}</h2>
        <p className="next-code number">{view.next?.code ?? (view.inHand === null && view.state === 'open' ? t('next.none') : '—')}</p>
        <p className="faint">{view.next !== null ? t(`why.${view.next.why}`) : view.inHand !== null ? t('next.later') : ''}</p>
      </section>
      <section className="lines" aria-label={t('lines.title')}>
        <h2>{t('lines.title')}</h2>
        <ul tabIndex={0} aria-label={t('lines.title')}>{view.lines.map(({ business, name, waiting }) => <li key={business}><span>{name}</span><strong className="number">{t('lines.count', { count: waiting })}</strong></li>)}</ul>
      </section>
      <Tickets title={t('waiting.title')} empty={t('waiting.empty')} tickets={view.waiting} now={now} note={view.waiting.length >= MOST_TOLD ? t('waiting.more', { count: MOST_TOLD }) : null} />
      <Tickets title={t('aside.title')} empty={t('aside.empty')} tickets={view.aside} now={now} note={null} />
    </div>
  );
}

function Tickets({ title, empty, tickets, now, note }: { title: string; empty: string; tickets: readonly CounterTicket[]; now: number; note: string | null }): ReactNode {
  const { about } = useHere();
  return (
    <section className="tickets" aria-label={title}>
      <h2>{title}<span className="number">{tickets.length}</span></h2>
      {tickets.length === 0 ? <p className="faint">{empty}</p> : (
        <ul tabIndex={0} aria-label={title}>
          {tickets.map((ticket) => (
            <li key={ticket.ticket}>
              <strong className="number">{ticket.code}</strong>
              <span className="tickets-what">{[whereWords(ticket), nameOf(about.businesses, ticket.business)].filter((words) => words !== '').join(' · ')}</span>
              <span className="faint number">{spanWords(ticket.state === 'waiting' ? ticket.taken : ticket.since, now)}</span>
            </li>
          ))}
        </ul>
      )}
      {note !== null && <p className="faint">{note}</p>}
    </section>
  );
}
