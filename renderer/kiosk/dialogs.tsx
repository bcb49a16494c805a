import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { Belongings, belongingsOf } from './belongings.tsx';
import type { Speech } from './text.ts';
import './dialogs.css';

/** Nobody touched the screen for a while: a plain question with a plain way to stay. */
export function IdleDialog(props: { speech: Speech; seconds: number; onStay(): void; onEnd(): void }): ReactNode {
  const { t } = props.speech;
  // The ring is full at the first second that this dialog saw.
  const [of] = useState(props.seconds);
  return (
    <Dialog
      urgent
      title={t('idle.title')}
      picture={<Countdown seconds={props.seconds} of={of} />}
      actions={
        <>
          <Button size="main" onPress={props.onEnd}>
            {t('idle.end')}
          </Button>
          <Button size="main" tone="main" autoFocus onPress={props.onStay}>
            {t('idle.stay')}
          </Button>
        </>
      }
    >
      <p>{t('idle.words')}</p>
    </Dialog>
  );
}

/** Who to ask: a telephone number that works from any telephone, in figures large enough to dial from. */
export function HelpDialog(props: { speech: Speech; phone: string; title?: string; words?: string; onClose(): void }): ReactNode {
  const { t } = props.speech;
  return (
    <Dialog title={props.title ?? t('help.title')} onClose={props.onClose} actions={<Button size="main" tone="main" autoFocus onPress={props.onClose}>{t('help.close')}</Button>}>
      {props.phone === '' ? (
        // Core has not said yet which number this machine has.
        <p>{t('help.staff')}</p>
      ) : (
        <>
          <p>{props.words ?? t('help.words')}</p>
          <p className="help-phone number">
            <Icon name="phone" size={1} />
            {props.phone}
          </p>
          <p className="help-note">{t('help.note')}</p>
        </>
      )}
    </Dialog>
  );
}

/** Asks once more before something is gone. The way back is the main one. */
export function ConfirmDialog(props: { title: string; words: string; children?: ReactNode; yes: string; no: string; busy?: boolean; onYes(): void; onNo(): void }): ReactNode {
  return (
    <Dialog
      title={props.title}
      onClose={props.onNo}
      actions={
        <>
          <Button size="main" tone="stop" busy={props.busy ?? false} onPress={props.onYes}>
            {props.yes}
          </Button>
          <Button size="main" tone="main" autoFocus onPress={props.onNo}>
            {props.no}
          </Button>
        </>
      }
    >
      <p>{props.words}</p>
      {props.children}
    </Dialog>
  );
}

/** Who goes takes what is theirs: the question names what this visit had in hand. @param props.onLater keeps what is filled in, where there is something to keep */
export function LeaveDialog(props: { speech: Speech; view: SessionView | null; onStay(): void; onEnd(): void; onLater: (() => void) | null; /** To a counter instead. */ onTicket: (() => void) | null }): ReactNode {
  const { t } = props.speech;
  return (
    <ConfirmDialog title={t('leave.title')} words={t('leave.words')} yes={t('leave.end')} no={t('leave.stay')} onYes={props.onEnd} onNo={props.onStay}>
      {props.view === null || belongingsOf(props.view).length === 0 ? null : (
        <>
          <p>{t('leave.take')}</p>
          <Belongings view={props.view} t={t} />
        </>
      )}
      {props.onLater === null ? null : (
        <Button wide icon={<Icon name="print" />} onPress={props.onLater}>
          {t('leave.later')}
        </Button>
      )}
      {props.onTicket === null ? null : (
        <Button wide icon={<Icon name="queue" />} onPress={props.onTicket}>
          {t('ticket.way')}
        </Button>
      )}
    </ConfirmDialog>
  );
}
