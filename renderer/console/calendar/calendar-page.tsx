import { Alert, Button, Input, Modal, Radio } from 'antd';
import { ChevronLeft, ChevronRight, Upload } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { addNaturalDays, civilDate, weekday } from '../../../domain/calendar/civil-date.ts';
import { isWorkingDay, type WorkingCalendar } from '../../../domain/calendar/working-days.ts';
import { drop } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import type { Hall } from '../hall.ts';
import { Failed, Key, Loading } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { dayWords } from '../words.ts';
import { movedDays, readNotice } from './preview.ts';
import './calendar.css';

type Calendar = Awaited<ReturnType<Hall['calendar']>>;

/** 工作日历: the year as limits are counted on it, the notices it comes from, and the county's own days. */
export function CalendarPage(): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const [answer, again] = useAnswer('calendar-page', () => ask((hall) => hall.calendar()));
  const [year, setYear] = useState(Number(civilDate(now).slice(0, 4)));
  const [importing, setImporting] = useState(false);
  const [day, setDay] = useState<string | null>(null);
  const [told, setTold] = useState('');
  if (answer.kind === 'loading') return <Loading />;
  if (answer.kind === 'failed') return <Failed title="h1" kind={answer.failure.kind} onRetry={again} />;
  const { years, days, provisional } = answer.value;
  const calendar: WorkingCalendar = { years: new Set(years.map((one) => one.year)), exceptions: new Map(days.map(({ date, working }) => [date, working])) };
  const notice = years.find((one) => one.year === year);
  const done = (words: string) => {
    setTold(words);
    setImporting(false);
    setDay(null);
    again();
  };
  return (
    <section className="sheet calendar" aria-labelledby="calendar-title">
      <header>
        <h1 id="calendar-title">{t('shell.calendar')}</h1>
        <p>{t('calendar.words')}</p>
        {provisional > 0 && <Alert type="warning" showIcon title={t('calendar.provisional', { count: provisional })} />}
        {told !== '' && <Alert type="success" showIcon title={told} closable={{ onClose: () => setTold('') }} />}
      </header>
      <div className="calendar-year">
        <Button aria-label={t('calendar.before')} icon={<ChevronLeft size={16} aria-hidden="true" />} onClick={() => setYear(year - 1)} />
        <h2 aria-live="polite">{t('calendar.year', { year })}</h2>
        <Button aria-label={t('calendar.after')} icon={<ChevronRight size={16} aria-hidden="true" />} onClick={() => setYear(year + 1)} />
        <p>{notice === undefined ? <span className="missing">{t('calendar.no-notice')}</span> : <>{notice.source === '' ? t('calendar.no-source') : notice.source}<span className="faint">{t('calendar.counts', { off: notice.off, working: notice.working })}{notice.imported && t('calendar.imported')}</span></>}</p>
        <Button type="primary" icon={<Upload size={15} aria-hidden="true" />} onClick={() => setImporting(true)}>{t('calendar.import')}</Button>
      </div>
      <p className="calendar-legend"><span className="day" data-kind="off">1</span>{t('calendar.off')}<span className="day" data-kind="working">4</span>{t('calendar.working')}<span className="day" data-local="true">1</span>{t('calendar.local')}</p>
      <div className="calendar-months">
        {Array.from({ length: 12 }, (_, month) => <Month key={month} year={year} month={month + 1} calendar={calendar} days={days} today={civilDate(now)} onDay={setDay} />)}
      </div>
      {days.some(({ local, date }) => local && date.startsWith(String(year))) && (
        <section>
          <h2 className="sheet-part">{t('calendar.local')}</h2>
          <ul className="calendar-local">{days.filter(({ local, date }) => local && date.startsWith(String(year))).map(({ date, working, reason }) => <li key={date}><strong>{dayWords(date, now)}</strong><span className="mark">{t(working ? 'calendar.working' : 'calendar.off')}</span>{reason}</li>)}</ul>
        </section>
      )}
      {importing && <ImportNotice calendar={calendar} days={days} provisional={provisional} onDone={done} onClose={() => setImporting(false)} />}
      {day !== null && <LocalDay key={day} date={day} calendar={calendar} onDone={done} onClose={() => setDay(null)} />}
    </section>
  );
}

