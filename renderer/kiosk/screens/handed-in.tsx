import type { ReactNode } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StampedSheet } from '../../ui/illustrations/quiet-scenes.tsx';
import { PrintLines } from '../print-lines.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { Screen } from '../screen.tsx';
import { itemForCounter, TicketWay } from '../ticketing/ticket-way.tsx';
import { travelWords } from '../travel-words.ts';
import { useVisit } from '../visit.tsx';
import { isTyped } from './who-parties.tsx';
import './handed-in.css';

const TRAVEL_TONES = { 'waiting-to-travel': 'info', 'received-by-hall': 'good', 'kept-aside': 'warn' } as const;

/** What has happened, in words that stay true when the line is down: the number, where the papers are, what comes next. */
export function HandedInScreen(): ReactNode {
  const { t, view, wish, busy, moment, terminal } = useVisit();
  const { handedIn } = view;
  if (handedIn === null) return null;
  const counter = isTyped(view.who) || (view.item?.visits.count ?? 0) > 0 ? itemForCounter(view, terminal) : null;
  return (
    <Screen
      title={t('handed-in.title')}
      lead={t('handed-in.lead', { item: handedIn.itemName, time: moment(handedIn.at) })}
      actions={
        <>
          <Button size="main" icon={<Icon name="apply" />} onPress={() => drop(wish((core) => core.go({ step: 'items', errand: 'apply' })))}>
            {t('handed-in.another')}
          </Button>
          <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.go({ step: 'goodbye', errand: null })))}>
            {t('handed-in.finish')}
          </Button>
        </>
      }
    >
      {/* First: who goes without having read it comes twice. */}
      {isTyped(view.who) ? <Notice tone="warn" title={t('handed-in.original')}>{t('handed-in.original.words')}</Notice> : null}
      <section className="handed-in">
        <StampedSheet />
        <div className="handed-in-number">
          <span>{handedIn.provisional ? t('handed-in.provisional') : t('handed-in.number')}</span>
          <strong className="number">{handedIn.number}</strong>
          {handedIn.provisional ? <p>{t('handed-in.provisional.words')}</p> : null}
        </div>
        <figure className="handed-in-code">
          <QrCode text={handedIn.token} label={t('handed-in.code')} />
          <figcaption>{t('handed-in.code')}</figcaption>
        </figure>
      </section>
      <Notice tone={TRAVEL_TONES[handedIn.travel]} live title={travelWords(handedIn, { t, moment })}>
        {t(`travel.${handedIn.travel}.words`, { phone: terminal.phone })}
      </Notice>
      <section className="handed-in-prints">
        <h2>{t('handed-in.papers')}</h2>
        <PrintLines prints={view.prints.filter(({ paper }) => paper === 'hand-in-slip' || paper === 'hand-in-receipt')} />
      </section>
      {counter === null ? null : (
        <Notice tone="info" title={t('ticket.way.handed-in')}>
          <TicketWay item={counter} />
        </Notice>
      )}
      <p className="handed-in-legal">{t('handed-in.legal')}</p>
    </Screen>
  );
}
