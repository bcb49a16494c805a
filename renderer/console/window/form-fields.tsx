import { Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import type { FormValues } from '../../../domain/action/payload.ts';
import { requiredNames, visibleFields } from '../../../domain/item/form.ts';
import type { FormField, ItemForm } from '../../../domain/item/types.ts';
import { t, word } from '../texts.ts';

/** So many options stand beside each other; more are a list to type in. */
const BESIDE = 5;

/** An item's form for somebody who types: every field on one dense page, its help beside it, what is wrong below it. @property changed fields that are marked as such @property only the fields that are shown; left out: every one */
export function FormFields({ form, values, errors, changed = new Set(), only, onChange }: { form: ItemForm; values: FormValues; errors: Readonly<Record<string, string>>; changed?: ReadonlySet<string>; only?: ReadonlySet<string>; onChange: (name: string, value: FormValues[string]) => void }): ReactNode {
  const visible = new Set(visibleFields(form, values).map(({ name }) => name));
  const required = requiredNames(form);
  return form.sections.map((section) => {
    const fields = section.fields.filter(({ name }) => visible.has(name) && only?.has(name) !== false);
    return fields.length === 0 ? null : (
      <fieldset key={section.title} className="dense">
        <legend>{section.title}</legend>
        {fields.map((field) => (
          <div key={field.name} className="dense-field" data-wide={field.widget === 'long-text'} data-changed={changed.has(field.name)}>
            <FieldLabel field={field} required={required.has(field.name)} />
            <FieldInput field={field} value={values[field.name] ?? null} wrong={errors[field.name] !== undefined} onChange={(value) => onChange(field.name, value)} />
            {errors[field.name] === undefined ? field.help !== '' && field.prefill === 'none' && <small className="faint">{field.help}</small> : <small className="dense-error" id={`error-${field.name}`}>{word('wrong', (errors[field.name] ?? '').replace('form.error.', ''))}{field.example !== '' && t('wrong.example', { example: field.example })}</small>}
          </div>
        ))}
      </fieldset>
    );
  });
}

function FieldLabel({ field, required }: { field: FormField; required: boolean }): ReactNode {
  const words = <>{field.label}{required && <span className="needed" aria-hidden="true">*</span>}</>;
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
