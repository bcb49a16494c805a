import type { FormValues } from '../action/payload.ts';
import type { FormField, FormSection, ItemForm, Repeat } from './types.ts';

/**
 * Repeated sections. Values stay a flat record, as every case has them: the second row's `memberName` has the key `memberName-2`. So a row's field is saved, corrected,
 * compared and asked for like any other, and a hall that knows no rows takes them. A row is there while one of its keys holds something, be it an empty text; null is gone.
 */

/** Most rows that any form can have. */
const MOST_ROWS = 20;

/** The key of a field in a row, counted from 1. */
export function rowKey(name: string, row: number): string {
  return `${name}-${row}`;
}

/** Inverse of `rowKey`; row 0 for a field that is not repeated. Names hold no hyphen, so there is no doubt. */
export function placeOf(key: string): { name: string; row: number } {
  const [name = '', row] = key.split('-');
  return { name, row: Number(row ?? 0) };
}

/** How many rows there are: those that must be, and up to the last that holds something. */
export function rowsIn({ fields, repeat }: FormSection, values: FormValues): number {
  if (repeat === undefined) return 0;
  for (let row = MOST_ROWS; row > repeat.least; row -= 1) if (fields.some(({ name }) => (values[rowKey(name, row)] ?? null) !== null)) return row;
  return repeat.least;
}

/** What changes when a row is begun; null where there are as many as there may be. */
export function withRow(section: FormSection, values: FormValues): FormValues | null {
  const rows = rowsIn(section, values);
  const [first] = section.fields;
  return section.repeat === undefined || first === undefined || rows >= section.repeat.most ? null : { [rowKey(first.name, rows + 1)]: '' };
}

/** What changes when a row goes: those behind it move up. null where the row is not there or must stay. */
export function withoutRow(section: FormSection, values: FormValues, row: number): FormValues | null {
  const rows = rowsIn(section, values);
  if (section.repeat === undefined || rows <= section.repeat.least || row < 1 || row > rows) return null;
  const changed: FormValues = {};
  for (let at = row; at <= rows; at += 1) for (const { name } of section.fields) changed[rowKey(name, at)] = at === rows ? null : values[rowKey(name, at + 1)] ?? null;
  return changed;
}

/** A value as it is kept while it is filled in: an emptied field of a row still keeps its row. */
export function keptValue(key: string, value: FormValues[string]): FormValues[string] {
  return value === null && placeOf(key).row > 0 ? '' : value;
}

/** Fields asked together: a section's, or one row's. `row` 0: not repeated. Field names are keys of the values; labels are as the item has them. */
export type FieldGroup = { row: number; title: string; fields: FormField[] };
/** @property index its place in the form @property repeat null: not repeated */
export type AskedSection = { index: number; title: string; repeat: Repeat | null; groups: FieldGroup[] };

/** The sections as they are asked for these values: conditions applied, rows laid out. A section with nothing to ask is left out. */
export function askedSections(form: ItemForm, values: FormValues): AskedSection[] {
  const shown = new Set<string>();
  const repeated = namesOfRows(form);
  const isShown = ({ name, shownWhen }: FormField, row: number): boolean => {
    if (shownWhen !== null) {
      const source = row > 0 && repeated.get(shownWhen.field) === repeated.get(name) ? rowKey(shownWhen.field, row) : shownWhen.field;
      const value = values[source];
      if (!shown.has(source) || (typeof value !== 'string' && typeof value !== 'boolean') || !shownWhen.in.includes(value)) return false;
    }
    shown.add(row === 0 ? name : rowKey(name, row));
    return true;
  };
  return form.sections.flatMap((section, index): AskedSection[] => {
    const { title, repeat = null } = section;
    if (repeat === null) {
      const fields = section.fields.filter((field) => isShown(field, 0));
      return fields.length === 0 ? [] : [{ index, title, repeat, groups: [{ row: 0, title: '', fields }] }];
    }
    const groups = Array.from({ length: rowsIn(section, values) }, (_, at): FieldGroup => ({
      row: at + 1, title: rowTitle(repeat, at + 1), fields: section.fields.filter((field) => isShown(field, at + 1)).map((field) => ({ ...field, name: rowKey(field.name, at + 1) })),
    })).filter(({ fields }) => fields.length > 0);
    // Without a row the section is still asked: one may be begun.
    const hasCause = section.fields.some(({ shownWhen }) => shownWhen === null);
    return groups.length === 0 && !(hasCause && repeat.least === 0) ? [] : [{ index, title, repeat, groups }];
  });
}

/** 出资人 2 */
export function rowTitle({ title }: Repeat, row: number): string {
  return `${title} ${row}`;
}

/** The field at a key, its label saying whose it is; null where the form has none. */
export function fieldAt(form: ItemForm, key: string): FormField | null {
  const { name, row } = placeOf(key);
  for (const { fields, repeat } of form.sections) {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) continue;
    if (repeat === undefined) return row === 0 && key === name ? field : null;
    return row < 1 || row > MOST_ROWS || key !== rowKey(name, row) ? null : { ...field, name: key, label: `${rowTitle(repeat, row)} · ${field.label}` };
  }
  return null;
}

/** The names of repeated fields, each with the place of its section. */
export function namesOfRows(form: ItemForm): ReadonlyMap<string, number> {
  return new Map(form.sections.flatMap(({ fields, repeat }, index) => (repeat === undefined ? [] : fields.map(({ name }) => [name, index] as const))));
}
