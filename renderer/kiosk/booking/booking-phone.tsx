import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './booking.css';

/** A mobile number: beside a card, to be reminded, and then it may be left out; without one, in its place. */
export function BookingPhoneScreen(): ReactNode {
  const { t, view, wish, busy } = useVisit();
  const { booking, person } = view;
  const [phone, setPhone] = useState(booking?.phone ?? '');
  if (booking === null) return null;
  const byCard = person !== null;
  const refused = booking.failure?.kind === 'bad-phone';
  const error = !booking.wrongPhone ? '' : t(refused ? 'book.bad-phone' : 'ticket-phone.wrong');
  return (
    <Screen
      title={t(byCard ? 'booking-phone.title' : 'booking-phone.title.only')}
      lead={t(byCard ? 'booking-phone.lead' : 'booking-phone.lead.only')}
      back={{ words: t('booking.back.slot'), onPress: () => drop(wish((core) => core.go({ step: 'booking-slot', errand: 'booking' }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} isDisabled={!byCard && phone === ''} iconAfter={<Icon name="forward" />} onPress={() => drop(wish((core) => core.booking.phone({ phone })))}>
          {t(byCard && phone === '' ? 'booking-phone.skip' : 'booking-phone.next')}
        </Button>
      }
    >
      <Card>
        <TextField id="booking-phone" words={{ label: t('booking-phone.number'), help: t(byCard ? 'booking-phone.help' : 'booking-phone.help.only'), error, example: '', source: '', optional: '', saved: '' }} value={phone} keyboard="digits" most={11} groups={[3, 4, 4]} onChange={(typed) => setPhone(typed.replaceAll(/\D/g, ''))} />
      </Card>
      <Notice tone="info" title={t('booking-phone.privacy')} />
    </Screen>
  );
}
