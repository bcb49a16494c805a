import { type ReactNode, useEffect, useState } from 'react';
import type { ManagerView, QueueForecast } from '../../../domain/contracts/site.ts';
import { drop } from '../../../domain/result.ts';
import { askAround } from '../../site/machines.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';

/** It changes by the hour; whoever looks at the page all day sees the next one soon enough, milliseconds. */
const ASK_EVERY = 5 * 60_000;

/** What the coming hours will bring, by days like this one, beside the windows that are open now. @param lines of now */
export function Expected({ lines }: Pick<ManagerView, 'lines'>): ReactNode {
  const { road } = useHere();
  const [known, setKnown] = useState<QueueForecast | null>(null);
  useEffect(() => {
    let gone = false;
    let stop: () => void = () => {};
    const ask = async () => {
      const { answer } = await askAround(road.ring.all(), (origin) => road.site(origin).forecast());
      if (gone) return;
      // What was known holds while nobody answers: the page says above that it hears nothing.
      if (answer.ok) setKnown(answer.value);
      stop = road.after(ASK_EVERY, () => drop(ask()));
    };
    drop(ask());
    return () => {
      gone = true;
      stop();
    };
  }, [road]);
  return (
    <section className="table expected" aria-label={t('expected')} tabIndex={0}>
      <h2>{t('expected')}{known !== null && known.days > 0 && <span className="faint">{t(known.sameWeekday ? 'expected.weekdays' : 'expected.days', { days: known.days })}</span>}</h2>
      {known === null ? <p role="status">{t('loading')}</p> : known.days === 0 ? <p className="faint">{t('expected.none')}</p> : <Hours known={known} lines={lines} />}
    </section>
  );
}

function Hours({ known: { businesses }, lines }: { known: QueueForecast } & Pick<ManagerView, 'lines'>): ReactNode {
  const hours = businesses[0]?.hours.map(({ hour }) => hour) ?? [];
  return (
    <table>
      <thead><tr><th scope="col">{t('manager.line')}</th>{hours.map((hour) => <th key={hour} scope="col">{t('figures.hour', { hour })}</th>)}</tr></thead>
      <tbody>
        {lines.map(({ business, name, windows: open }) => (
          <tr key={business}>
            <th scope="row">{name}</th>
            {(businesses.find((one) => one.business === business)?.hours ?? []).map(({ hour, comes, windows }) => (
              <td key={hour} className="number" data-short={windows > open}>{comes < 0.5 ? '' : t('expected.cell', { people: Math.round(comes), windows })}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
