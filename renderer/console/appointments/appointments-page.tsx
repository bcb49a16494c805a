import { App, Button, Input, Select } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { may } from '../../../domain/staff/rights.ts';
import { useNow } from '../clock.ts';
import { Desk, useDeskKeys } from '../desk/desk.tsx';
import type { Hall } from '../hall.ts';
import { hintOf } from '../keys.ts';
import { Failed, Key, Loading, Nothing } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { AppointmentTable } from './appointment-table.tsx';
import { BookDialog } from './book-dialog.tsx';
import { CalendarsView } from './calendars-view.tsx';
import './appointments.css';

type Rules = Awaited<ReturnType<Hall['bookingCalendars']>>['rules'];
type Found = Awaited<ReturnType<Hall['findAppointments']>>;

/** 预约: who comes when, what somebody has booked, and when sites take people by appointment. */
export function AppointmentsPage({ at }: { at: string }): ReactNode {
  const { ask, me } = useSession();
  const books = may(me.role, 'book');
  const lists = [...(books ? ['day', 'find'] as const : []), ...(may(me.role, 'booking-calendars') ? ['calendars'] as const : [])];
  const show = lists.find((one) => one === at) ?? lists[0] ?? 'calendars';
  const [answer, again] = useAnswer('booking-calendars', () => ask((hall) => hall.bookingCalendars()));
  const [booking, setBooking] = useState(false);
  const [changes, setChanges] = useState(0);
  const rows = useDeskKeys({ reload: again, ...(books ? { register: () => setBooking(true) } : {}) });
  const { message } = App.useApp();
  const now = useNow();
  return (
    <Desk
      page="appointments" at={show} groups={[{ title: t('apt.lists'), lists: lists.map((one) => ({ at: one, title: word('apt.list', one) })) }]}
      {...(books ? { foot: <Button type="primary" onClick={() => setBooking(true)}>{t('apt.book')}<Key name={hintOf('register')} /></Button> } : {})}
    >
      <section className="desk-sheet" aria-labelledby="appointments-title" ref={rows}>
        <header>
          <h1 id="appointments-title">{word('apt.list', show)}</h1>
          {answer.kind === 'here' && <p>{show === 'calendars' ? t('apt.calendars.words') : show === 'find' ? t('apt.find.words') : t('apt.words', answer.value.rules)}</p>}
          {answer.kind === 'here' && <p className="faint">{t('apt.rules', { ...answer.value.rules, soonest: t(answer.value.rules.ahead === 0 ? 'apt.ahead.none' : 'apt.ahead.some', answer.value.rules) })}</p>}
        </header>
        {answer.kind === 'loading' && <Loading />}
        {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
        {answer.kind === 'here' && (show === 'calendars' ? <CalendarsView calendars={answer.value.calendars} sites={answer.value.sites} onChanged={again} /> : show === 'find' ? <Find rules={answer.value.rules} /> : <Day key={changes} sites={answer.value.sites} />)}
        {booking && <BookDialog onClose={() => setBooking(false)} onDone={(row) => {
          setBooking(false);
          setChanges(changes + 1);
          void message.success(t('apt.book.done', { number: row.number, time: momentWords(row.from, now) }));
        }} />}
      </section>
    </Desk>
  );
}

function Day({ sites }: { sites: readonly string[] }): ReactNode {
  const { ask } = useSession();
  const [day, setDay] = useState(civilDate(useNow()));
  const [site, setSite] = useState('');
  const [answer, again] = useAnswer(`appointments/${day}/${site}`, () => ask((hall) => hall.appointments({ site, day })));
  return (
    <>
      <div className="figures-tools">
        <Button aria-label={t('apt.before')} icon={<ChevronLeft size={16} aria-hidden="true" />} onClick={() => setDay(addNaturalDays(day, -1))} />
        <Input type="date" aria-label={t('apt.day')} value={day} onChange={({ target }) => target.value !== '' && setDay(target.value)} />
        <Button aria-label={t('apt.after')} icon={<ChevronRight size={16} aria-hidden="true" />} onClick={() => setDay(addNaturalDays(day, 1))} />
        <Select aria-label={t('apt.site')} className="figures-department" value={site} onChange={setSite} options={[{ value: '', label: t('apt.all-sites') }, ...sites.map((name) => ({ value: name, label: name }))]} />
      </div>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && (answer.value.length === 0 ? <Nothing words={t('apt.empty')} /> : <AppointmentTable rows={answer.value} onChanged={again} />)}
    </>
  );
}

/** What was typed is asked for once and kept nowhere. */
function Find({ rules }: { rules: Rules }): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const [card, setCard] = useState('');
  const [phone, setPhone] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const look = async () => {
    const answer = await ask((hall) => hall.findAppointments({ card: card.trim(), phone: phone.trim() }));
    setFailed(!answer.ok);
    if (answer.ok) setFound(answer.value);
  };
  return (
    <>
      <form className="apt-find" onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}>
        <label className="field"><span>{t('apt.find.card')}</span><Input value={card} maxLength={30} autoComplete="off" onChange={({ target }) => setCard(target.value)} /></label>
        <label className="field"><span>{t('apt.find.phone')}</span><Input value={phone} maxLength={30} inputMode="tel" autoComplete="off" onChange={({ target }) => setPhone(target.value)} /></label>
        <Button type="primary" htmlType="submit" disabled={card.trim() === '' && phone.trim() === ''}>{t('apt.find.go')}</Button>
      </form>
      {failed && <Failed kind="failed" onRetry={() => void look()} />}
      {found !== null && !failed && (
        <>
          <p className="apt-standing" data-tone={found.standing.limitedUntil !== null ? 'late' : found.standing.missed > 0 ? 'soon' : 'good'}>{standingWords(found, rules, now)}</p>
          {found.rows.length === 0 ? <Nothing words={t('apt.find.none')} /> : <AppointmentTable rows={found.rows} withDay onChanged={() => void look()} />}
        </>
      )}
    </>
  );
}

function standingWords({ standing: { missed, limitedUntil } }: Found, { within }: Rules, now: number): string {
  if (limitedUntil !== null) return t('apt.standing.limited', { within, missed, until: momentWords(limitedUntil, now) });
  return missed === 0 ? t('apt.standing.good', { within }) : t('apt.standing.warned', { within, missed });
}
