import { z } from 'zod';
import { canonicalJson } from '../action/canonical.ts';
import { FormValues } from '../action/payload.ts';
import { checkForm, fieldSchema, fieldsOf } from './form.ts';
import { namesOfRows } from './rows.ts';
import { FormField, type Item } from './types.ts';

/**
 * 数据元: what a field means wherever it is asked. A pack's `fields.json` says each once; a field of an item names its element. So one filling serves several items
 * (一表申请), and two items cannot ask for a telephone in two ways.
 */
export const DataElement = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  /** What it is, for whoever makes items: 联系电话. Labels of fields may say it in their own words. */
  name: z.string().min(1).max(40),
  widget: FormField.shape.widget,
  /** JSON Schema of the value. */
  schema: z.record(z.string(), z.unknown()),
});
export const FieldDictionary = z.strictObject({ elements: z.array(DataElement).max(500) });
export type FieldDictionary = z.infer<typeof FieldDictionary>;

export type DictionaryFault = { kind: 'element-unknown' | 'element-differs' | 'element-repeated'; path: string };

/** Where items and the pack's dictionary part ways. @returns paths as `<item code>.form.<field>`, or `elements.<key>` */
export function dictionaryFaults({ elements }: FieldDictionary, items: readonly Item[]): DictionaryFault[] {
  const repeated = elements.filter(({ key }, at) => elements.findIndex((one) => one.key === key) < at).map(({ key }): DictionaryFault => ({ kind: 'element-repeated', path: `elements.${key}` }));
  const fields = items.flatMap((item) => fieldsOf(item.form).flatMap((field): DictionaryFault[] => {
    if (field.element === undefined) return [];
    const path = `${item.code}.form.${field.name}`;
    const element = elements.find(({ key }) => key === field.element);
    if (element === undefined) return [{ kind: 'element-unknown', path }];
    const same = element.widget === field.widget && canonicalJson(element.schema) === canonicalJson(fieldSchema(item.form, field.name));
    return same ? [] : [{ kind: 'element-differs', path }];
  }));
  return [...repeated, ...fields];
}

/** A value that somebody gave for an earlier item. @property from that item's name */
export const KnownValue = z.strictObject({ value: FormValues.valueType, from: z.string() });
export const KnownValues = z.record(z.string(), KnownValue);
export type KnownValues = z.infer<typeof KnownValues>;

/** What a form says by data element; only right values, and none of rows, which are several. */
export function knownFrom(item: Item, form: FormValues): KnownValues {
  const checked = checkForm(item.form, form);
  const wrong = checked.ok ? {} : checked.error.errors;
  return Object.fromEntries(elementFields(item).flatMap(({ element, name }) => {
    const value = form[name] ?? null;
    return value === null || value === '' || wrong[name] !== undefined ? [] : [[element, { value, from: item.name }]];
  }));
}

/** What could fill the empty fields of a form, by their keys. Nobody's answer is ever replaced, and an option must be one of the field's own. */
export function offersFor(item: Item, form: FormValues, known: KnownValues): KnownValues {
  return Object.fromEntries(elementFields(item).flatMap(({ element, name, options }) => {
    const offer = known[element];
    if (offer === undefined || (form[name] ?? '') !== '') return [];
    return options.length > 0 && !options.some(({ value }) => value === offer.value) ? [] : [[name, offer]];
  }));
}

function elementFields(item: Item): (FormField & { element: string })[] {
  const repeated = namesOfRows(item.form);
  return fieldsOf(item.form).flatMap((field) => (field.element === undefined || field.computed !== undefined || repeated.has(field.name) ? [] : [{ ...field, element: field.element }]));
}
