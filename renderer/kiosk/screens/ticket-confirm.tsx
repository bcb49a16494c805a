import { type ReactNode, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { Priority } from '../../../domain/queue/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { waitWords } from '../ticketing/ticket-words.ts';
import { CheckIn } from '../ticketing/check-in.tsx';
import { useVisit } from '../visit.tsx';
import './ticket.css';

/** 没带身份证: a mobile number in its place. It stands on this screen only. */
export function TicketPhoneScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const [phone, setPhone] = useState('');
  const wrong = view.ticket?.wrongPhone === true;
  return (
    <Screen
      title={t('ticket-phone.title')}
      lead={t('ticket-phone.lead')}
      back={{ words: t('ticket-phone.back'), onPress: () => drop(wish((core) => core.go({ step: 'identify', errand: 'ticket' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} isDisabled={phone === ''} iconAfter={<Icon name="forward" />} onPress={() => drop(wish((core) => core.ticket.byPhone({ phone })))}>
          {t('ticket-phone.next')}
        </Button>
      }
    >
      <Card>
        <TextField id="ticket-phone" words={{ label: t('ticket-phone.number'), help: t('ticket-phone.help'), error: wrong ? t('ticket-phone.wrong') : '', example: '', source: '', optional: '', saved: '' }} value={phone} keyboard="digits" most={11} groups={[3, 4, 4]} onChange={(typed) => setPhone(typed.replaceAll(/\D/g, ''))} />
      </Card>
      <Notice tone="info" title={t('ticket-phone.none')}>{t('ticket-phone.none.words')}</Notice>
    </Screen>
  );
}

/** The last look before a number is taken, and the place where somebody may say that they go first: offered, and never asked for a proof. */
export function TicketConfirmScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const { ticket } = view;
  const line = terminal.tickets?.desk?.lines.find(({ business }) => business === ticket?.business);
  if (ticket === null) return null;
  return (
    <Screen
      title={line?.name ?? t('tickets.title')}
      lead={line === undefined ? undefined : waitWords(line.wait, t)}
      back={{ words: t('ticket-confirm.back'), onPress: () => drop(wish((core) => core.go({ step: 'tickets', errand: 'ticket' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="queue" />} onPress={() => drop(wish((core) => core.ticket.take()))}>
          {t('ticket-confirm.take')}
        </Button>
      }
    >
      <CheckIn of={ticket.checkIn} />
      {ticket.offers.length === 0 ? null : (
        <section className="ticket-priority">
          <h2 id="ticket-priority">{t('ticket-confirm.priority')}</h2>
          {ticket.priority === 'elderly' && ticket.way === 'card' ? <Notice tone="good" title={t('ticket-confirm.may')} /> : null}
          <RadioGroup className="choice choice-2" aria-labelledby="ticket-priority" value={ticket.priority ?? 'none'} onChange={(value) => drop(wish((core) => core.ticket.prioritise({ priority: Priority.options.find((one) => one === value) ?? null })))}>
            {(['none', ...ticket.offers] as const).map((one) => (
              <Radio key={one} value={one} className="choice-tile">
                <span className="choice-mark" aria-hidden="true">
                  <Icon name="check" size={0.95} />
                </span>
                <span>{one === 'none' ? t('ticket-confirm.none') : t(`priority.${one}`)}</span>
              </Radio>
            ))}
          </RadioGroup>
        </section>
      )}
      {view.handedIn === null ? null : <Notice tone="info" title={t('ticket-confirm.case')} />}
    </Screen>
  );
}
