import { Validator } from '@cfworker/json-schema';
import type { FormValues } from '../action/payload.ts';
import { isCivilDate } from '../calendar/civil-date.ts';
import { type Applicant, isPerson } from '../identity/applicant.ts';
import { creditCode } from '../numbers/credit-code.ts';
import { normaliseNumber } from '../numbers/fault.ts';
import { identityNumber } from '../numbers/identity-number.ts';
import { phone } from '../numbers/phone.ts';
import { err, never, ok, type Result } from '../result.ts';
import { computeForm } from './computed.ts';
import { type CheckError, crossErrors } from './cross-checks.ts';
import { askedSections, fieldAt, placeOf } from './rows.ts';
import type { FormField, ItemForm } from './types.ts';

type Value = FormValues[string];
type PropertySchema = Record<string, unknown>;

/**
 * Every reason a field can be wrong for, as a text key of the kiosk's texts. Each text says what to do; the screen adds the field's example.
 */
export const FORM_ERRORS = [
  'form.error.required', 'form.error.type', 'form.error.choice', 'form.error.citizen-id', 'form.error.credit-code', 'form.error.phone', 'form.error.date',
  'form.error.number', 'form.error.money', 'form.error.too-short', 'form.error.too-long', 'form.error.too-small', 'form.error.too-large', 'form.error.pattern', 'form.error.schema', 'form.error.too-many-rows',
] as const;
export type FormError = (typeof FORM_ERRORS)[number] | CheckError;

/** Keywords a field's schema may have, with what the citizen is told. Keeping to these is checked when an item is published. */
export const FIELD_KEYWORDS: Readonly<Record<string, FormError>> = {
  type: 'form.error.type', enum: 'form.error.choice', const: 'form.error.choice', pattern: 'form.error.pattern', format: 'form.error.date',
  minLength: 'form.error.too-short', maxLength: 'form.error.too-long',
  minimum: 'form.error.too-small', exclusiveMinimum: 'form.error.too-small', maximum: 'form.error.too-large', exclusiveMaximum: 'form.error.too-large', multipleOf: 'form.error.number',
};

/** All fields in the order of the screen; a repeated one once, without its rows. */
export function fieldsOf(form: ItemForm): FormField[] {
  return form.sections.flatMap(({ fields }) => fields);
}

/** The schema of the value at a key; empty (anything goes) only for a field that `checkItem` would refuse. */
export function fieldSchema(form: ItemForm, key: string): PropertySchema {
  const { properties } = form.schema;
  const schema: unknown = isRecord(properties) ? properties[placeOf(key).name] : undefined;
  return isRecord(schema) ? schema : {};
}

/** Names of the fields that must be filled whenever they are shown. */
export function requiredNames(form: ItemForm): ReadonlySet<string> {
  const { required } = form.schema;
  return new Set(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []);
}

/** Whether the field at a key must be filled whenever it is shown. */
export function isRequired(form: ItemForm, key: string): boolean {
  return requiredNames(form).has(placeOf(key).name);
}

/**
 * The fields to show for these values, those of rows under their keys with labels that say whose they are. A field hangs on earlier fields only, and one that hangs on
 * a hidden field is hidden too.
 */
export function visibleFields(form: ItemForm, values: FormValues): FormField[] {
  return askedSections(form, values).flatMap(({ groups }) => groups.flatMap(({ row, fields }) => (row === 0 ? fields : fields.map((field) => fieldAt(form, field.name) ?? field))));
}

/** What the form knows from the card before anybody types. `sources` names, per filled field, where its value came from. */
export type Prefill = { values: FormValues; sources: Record<string, Exclude<FormField['prefill'], 'none'>> };

/** First values from a card. What the card does not hold, such as an address on a foreigner's card, stays unfilled. */
export function prefill(form: ItemForm, holder: Applicant): Prefill {
  const filled: Prefill = { values: {}, sources: {} };
  for (const field of fieldsOf(form)) {
    if (field.prefill === 'none') continue;
    const value = cardValue(field.prefill, holder);
    if (value === '') continue;
    filled.values[field.name] = value;
    filled.sources[field.name] = field.prefill;
  }
  return filled;
}

/** The name to address and certify by: the Chinese name, else the English name that foreigners' cards carry; of a legal person its registered name. */
export function legalName(holder: Applicant): string {
  if (holder.name !== '') return holder.name;
  return holder.card === 'foreigner-2017' || holder.card === 'foreigner-2023' ? holder.englishName : '';
}

function cardValue(source: Exclude<FormField['prefill'], 'none'>, holder: Applicant): string {
  switch (source) {
    case 'card-name': return legalName(holder);
    case 'card-number': return holder.number;
    case 'card-address': return 'address' in holder ? holder.address : '';
    case 'card-birth': return isPerson(holder) ? holder.birth : '';
    case 'card-sex': return isPerson(holder) && (holder.sex === 'male' || holder.sex === 'female') ? holder.sex : '';
    default: return never(source);
  }
}

/**
 * Checks what was filled in against the schema and the widgets' own rules.
 * @param values as saved, from the screen: strings may stand for numbers
 * @returns the values to hand in, in their normal spelling and without hidden or empty fields; or per wrong field the first reason
 */
