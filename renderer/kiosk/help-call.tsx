import type { ReactNode } from 'react';
import type { HelpView } from '../../domain/contracts/talk.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { HOTLINE } from './hotline.ts';
import type { Speech, TextKey } from './text.ts';
import './dialogs.css';

/** Calling a person to the machine, and what became of the call; the telephone number stands beside it all the time. */
export function HelpCallDialog(props: { speech: Speech; help: HelpView; phone: string; busy: boolean; onCall(): void; onClose(): void; /** To a counter instead; null: no number is given for what is done here. */ onTicket: (() => void) | null }): ReactNode {
  const { speech: { t, clock }, help, phone } = props;
  return (
    <Dialog
      title={t('help.title')}
      onClose={props.onClose}
      actions={
        <>
          {help.kind === 'none' ? (
            <Button size="main" tone="main" autoFocus busy={props.busy} icon={<Icon name="bell" />} onPress={props.onCall}>
              {t('help.call')}
            </Button>
          ) : null}
          <Button size="main" tone={help.kind === 'none' ? 'plain' : 'main'} autoFocus={help.kind !== 'none'} onPress={props.onClose}>{t('help.close')}</Button>
        </>
      }
    >
      {help.kind === 'none' ? <p>{t('help.call.words')}</p> : help.kind === 'sending' ? <Notice tone="info" live title={t('help.sending')} /> : <Notice tone={TONES[help.kind]} live title={t(`help.${help.kind}`)}>{t(`help.${help.kind}.words`, { time: clock(help.since) })}</Notice>}
      {phone === '' ? (
        // Core has not said yet which number this machine has.
        <p>{t('help.staff')}</p>
      ) : (
        <>
          {help.kind === 'none' ? <p>{t('help.words')}</p> : null}
          <p className="help-phone number">
            <Icon name="phone" size={1} />
            {phone}
          </p>
          <p className="help-note">{`${t('help.note')} ${t('talk.ways.hotline')} ${HOTLINE}`}</p>
        </>
      )}
      {props.onTicket === null ? null : (
        <Button wide icon={<Icon name="queue" />} onPress={props.onTicket}>
          {t('ticket.way')}
        </Button>
      )}
    </Dialog>
  );
}

const TONES = { calling: 'info', 'no-line': 'warn', coming: 'good', answered: 'good' } as const;

/** The button's words: a call that stands shows on every screen. */
export function helpWords(help: HelpView | undefined): TextKey {
  switch (help?.kind) {
    case 'sending':
    case 'calling':
      return 'toolbar.help.called';
    case 'coming':
      return 'toolbar.help.coming';
    default:
      return 'toolbar.help';
  }
}
