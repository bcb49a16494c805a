import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/card.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { PrintLines } from './print-lines.tsx';
import { useVisit } from './visit.tsx';
import './power-notice.css';

/**
 * The battery is nearly empty: what is safe, what is not, what to take, whom to ask, and how long there is. It covers the whole screen, and goes away by itself
 * when the power is back; the step under it is as it was.
 * @param props.onSign back to what only lacks a signature: null where nothing does
 */
export function PowerNotice(props: { seconds: number; onSign: (() => void) | null; onEnd(): void }): ReactNode {
  const { t, view, terminal, busy } = useVisit();
  const { handedIn, form, prints } = view;
  const [of] = useState(props.seconds);
  return (
    <Dialog
      urgent
      full
      title={t('power.title')}
      picture={<Countdown seconds={props.seconds} of={of} />}
      actions={
        <>
          <Button size="main" {...(props.onSign === null ? { tone: 'main', autoFocus: true } : {})} busy={busy} onPress={props.onEnd}>
            {t('power.end')}
          </Button>
          {props.onSign === null ? null : (
            <Button size="main" tone="main" autoFocus icon={<Icon name="sign" />} onPress={props.onSign}>
              {t('power.sign')}
            </Button>
          )}
        </>
      }
    >
      <p className="power-lead">{t('power.words')}</p>
      {handedIn === null ? (
        <Notice tone={form === null ? 'info' : 'warn'} title={form === null ? undefined : t(props.onSign === null ? 'power.unsent' : 'power.unsigned')}>
          {t('power.safe')}
        </Notice>
      ) : (
        <Notice tone="good" title={t('power.handed-in')}>
          <span className="power-number number">{handedIn.number}</span>
          {t('power.handed-in.words')}
        </Notice>
      )}
      {prints.length === 0 ? null : <PrintLines prints={prints} still />}
      <p className="power-take">
        <Icon name="card" />
        {t('power.take')}
      </p>
      <p className="power-phone">
        <Icon name="phone" />
        {t('power.phone', { phone: terminal.phone })}
      </p>
    </Dialog>
  );
}
