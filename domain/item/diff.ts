import { canonicalJson } from '../action/canonical.ts';
import { writeCell } from './cells.ts';
import { type Element, FIELD_ELEMENTS, ITEM_ELEMENTS, ITEM_LISTS, type ItemList, valueAt } from './elements.ts';
import type { Item, Repeat } from './types.ts';

/** One difference between two versions. `before` and `after` are in words; null where there was, or is, nothing. */
export type ItemChange = {
  /** `promised.days`, or `materials.residence-permit.acceptance`: entries of lists go by what tells them apart, not by their place. */
  path: string;
  /** `承诺办结时限`, or `材料“浙江省居住证”：受理标准` */
  label: string;
  before: string | null;
  after: string | null;
};

type Entry = Readonly<Record<string, unknown>>;

/** What changed from one version to another, in the order of a guide; the version and its dates are told too, since they are elements like others. */
export function diffItems(before: Item, after: Item): ItemChange[] {
  return [
    ...changesOf(ITEM_ELEMENTS, before, after, '', ''),
    ...ITEM_LISTS.flatMap((list) => listChanges(list, entriesAt(before, list), entriesAt(after, list))),
    ...listChanges(FIELD_LIST, fieldsOf(before), fieldsOf(after)),
    ...ruleChange(before, after),
  ];
}

const FIELD_LIST: ItemList = { name: '表单字段', path: ['form'], optional: false, elements: FIELD_ELEMENTS, keyOf: ({ name }) => String(name), nameOf: ({ label }) => String(label) };

function fieldsOf({ form }: Item): Entry[] {
  return form.sections.flatMap(({ fields }) => fields);
}

function entriesAt(item: Item, { path }: ItemList): Entry[] {
  return (valueAt(item, path) ?? []) as Entry[];
}

function changesOf(elements: readonly Element[], before: unknown, after: unknown, place: string, prefix: string): ItemChange[] {
  return elements.flatMap((element) => {
    const [was, is] = [valueAt(before, element.path), valueAt(after, element.path)].map((value) => (value === undefined || value === null ? null : String(writeCell({ ...element, optional: false }, value))));
    return was === is ? [] : [{ path: place + element.path.join('.'), label: prefix + element.label, before: was ?? null, after: is ?? null }];
  });
}

function listChanges(list: ItemList, before: readonly Entry[], after: readonly Entry[]): ItemChange[] {
  const was = numbered(list, before);
  const is = numbered(list, after);
  const place = list.path.join('.');
  const named = (entry: Entry) => `${list.name}“${list.nameOf(entry)}”`;
  const changes = [...new Set([...is.keys(), ...was.keys()])].flatMap((key): ItemChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    if (now === undefined) return old === undefined ? [] : [{ path: `${place}.${key}`, label: named(old), before: list.nameOf(old), after: null }];
    if (old === undefined) return [{ path: `${place}.${key}`, label: named(now), before: null, after: list.nameOf(now) }];
    return changesOf(list.elements, old, now, `${place}.${key}.`, `${named(now)}：`);
  });
  const order = (entries: Map<string, Entry>, other: Map<string, Entry>) => [...entries].filter(([key]) => other.has(key)).map(([, entry]) => list.nameOf(entry)).join('、');
  const [wasOrder, isOrder] = [order(was, is), order(is, was)];
  const moved = [...was.keys()].filter((key) => is.has(key)).join('\n') !== [...is.keys()].filter((key) => was.has(key)).join('\n');
  return moved ? [...changes, { path: place, label: `${list.name}的顺序`, before: wasOrder, after: isOrder }] : changes;
}

/** Entries by what tells them apart; a second one of the same key is told apart by its number, since a draft may be wrong that way. */
function numbered(list: ItemList, entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const key = list.keyOf(entry);
    let name = key;
    for (let count = 2; found.has(name); count += 1) name = `${key}#${count}`;
    found.set(name, entry);
  }
  return found;
}

/** The rules of the form and its sections are compared whole: they read as one. */
function ruleChange(before: Item, after: Item): ItemChange[] {
  const times = (repeat: Repeat | undefined) => (repeat === undefined ? '' : `，每个${repeat.title}填一次，${repeat.least}—${repeat.most}个`);
  const sections = ({ form }: Item) => form.sections.map(({ title, fields, repeat }) => `${title}（${fields.map(({ label }) => label).join('、')}${times(repeat)}）`).join('\n');
  const checks = ({ form }: Item) => (form.checks ?? []).map((check) => `${check.words} ${canonicalJson(check)}`).join('\n');
  const rules = ({ form }: Item) => canonicalJson(form.schema);
  return [
    ...(sections(before) === sections(after) ? [] : [{ path: 'form.sections', label: '表单章节', before: sections(before), after: sections(after) }]),
    ...(checks(before) === checks(after) ? [] : [{ path: 'form.checks', label: '表单核对规则', before: checks(before), after: checks(after) }]),
    ...(rules(before) === rules(after) ? [] : [{ path: 'form.schema', label: '表单规则', before: rules(before), after: rules(after) }]),
  ];
}
