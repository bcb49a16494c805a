import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AppointmentRow, CalendarSlots } from '../../../domain/contracts/appointments.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { ulid } from '../../../domain/ids.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useNow } from '../clock.ts';
import { useDeed } from '../desk/deed.ts';
import { Failed, Loading } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { clockWords, dayWords } from '../words.ts';

/** For somebody who stands at the window or is on the phone. */
export function BookDialog({ onDone, onClose }: { onDone: (row: AppointmentRow) => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  // One id for one booking, however often it is pressed.
  const [id] = useState(() => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
  const [answer, again] = useAnswer('free-slots', () => ask((hall) => hall.freeSlots({ site: '' })));
  const [chosen, setChosen] = useState('');
  const [from, setFrom] = useState('');
  const [holder, setHolder] = useState({ name: '', card: '', phone: '' });
  const deed = useDeed((kind) => word('apt.fault', kind), () => undefined);
  const calendars = answer.kind === 'here' ? answer.value.calendars : [];
  const calendar = calendars.find((one) => one.calendar.id === chosen) ?? calendars[0];
  const lacks = answer.kind !== 'here' ? t('apt.book.not-read') : calendar === undefined ? t('apt.book.no-calendar') : from === '' ? t('apt.book.lacks-slot') : holder.card.trim() === '' && holder.phone.trim() === '' ? t('apt.book.lacks-holder') : '';
  const book = async () => {
    let booked: AppointmentRow | null = null;
    const fault = await deed(async (hall) => {
      const made = await hall.book({ id, calendar: calendar?.calendar.id ?? '', from, holder });
      if (made.ok) booked = made.value.row;
      return made;
    });
    if (booked !== null) onDone(booked);
    // A slot that is gone is seen to be gone.
    else again();
    return fault;
  };
  const field = (name: keyof typeof holder, label: string, mode?: 'tel') => <label className="field"><span>{label}</span><Input value={holder[name]} maxLength={name === 'name' ? 60 : 30} autoComplete="off" inputMode={mode} onChange={({ target }) => setHolder({ ...holder, [name]: target.value })} /></label>;
  return (
    <ConfirmDialog title={t('apt.book.title')} ok={t('apt.book.ok')} width={720} lacks={lacks} confirm={book} onClose={onClose}>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && calendar === undefined && <p>{t('apt.book.no-calendar')}</p>}
      {calendar !== undefined && (
        <>
          <div className="field"><span id="apt-calendar">{t('apt.book.calendar')}</span><Select aria-labelledby="apt-calendar" value={calendar.calendar.id} onChange={(value) => {
            setChosen(value);
            setFrom('');
          }} options={calendars.map(({ calendar: { id: value, name, site } }) => ({ value, label: `${name}　${site}` }))} /></div>
          <SlotPicker slots={calendar.slots} chosen={from} onChoose={setFrom} />
          <div className="apt-holder">{field('card', t('apt.book.card'))}{field('phone', t('apt.book.phone'), 'tel')}{field('name', t('apt.book.name'))}</div>
        </>
      )}
    </ConfirmDialog>
  );
}

/** To another slot of the same calendar. */
export function MoveDialog({ row, onDone, onClose }: { row: AppointmentRow; onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [answer, again] = useAnswer(`free-slots/${row.site}`, () => ask((hall) => hall.freeSlots({ site: row.site })));
  const [from, setFrom] = useState('');
  const deed = useDeed((kind) => word('apt.fault', kind), onDone);
  const slots = answer.kind === 'here' ? answer.value.calendars.find(({ calendar }) => calendar.id === row.calendar)?.slots ?? [] : [];
  return (
    <ConfirmDialog title={t('apt.move.title', { number: row.number })} ok={t('apt.move.ok')} width={720} lacks={answer.kind !== 'here' ? t('apt.book.not-read') : from === '' ? t('apt.book.lacks-slot') : ''} confirm={() => deed((hall) => hall.moveAppointment({ id: row.id, from }))} onClose={onClose}>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && <SlotPicker slots={slots.filter((slot) => slot.from !== row.from)} chosen={from} onChoose={setFrom} />}
    </ConfirmDialog>
  );
}

type Slots = CalendarSlots['slots'];

function SlotPicker({ slots, chosen, onChoose }: { slots: Slots; chosen: string; onChoose: (from: string) => void }): ReactNode {
  const now = useNow();
  const days = [...new Set(slots.map(({ from }) => civilDate(Date.parse(from))))];
  return (
    <fieldset className="field apt-slots">
      <legend>{t('apt.book.slot')}</legend>
      {days.length === 0 && <p className="faint">{t('apt.book.none')}</p>}
      {days.map((day) => (
        <div key={day} className="apt-slot-day">
          <span>{dayWords(day, now)}</span>
          <div>
            {slots.filter(({ from }) => civilDate(Date.parse(from)) === day).map(({ from, until, free, extended }) => (
              <button key={from} type="button" className="apt-slot" aria-pressed={from === chosen} disabled={free === 0} onClick={() => onChoose(from)}>
                <span className="number">{clockWords(from)}–{clockWords(until)}</span>
                <small>{free === 0 ? t('apt.book.full') : t('apt.book.free', { free })}{extended && ` · ${t('apt.book.extended')}`}</small>
              </button>
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
