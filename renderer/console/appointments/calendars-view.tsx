import { Button, Checkbox, Input, InputNumber, Select, Switch, Table, type TableColumnsType } from 'antd';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { BookingCalendar, WeeklySlots } from '../../../domain/appointments/calendar.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { ulid } from '../../../domain/ids.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useNow } from '../clock.ts';
import { useDeed } from '../desk/deed.ts';
import { Nothing } from '../parts.tsx';
import { t, word } from '../texts.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const WORKING: WeeklySlots = { kind: 'ordinary', days: [1, 2, 3, 4, 5], from: '09:00', until: '11:30', minutes: 30, capacity: 5 };

/** When sites take people by appointment. */
export function CalendarsView({ calendars, sites, onChanged }: { calendars: readonly BookingCalendar[]; sites: readonly string[]; onChanged: () => void }): ReactNode {
  const today = civilDate(useNow());
  const [edited, setEdited] = useState<BookingCalendar | null>(null);
  const begin = () => setEdited({ id: ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))), site: sites[0] ?? '', business: '', name: '', items: [], slots: [WORKING], from: today, to: null, paused: false });
  const state = ({ paused, to }: BookingCalendar) => (paused ? 'paused' : to !== null && to < today ? 'over' : 'open');
  const columns: TableColumnsType<BookingCalendar> = [
    { title: t('apt.site'), dataIndex: 'site', width: 220 }, { title: t('apt.business'), key: 'name', width: 180, render: (_, { name, business }) => <div className="stacked"><span>{name}</span><small className="faint">{business}</small></div> },
    { title: t('apt.calendars.slots'), key: 'slots', render: (_, { slots }) => <div className="stacked">{slots.map((slot, index) => <span key={index}>{slot.kind === 'extended' && <span className="mark">{t('apt.kind.extended')}</span>} {t('apt.calendars.slot', { ...slot, days: weekWords(slot.days) })}</span>)}</div> },
    { title: t('apt.calendars.state'), key: 'state', width: 90, render: (_, calendar) => <span className="mark" data-tone={state(calendar) === 'open' ? 'good' : 'soon'}>{t(`apt.calendars.${state(calendar)}`)}</span> },
    { title: t('apt.deeds'), key: 'deed', width: 90, render: (_, calendar) => <Button size="small" aria-label={`${t('apt.calendars.edit')} ${calendar.name}`} onClick={() => setEdited(calendar)}>{t('apt.calendars.edit')}</Button> },
  ];
  return (
    <>
      <div className="figures-tools"><Button type="primary" onClick={begin}>{t('apt.calendars.new')}</Button></div>
      {calendars.length === 0 ? <Nothing words={t('apt.calendars.empty')} /> : <div className="figures-table" role="region" aria-label={t('apt.calendars.table')} tabIndex={0}><Table<BookingCalendar> rowKey="id" size="small" pagination={false} columns={columns} dataSource={[...calendars]} /></div>}
      {edited !== null && <CalendarDialog calendar={edited} sites={sites} onClose={() => setEdited(null)} onDone={() => {
        setEdited(null);
        onChanged();
      }} />}
    </>
  );
}

function weekWords(days: readonly number[]): string {
  return t('apt.week', { days: days.toSorted((one, other) => one - other).map((day) => word('apt.week', String(day))).join('、') });
}

