import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { checkForm, fieldSchema } from '../../domain/item/form.ts';
import { type AskedSection, askedSections } from '../../domain/item/rows.ts';
import { yuanInCapitals } from '../../domain/numbers/capitals.ts';
import { type Need, needOf } from '../../domain/item/situation.ts';
import type { FormField, Item, ItemForm, ItemMaterial } from '../../domain/item/types.ts';

export type FieldValue = string | number | boolean | null;
export type Values = Record<string, FieldValue>;

/** Sections with the questions that are asked; a supplement shows only what the correction asked for, and what is found wrong with it. */
export function sectionsOf(view: SessionView, values: Values): AskedSection[] {
  if (view.item === null) return [];
  const asked = askedKeys(view, 'form');
  const isShown = (name: string) => asked === null || asked.has(name) || view.form?.errors[name] !== undefined;
  return askedSections(view.item.form, values)
    .map((section) => ({ ...section, groups: section.groups.map((group) => ({ ...group, fields: group.fields.filter(({ name }) => isShown(name)) })).filter(({ fields }) => fields.length > 0) }))
    .filter(({ groups, repeat }) => groups.length > 0 || (asked === null && repeat !== null));
}

/** All fields of a section, of every row. */
export function fieldsIn({ groups }: AskedSection): FormField[] {
  return groups.flatMap(({ fields }) => fields);
}

/** Materials to hand in: what this situation asks for; a supplement asks only for those that the correction named. */
export function materialsOf(view: SessionView): Item['materials'] {
  if (view.item === null) return [];
  const asked = askedKeys(view, 'material');
  return view.item.materials.filter((material) => (asked === null ? view.supplementing !== null || standing(view, material) !== 'not-asked' : asked.has(material.key)));
}

/** Whether a material must be handed in, by the answers so far. */
export function isNeeded(view: SessionView, material: ItemMaterial): boolean {
  return standing(view, material) === 'needed';
}

function standing({ item, answers }: SessionView, material: ItemMaterial): Need {
  return item === null ? 'not-asked' : needOf(material, item, answers);
}

/** Materials without which handing in would be refused. While a correction's words are not in the view, core alone can tell. */
export function missingMaterials(view: SessionView): Item['materials'] {
  if (view.supplementing !== null && view.case === null) return [];
  const here = new Set(view.materials.filter(({ pages }) => pages.length > 0).map(({ key }) => key));
  return materialsOf(view).filter((material) => (view.supplementing !== null || isNeeded(view, material)) && !here.has(material.key));
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

/** Why fields of this section are wrong, before core is asked: the same rules, so that errors come section by section. */
export function errorsIn(form: ItemForm, section: AskedSection, values: Values): Record<string, string> {
  const checked = checkForm(form, values);
  if (checked.ok) return {};
  const { errors } = checked.error;
  return Object.fromEntries(fieldsIn(section).flatMap(({ name }) => (errors[name] === undefined ? [] : [[name, errors[name]]])));
}

/** Most characters of a text answer, as the schema limits it. */
export function mostCharacters(form: ItemForm, field: FormField, otherwise: number): number {
  const most = fieldSchema(form, field.name)['maxLength'];
  return typeof most === 'number' ? most : otherwise;
}

/** 大写 of an amount as it is typed; empty while it is none. */
export function yuanWords(typed: string): string {
  return /^\d+(\.\d{1,2})?$/.test(typed) ? yuanInCapitals(Number(typed)) ?? '' : '';
}

/** An answer as a person reads it: the option's label, yes or no, the day in words. */
export function answerWords(field: FormField, value: FieldValue | undefined, words: { yes: string; no: string; empty: string; day(date: string): string }): string {
  if (value === undefined || value === null || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (field.widget === 'money' && yuanWords(String(value)) !== '') return `${value}（${yuanWords(String(value))}）`;
  if (field.widget === 'date') return words.day(String(value));
  return field.options.find((option) => option.value === value)?.label ?? String(value);
}
