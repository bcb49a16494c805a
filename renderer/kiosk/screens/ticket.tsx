import { type ReactNode, useState } from 'react';
import type { MissedRule } from '../../../domain/queue/types.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Facts, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { ConfirmDialog } from '../dialogs.tsx';
import { isOnPaper, PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import type { Speech } from '../text.ts';
import { ToWindow, ToWindowButton } from '../ticketing/to-window.tsx';
import { waitWords, windowsWords } from '../ticketing/ticket-words.ts';
import { useVisit } from '../visit.tsx';
import './ticket.css';

/** The number that was taken, so large that it can be remembered: it counts with or without its paper. */
export function TicketScreen(): ReactNode {
  const { t, view, wish, busy, moment, clock, language } = useVisit();
  const [leaving, setLeaving] = useState(false);
  const { ticket } = view;
  if (ticket?.paper == null) return null;
  const { paper, held } = ticket;
  const prints = view.prints.filter(({ print }) => print === ticket.print);
  const toForm = view.form !== null && view.handedIn === null;
  return (
    <Screen
      title={t(held ? 'ticket.title.held' : 'ticket.title')}
      lead={t(held ? 'ticket.lead.held' : 'ticket.lead')}
      back={toForm ? { words: t('ticket.form'), onPress: () => drop(wish((core) => core.go({ step: 'form', errand: 'apply' }))) } : undefined}
      actions={
        <>
          {ticket.copies ? (
            <Button size="main" busy={busy} icon={<Icon name="print" />} onPress={() => drop(wish((core) => core.ticket.print()))}>
              {t('ticket.copy')}
            </Button>
          ) : null}
          {ticket.copies ? null : <ToWindowButton />}
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.go({ step: 'goodbye', errand: null })))}>
            {t('ticket.finish')}
          </Button>
        </>
      }
    >
      <div className="ticket-screen">
        <section className={`ticket${paper.position === null ? ' ticket-without-code' : ''}`}>
          <div className="ticket-number" role="status">
            <span>{t('ticket.number')}</span>
            {/* Sign by sign, as it will be called. */}
            <strong className="number" data-say={[...paper.code].join(' ')}>{paper.code}</strong>
            <span className="ticket-business">{paper.business}</span>
          </div>
          {paper.position === null ? null : (
            <figure className="ticket-code">
              <QrCode text={paper.position} label={t('ticket.code')} />
              <figcaption>{t('ticket.code')}</figcaption>
            </figure>
          )}
        </section>
        <div className="ticket-beside">
          {paper.appointment === null ? null : <Notice tone="good" title={t('ticket.appointment', { from: clock(paper.appointment.from), until: clock(paper.appointment.until) })} />}
          {paper.alone ? <Notice tone="warn" title={t('ticket.alone')}>{t('ticket.alone.words')}</Notice> : null}
          {isOnPaper(prints) ? null : <Notice tone="info" live title={t('ticket.remember')}>{t('ticket.remember.words', { code: paper.code })}</Notice>}
          {prints.length === 0 ? null : <PrintLines prints={prints} />}
          <ToWindow way={ticket.copies} />
          <div className="ticket-facts">
            <Facts
              rows={[
                { label: t('ticket.windows'), value: paper.windows.length === 0 ? t('ticket.windows.any') : windowsWords(paper.windows, language) },
                ...(paper.wait === null ? [] : [{ label: t('ticket.wait'), value: waitWords(paper.wait, t) }]),
                { label: t('ticket.at'), value: moment(paper.at) },
              ]}
            />
          </div>
          <div className="ticket-more">
            <p>
              <strong>{t('ticket.missed')}</strong> {missedWords(ticket.missed, t)}
            </p>
            <Button tone="quiet" icon={<Icon name="leave" />} onPress={() => setLeaving(true)}>
              {t('ticket.give-up')}
            </Button>
          </div>
        </div>
      </div>
      {leaving ? <ConfirmDialog title={t('ticket.give-up.title', { code: paper.code })} words={t('ticket.give-up.words')} yes={t('ticket.give-up.yes')} no={t('ticket.give-up.no')} busy={busy} onYes={() => drop(wish((core) => core.ticket.giveUp()).then(() => setLeaving(false)))} onNo={() => setLeaving(false)} /> : null}
    </Screen>
  );
}

function missedWords(rule: MissedRule, t: Speech['t']): string {
  switch (rule.kind) {
    case 'after':
      return t('ticket.missed.after', { tickets: rule.tickets, times: rule.times });
    case 'end':
      return t('ticket.missed.end', { times: rule.times });
    case 'void':
      return t('ticket.missed.void');
    default:
      return never(rule);
  }
}
