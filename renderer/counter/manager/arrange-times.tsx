/** When tickets are given, and what is warned of. */
import type { ReactNode } from 'react';
import { t } from '../texts.ts';
import { dayName, type Draft } from './arrangement.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** As most counters have it. */
const USUAL: Draft['hours'][number] = { days: [1, 2, 3, 4, 5], from: '08:30', until: '17:00' };

export function Hours({ hours, onChange }: { hours: Draft['hours']; onChange: (hours: Draft['hours']) => void }): ReactNode {
  const put = (row: number, next: Partial<Draft['hours'][number]>) => onChange(hours.map((one, at) => (at === row ? { ...one, ...next } : one)));
  return (
    <section>
      <h2>{t('arrange.times')}</h2>
      {hours.length === 0 && <p className="faint">{t('arrange.warn.always')}</p>}
      {hours.map(({ days, from, until }, row) => (
        <fieldset key={row} className="arrange-row">
          <legend className="visually-hidden">{t('arrange.times.row', { row: row + 1 })}</legend>
          {WEEK.map((day) => <label key={day}><input type="checkbox" checked={days.includes(day)} onChange={(event) => put(row, { days: WEEK.filter((one) => (one === day ? event.target.checked : days.includes(one))) })} />{t('arrange.times.day', { day: dayName(day) })}</label>)}
          <label>{t('arrange.times.from')}<input value={from} maxLength={5} autoComplete="off" onChange={(event) => put(row, { from: event.target.value })} /></label>
          <label>{t('arrange.times.until')}<input value={until} maxLength={5} autoComplete="off" onChange={(event) => put(row, { until: event.target.value })} /></label>
          <button type="button" className="button" aria-label={`${t('arrange.times.remove')} ${t('arrange.times.row', { row: row + 1 })}`} onClick={() => onChange(hours.filter((_, at) => at !== row))}>{t('arrange.times.remove')}</button>
        </fieldset>
      ))}
      <p className="arrange-row"><button type="button" className="button" onClick={() => onChange([...hours, USUAL])}>{t('arrange.times.add')}</button></p>
    </section>
  );
}

export function Alarms({ alarms, onChange }: { alarms: Draft['alarms']; onChange: (alarms: Draft['alarms']) => void }): ReactNode {
  return (
    <section>
      <h2>{t('arrange.alarms')}</h2>
      <div className="arrange-row">
        {(['waitMinutes', 'waiting'] as const).map((name) => <label key={name}>{t(`arrange.alarms.${name}`)}<input value={alarms[name]} maxLength={3} inputMode="numeric" autoComplete="off" onChange={(event) => onChange({ ...alarms, [name]: event.target.value })} /></label>)}
      </div>
    </section>
  );
}
