import type { ReactNode } from 'react';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Waiting } from '../../ui/illustrations/quiet-scenes.tsx';
import { useVisit } from '../visit.tsx';
import { NumberNow } from './booking-way.tsx';

/** Why no free times are shown: they are asked for, or the hall cannot be asked, or has none. null where they are known. */
export function FreeState(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const free = view.booking?.free ?? 'asking';
  switch (free) {
    case 'asking':
      return <BookingWait words={t('booking.asking')} />;
    case 'no-line':
      return (
        <Notice
          tone="warn"
          live
          title={t('booking.no-line')}
          actions={
            <>
              <NumberNow main />
              <Button size="main" busy={busy} icon={<Icon name="retry" />} onPress={() => drop(wish((core) => core.booking.look()))}>
                {t('booking.again')}
              </Button>
            </>
          }
        >
          {t(terminal.tickets?.desk == null ? 'booking.no-line.alone' : 'booking.no-line.words', { phone: terminal.phone })}
        </Notice>
      );
    case 'none':
      return (
        <Notice tone="info" live title={t('booking.none')} actions={<NumberNow main />}>
          {t('booking.none.words', { phone: terminal.phone })}
        </Notice>
      );
    case 'known':
      return null;
    default:
      return never(free);
  }
}

/** The hall is being asked. */
export function BookingWait({ words }: { words: string }): ReactNode {
  return (
    <div className="booking-wait" role="status">
      <Waiting />
      <p>{words}</p>
    </div>
  );
}