function Month({ year, month, calendar, days, today, onDay }: { year: number; month: number; calendar: WorkingCalendar; days: Calendar['days']; today: string; onDay: (date: string) => void }): ReactNode {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const dates: string[] = [];
  for (let date = first; date.startsWith(first.slice(0, 8)); date = addNaturalDays(date, 1)) dates.push(date);
  return (
    <section className="month" aria-label={t('calendar.month', { month })}>
      <h3>{t('calendar.month', { month })}</h3>
      <div className="month-days">
        {['一', '二', '三', '四', '五', '六', '日'].map((name) => <span key={name} className="month-week" aria-hidden="true">{name}</span>)}
        {dates.map((date, index) => {
          const working = isWorkingDay(date, calendar);
          const said = days.find((one) => one.date === date);
          const kind = said === undefined ? (working ? 'plain' : 'weekend') : working ? 'working' : 'off';
          return <button key={date} type="button" className="day" data-kind={kind} data-local={said?.local === true} data-today={date === today} style={index === 0 ? { gridColumn: weekday(date) } : undefined} aria-label={t(working ? 'calendar.day.is-working' : 'calendar.day.is-off', { month, day: Number(date.slice(8)) })} title={said?.reason === '' ? undefined : said?.reason} onClick={() => onDay(date)}>{Number(date.slice(8))}</button>;
        })}
      </div>
    </section>
  );
}

function ImportNotice({ calendar, days, provisional, onDone, onClose }: { calendar: WorkingCalendar; days: Calendar['days']; provisional: number; onDone: (words: string) => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const file = useRef<HTMLInputElement>(null);
  const read = text.trim() === '' ? null : readNotice(text);
  const notice = read?.ok === true ? read.value : null;
  const moved = notice === null ? [] : movedDays(notice, calendar, new Set(days.filter(({ local }) => local).map(({ date }) => date)));
  const take = async () => {
    if (notice === null) return;
    const answer = await ask((hall) => hall.importNotice(notice));
    if (!answer.ok) return setFault(t('calendar.failed'));
    if (!answer.value.ok) return setFault(word('calendar.fault', answer.value.error.kind));
    onDone(t('calendar.import.done', { year: notice.year, moved: answer.value.value.moved }));
  };
  return (
    <Modal open title={t('calendar.import')} width={680} centered onCancel={onClose} onOk={() => drop(take())} okText={t('calendar.import.ok')} okButtonProps={{ disabled: notice === null }} cancelText={t('act.cancel')}>
      <div className="confirm-words">
        <p>{t('calendar.import.words')}</p>
        <p><Button onClick={() => file.current?.click()}>{t('calendar.import.file')}</Button><input ref={file} type="file" hidden accept="application/json,.json" aria-label={t('calendar.import.file')} onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) drop(chosen.text().then(setText));
        }} /></p>
        <label className="field"><span>{t('calendar.import.paste')}</span><Input.TextArea autoFocus value={text} autoSize={{ minRows: 5, maxRows: 9 }} onChange={(event) => setText(event.target.value)} /></label>
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        {read?.ok === false && <Alert type="error" showIcon title={word('calendar.fault', read.error.kind)} />}
        {notice !== null && (
          <section className="confirm-box" data-kind="clock">
            <h3>{t('calendar.preview', { year: notice.year, count: moved.length })}</h3>
            <p>{t('calendar.preview.cases', { count: provisional })}</p>
            <ul className="calendar-moved">{moved.map(({ date, working, name }) => <li key={date}>{dayWords(date, now)}<strong>{t(working ? 'calendar.becomes-working' : 'calendar.becomes-off')}</strong>{name}</li>)}</ul>
          </section>
        )}
      </div>
    </Modal>
  );
}

/** A market day or a closure by snow: the county's own word on one day. */
function LocalDay({ date, calendar, onDone, onClose }: { date: string; calendar: WorkingCalendar; onDone: (words: string) => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const before = isWorkingDay(date, calendar);
  const [running, setRunning] = useState(false);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState('');
  const set = async () => {
    if (reason.trim() === '') return setFault(t('reason.needed'));
    const answer = await ask((hall) => hall.setLocalDay({ date, working: !before, reason: reason.trim(), running }));
    if (!answer.ok) return setFault(t('calendar.failed'));
    if (!answer.value.ok) return setFault(word('calendar.fault', answer.value.error.kind));
    onDone(t('calendar.day.done', { date: dayWords(date, now), moved: answer.value.value.moved }));
  };
  return (
    <Modal open title={t(before ? 'calendar.day.off' : 'calendar.day.working', { date: dayWords(date, now) })} width={560} centered onCancel={onClose} onOk={() => drop(set())} okText={<>{t('calendar.day.ok')}<Key name="Ctrl ↵" /></>} cancelText={t('act.cancel')}>
      <div className="confirm-words" onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && drop(set())}>
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <label className="field"><span>{t('reason')}</span><Input autoFocus value={reason} maxLength={100} onChange={(event) => setReason(event.target.value)} /></label>
        <fieldset className="field"><legend>{t('calendar.running')}</legend><Radio.Group className="stacked-radios" value={running} onChange={(event) => setRunning(event.target.value === true)} options={[{ value: false, label: t('calendar.running.no') }, { value: true, label: t('calendar.running.yes') }]} /></fieldset>
      </div>
    </Modal>
  );
}
