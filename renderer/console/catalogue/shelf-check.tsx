import { Check, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { Failed, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { clockWords } from '../words.ts';
import { whenWords, whereWords } from './shelf-page.tsx';

const UTC_PLUS_8 = 8 * 3_600_000;

/** What would this machine show at this hour? The hall's own rules answer. @param props.serial of the rules: a change is checked anew */
export function ShelfCheck({ serial }: { serial: number }): ReactNode {
  const { ask } = useSession();
  const [spot, setSpot] = useState(() => ({ site: '', machine: '', machineType: '', operator: '', date: civilDate(Date.now()), time: clockWords(new Date().toISOString()) }));
  const at = instantOf(spot.date, spot.time);
  const asked = JSON.stringify([serial, spot]);
  const [answer, again] = useAnswer(`shelf-check/${asked}`, () => ask((hall) => hall.checkShelf({ site: spot.site, machine: spot.machine, machineType: spot.machineType, operator: spot.operator === '' ? null : spot.operator, at: at ?? new Date().toISOString() })));
  const field = (name: 'site' | 'machine' | 'machineType' | 'operator') => (
    <label className="field"><span>{t(`catalogue.shelf.check.${name}`)}</span><input className="ed" value={spot[name]} onChange={({ target }) => setSpot({ ...spot, [name]: target.value })} /></label>
  );
  return (
    <aside className="shelf-check" aria-labelledby="shelf-check-title">
      <h2 id="shelf-check-title">{t('catalogue.shelf.check')}</h2>
      <div className="shelf-pair">{field('site')}{field('machine')}</div>
      <div className="shelf-pair">{field('machineType')}{field('operator')}</div>
      <div className="shelf-pair">
        <label className="field"><span>{t('catalogue.shelf.check.date')}</span><input className="ed" type="date" value={spot.date} onChange={({ target }) => setSpot({ ...spot, date: target.value })} /></label>
        <label className="field"><span>{t('catalogue.shelf.check.time')}</span><input className="ed" type="time" value={spot.time} onChange={({ target }) => setSpot({ ...spot, time: target.value })} /></label>
      </div>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && answer.value.length === 0 && <Nothing words={t('catalogue.empty')} />}
      {answer.kind === 'here' && answer.value.length > 0 && (
        <ol className="shelf-shown">
          {answer.value.map(({ code, name, on, rule }) => (
            <li key={code} data-on={on}>
              {on ? <Check size={15} aria-label={t('catalogue.shelf.on')} /> : <X size={15} aria-label={t('catalogue.shelf.off')} />}
              <span><strong>{name}</strong>{!on && rule !== null && <em>{rule.reason}</em>}<small>{rule === null ? t('catalogue.shelf.no-rule') : t('catalogue.shelf.by-rule', { where: whereWords(rule), when: whenWords(rule) })}</small></span>
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}

/** The instant of a civil date and time in China; null for a date that is not whole yet. */
function instantOf(date: string, time: string): string | null {
  const at = Date.parse(`${date}T${time === '' ? '00:00' : time}:00.000Z`);
  return Number.isNaN(at) ? null : new Date(at - UTC_PLUS_8).toISOString();
}
