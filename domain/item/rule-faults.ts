import { fieldSchema, fieldsOf, requiredNames } from './form.ts';
import { namesIn, rowsOfCheck } from './cross-checks.ts';
import { namesOfRows } from './rows.ts';
import type { Computation, FormCheck, FormField, ItemForm } from './types.ts';
import type { ItemFault } from './validate.ts';

/** Longest name that still leaves room for a row in a key of 64 characters. */
const LONGEST_REPEATED = 60;

/** What is wrong with a form's computed fields, repeated sections and rules over several fields, before it may be published. */
export function ruleFaults(form: ItemForm): ItemFault[] {
  return [...form.sections.flatMap((_section, index) => repeatFaults(form, index)), ...fieldsOf(form).flatMap((field) => (field.computed === undefined ? [] : computedFaults(form, field, field.computed))), ...checkFaults(form)];
}

type Kind = 'number' | 'date' | 'text' | 'yes-no';

function kindOf({ widget }: FormField): Kind {
  if (widget === 'number' || widget === 'money') return 'number';
  return widget === 'date' || widget === 'yes-no' ? widget : 'text';
}

function repeatFaults(form: ItemForm, index: number): ItemFault[] {
  const section = form.sections[index];
  if (section?.repeat === undefined) return [];
  const { repeat: { least, most }, fields, title } = section;
  const [first] = fields;
  const repeated = namesOfRows(form);
  const isOwn = (name: string | undefined) => fields.some((field) => field.name === name);
  // A row is known by its first field: it is typed, and asked whenever another of the row is.
  const known = first !== undefined && requiredNames(form).has(first.name) && first.computed === undefined && !isOwn(first.shownWhen?.field);
  const named = fields.every(({ name, prefill }) => name.length <= LONGEST_REPEATED && prefill === 'none');
  // A condition that looks from elsewhere into rows would not say into which.
  const outside = fieldsOf(form).some(({ name, shownWhen }) => shownWhen !== null && isOwn(shownWhen.field) && repeated.get(name) !== index);
  return least <= most && known && named && !outside ? [] : [{ kind: 'repeat-wrong', path: `form.sections.${title}` }];
}

function computedFaults(form: ItemForm, field: FormField, computed: Computation): ItemFault[] {
  const fields = fieldsOf(form);
  const repeated = namesOfRows(form);
  const earlier = fields.slice(0, fields.findIndex(({ name }) => name === field.name));
  const names = 'from' in computed ? [computed.from, computed.to] : computed.kind === 'count' ? [computed.of] : [...computed.of];
  const operands = names.map((name) => earlier.find((one) => one.name === name));
  const wanted: Kind | null = computed.kind === 'days' || computed.kind === 'years' ? 'date' : computed.kind === 'join' ? 'text' : computed.kind === 'count' ? null : 'number';
  const gives: Kind = computed.kind === 'join' ? 'text' : 'number';
  // One value for a field that stands elsewhere in rows: only what takes all of them makes sense.
  const single = computed.kind === 'product' || computed.kind === 'difference' || computed.kind === 'days' || computed.kind === 'years';
  const reached = operands.every((operand) => operand !== undefined && (wanted === null || kindOf(operand) === wanted) && (!single || repeated.get(operand.name) === undefined || repeated.get(operand.name) === repeated.get(field.name)));
  const right = reached && kindOf(field) === gives && field.prefill === 'none' && !requiredNames(form).has(field.name) && !fields.some(({ shownWhen }) => shownWhen?.field === field.name);
  return right ? [] : [{ kind: 'computed-wrong', path: `form.${field.name}` }];
}

function checkFaults(form: ItemForm): ItemFault[] {
  const { checks = [] } = form;
  const fields = new Map(fieldsOf(form).map((field) => [field.name, field]));
  const repeated = namesOfRows(form);
  return checks.flatMap((check, index): ItemFault[] => {
    const path = `form.checks.${check.key}`;
    const names = [...namesIn(check), ...check.at];
    const unknown = names.some((name) => !fields.has(name)) || checks.findIndex(({ key }) => key === check.key) < index;
    if (unknown) return [{ kind: 'check-unknown', path }];
    const section = rowsOfCheck(form, check);
    // A rule is about one row, or about the form; two sections' rows have nothing to do with each other.
    const oneSection = section === null ? check.rule.kind !== 'distinct' || repeated.has(check.rule.of) : names.every((name) => (repeated.get(name) ?? section) === section) && check.at.every((name) => repeated.get(name) === section);
    return oneSection && sameKinds(check, form, fields) ? [] : [{ kind: 'check-kinds', path }];
  });
}

function sameKinds({ rule }: FormCheck, form: ItemForm, fields: ReadonlyMap<string, FormField>): boolean {
  const kind = (name: string): Kind | null => {
    const field = fields.get(name);
    return field === undefined ? null : kindOf(field);
  };
  if (rule.kind === 'some' || rule.kind === 'distinct') return true;
  const left = rule.kind === 'total' ? 'number' : kind(rule.left);
  const operands = rule.kind === 'total' ? rule.of.every((name) => kind(name) === 'number') : true;
  const right = 'field' in rule.right ? kind(rule.right.field) : typeof rule.right.value === 'number' ? 'number' : left === 'date' || fieldSchema(form, rule.kind === 'total' ? '' : rule.left)['format'] === 'date' ? 'date' : 'text';
  const ordered = left === 'number' || left === 'date' || rule.is === 'equal' || rule.is === 'different';
  return operands && left === right && ordered;
}