export function checkForm(form: ItemForm, values: FormValues): Result<FormValues, { kind: 'form-errors'; errors: Record<string, FormError> }> {
  const known = computedForm(form, values);
  const errors: Record<string, FormError> = {};
  const checked: FormValues = {};
  const rows = new Map<number, number>();
  for (const { index, repeat, groups } of askedSections(form, values)) {
    rows.set(index, groups.length);
    for (const { row, fields } of groups) {
      const [first] = fields;
      if (repeat !== null && row > repeat.most && first !== undefined) errors[first.name] = 'form.error.too-many-rows';
      for (const field of fields) {
        const value = known[field.name] ?? null;
        if (value === null) {
          if (isRequired(form, field.name)) errors[field.name] ??= 'form.error.required';
          continue;
        }
        const error = valueError(field, fieldSchema(form, field.name), value);
        if (error === null) checked[field.name] = value;
        else errors[field.name] ??= error;
      }
    }
  }
  const all = { ...crossErrors(form, checked, rows), ...errors };
  return Object.keys(all).length === 0 ? ok(checked) : err({ kind: 'form-errors', errors: all });
}

/** What is asked, each in its normal spelling, and what follows from it; nothing that is hidden. Wrong values are among them. */
export function computedForm(form: ItemForm, values: FormValues): FormValues {
  const asked = askedSections(form, values).flatMap(({ groups }) => groups.flatMap(({ fields }) => fields));
  return computeForm(form, Object.fromEntries(asked.flatMap((field) => (field.computed === undefined ? [[field.name, normaliseValue(field, values[field.name] ?? null)]] : []))));
}

/** A change to a form that was handed in, with all computed values that follow from it. @param before the whole form as it stands */
export function withFollowing(form: ItemForm, before: FormValues, changed: FormValues): FormValues {
  const after = { ...before, ...changed };
  const known = computedForm(form, after);
  const following = visibleFields(form, after).filter(({ name, computed }) => computed !== undefined && (known[name] ?? null) !== (before[name] ?? null));
  return { ...changed, ...Object.fromEntries(following.map(({ name }) => [name, known[name] ?? null])) };
}

/** The spelling that is stored. Empty becomes null; a text that is wrong stays as typed, to be shown with its error. */
function normaliseValue(field: FormField, value: Value): Value {
  if (typeof value !== 'string') return value;
  // Only outer space goes: the characters of a legal name are never rewritten.
  const text = value.trim();
  if (text === '') return null;
  switch (field.widget) {
    case 'citizen-id':
    case 'credit-code':
      return normaliseNumber(text);
    case 'phone': {
      const parsed = phone(text);
      return parsed.ok ? parsed.value.number : text;
    }
    case 'number':
    case 'money': {
      const digits = text.normalize('NFKC');
      return /^-?\d{1,15}(\.\d+)?$/.test(digits) ? Number(digits) : text;
    }
    case 'text':
    case 'long-text':
    case 'choice':
    case 'yes-no':
    case 'date':
    case 'town':
    case 'address':
      return text;
    default:
      return never(field.widget);
  }
}

function valueError(field: FormField, schema: PropertySchema, value: Exclude<Value, null>): FormError | null {
  return widgetError(field, value) ?? schemaError(schema, value);
}

/** What a widget demands of its value by itself, said in its own words before the schema's general ones. */
function widgetError(field: FormField, value: Exclude<Value, null>): FormError | null {
  const { widget } = field;
  switch (widget) {
    case 'citizen-id': return typeof value === 'string' && identityNumber(value).ok ? null : 'form.error.citizen-id';
    case 'credit-code': return typeof value === 'string' && creditCode(value).ok ? null : 'form.error.credit-code';
    case 'phone': return typeof value === 'string' && phone(value).ok ? null : 'form.error.phone';
    case 'date': return typeof value === 'string' && isCivilDate(value) ? null : 'form.error.date';
    case 'choice':
    case 'town': return field.options.some((option) => option.value === value) ? null : 'form.error.choice';
    // A place that is chosen says only half of where it is.
    case 'address': return typeof value !== 'string' ? 'form.error.type' : field.options.some((option) => option.value === value) ? 'form.error.too-short' : null;
    case 'yes-no': return typeof value === 'boolean' ? null : 'form.error.choice';
    case 'number': return typeof value === 'number' ? null : 'form.error.number';
    // Yuan with at most two decimals.
    case 'money': return typeof value === 'number' && value >= 0 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 ? null : 'form.error.money';
    case 'text':
    case 'long-text': return typeof value === 'string' ? null : 'form.error.type';
    default: return never(widget);
  }
}

function schemaError(schema: PropertySchema, value: Exclude<Value, null>): FormError | null {
  // The validator interprets the schema: no code is generated, so the strict content security policy of the windows holds.
  const { valid, errors } = new Validator(schema, '2020-12', true).validate(value);
  if (valid) return null;
  return FIELD_KEYWORDS[errors[0]?.keyword ?? ''] ?? 'form.error.schema';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
