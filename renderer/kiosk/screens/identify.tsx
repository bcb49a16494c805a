import type { ReactNode } from 'react';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { CardOnReader } from '../../ui/illustrations/card-on-reader.tsx';
import { ElsewhereLine } from '../elsewhere.tsx';
import { Screen } from '../screen.tsx';
import { TicketWay } from '../ticketing/ticket-way.tsx';
import { useVisit } from '../visit.tsx';
import './identify.css';

/** Showing the card: one picture, one sentence, and what to do when it does not work. */
export function IdentifyScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const { card, errand, person } = view;
  const talks = errand === 'talk' || errand === 'survey';
  const back = errand === 'booking' ? { words: t(view.booking?.slot == null ? 'booking.back.lines' : 'booking.back.slot'), onPress: () => drop(wish((core) => core.go({ step: view.booking?.slot == null ? 'booking' : 'booking-slot', errand }))) } : errand === 'ticket' ? { words: t('ticket-confirm.back'), onPress: () => drop(wish((core) => core.go({ step: 'tickets', errand }))) } : talks ? { words: t('back.talk'), onPress: () => drop(wish((core) => core.go({ step: view.talk.draft === null ? 'talk' : 'message', errand }))) } : errand === 'apply' ? { words: t('back.guide'), onPress: () => drop(wish((core) => (view.item === null ? core.go({ step: 'items', errand }) : core.openGuide({ code: view.item.code })))) } : { words: t('back.home'), onPress: () => drop(wish((core) => core.go({ step: 'home', errand: null }))) };
  const on = (
    <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={() => drop(wish((core) => (errand === 'apply' ? core.begin() : core.go({ step: errand === 'survey' || errand === 'talk' || errand === 'resume' ? errand : errand === 'ticket' ? 'ticket-confirm' : errand === 'booking' ? (view.booking?.slot == null ? 'my-bookings' : 'booking-phone') : 'progress', errand }))))}>
      {t('identify.continue')}
    </Button>
  );
  const failed = card.kind === 'unrecognised' || card.kind === 'expired' || card.kind === 'unavailable' || card.kind === 'minor';
  const acts = errand === 'apply' && view.who !== null && view.who.way !== null && view.who.way !== 'self';
  return (
    <Screen centred title={t(view.receipt.kind === 'not-asked' ? 'identify.title' : 'identify.title.receipt')} lead={acts ? t('identify.acting') : t(`identify.for.${errand ?? 'apply'}`)} back={back} {...(person === null ? {} : { actions: on })}>
      <div className="identify">
        <CardOnReader state={person !== null || card.kind === 'reading' ? 'reading' : failed ? 'still' : 'waiting'} />
        <div className="identify-words" role="status" aria-live="assertive">
          {person !== null ? (
            <>
              <h2>{t('identify.hello', { name: person.name })}</h2>
              <p className="number">{person.number}</p>
            </>
          ) : (
            <CardWords />
          )}
        </div>
        {person === null ? <ReceiptWords /> : null}
        {person === null && errand === 'apply' && view.who?.noCard === true ? (
          <Button size="main" icon={<Icon name="sign" />} onPress={() => drop(wish((core) => core.go({ step: 'no-card', errand })))}>
            {t('identify.no-card')}
          </Button>
        ) : null}
        {person === null && errand === 'ticket' ? (
          <Button size="main" icon={<Icon name="phone" />} onPress={() => drop(wish((core) => core.go({ step: 'ticket-phone', errand })))}>
            {t('ticket.no-card')}
          </Button>
        ) : null}
        {person === null && errand === 'booking' && view.booking?.slot != null ? (
          <Button size="main" icon={<Icon name="phone" />} onPress={() => drop(wish((core) => core.go({ step: 'booking-phone', errand })))}>
            {t('booking.no-card')}
          </Button>
        ) : null}
        {failed || person !== null || view.receipt.kind !== 'not-asked' ? null : (
          <Notice tone="info">
            <p>{t('identify.which')}</p>
            <p>{t('identify.privacy')}</p>
          </Notice>
        )}
      </div>
    </Screen>
  );
}

/** The receipt opens its case, too; it takes a scanner, and says less. */
function ReceiptWords(): ReactNode {
  const { t, view, terminal } = useVisit();
  const { kind } = view.receipt;
  if (kind === 'not-asked') return null;
  const wrong = kind !== 'show-code';
  return (
    <Notice tone={wrong ? 'warn' : 'info'} live title={t(`identify.receipt.${kind}`)}>
      {t(`identify.receipt.${kind}.words`, { phone: terminal.phone })}
    </Notice>
  );
}

/** What the reader says, and what to do. */
export function CardWords(): ReactNode {
  const { t, view, word, terminal } = useVisit();
  const { card } = view;
  switch (card.kind) {
    case 'not-asked':
    case 'place-card':
      return (
        <>
          <h2>{t('identify.place')}</h2>
          <p>{t('identify.place.words')}</p>
        </>
      );
    case 'reading':
      return (
        <>
          <h2>{t('identify.reading')}</h2>
          <p>{t('identify.reading.words')}</p>
        </>
      );
    case 'place-again':
      return (
        <>
          <h2>{t('identify.place-again')}</h2>
          <p>{t('identify.place-again.words')}</p>
        </>
      );
    case 'unrecognised':
      return <Notice tone="fault" title={t('identify.unrecognised')}>{t('identify.unrecognised.words', { phone: terminal.phone })}</Notice>;
    case 'expired':
      return <Notice tone="fault" title={t('identify.expired')}>{t('identify.expired.words')}</Notice>;
    case 'minor':
      return <Notice tone="fault" title={t('identify.minor')}>{t('identify.minor.words')}</Notice>;
    case 'same-person':
      return <Notice tone="fault" title={t('identify.same-person')}>{t('identify.same-person.words')}</Notice>;
    case 'unavailable':
      return (
        <Notice tone="fault" title={t('identify.unavailable')}>
          <p>{t('identify.unavailable.words', { reason: word('device.reason.', card.reason, 'device.reason.other'), phone: terminal.phone })}</p>
          {view.errand === 'apply' ? <ElsewhereLine wish={view.item === null ? { kind: 'identify' } : { kind: 'item', code: view.item.code }} /> : null}
          {view.errand === 'apply' && view.item !== null ? <TicketWay item={view.item.code} /> : null}
        </Notice>
      );
    default:
      return never(card);
  }
}
