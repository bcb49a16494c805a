import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { drop, type Result } from '../../../domain/result.ts';
import { nameOf } from '../choose-window.tsx';
import { useHere } from '../road.ts';
import { askAround, type CallFailure } from '../../site/machines.ts';
import { t, type TextKey } from '../texts.ts';
import { type DayFigures, type Figures, figuresCsv, minutesOf, type NameOf, type Part, PARTS, rowsOf } from './csv.ts';

/** What a day added up to. */
export function FiguresSheet(): ReactNode {
  const { road, about, names, leave } = useHere();
  const [days, setDays] = useState<readonly string[] | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const [part, setPart] = useState<Part>('businesses');
  const [read, setRead] = useState<{ day: string; figures: DayFigures } | null>(null);
  const [failed, setFailed] = useState<TextKey | null>(null);
  const [tries, setTries] = useState(0);
  const figures = read?.day === day ? read.figures : null;

  const fail = useEffectEvent(({ kind }: CallFailure) => {
    if (kind === 'signed-out') leave(t('sign-in.expired'));
    else setFailed('figures.away');
  });
  /** @returns the value, or null where a failure was said */
  const settled = <Value,>(answer: Result<Value, CallFailure>): Value | null => {
    if (answer.ok) return answer.value;
    fail(answer.error);
    return null;
  };
  useEffect(() => {
    let gone = false;
    drop(askAround(road.ring.all(), (origin) => road.site(origin).days()).then(({ answer }) => {
      const found = gone ? null : settled(answer);
      if (found === null) return;
      const newest = found.toSorted().toReversed();
      setDays(newest);
      setDay((before) => before ?? newest[0] ?? null);
    }));
    return () => void (gone = true);
  }, [road, tries]);
  useEffect(() => {
    if (day === null) return undefined;
    let gone = false;
    drop(askAround(road.ring.all(), (origin) => road.site(origin).figures({ day })).then(({ answer }) => {
      const found = gone ? null : settled(answer);
      if (found === null) return;
      setFailed(found.ok ? null : 'figures.unknown-day');
      if (found.ok) setRead({ day, figures: found.value });
    }));
    return () => void (gone = true);
  }, [road, day, tries]);

  const nameOfPart: NameOf = (which, key) => (which === 'businesses' ? nameOf(about.businesses, key) : which === 'accounts' ? (names[key] ?? key) : which === 'windows' ? t('figures.window', { window: key }) : t('figures.hour', { hour: key }));
  const save = () => {
    if (figures === null || day === null) return;
    const address = URL.createObjectURL(new Blob([figuresCsv(day, figures, nameOfPart)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = t('csv.file', { day });
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className="figures">
      <div className="figures-head">
        <label className="field">{t('figures.day')}
          <select value={day ?? ''} onChange={(event) => setDay(event.target.value)}>{(days ?? []).map((one) => <option key={one}>{one}</option>)}</select>
        </label>
        <div className="tabs" role="group" aria-label={t('figures.by')}>{PARTS.map((name) => <button key={name} type="button" aria-pressed={part === name} onClick={() => setPart(name)}>{t(`figures.by.${name}`)}</button>)}</div>
        <span className="top-space" />
        <button type="button" className="button" aria-disabled={figures === null} onClick={save}>{t('figures.export')}</button>
      </div>
      {failed !== null ? <p className="notice" role="alert">{t(failed)} <button type="button" className="button" onClick={() => setTries(tries + 1)}>{t('figures.retry')}</button></p>
        : days?.length === 0 ? <p className="faint">{t('figures.no-days')}</p>
          : figures === null ? <p role="status">{t('loading')}</p>
            : <FiguresTable figures={figures} part={part} nameOf={nameOfPart} />}
    </div>
  );
}

const COUNTS = ['taken', 'served', 'withoutTicket', 'missed', 'left', 'abandoned'] as const;
const TIMES = ['waiting', 'walking', 'service'] as const;

function FiguresTable({ figures, part, nameOf: nameOfKey }: { figures: DayFigures; part: Part; nameOf: NameOf }): ReactNode {
  const rows = rowsOf(figures, part, nameOfKey);
  const most = Math.max(1, ...rows.map(({ figures: { served, withoutTicket } }) => served + withoutTicket));
  if (rows.length === 0) return <p className="faint">{t('figures.empty')}</p>;
  return (
    <section className="table" aria-label={t(`figures.by.${part}`)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`figures.by.${part}`)}</th><th scope="col">{t('figures.bar')}</th>
            {COUNTS.map((name) => <th scope="col" key={name}>{t(`figures.column.${name}`)}</th>)}
            {TIMES.map((name) => <th scope="col" key={name}>{t(`figures.column.${name}`)}<small>{t('figures.times')}</small></th>)}
            <th scope="col">{t('figures.column.kioskShare')}</th>
          </tr>
        </thead>
        <tbody>{rows.map(({ key, name, figures: own }) => <Row key={key} name={name} figures={own} most={most} />)}</tbody>
        <tfoot><Row name={t('figures.whole')} figures={figures.whole} most={null} /></tfoot>
      </table>
    </section>
  );
}

/** @param most what the longest bar stands for; null: no bar */
function Row({ name, figures, most }: { name: string; figures: Figures; most: number | null }): ReactNode {
  const served = figures.served + figures.withoutTicket;
  return (
    <tr>
      <th scope="row" className="who">{name}</th>
      <td className="bar">{most !== null && <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden><rect width={(served / most) * 100} height="10" /></svg>}<span className="number">{served}</span></td>
      {COUNTS.map((count) => <td key={count} className="number">{figures[count]}</td>)}
      {TIMES.map((time) => {
        const spread = figures[time];
        return <td key={time} className="number">{spread === null ? t('figures.no-times') : `${minutesOf(spread.mean)} / ${minutesOf(spread.p90)}`}</td>;
      })}
      <td className="number">{figures.kioskShare === null ? t('figures.no-times') : `${Math.round(figures.kioskShare * 100)} %`}</td>
    </tr>
  );
}
