import { creditCode } from '../numbers/credit-code.ts';
import { longestWay, processFaults, processOf } from '../approval/process.ts';
import { handlingCode, itemCode } from '../numbers/item-code.ts';
import { err, ok, type Result } from '../result.ts';
import { templateFields } from './certificate.ts';
import { ONLINE_WHOLE } from './dictionaries.ts';
import { FIELD_KEYWORDS, fieldSchema, fieldsOf, requiredNames } from './form.ts';
import { namesOfRows } from './rows.ts';
import { ruleFaults } from './rule-faults.ts';
import { fieldValue, goingOn, isReachable } from './situation.ts';
import { type AnswerCondition, type FormField, Item, type SituationQuestion } from './types.ts';

/** One thing wrong with an item: where, and what, as a keyword for the editor's texts. */
export type ItemFault = { kind: ItemFaultKind; path: string };
export type ItemFaultKind =
  /** Not the shape of an item at all. */
  | 'schema'
  | 'bad-code' | 'code-differs-from-body' | 'bad-handling-code' | 'bad-credit-code'
  | 'ends-before-start' | 'repeated'
  /** 承诺 ≤ 法定, compared in one unit. */
  | 'promise-over-law' | 'limit-units-differ' | 'steps-over-promise' | 'not-on-the-spot'
  | 'fee-without-basis' | 'fee-rows-without-fee' | 'reason-missing' | 'template-without-certificate' | 'template-field-missing' | 'device-missing'
  /** 兜底条款: 其他材料 and the like; a citizen cannot bring what nobody names. */
  | 'catch-all-material' | 'condition-missing' | 'no-copies'
  | 'field-without-schema' | 'schema-without-field' | 'schema-not-object' | 'schema-keyword' | 'schema-type' | 'bad-pattern' | 'required-without-field'
  | 'after-unknown' | 'after-in-circle'
  /** A condition on answers names no earlier question, or an answer that nobody can give. */
  /** Somebody may act for another, and no paper is asked of just those. */
  | 'authority-missing'
  | 'answer-unknown' | 'answer-unreachable' | 'question-never-ends' | 'needed-and-required' | 'fills-unknown' | 'fills-differs' | 'end-without-answer'
  | 'computed-wrong' | 'repeat-wrong' | 'check-unknown' | 'check-kinds'
  | 'shown-when-unknown' | 'shown-when-impossible' | 'options-missing' | 'options-unused' | 'prefill-widget';

/**
 * Whether a bundle's entry may be published: its shape, then every rule that spans fields. All faults are reported at once.
 */
export function checkItem(candidate: unknown): Result<Item, { kind: 'item-faults'; faults: ItemFault[] }> {
  const parsed = Item.safeParse(candidate);
  if (!parsed.success) return err({ kind: 'item-faults', faults: parsed.error.issues.map((issue) => ({ kind: 'schema', path: issue.path.join('.') })) });
  const item = parsed.data;
  const faults = [...codeFaults(item), ...limitFaults(item), ...guideFaults(item), ...situationFaults(item), ...applicantFaults(item), ...formFaults(item)];
  return faults.length === 0 ? ok(item) : err({ kind: 'item-faults', faults });
}

/** Checks a whole pack: every item, and that no two versions of one code are in force on the same day. Paths begin with the entry's place. */
export function checkBundle(candidates: readonly unknown[]): Result<Item[], { kind: 'item-faults'; faults: ItemFault[] }> {
  const faults: ItemFault[] = [];
  const items: Item[] = [];
  candidates.forEach((candidate, index) => {
    const checked = checkItem(candidate);
    if (!checked.ok) return void faults.push(...checked.error.faults.map(({ kind, path }) => ({ kind, path: `${index}.${path}` })));
    const item = checked.value;
    const overlaps = items.some((other) => other.code === item.code && (other.version === item.version || shareDay(other, item)));
    if (overlaps) faults.push({ kind: 'repeated', path: `${index}.code` });
    items.push(item);
  });
  return faults.length === 0 ? ok(items) : err({ kind: 'item-faults', faults });
}