function CalendarDialog({ calendar, sites, onDone, onClose }: { calendar: BookingCalendar; sites: readonly string[]; onDone: () => void; onClose: () => void }): ReactNode {
  const deed = useDeed((kind) => word('apt.edit.fault', kind), onDone);
  const list = useId();
  const [edited, setEdited] = useState(calendar);
  const [items, setItems] = useState(calendar.items.join('\n'));
  const set = (change: Partial<BookingCalendar>) => setEdited({ ...edited, ...change });
  const setSlot = (index: number, change: Partial<WeeklySlots>) => set({ slots: edited.slots.map((slot, at) => (at === index ? { ...slot, ...change } : slot)) });
  const whole = edited.site.trim() !== '' && edited.name.trim() !== '' && /^[a-z][a-z0-9-]{0,39}$/.test(edited.business) && edited.slots.length > 0 && edited.slots.every(({ days, from, until }) => days.length > 0 && from !== '' && until !== '');
  const save = () => deed((hall) => hall.saveBookingCalendar({ ...edited, site: edited.site.trim(), items: items.split('\n').map((line) => line.trim()).filter((line) => line !== '') }));
  return (
    <ConfirmDialog title={t('apt.edit.title')} ok={t('apt.edit.ok')} width={820} lacks={whole ? '' : t('apt.edit.lacks')} confirm={save} onClose={onClose}>
      <div className="apt-holder">
        <label className="field"><span>{t('apt.edit.site')}</span><Input list={list} value={edited.site} maxLength={60} onChange={({ target }) => set({ site: target.value })} /><datalist id={list}>{sites.map((site) => <option key={site} value={site} />)}</datalist></label>
        <label className="field"><span>{t('apt.edit.name')}</span><Input value={edited.name} maxLength={30} onChange={({ target }) => set({ name: target.value })} /></label>
        <label className="field"><span>{t('apt.edit.business')}</span><Input value={edited.business} maxLength={40} onChange={({ target }) => set({ business: target.value })} /></label>
        <label className="field"><span>{t('apt.edit.from')}</span><Input type="date" value={edited.from} onChange={({ target }) => target.value !== '' && set({ from: target.value })} /></label>
        <label className="field"><span>{t('apt.edit.to')}</span><Input type="date" value={edited.to ?? ''} onChange={({ target }) => set({ to: target.value === '' ? null : target.value })} /></label>
        <label className="field apt-switch"><span>{t('apt.edit.paused')}</span><Switch checked={edited.paused} onChange={(paused) => set({ paused })} /></label>
      </div>
      {edited.slots.map((slot, index) => <SlotFields key={index} slot={slot} number={index + 1} onChange={(change) => setSlot(index, change)} {...(edited.slots.length > 1 ? { onRemove: () => set({ slots: edited.slots.filter((_, at) => at !== index) }) } : {})} />)}
      <p><Button onClick={() => set({ slots: [...edited.slots, { ...WORKING, kind: 'extended', days: [6], minutes: 60 }] })}>{t('apt.edit.add')}</Button></p>
      <label className="field"><span>{t('apt.edit.items')}</span><Input.TextArea value={items} autoSize={{ minRows: 2, maxRows: 5 }} onChange={({ target }) => setItems(target.value)} /></label>
    </ConfirmDialog>
  );
}

function SlotFields({ slot, number, onChange, onRemove }: { slot: WeeklySlots; number: number; onChange: (change: Partial<WeeklySlots>) => void; onRemove?: () => void }): ReactNode {
  const name = (field: string) => `${t('apt.edit.slot', { number })} ${field}`;
  return (
    <fieldset className="apt-stretch">
      <legend>{t('apt.edit.slot', { number })}</legend>
      <Select aria-label={name(t('apt.edit.kind'))} value={slot.kind} onChange={(kind) => onChange({ kind })} options={(['ordinary', 'extended'] as const).map((value) => ({ value, label: t(`apt.kind.${value}`) }))} />
      <Checkbox.Group value={slot.days} onChange={(days) => onChange({ days: days.map(Number) })} options={WEEK.map((value) => ({ value, label: word('apt.week', String(value)) }))} />
      <Input type="time" aria-label={name(t('apt.edit.begins'))} value={slot.from} onChange={({ target }) => onChange({ from: target.value })} />
      <Input type="time" aria-label={name(t('apt.edit.ends'))} value={slot.until} onChange={({ target }) => onChange({ until: target.value })} />
      <label className="apt-count"><InputNumber min={10} max={480} value={slot.minutes} onChange={(minutes) => minutes !== null && onChange({ minutes: Math.round(minutes) })} /><span>{t('apt.edit.minutes')}</span></label>
      <label className="apt-count"><InputNumber min={1} max={200} value={slot.capacity} onChange={(capacity) => capacity !== null && onChange({ capacity: Math.round(capacity) })} /><span>{t('apt.edit.capacity')}</span></label>
      {onRemove !== undefined && <Button aria-label={name(t('apt.edit.remove'))} icon={<Trash2 size={15} aria-hidden="true" />} onClick={onRemove} />}
    </fieldset>
  );
}
