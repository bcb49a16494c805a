import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { t, word } from '../texts.ts';
import { type Entry, isRecord, placeOfField } from './editing.ts';
import { worstOf } from './field.tsx';
import { Found, type OnReason } from './findings.tsx';
import { addField, addSection, type FieldRow, hasOptions, moveField, nameOf, PREFILLS, removeField, renameSection, rowsOf, sectionsOf, takesLimits, WIDGETS, withField } from './form-editing.ts';

type Change = (change: (text: ItemText) => ItemText) => void;

/** The application form as a table: what is asked, by which widget, under which rule. The JSON Schema is written from it. */
export function FormTable({ text, findings, readOnly, onChange, onReason }: { text: ItemText; findings: ReadonlyMap<string, readonly Finding[]>; readOnly: boolean; onChange: Change; onReason: OnReason }): ReactNode {
  const sections = sectionsOf(text);
  const rows = rowsOf(text);
  return (
    <div className="rows form-rows">
      <header><span />{(['label', 'widget', 'required', 'least', 'most', 'prefill', 'help'] as const).map((name) => <span key={name}>{t(`catalogue.form.${name}`)}</span>)}<span className="rows-count">{t('catalogue.rows', { count: rows.length })}</span></header>
      {sections.map((section, at) => (
        <section key={at} aria-label={section.title}>
          <p className="form-section"><input className="ed" aria-label={t('catalogue.form.section')} value={section.title} disabled={readOnly} onChange={({ target }) => onChange((before) => renameSection(before, at, target.value))} /></p>
          <ol>
            {rows.filter((row) => row.section === at).map((row) => (
              <FieldLine key={row.index} row={row} rows={rows} text={text} found={findings.get(placeOfField(nameOf(row.field))) ?? []} readOnly={readOnly} onChange={onChange} onReason={onReason} />
            ))}
          </ol>
          {!readOnly && <button type="button" className="rows-add" onClick={() => onChange((before) => addField(before, at))}><Plus size={14} aria-hidden="true" />{t('catalogue.form.add-field')}</button>}
        </section>
      ))}
      <Found text={text} findings={findings.get('section-form') ?? []} readOnly={readOnly} onReason={onReason} />
      {!readOnly && <button type="button" className="rows-add" onClick={() => onChange(addSection)}><Plus size={14} aria-hidden="true" />{t('catalogue.form.add-section')}</button>}
    </div>
  );
}

function FieldLine({ row, rows, text, found, readOnly, onChange, onReason }: { row: FieldRow; rows: readonly FieldRow[]; text: ItemText; found: readonly Finding[]; readOnly: boolean; onChange: Change; onReason: OnReason }): ReactNode {
  const [open, setOpen] = useState(false);
  const { field } = row;
  const words = (name: string) => (typeof field[name] === 'string' ? field[name] : '');
  const set = (change: Parameters<typeof withField>[2]) => onChange((before) => withField(before, currentRow(before, row), change));
  const asked = words('label') === '' ? nameOf(field) : words('label');
  const label = (name: string) => `${asked} ${name}`;
  const number = (which: 'least' | 'most') => (
    <input className="ed" type="number" aria-label={label(t(`catalogue.form.${which}`))} disabled={readOnly || !takesLimits(field['widget'])} value={row[which] ?? ''} onChange={({ target }) => set({ [which]: target.value === '' ? null : Number(target.value) })} />
  );
  return (
    <li id={placeOfField(nameOf(field))} data-found={worstOf(found)}>
      <div className="row">
        <button type="button" className="row-fold" data-unfold aria-expanded={open} aria-label={t('catalogue.rows.more', { name: asked })} onClick={() => setOpen(!open)}>{open ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}</button>
        <input className="ed" aria-label={label(t('catalogue.form.label'))} disabled={readOnly} value={words('label')} onChange={({ target }) => set({ field: { label: target.value } })} />
        <select className="ed" aria-label={label(t('catalogue.form.widget'))} disabled={readOnly} value={words('widget')} onChange={({ target }) => set({ field: { widget: target.value, ...(hasOptions(target.value) ? {} : { options: [] }) } })}>
          {WIDGETS.map((widget) => <option key={widget} value={widget}>{word('widget', widget)}</option>)}
        </select>
        <span className="row-check"><input type="checkbox" aria-label={label(t('catalogue.form.required'))} disabled={readOnly} checked={row.required} onChange={({ target }) => set({ required: target.checked })} /></span>
        {number('least')}
        {number('most')}
        <select className="ed" aria-label={label(t('catalogue.form.prefill'))} disabled={readOnly} value={words('prefill')} onChange={({ target }) => set({ field: { prefill: target.value } })}>
          {PREFILLS.map((prefill) => <option key={prefill} value={prefill}>{word('prefill', prefill)}</option>)}
        </select>
        <input className="ed" aria-label={label(t('catalogue.form.help'))} disabled={readOnly} value={words('help')} onChange={({ target }) => set({ field: { help: target.value } })} />
        <span className="row-tools">
          {!readOnly && (
            <>
              <button type="button" aria-label={t('catalogue.rows.up', { name: asked })} onClick={() => onChange((before) => moveField(before, currentRow(before, row), -1))}><ArrowUp size={14} aria-hidden="true" /></button>
              <button type="button" aria-label={t('catalogue.rows.down', { name: asked })} onClick={() => onChange((before) => moveField(before, currentRow(before, row), 1))}><ArrowDown size={14} aria-hidden="true" /></button>
              <button type="button" aria-label={t('catalogue.rows.remove', { name: asked })} onClick={() => onChange((before) => removeField(before, currentRow(before, row)))}><Trash2 size={14} aria-hidden="true" /></button>
            </>
          )}
        </span>
      </div>
      <Found text={text} findings={found} readOnly={readOnly} onReason={onReason} />
      {open && (
        <div className="row-more">
          <label className="ed-field"><span className="ed-label">{t('catalogue.form.name')}</span><input className="ed" disabled={readOnly} defaultValue={nameOf(field)} onBlur={({ target }) => set({ field: { name: target.value.trim() } })} /></label>
          <label className="ed-field"><span className="ed-label">{t('catalogue.form.example')}</span><input className="ed" disabled={readOnly} value={words('example')} onChange={({ target }) => set({ field: { example: target.value } })} /></label>
          {field['widget'] === 'text' || field['widget'] === 'long-text' ? <label className="ed-field"><span className="ed-label">{t('catalogue.form.pattern')}</span><input className="ed" disabled={readOnly} value={row.pattern} onChange={({ target }) => set({ pattern: target.value })} /></label> : null}
          {hasOptions(field['widget']) && <Options field={field} readOnly={readOnly} onChange={(options) => set({ field: { options } })} />}
          <Condition row={row} rows={rows} readOnly={readOnly} onChange={(shownWhen) => set({ field: { shownWhen } })} />
        </div>
      )}
    </li>
  );
}