/** Whether two versions are both in force on some day. */
export function shareDay(one: Item, other: Item): boolean {
  return (other.effectiveTo === null || other.effectiveTo >= one.effectiveFrom) && (one.effectiveTo === null || one.effectiveTo >= other.effectiveFrom);
}

/** One fault, or none: keeps a list of rules readable as a list. */
function when(kind: ItemFaultKind, path: string, wrong: boolean): ItemFault[] {
  return wrong ? [{ kind, path }] : [];
}

function codeFaults(item: Item): ItemFault[] {
  const code = itemCode(item.code);
  const handling = handlingCode(item.handlingCode);
  return [
    ...when('bad-code', 'code', !code.ok),
    ...when('code-differs-from-body', 'code', code.ok && (code.value.basicCode !== item.basicCode || code.value.body.number !== item.body.creditCode)),
    ...when('bad-handling-code', 'handlingCode', !handling.ok || handling.value.item.code !== item.code),
    ...when('bad-credit-code', 'body.creditCode', !creditCode(item.body.creditCode).ok),
    ...when('ends-before-start', 'effectiveTo', item.effectiveTo !== null && item.effectiveTo < item.effectiveFrom),
    ...when('ends-before-start', 'plannedCancellation', item.plannedCancellation !== undefined && item.plannedCancellation < item.effectiveFrom),
  ];
}

function limitFaults(item: Item): ItemFault[] {
  const { promised, statutory } = item;
  return [
    ...when('limit-units-differ', 'promised.unit', promised.unit !== statutory.unit),
    ...when('promise-over-law', 'promised.days', promised.unit === statutory.unit && promised.days > statutory.days),
    ...when('not-on-the-spot', 'promised.days', item.handling === 'on-the-spot' && promised.days > 1),
    ...when('steps-over-promise', 'steps', daysOfSteps(item) > promised.days),
    ...processFaults(processOf(item).tasks),
    ...processOf(item).tasks.flatMap(({ key, department }) => when('bad-credit-code', `steps.${key}.task.department`, !creditCode(department).ok)),
  ];
}

/** Steps that nobody's work stands behind come one after another; work of departments may run side by side. */
function daysOfSteps(item: Item): number {
  return item.steps.reduce((days, { days: own, task }) => (task === undefined ? days + own : days), longestWay(processOf(item).tasks));
}

function guideFaults(item: Item): ItemFault[] {
  const names = new Set(fieldsOf(item.form).map(({ name }) => name));
  const devices = new Set([...item.devices.required, ...item.devices.optional]);
  return [
    ...when('fee-without-basis', 'fee.basis', item.fee.charged && (item.fee.basis === '' || item.fee.rows.length === 0)),
    ...when('fee-rows-without-fee', 'fee.rows', !item.fee.charged && item.fee.rows.length > 0),
    ...when('reason-missing', 'visits.reason', item.visits.count > 0 && item.visits.reason === ''),
    // Below the depth at which the whole errand is done online a guide says why not.
    ...when('reason-missing', 'online.whyNot', item.online.depth < ONLINE_WHOLE && item.online.whyNot === ''),
    ...when('template-without-certificate', 'result.template', item.result.template !== null && item.result.kind !== 'certificate'),
    ...(item.result.template === null ? [] : templateFields(item.result.template)).flatMap((name) => when('template-field-missing', `form.${name}`, !names.has(name))),
    ...when('device-missing', 'devices', item.materials.length > 0 && !devices.has('camera')),
    ...when('device-missing', 'devices', item.result.template !== null && !devices.has('document-printer')),
    ...repeated(item.materials.map(({ key }) => key)).map((key): ItemFault => ({ kind: 'repeated', path: `materials.${key}` })),
    ...repeated(item.steps.map(({ key }) => key)).map((key): ItemFault => ({ kind: 'repeated', path: `steps.${key}` })),
    ...item.materials.flatMap((material) => [
      ...when('catch-all-material', `materials.${material.key}`, isCatchAll(material.name)),
      ...when('condition-missing', `materials.${material.key}`, !material.required && material.condition === ''),
      ...when('no-copies', `materials.${material.key}`, material.format === 'paper' && material.copies === 0),
    ]),
  ];
}

