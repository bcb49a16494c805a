import type { SessionView } from '../../domain/contracts/kiosk.ts';
import type { FormField, Item, ItemForm } from '../../domain/item/types.ts';

export type FieldValue = string | number | boolean | null;
export type Values = Record<string, FieldValue>;
type Section = ItemForm['sections'][number];

/** Whether a question is asked at all, given the answers so far. */
export function isShown(field: FormField, values: Values): boolean {
  if (field.shownWhen === null) return true;
  const value = values[field.shownWhen.field];
  return field.shownWhen.in.some((wanted) => wanted === value);
}

/** Sections with the questions that are asked; a supplement shows only what the correction asked for. */
export function sectionsOf(view: SessionView, values: Values): Section[] {
  if (view.item === null) return [];
  const asked = askedKeys(view, 'form');
  return view.item.form.sections
    .map((section) => ({ ...section, fields: section.fields.filter((field) => isShown(field, values) && (asked === null || asked.has(field.name))) }))
    .filter((section) => section.fields.length > 0);
}

/** Materials to hand in; a supplement asks only for those that the correction named. */
export function materialsOf(view: SessionView): Item['materials'] {
  if (view.item === null) return [];
  const asked = askedKeys(view, 'material');
  return view.item.materials.filter((material) => asked === null || asked.has(material.key));
}

function askedKeys(view: SessionView, target: 'form' | 'material'): Set<string> | null {
  if (view.supplementing === null || view.case === null) return null;
  return new Set(view.case.asks.filter((ask) => ask.target === target).map((ask) => ask.key));
}

/** What the correction said about one question or material; empty when it said nothing. */
export function askedWords(view: SessionView, target: 'form' | 'material', key: string): string {
  if (view.supplementing === null) return '';
  return view.case?.asks.find((ask) => ask.target === target && ask.key === key)?.words ?? '';
}

/**
 * A question that must be answered: named by the schema, or asked only because of another answer (its rule stands in a condition of
 * the schema, and core has the last word).
 */
export function isRequired(form: ItemForm, field: FormField): boolean {
  const { required } = form.schema;
  return Array.isArray(required) && required.includes(field.name);
}

/** Whether the value is stored as a number: the schema says so. */
export function isNumeric(form: ItemForm, field: FormField): boolean {
  const properties = form.schema['properties'];
  const rule: unknown = typeof properties === 'object' && properties !== null ? Reflect.get(properties, field.name) : null;
  const type: unknown = typeof rule === 'object' && rule !== null ? Reflect.get(rule, 'type') : null;
  const types: unknown[] = Array.isArray(type) ? type : [type];
  return types.includes('number') || types.includes('integer');
}

/** Most characters of a text answer, as the schema limits it. */
export function mostCharacters(form: ItemForm, field: FormField, otherwise: number): number {
  const properties = form.schema['properties'];
  const rule: unknown = typeof properties === 'object' && properties !== null ? Reflect.get(properties, field.name) : null;
  const most: unknown = typeof rule === 'object' && rule !== null ? Reflect.get(rule, 'maxLength') : null;
  return typeof most === 'number' ? most : otherwise;
}

/** Fields of one section that must be answered and are not. */
export function unanswered(form: ItemForm, section: Section, values: Values): string[] {
  return section.fields.filter((field) => isRequired(form, field) && (values[field.name] === undefined || values[field.name] === null || values[field.name] === '')).map((field) => field.name);
}

/** An answer as a person reads it: the option's label, yes or no, the number with its unit. */
export function answerWords(field: FormField, value: FieldValue | undefined, words: { yes: string; no: string; empty: string; day(date: string): string }): string {
  if (value === undefined || value === null || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (field.widget === 'date') return words.day(String(value));
  return field.options.find((option) => option.value === value)?.label ?? String(value);
}