/** The row as it is in a text that may have changed meanwhile. */
function currentRow(text: ItemText, row: FieldRow): FieldRow {
  return rowsOf(text).find((one) => nameOf(one.field) === nameOf(row.field)) ?? row;
}

/** A value and its words a line. */
function Options({ field, readOnly, onChange }: { field: Entry; readOnly: boolean; onChange: (options: { value: string; label: string }[]) => void }): ReactNode {
  const options = Array.isArray(field['options']) ? (field['options'] as unknown[]).filter(isRecord) : [];
  return (
    <label className="ed-field" data-wide="true">
      <span className="ed-label">{t('catalogue.form.options')}</span>
      <textarea
        className="ed" rows={Math.min(12, Math.max(3, options.length + 1))} disabled={readOnly} defaultValue={options.map(({ value, label }) => `${String(value)}=${String(label)}`).join('\n')}
        onBlur={({ target }) => onChange(target.value.split('\n').map((line) => line.trim()).filter((line) => line !== '').map((line) => {
          const [value = '', ...rest] = line.split('=');
          return { value: value.trim(), label: rest.length === 0 ? value.trim() : rest.join('=').trim() };
        }))}
      />
    </label>
  );
}

/** Shown only while an earlier field has one of these values. */
function Condition({ row, rows, readOnly, onChange }: { row: FieldRow; rows: readonly FieldRow[]; readOnly: boolean; onChange: (shownWhen: { field: string; in: (string | boolean)[] } | null) => void }): ReactNode {
  const earlier = rows.slice(0, rows.findIndex((one) => nameOf(one.field) === nameOf(row.field))).filter(({ field }) => hasOptions(field['widget']) || field['widget'] === 'yes-no');
  const now = isRecord(row.field['shownWhen']) ? row.field['shownWhen'] : null;
  const source = earlier.find(({ field }) => nameOf(field) === now?.['field']);
  const values = (one: FieldRow | undefined): { value: string | boolean; label: string }[] => {
    if (one === undefined) return [];
    if (one.field['widget'] === 'yes-no') return [{ value: true, label: t('value.yes') }, { value: false, label: t('value.no') }];
    return (Array.isArray(one.field['options']) ? (one.field['options'] as unknown[]).filter(isRecord) : []).map(({ value, label }) => ({ value: String(value), label: String(label) }));
  };
  const chosen: unknown[] = Array.isArray(now?.['in']) ? now['in'] : [];
  return (
    <div className="ed-field" data-wide="true">
      <span className="ed-label">{t('catalogue.form.condition')}</span>
      <span className="ed-choices">
        <select
          className="ed" aria-label={t('catalogue.form.condition')} disabled={readOnly} value={typeof now?.['field'] === 'string' ? now['field'] : ''}
          onChange={({ target }) => {
            const next = earlier.find(({ field }) => nameOf(field) === target.value);
            onChange(next === undefined ? null : { field: target.value, in: values(next).slice(0, 1).map(({ value }) => value) });
          }}
        >
          <option value="">{t('catalogue.form.always')}</option>
          {earlier.map(({ field }) => <option key={nameOf(field)} value={nameOf(field)}>{String(field['label'])}</option>)}
        </select>
        {values(source).map(({ value, label }) => (
          <label key={String(value)}>
            <input type="checkbox" disabled={readOnly} checked={chosen.includes(value)} onChange={({ target }) => onChange({ field: String(now?.['field']), in: values(source).map((one) => one.value).filter((one) => (one === value ? target.checked : chosen.includes(one))) })} />
            {label}
          </label>
        ))}
      </span>
    </div>
  );
}
