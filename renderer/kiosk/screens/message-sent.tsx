import type { ReactNode } from 'react';
import { messageToken } from '../../../domain/messages/token.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StampedSheet } from '../../ui/illustrations/quiet-scenes.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { PrintLines } from '../print-lines.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { PublicWays } from './talk.tsx';
import './handed-in.css';

/** What has happened to a message: kept here for certain; the number and the day of the hall's as soon as it has told them, and not before. */
export function MessageSentScreen(): ReactNode {
  const { t, view, wish, busy, moment, day, terminal } = useVisit();
  const { message } = view.talk;
  if (message === null) return null;
  const prints = view.prints.filter(({ paper }) => paper === 'message-slip');
  return (
    <Screen
      title={t('sent.title')}
      lead={t('sent.lead', { time: moment(message.at) })}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.go({ step: 'goodbye', errand: null })))}>
          {t('sent.finish')}
        </Button>
      }
    >
      <section className="handed-in">
        <StampedSheet />
        <div className="handed-in-number">
          <span>{t(message.number === null ? 'sent.reference' : 'sent.number')}</span>
          <strong className="number">{message.number ?? message.reference}</strong>
          <p>{message.due === null ? t('sent.no-number') : t('sent.due', { day: day(message.due) })}</p>
        </div>
        <figure className="handed-in-code">
          <QrCode text={messageToken(message.id)} label={t('sent.code')} />
          <figcaption>{t('sent.code')}</figcaption>
        </figure>
      </section>
      <Notice tone={message.travel === 'received' ? 'good' : message.travel === 'waiting' ? 'info' : 'warn'} live title={t(`message.travel.${message.travel}`)}>
        {message.travel === 'refused' ? t('message.travel.refused.words', { phone: terminal.phone }) : message.anonymous ? t('sent.anonymous') : null}
      </Notice>
      {message.travel === 'waiting' && !terminal.takesLetters ? <Notice tone="warn">{t('talk.waits')}</Notice> : null}
      {prints.length === 0 ? null : (
        <section className="handed-in-prints">
          <h2>{t('sent.papers')}</h2>
          <PrintLines prints={prints} />
        </section>
      )}
      <PublicWays />
    </Screen>
  );
}
