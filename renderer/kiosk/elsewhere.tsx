import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { civilDate, dayNumber } from '../../domain/calendar/civil-date.ts';
import type { Elsewhere, ElsewhereWish } from '../../domain/contracts/kiosk.ts';
import { never } from '../../domain/result.ts';
import { Icon } from '../ui/icons.tsx';
import type { Speech } from './text.ts';
import { useVisit } from './visit.tsx';
import './elsewhere.css';

/** Where else the wish can be done; null while it is not known, and when it can be done here. */
function useElsewhere(wish: ElsewhereWish): Elsewhere | null {
  const { client, terminal, whenStill } = useVisit();
  const [found, setFound] = useState<{ wish: string; elsewhere: Elsewhere | null } | null>(null);
  const wanted = JSON.stringify(wish);
  // Devices here and news of the others both change it; these come with a contact of the hall.
  const circumstances = `${terminal.lastContact ?? ''} ${JSON.stringify(terminal.devices)}`;
  useEffect(() => {
    let current = true;
    client.elsewhere(JSON.parse(wanted) as ElsewhereWish).then(
      (elsewhere) => whenStill(() => (current ? setFound({ wish: wanted, elsewhere }) : undefined)),
      // Core is away: what was known stays.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, wanted, circumstances, whenStill]);
  return found?.wish === wanted ? found.elsewhere : null;
}

/** The nearest machine that can do it, with address, way, hours and how old the news is; nothing when there is none. */
export function ElsewhereLine({ wish }: { wish: ElsewhereWish }): ReactNode {
  const visit = useVisit();
  const elsewhere = useElsewhere(wish);
  if (elsewhere === null) return null;
  return (
    <span className="elsewhere">
      <Icon name="place" size={1.2} />
      <span>
        <strong>{visit.t(`elsewhere.find.${wish.kind}`, { site: elsewhere.site })}</strong>
        <span>
          <span className="elsewhere-address">{elsewhere.address} · </span>
          {factsOf(elsewhere, visit).map((fact, index, { length }) => (
            <Fragment key={fact}>
              {/* A fact is not broken where it fits on a line. */}
              <span className="elsewhere-fact">
                {fact}
                {index < length - 1 ? ' ·' : ''}
              </span>{' '}
            </Fragment>
          ))}
        </span>
      </span>
    </span>
  );
}

/** The way there, the hours, and how old the news is. */
function factsOf(elsewhere: Elsewhere, { t, clock, moment }: Speech): string[] {
  const { asOf, now } = elsewhere;
  const today = civilDate(Date.parse(now));
  const fresh = civilDate(Date.parse(asOf)) === today;
  return [...wayTo(elsewhere, t), hoursOf(elsewhere, today, t), t('elsewhere.as-of', { time: fresh ? clock(asOf) : moment(asOf) })];
}

/** Nobody walks as the crow flies: rounded, so that it does not pass for a measured way. */
function wayTo({ metres }: Elsewhere, t: Speech['t']): string[] {
  if (metres === null) return [];
  if (metres < 50) return [t('elsewhere.same-site')];
  if (metres < 950) return [t('elsewhere.metres', { metres: Math.round(metres / 50) * 50 })];
  return [t('elsewhere.kilometres', { kilometres: metres < 9950 ? (metres / 1000).toFixed(1) : Math.round(metres / 1000) })];
}

function hoursOf({ opening }: Elsewhere, today: string, t: Speech['t']): string {
  switch (opening.kind) {
    case 'always':
      return t('elsewhere.always');
    case 'open':
      return t('elsewhere.until', { time: opening.until });
    case 'opens': {
      const days = dayNumber(opening.date) - dayNumber(today);
      if (days === 0) return t('elsewhere.opens.today', { time: opening.at });
      if (days === 1) return t('elsewhere.opens.tomorrow', { time: opening.at });
      return t('elsewhere.opens.later', { month: Number(opening.date.slice(5, 7)), day: Number(opening.date.slice(8)), time: opening.at });
    }
    default:
      return never(opening);
  }
}
