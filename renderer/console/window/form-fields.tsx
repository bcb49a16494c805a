import { Button, Input, Radio, Select } from 'antd';
import { Fragment, type ReactNode } from 'react';
import type { FormValues } from '../../../domain/action/payload.ts';
import { checkWords } from '../../../domain/item/cross-checks.ts';
import { computedForm, isRequired } from '../../../domain/item/form.ts';
import { askedSections, fieldAt, keptValue, withoutRow, withRow } from '../../../domain/item/rows.ts';
import type { FormField, ItemForm } from '../../../domain/item/types.ts';
import { t, word } from '../texts.ts';
import { valueWords } from '../words.ts';

/** So many options stand beside each other; more are a list to type in. */
const BESIDE = 5;

/** An item's form for somebody who types: every field on one dense page, its help beside it, what is wrong below it. @property changed fields that are marked as such @property slip fields that hold what a slip filled in, marked as such @property only the fields that are shown; left out: every one */
export function FormFields({ form, values, errors, changed = new Set(), slip = new Set(), only, onChange }: { form: ItemForm; values: FormValues; errors: Readonly<Record<string, string>>; changed?: ReadonlySet<string>; slip?: ReadonlySet<string>; only?: ReadonlySet<string>; onChange: (changed: FormValues) => void }): ReactNode {
  const known = computedForm(form, values);
  return askedSections(form, values).map(({ index, title, repeat, groups }) => {
    const section = form.sections[index];
    const asked = groups.map((group) => ({ ...group, fields: group.fields.filter(({ name }) => only?.has(name) !== false) })).filter(({ fields }) => fields.length > 0);
    // Where a correction asked for single fields, rows neither come nor go.
    const rows = section === undefined || repeat === null || only !== undefined ? null : { more: withRow(section, values), less: (row: number) => withoutRow(section, values, row) };
    return asked.length === 0 && rows === null ? null : (
      <fieldset key={index} className="dense">
        <legend>{title}</legend>
        {asked.map(({ row, title: name, fields }) => {
          const less = rows?.less(row) ?? null;
          return (
            <Fragment key={row}>
              {row > 0 && <p className="dense-row"><strong>{name}</strong>{less !== null && <Button size="small" onClick={() => onChange(less)} aria-label={t('rows.remove', { name })}>{t('rows.remove.short')}</Button>}</p>}
              {fields.map((field) => <FieldLine key={field.name} form={form} field={field} value={(field.computed === undefined ? values : known)[field.name] ?? null} error={errors[field.name] ?? ''} changed={changed.has(field.name)} slip={slip.has(field.name)} onChange={(value) => onChange({ [field.name]: keptValue(field.name, value) })} />)}
            </Fragment>
          );
        })}
        {rows !== null && repeat !== null && rows.more !== null && <Button onClick={() => rows.more !== null && onChange(rows.more)}>{t('rows.add', { name: repeat.title })}</Button>}
      </fieldset>
    );
  });
}

function FieldLine({ form, field, value, error, changed, slip, onChange }: { form: ItemForm; field: FormField; value: FormValues[string]; error: string; changed: boolean; slip: boolean; onChange: (value: FormValues[string]) => void }): ReactNode {
  return (
    <div className="dense-field" data-wide={field.widget === 'long-text'} data-changed={changed || slip}>
      <FieldLabel field={{ ...field, label: fieldAt(form, field.name)?.label ?? field.label }} required={isRequired(form, field.name)} slip={slip} />
      {field.computed === undefined ? <FieldInput field={field} value={value} wrong={error !== ''} onChange={onChange} /> : <output id={`field-${field.name}`} className="number">{valueWords(field, value)}</output>}
      {error === '' ? field.help !== '' && field.prefill === 'none' && <small className="faint">{field.help}</small> : <small className="dense-error" id={`error-${field.name}`}>{checkWords(form, error) ?? word('wrong', error.replace('form.error.', ''))}{field.example !== '' && t('wrong.example', { example: field.example })}</small>}
    </div>
  );
}

function FieldLabel({ field, required, slip }: { field: FormField; required: boolean; slip: boolean }): ReactNode {
  const words = <>{field.label}{required && <span className="needed" aria-hidden="true">*</span>}{slip && <span className="mark slip-mark" data-tone="soon">{t('slip.mark')}</span>}</>;
  return isGroup(field) ? <span className="dense-label" id={`label-${field.name}`}>{words}</span> : <label className="dense-label" htmlFor={`field-${field.name}`}>{words}</label>;
}

function isGroup({ widget, options }: FormField): boolean {
  return widget === 'yes-no' || ((widget === 'choice' || widget === 'town') && options.length <= BESIDE);
}

function FieldInput({ field, value, wrong, onChange }: { field: FormField; value: FormValues[string]; wrong: boolean; onChange: (value: FormValues[string]) => void }): ReactNode {
  const id = `field-${field.name}`;
  const about = { id, 'aria-invalid': wrong, ...(wrong ? { 'aria-describedby': `error-${field.name}` } : {}) };
  const text = value === null ? '' : String(value);
  const set = (next: string) => onChange(next === '' ? null : next);
  switch (field.widget) {
    case 'yes-no':
      return <Radio.Group id={id} aria-labelledby={`label-${field.name}`} value={value} onChange={(event) => onChange(event.target.value === true)} options={[true, false].map((yes) => ({ value: yes, label: field.options.find((option) => option.value === String(yes))?.label ?? t(yes ? 'value.yes' : 'value.no') }))} />;
    case 'choice':
    case 'town':
      if (isGroup(field)) return <Radio.Group id={id} aria-labelledby={`label-${field.name}`} value={value} onChange={(event) => onChange(String(event.target.value))} options={field.options} />;
      return <Select {...about} value={value === null ? null : text} showSearch={{ optionFilterProp: 'label' }} status={wrong ? 'error' : ''} options={field.options} onChange={(next: string) => onChange(next)} />;
    case 'long-text':
      return <Input.TextArea {...about} value={text} autoSize={{ minRows: 2, maxRows: 6 }} status={wrong ? 'error' : ''} onChange={(event) => set(event.target.value)} />;
    case 'date':
      return <input {...about} type="date" className="date-input" value={text} onChange={(event) => set(event.target.value)} />;
    default:
      return <Input {...about} value={text} autoComplete="off" inputMode={field.widget === 'phone' || field.widget === 'number' || field.widget === 'money' ? 'numeric' : 'text'} status={wrong ? 'error' : ''} onChange={(event) => set(event.target.value)} />;
  }
}