function situationFaults(item: Item): ItemFault[] {
  const { situations = [], materials } = item;
  return [
    ...repeated(situations.map(({ key }) => key)).map((key): ItemFault => ({ kind: 'repeated', path: `situations.${key}` })),
    ...repeated(situations.flatMap(({ fills }) => fills ?? [])).map((name): ItemFault => ({ kind: 'repeated', path: `form.${name}` })),
    ...situations.flatMap((question, index) => [
      ...conditionFaults(item, `situations.${question.key}`, question.shownWhen, situations.slice(0, index)),
      ...repeated(question.options.map(({ value }) => value)).map((): ItemFault => ({ kind: 'repeated', path: `situations.${question.key}.options` })),
      ...(question.ends ?? []).flatMap(({ value }) => when('end-without-answer', `situations.${question.key}.ends`, !question.options.some((option) => option.value === value))),
      // A question with nothing but ends is a notice, not a question: nobody gets to the errand.
      ...when('question-never-ends', `situations.${question.key}`, goingOn(question).length === 0),
      ...fillFaults(item, question),
    ]),
    ...materials.flatMap(({ key, required, neededWhen = [] }) => [
      ...conditionFaults(item, `materials.${key}`, neededWhen, situations),
      ...when('needed-and-required', `materials.${key}`, required && neededWhen.length > 0),
    ]),
  ];
}

/** Ways in which somebody acts under a paper of authority. */
const UNDER_AUTHORITY: ReadonlySet<string> = new Set(['agent', 'guardian', 'legal-agent']);

/** Conditions of who applies hang on questions of the item, and whoever acts under authority is asked for a paper that nobody else is asked for. */
function applicantFaults(item: Item): ItemFault[] {
  const { applicants, situations = [], materials } = item;
  if (applicants === undefined) return [];
  const { ways, together } = applicants;
  return [
    ...repeated(ways.map(({ way }) => way)).map((way): ItemFault => ({ kind: 'repeated', path: `applicants.${way}` })),
    ...ways.flatMap(({ way, when = [] }) => conditionFaults(item, `applicants.${way}`, when, situations)),
    ...conditionFaults(item, 'applicants.together', together?.when ?? [], situations),
    // A paper that everybody brings proves nobody's authority.
    ...ways.flatMap(({ way, authority }) => when('authority-missing', `applicants.${way}`, authority === undefined ? UNDER_AUTHORITY.has(way) : !materials.some(({ key, required }) => key === authority && !required))),
  ];
}

function conditionFaults(item: Item, path: string, conditions: readonly AnswerCondition[], earlier: readonly SituationQuestion[]): ItemFault[] {
  const known = conditions.every(({ question, in: values }) => earlier.some(({ key, options }) => key === question && values.every((value) => options.some((option) => option.value === value))));
  if (!known) return [{ kind: 'answer-unknown', path }];
  const reached = isReachable(item, conditions) && conditions.every(({ question, in: values }) => values.every((value) => isReachable(item, [...conditions, { question, in: [value] }])));
  return when('answer-unreachable', path, !reached);
}

function fillFaults(item: Item, { key, fills, options, ends = [] }: SituationQuestion): ItemFault[] {
  if (fills === undefined) return [];
  const field = fieldsOf(item.form).find(({ name }) => name === fills);
  const path = `situations.${key}.fills`;
  if (field === undefined || namesOfRows(item.form).has(fills)) return [{ kind: 'fills-unknown', path }];
  const asked = options.filter(({ value }) => !ends.some((end) => end.value === value)).map(({ value }) => fieldValue(field, value));
  const same = (field.widget === 'choice' || field.widget === 'yes-no') && asked.every((value) => canBe(field, value));
  return when('fills-differs', path, !same);
}

/** 其他材料, 其它有关证明, 需要提供的其他文件, 等材料 … */
function isCatchAll(name: string): boolean {
  return /其[他它].{0,12}(材料|资料|证明|文件|手续)|(相关|有关)(材料|资料)$|等(材料|资料)$/u.test(name);
}

