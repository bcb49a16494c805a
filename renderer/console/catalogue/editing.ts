/** How a text of the catalogue is changed in place. Texts may have any fault while they are written, so nothing here relies on their shape. */
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import type { Finding } from '../../../domain/catalogue/findings.ts';
import { type Element, ITEM_ELEMENTS, ITEM_LISTS, type ItemList, valueAt } from '../../../domain/item/elements.ts';

export type Entry = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with another value at a place; `undefined` takes the member away. What stands in the way of the place gives way. */
export function withValue<Value>(whole: Value, path: readonly (string | number)[], value: unknown): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value as Value;
  if (typeof name === 'number') {
    const list: unknown[] = Array.isArray(whole) ? [...(whole as unknown[])] : [];
    list[name] = withValue(list[name], rest, value);
    return list as Value;
  }
  const { [name]: before, ...others } = (isRecord(whole) ? whole : {}) as Record<string, unknown>;
  const after = withValue(before, rest, value);
  // The order of members stays: a text that is written out again reads as before.
  if (after === undefined) return others as Value;
  return { ...(isRecord(whole) ? whole : {}), [name]: after } as Value;
}

/** What an element is while nobody has said anything of it, where it must be there. */
function emptyOf({ kind, nullable }: Element): unknown {
  if (nullable) return null;
  switch (kind) {
    case 'text': return '';
    case 'number': return 0;
    case 'yes-no': return false;
    case 'list':
    case 'pairs': return [];
    case 'json': return undefined;
  }
}

/** Elements that are there together or not at all: what stands in one object that may be absent. */
function companions(elements: readonly Element[], { path, optional }: Element): readonly Element[] {
  const group = path.slice(0, -1).join('.');
  if (!optional || group === '') return [];
  const together = elements.filter((one) => one.path.slice(0, -1).join('.') === group);
  return together.every((one) => one.optional) ? together : [];
}

/**
 * Sets an element of a text or of an entry. An optional one that is emptied goes; of a group that is there whole or not at all, the first word brings the
 * others, empty, and emptying the last takes the group away.
 */
export function setElement<Whole>(whole: Whole, elements: readonly Element[], element: Element, value: unknown): Whole {
  const said = element.optional && (value === '' || (Array.isArray(value) && value.length === 0)) ? undefined : value;
  const group = companions(elements, element);
  if (group.length === 0) return withValue(whole, element.path, said);
  const others = group.filter((one) => one !== element);
  const isEmpty = (found: unknown) => found === undefined || found === null || found === '' || found === false || found === 0 || (Array.isArray(found) && found.length === 0);
  const nothingElse = others.every((one) => isEmpty(valueAt(whole, one.path)));
  if (said === undefined && (nothingElse || element.kind === 'yes-no')) return withValue(whole, element.path.slice(0, -1), undefined);
  const set = withValue(whole, element.path, said ?? emptyOf(element));
  return others.reduce((changed, one) => (valueAt(changed, one.path) === undefined ? withValue(changed, one.path, emptyOf(one)) : changed), set);
}

/** The entries of a list, whatever it holds. */
export function entriesOf(text: ItemText, list: Pick<ItemList, 'path'>): Entry[] {
  const found = valueAt(text, list.path);
  return Array.isArray(found) ? (found as unknown[]).map((entry) => (isRecord(entry) ? entry : {})) : [];
}

export function withEntries(text: ItemText, list: Pick<ItemList, 'path' | 'optional'>, entries: readonly Entry[]): ItemText {
  return withValue(text, list.path, list.optional && entries.length === 0 ? undefined : entries);
}

/** A new entry: what must be there, empty, and a key that no other has. @param stem what keys begin with */
export function newEntry(list: ItemList, entries: readonly Entry[], stem: string): Entry {
  const empty = list.elements.filter(({ optional }) => !optional).reduce<Entry>((entry, element) => withValue(entry, element.path, Object.keys(element.words)[0] ?? emptyOf(element)), {});
  return list.elements.some(({ path }) => path.join('.') === 'key') ? { ...empty, key: freeName(stem, entries.map(({ key }) => String(key))) } : empty;
}

export function freeName(stem: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`;
}

export function moved<Value>(values: readonly Value[], from: number, by: 1 | -1): readonly Value[] {
  const to = from + by;
  if (to < 0 || to >= values.length) return values;
  const changed = [...values];
  const [taken] = changed.splice(from, 1);
  changed.splice(to, 0, taken as Value);
  return changed;
}

/** Where an element, an entry of a list or a field of the form stands on the page. */
export const placeOfElement = (path: readonly string[]): string => `el-${path.join('.')}`;
export const placeOfEntry = (list: readonly string[], index: number): string => `el-${list.join('.')}.${index}`;
export const placeOfField = (name: string): string => `field-${name}`;
const FORM = 'form';

/**
 * The place that a finding is about: an element, an entry of a list (findings name it by its key, or by its number), a field of the form; the section's
 * top (`section-form`) where nothing nearer is known.
 */
export function placeOf(text: ItemText, path: string): string {
  const parts = path.split('.');
  const element = ITEM_ELEMENTS.find((one) => one.path.every((name, index) => parts[index] === name));
  if (element !== undefined) return placeOfElement(element.path);
  const list = ITEM_LISTS.find((one) => one.path.every((name, index) => parts[index] === name));
  if (list !== undefined) {
    const rest = parts.slice(list.path.length).join('.');
    const entries = entriesOf(text, list);
    const byKey = entries.findIndex((entry) => { const key = list.keyOf(entry); return key !== '' && (rest === key || rest.startsWith(`${key}.`)); });
    const index = byKey >= 0 ? byKey : Number.parseInt(rest, 10);
    return Number.isInteger(index) && index < entries.length ? placeOfEntry(list.path, index) : placeOfElement(list.path);
  }
  if (parts[0] === FORM && parts[1] !== undefined && parts[1] !== 'sections' && parts[1] !== 'schema') return placeOfField(parts[1]);
  if (parts[0] === FORM) return 'section-form';
  // An object that is missing whole is said of its first element.
  const within = ITEM_ELEMENTS.find((one) => parts.every((name, index) => one.path[index] === name));
  return within === undefined ? 'section-basics' : placeOfElement(within.path);
}

/** Findings by the place that they are about. */
export function findingsByPlace(text: ItemText, findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const place = placeOf(text, finding.path);
    found.set(place, [...(found.get(place) ?? []), finding]);
  }
  return found;
}

/** Says publicly why something that is questioned stays; an empty word takes the reason away. */
export function withReason(text: ItemText, { kind, path }: Pick<Finding, 'kind' | 'path'>, words: string): ItemText {
  const reasons: unknown[] = Array.isArray(text['reasons']) ? text['reasons'] : [];
  const others = reasons.filter((one) => !isRecord(one) || one['finding'] !== kind || one['path'] !== path);
  const all = words === '' ? others : [...others, { finding: kind, path, words }];
  return withValue(text, ['reasons'], all.length === 0 ? undefined : all);
}

export function reasonFor(text: ItemText, { kind, path }: Pick<Finding, 'kind' | 'path'>): string {
  const reasons: unknown[] = Array.isArray(text['reasons']) ? text['reasons'] : [];
  const found = reasons.find((one) => isRecord(one) && one['finding'] === kind && one['path'] === path);
  return isRecord(found) && typeof found['words'] === 'string' ? found['words'] : '';
}
