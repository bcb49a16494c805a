/** The form of an item edited as a table: what is asked, and its rule. The JSON Schema follows by itself, so that neither can part from the other. */
import type { ItemText } from '../../../domain/contracts/catalogue.ts';
import { FormField } from '../../../domain/item/types.ts';
import { type Entry, freeName, isRecord, withValue } from './editing.ts';

export type Widget = FormField['widget'];
export const WIDGETS = FormField.shape.widget.options;
export const PREFILLS = FormField.shape.prefill.options;

/** A field beside its rule. `least`, `most`: characters of a text, or the value of a number; null: not said. */
export type FieldRow = { section: number; index: number; field: Entry; required: boolean; least: number | null; most: number | null; pattern: string };

/** The sections with all that an item says of them, such as rows, which this table does not change. */
export function sectionsOf(text: ItemText): (Entry & { title: string; fields: Entry[] })[] {
  const sections = memberList(text['form'], 'sections');
  return sections.map((section) => ({ ...section, title: typeof section['title'] === 'string' ? section['title'] : '', fields: memberList(section, 'fields') }));
}

function memberList(value: unknown, name: string): Entry[] {
  const found = isRecord(value) ? value[name] : undefined;
  return Array.isArray(found) ? (found as unknown[]).filter(isRecord) : [];
}

export function nameOf(field: Entry): string {
  return typeof field['name'] === 'string' ? field['name'] : '';
}

function schemaOf(text: ItemText): { properties: Entry; required: string[] } {
  const schema = isRecord(text['form']) ? text['form']['schema'] : undefined;
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {};
  const required = isRecord(schema) && Array.isArray(schema['required']) ? (schema['required'] as unknown[]).filter((name) => typeof name === 'string') : [];
  return { properties, required };
}

const isNumeric = (widget: unknown) => widget === 'number' || widget === 'money';
/** One of the options and nothing else. */
const isChoice = (widget: unknown) => widget === 'choice' || widget === 'town';
/** An address begins with one of them. */
const hasOptions = (widget: unknown) => isChoice(widget) || widget === 'address';
const limitsOf = (widget: unknown): readonly [string, string] => (isNumeric(widget) ? ['minimum', 'maximum'] : ['minLength', 'maxLength']);

export function rowsOf(text: ItemText): FieldRow[] {
  const { properties, required } = schemaOf(text);
  return sectionsOf(text).flatMap(({ fields }, section) => fields.map((field, index): FieldRow => {
    const rule = properties[nameOf(field)];
    const [least, most] = limitsOf(field['widget']);
    const number = (key: string) => (isRecord(rule) && typeof rule[key] === 'number' ? rule[key] : null);
    return { section, index, field, required: required.includes(nameOf(field)), least: number(least), most: number(most), pattern: isRecord(rule) && typeof rule['pattern'] === 'string' ? rule['pattern'] : '' };
  }));
}

/** The rule a widget has by itself. Choices take their options' values and nothing else. */
function ruleOf(field: Entry): Entry {
  const { widget } = field;
  if (widget === 'yes-no') return { type: 'boolean' };
  if (isNumeric(widget)) return { type: 'number' };
  if (widget === 'date') return { type: 'string', format: 'date' };
  if (isChoice(widget)) {
    const options = Array.isArray(field['options']) ? (field['options'] as unknown[]).flatMap((one) => (isRecord(one) && typeof one['value'] === 'string' ? [one['value']] : [])) : [];
    return options.length === 0 ? { type: 'string' } : { type: 'string', enum: options };
  }
  return { type: 'string' };
}

const takesLength = (widget: unknown) => widget === 'address' || widget === 'text' || widget === 'long-text' || widget === 'phone';
const takesLimits = (widget: unknown) => takesLength(widget) || isNumeric(widget);
export { hasOptions, takesLimits };