function formFaults(item: Item): ItemFault[] {
  const { form } = item;
  const fields = fieldsOf(form);
  const names = new Set(fields.map(({ name }) => name));
  const properties = typeof form.schema['properties'] === 'object' && form.schema['properties'] !== null ? Object.keys(form.schema['properties']) : [];
  return [
    ...when('schema-not-object', 'form.schema', form.schema['type'] !== 'object' || form.schema['additionalProperties'] !== false),
    // Conditions live in `shownWhen` alone, so that what is shown and what is demanded cannot part ways.
    ...Object.keys(form.schema).flatMap((key) => when('schema-keyword', `form.schema.${key}`, !['$schema', 'type', 'properties', 'required', 'additionalProperties'].includes(key))),
    ...repeated(fields.map(({ name }) => name)).map((name): ItemFault => ({ kind: 'repeated', path: `form.${name}` })),
    ...properties.flatMap((name) => when('schema-without-field', `form.schema.${name}`, !names.has(name))),
    ...[...requiredNames(form)].flatMap((name) => when('required-without-field', `form.schema.${name}`, !names.has(name))),
    ...ruleFaults(form),
    ...fields.flatMap((field, index) => (properties.includes(field.name) ? fieldFaults(field, fieldSchema(form, field.name), fields.slice(0, index)) : [{ kind: 'field-without-schema' as const, path: `form.${field.name}` }])),
  ];
}

function fieldFaults(field: FormField, schema: Record<string, unknown>, earlier: readonly FormField[]): ItemFault[] {
  const path = `form.${field.name}`;
  const source = earlier.find(({ name }) => name === field.shownWhen?.field);
  const choosable = field.widget === 'choice' || field.widget === 'town' || field.widget === 'address';
  const { type, pattern } = schema;
  return [
    ...Object.keys(schema).flatMap((key) => when('schema-keyword', `${path}.${key}`, !Object.hasOwn(FIELD_KEYWORDS, key))),
    ...when('schema-keyword', `${path}.format`, 'format' in schema && schema['format'] !== 'date'),
    ...when('schema-type', path, !typesOf(field).includes(String(type))),
    ...when('bad-pattern', path, pattern !== undefined && !isPattern(pattern)),
    ...when('shown-when-unknown', path, field.shownWhen !== null && source === undefined),
    ...when('shown-when-impossible', path, field.shownWhen !== null && source !== undefined && !field.shownWhen.in.every((value) => canBe(source, value))),
    ...when('options-missing', path, choosable && field.options.length === 0),
    ...when('options-unused', path, !choosable && field.options.length > 0),
    ...repeated(field.options.map(({ value }) => value)).map((): ItemFault => ({ kind: 'repeated', path: `${path}.options` })),
    ...when('prefill-widget', path, !widgetsFor(field.prefill).includes(field.widget)),
  ];
}

function typesOf({ widget }: FormField): string[] {
  if (widget === 'yes-no') return ['boolean'];
  return widget === 'number' || widget === 'money' ? ['number', 'integer'] : ['string'];
}

/** Whether a field can ever have this value. */
function canBe(field: FormField, value: string | boolean): boolean {
  return field.widget === 'yes-no' ? typeof value === 'boolean' : field.options.length === 0 ? typeof value === 'string' : field.options.some((option) => option.value === value);
}

function widgetsFor(source: FormField['prefill']): FormField['widget'][] {
  const widgets: Record<Exclude<FormField['prefill'], 'none'>, FormField['widget'][]> = {
    'card-name': ['text'], 'card-number': ['citizen-id', 'text'], 'card-address': ['text', 'long-text', 'address'], 'card-birth': ['date'], 'card-sex': ['choice'],
  };
  return source === 'none' ? ['text', 'long-text', 'choice', 'yes-no', 'date', 'phone', 'citizen-id', 'credit-code', 'money', 'number', 'town', 'address'] : widgets[source];
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

function repeated(keys: readonly string[]): string[] {
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))];
}
