import { Alert, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { EVERY_ITEM, ShelfRule } from '../../../domain/catalogue/shelf.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { ulid } from '../../../domain/ids.ts';
import { drop } from '../../../domain/result.ts';
import { Key } from '../parts.tsx';
import { useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { useConfirmKey } from './confirm-key.ts';
import { WEEKDAYS } from './shelf-page.tsx';

/** A rule while it is written: lists as one text, commas between. */
type Written = { item: string; sites: string; machines: string; machineTypes: string; operators: string; weekdays: readonly number[]; fromHour: string; toHour: string; on: boolean; reason: string; from: string; to: string };

export function ShelfRuleForm({ rule, items, onClose, onDone }: { rule: ShelfRule | null; items: readonly (readonly [string, string])[]; onClose: () => void; onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const [written, setWritten] = useState<Written>(() => writtenOf(rule));
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Written>) => setWritten((before) => ({ ...before, ...change }));

  const save = async () => {
    const parsed = ShelfRule.safeParse({
      id: rule?.id ?? ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))), item: written.item, sites: listOf(written.sites), machines: listOf(written.machines), machineTypes: listOf(written.machineTypes), operators: listOf(written.operators),
      weekdays: written.weekdays.length === 0 || written.weekdays.length === 7 ? null : written.weekdays, hours: written.fromHour === '' && written.toHour === '' ? null : { from: written.fromHour, to: written.toHour === '00:00' ? '24:00' : written.toHour },
      on: written.on, reason: written.reason.trim(), from: written.from, to: written.to === '' ? null : written.to,
    });
    if (!parsed.success) return setFault(t(faultOf(written)));
    setBusy(true);
    const answer = await ask((hall) => hall.putShelfRule({ id: parsed.data.id, rule: parsed.data }));
    setBusy(false);
    if (!answer.ok) return setFault(t(answer.error.kind === 'away' ? 'failed.away' : 'failed.broken'));
    if (!answer.value.ok) return setFault(t(`catalogue.shelf.fault.${answer.value.error.kind}`));
    onDone();
  };

  useConfirmKey(() => drop(save()));

  const line = (name: 'sites' | 'machines' | 'machineTypes' | 'operators') => (
    <label className="field"><span>{t(`catalogue.shelf.form.${name}`)}</span><input className="ed" value={written[name]} placeholder={t('catalogue.shelf.form.any')} onChange={({ target }) => set({ [name]: target.value })} /></label>
  );
  return (
    <Modal open centered width={640} title={t(rule === null ? 'catalogue.shelf.add' : 'catalogue.shelf.edit')} okText={<>{t('catalogue.shelf.save')}<Key name="Ctrl ↵" /></>} cancelText={t('act.cancel')} okButtonProps={{ loading: busy }} onCancel={onClose} onOk={() => drop(save())}>
      <div className="shelf-form">
        {fault !== '' && <Alert type="error" showIcon role="alert" title={fault} />}
        <div className="shelf-onoff" role="radiogroup" aria-label={t('catalogue.shelf.does')}>
          {[false, true].map((on) => <label key={String(on)}><input type="radio" name="on" checked={written.on === on} onChange={() => set({ on })} />{t(on ? 'catalogue.shelf.on' : 'catalogue.shelf.off')}</label>)}
        </div>
        <label className="field"><span>{t('catalogue.shelf.item')}</span>
          <Select showSearch={{ optionFilterProp: 'label' }} value={written.item} aria-label={t('catalogue.shelf.item')} options={[{ value: EVERY_ITEM, label: t('catalogue.shelf.every-item') }, ...items.map(([value, label]) => ({ value, label }))]} onChange={(item) => set({ item })} />
        </label>
        <label className="field"><span>{t('catalogue.shelf.form.reason')}</span><input className="ed" maxLength={60} value={written.reason} placeholder={t('catalogue.shelf.form.reason.placeholder')} onChange={({ target }) => set({ reason: target.value })} /></label>
        <div className="shelf-pair">{line('sites')}{line('machines')}</div>
        <div className="shelf-pair">{line('machineTypes')}{line('operators')}</div>
        <fieldset className="field"><legend>{t('catalogue.shelf.form.weekdays')}</legend>
          <span className="ed-choices">{WEEKDAYS.map((day) => <label key={day}><input type="checkbox" checked={written.weekdays.includes(day)} onChange={({ target }) => set({ weekdays: WEEKDAYS.filter((one) => (one === day ? target.checked : written.weekdays.includes(one))) })} />{t(`catalogue.weekday.${day}`)}</label>)}</span>
        </fieldset>
        <div className="shelf-pair">
          <label className="field"><span>{t('catalogue.shelf.form.from-hour')}</span><input className="ed" type="time" value={written.fromHour} onChange={({ target }) => set({ fromHour: target.value })} /></label>
          <label className="field"><span>{t('catalogue.shelf.form.to-hour')}</span><input className="ed" type="time" value={written.toHour} onChange={({ target }) => set({ toHour: target.value })} /></label>
          <label className="field"><span>{t('catalogue.shelf.form.from')}</span><input className="ed" type="date" value={written.from} onChange={({ target }) => set({ from: target.value })} /></label>
          <label className="field"><span>{t('catalogue.shelf.form.to')}</span><input className="ed" type="date" value={written.to} onChange={({ target }) => set({ to: target.value })} /></label>
        </div>
      </div>
    </Modal>
  );
}

function writtenOf(rule: ShelfRule | null): Written {
  if (rule === null) return { item: EVERY_ITEM, sites: '', machines: '', machineTypes: '', operators: '', weekdays: [], fromHour: '', toHour: '', on: false, reason: '', from: civilDate(Date.now()), to: '' };
  const text = (list: readonly string[] | null) => (list ?? []).join('、');
  return {
    item: rule.item, sites: text(rule.sites), machines: text(rule.machines), machineTypes: text(rule.machineTypes), operators: text(rule.operators), weekdays: rule.weekdays ?? [], fromHour: rule.hours?.from ?? '',
    toHour: rule.hours === null ? '' : rule.hours.to === '24:00' ? '00:00' : rule.hours.to, on: rule.on, reason: rule.reason, from: rule.from, to: rule.to ?? '',
  };
}

function listOf(text: string): string[] | null {
  const entries = text.split(/[、,，;；\n]/u).map((entry) => entry.trim()).filter((entry) => entry !== '');
  return entries.length === 0 ? null : entries;
}

function faultOf({ on, reason, fromHour, toHour, from, to, machines }: Written): 'catalogue.shelf.fault.reason' | 'catalogue.shelf.fault.hours' | 'catalogue.shelf.fault.days' | 'catalogue.shelf.fault.machines' | 'catalogue.shelf.fault.other' {
  if (!on && reason.trim() === '') return 'catalogue.shelf.fault.reason';
  if ((fromHour === '') !== (toHour === '') || (fromHour !== '' && toHour !== '00:00' && fromHour >= toHour)) return 'catalogue.shelf.fault.hours';
  if (from === '' || (to !== '' && to < from)) return 'catalogue.shelf.fault.days';
  return (listOf(machines) ?? []).every((machine) => /^(T\d{6}-\d{4}|H\d{6})$/.test(machine)) ? 'catalogue.shelf.fault.other' : 'catalogue.shelf.fault.machines';
}