/** Changes a field: `field` what is asked, the rest its rule. A new name goes wherever the old one stood; another widget begins with its own rule. */
export function withField(text: ItemText, row: FieldRow, change: { field?: Entry; required?: boolean; least?: number | null; most?: number | null; pattern?: string }): ItemText {
  const before = nameOf(row.field);
  const field = { ...row.field, ...change.field };
  const after = nameOf(field);
  const sameWidget = field['widget'] === row.field['widget'];
  const sections = sectionsOf(text).map((section, at) => ({ ...section, fields: section.fields.map((one, index) => (at === row.section && index === row.index ? field : renamedCondition(one, before, after))) }));
  const { properties, required } = schemaOf(text);
  const { [before]: old, ...others } = properties;
  const least = change.least === undefined ? row.least : change.least;
  const most = change.most === undefined ? row.most : change.most;
  const pattern = change.pattern ?? row.pattern;
  const [leastKey, mostKey] = limitsOf(field['widget']);
  const kept = sameWidget && isRecord(old) ? without(old, ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern', ...(isChoice(field['widget']) ? ['enum', 'minLength', 'maxLength'] : [])]) : {};
  const rule = {
    ...ruleOf(field), ...kept, ...(isChoice(field['widget']) ? ruleOf(field) : {}),
    ...(takesLimits(field['widget']) && sameWidget && least !== null ? { [leastKey]: least } : {}),
    ...(takesLimits(field['widget']) && sameWidget && most !== null ? { [mostKey]: most } : {}),
    ...(takesLength(field['widget']) && sameWidget && pattern !== '' ? { pattern } : {}),
  };
  const must = change.required ?? row.required;
  // In the order of the screen, so that a text reads the same however it was edited.
  return withSchema(renamedFills(renamedChecks(text, before, after), before, after), sections, { ...others, [after]: rule }, [...required.filter((name) => name !== before), ...(must ? [after] : [])]);
}

/** The form's rules name it, too. */
function renamedChecks(text: ItemText, before: string, after: string): ItemText {
  const { form } = text;
  if (before === after || !isRecord(form) || form['checks'] === undefined) return text;
  return withValue(text, ['form', 'checks'], renamedIn(form['checks'], ['left', 'of', 'field', 'at'], before, after));
}

/** The situation's question that fills the field names it, too. */
function renamedFills(text: ItemText, before: string, after: string): ItemText {
  const { situations } = text;
  if (before === after || !Array.isArray(situations)) return text;
  return withValue(text, ['situations'], (situations as unknown[]).map((question) => (isRecord(question) && question['fills'] === before ? { ...question, fills: after } : question)));
}

function renamedCondition(field: Entry, before: string, after: string): Entry {
  const { shownWhen, computed } = field;
  if (before === after) return field;
  return {
    ...field,
    ...(isRecord(shownWhen) && shownWhen['field'] === before ? { shownWhen: { ...shownWhen, field: after } } : {}),
    ...(computed === undefined ? {} : { computed: renamedIn(computed, ['of', 'from', 'to'], before, after) }),
  };
}

/** A rule with one field's name for another, wherever a member of these names holds it. */
function renamedIn(rule: unknown, members: readonly string[], before: string, after: string): unknown {
  if (Array.isArray(rule)) return rule.map((one) => renamedIn(one, members, before, after));
  if (!isRecord(rule)) return rule;
  const other = (value: unknown): unknown => (value === before ? after : Array.isArray(value) ? value.map((one: unknown) => (isRecord(one) ? renamedIn(one, members, before, after) : one === before ? after : one)) : renamedIn(value, members, before, after));
  return Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, members.includes(name) ? other(value) : isRecord(value) || Array.isArray(value) ? renamedIn(value, members, before, after) : value]));
}

function without(record: Entry, names: readonly string[]): Entry {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function withSchema(text: ItemText, sections: readonly { title: string; fields: readonly Entry[] }[], properties: Entry, required: readonly string[]): ItemText {
  const names = sections.flatMap(({ fields }) => fields.map(nameOf));
  const ordered = Object.fromEntries(names.filter((name) => Object.hasOwn(properties, name)).map((name) => [name, properties[name]]));
  const form = isRecord(text['form']) ? text['form'] : {};
  const schema = isRecord(form['schema']) ? form['schema'] : {};
  return withValue(text, ['form'], {
    ...form, sections,
    schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, type: 'object', additionalProperties: false, properties: ordered, required: names.filter((name) => required.includes(name)) },
  });
}

export function addField(text: ItemText, section: number): ItemText {
  const sections = sectionsOf(text);
  const name = freeName('field', sections.flatMap(({ fields }) => fields.map(nameOf)));
  const field: Entry = { name, label: '', help: '', example: '', widget: 'text', prefill: 'none', shownWhen: null, options: [] };
  const { properties, required } = schemaOf(text);
  const changed = sections.map((one, index) => (index === section ? { ...one, fields: [...one.fields, field] } : one));
  return withSchema(text, changed, { ...properties, [name]: { type: 'string', minLength: 1, maxLength: 100 } }, [...required, name]);
}

export function removeField(text: ItemText, row: FieldRow): ItemText {
  const { properties, required } = schemaOf(text);
  const sections = sectionsOf(text).map((section, at) => (at === row.section ? { ...section, fields: section.fields.filter((_field, index) => index !== row.index) } : section));
  return withSchema(text, sections.filter(({ fields }) => fields.length > 0), properties, required);
}

export function moveField(text: ItemText, row: FieldRow, by: 1 | -1): ItemText {
  const { properties, required } = schemaOf(text);
  const sections = sectionsOf(text).map((section) => ({ ...section, fields: [...section.fields] }));
  const from = sections[row.section];
  const [field] = from?.fields.splice(row.index, 1) ?? [];
  if (from === undefined || field === undefined) return text;
  const to = row.index + by;
  // Over the end of a section it goes into the next.
  const next = sections[row.section + by];
  if (to >= 0 && to <= from.fields.length) from.fields.splice(to, 0, field);
  else if (next === undefined) return text;
  else if (by === 1) next.fields.unshift(field);
  else next.fields.push(field);
  return withSchema(text, sections.filter(({ fields }) => fields.length > 0), properties, required);
}

export function addSection(text: ItemText): ItemText {
  const sections = sectionsOf(text);
  const { properties, required } = schemaOf(text);
  return addField(withSchema(text, [...sections, { title: '新的一节', fields: [] }], properties, required), sections.length);
}

export function renameSection(text: ItemText, section: number, title: string): ItemText {
  const { properties, required } = schemaOf(text);
  return withSchema(text, sectionsOf(text).map((one, index) => (index === section ? { ...one, title } : one)), properties, required);
}
