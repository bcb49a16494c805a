import type { ReactNode } from 'react';
import type { CheckInView } from '../../../domain/contracts/booking.ts';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useVisit } from '../visit.tsx';

/** Whether the number is taken for an appointment, in plain words; nothing for whoever has none. A number is given all the same. */
export function CheckIn({ of }: { of: CheckInView }): ReactNode {
  const { t, clock } = useVisit();
  if (of.kind === 'none') return null;
  if (of.kind === 'looking') {
    return (
      <p className="ticket-looking" role="status">
        <Icon name="search" size={1} />
        {t('check-in.looking')}
      </p>
    );
  }
  const words = of.own ? of.kind : 'other';
  return (
    <Notice tone={words === 'open' ? 'good' : 'warn'} live title={t(`check-in.${words}`, { from: clock(of.from), until: clock(of.until), name: of.name })}>
      {t(`check-in.${words}.words`, { opens: clock(of.opens), closes: clock(of.closes) })}
    </Notice>
  );
}
