import type { FormValues } from '../action/payload.ts';
import { never } from '../result.ts';
import { exact, reachOf } from './computed.ts';
import { namesOfRows, rowKey } from './rows.ts';
import type { Comparison, FormCheck, ItemForm } from './types.ts';

type Value = FormValues[string];

/** The form error that stands for a rule of the item's own. */
export type CheckError = `form.check.${string}`;
const PREFIX = 'form.check.';

/** The item's own words for an error; null where it is not one of its rules. */
export function checkWords(form: ItemForm, error: string): string | null {
  return error.startsWith(PREFIX) ? form.checks?.find(({ key }) => key === error.slice(PREFIX.length))?.words ?? null : null;
}

/** Names of all fields that a rule speaks of, but for where its words stand. */
export function namesIn({ rule, when }: FormCheck): string[] {
  const conditions = when.map(({ field }) => field);
  switch (rule.kind) {
    case 'compare': return [rule.left, ...fieldOf(rule.right), ...conditions];
    case 'total': return [...rule.of, ...fieldOf(rule.right), ...conditions];
    case 'some': return [...rule.of, ...conditions];
    case 'distinct': return [rule.of, ...conditions];
    default: return never(rule);
  }
}

function fieldOf(operand: { field: string } | { value: number | string }): string[] {
  return 'field' in operand ? [operand.field] : [];
}

/** The section whose rows a rule is held against one by one; null: it looks at the form as a whole. */
export function rowsOfCheck(form: ItemForm, check: FormCheck): number | null {
  if (check.rule.kind === 'total' || check.rule.kind === 'distinct') return null;
  const repeated = namesOfRows(form);
  return namesIn(check).map((name) => repeated.get(name)).find((section) => section !== undefined) ?? null;
}

/**
 * The rules that do not hold, by the key of each field where their words stand; the item's first rule speaks for a field.
 * @param values that are right by themselves, in their normal spelling, computed ones among them
 * @param rows how many rows each section has, by its place in the form
 */
export function crossErrors(form: ItemForm, values: FormValues, rows: ReadonlyMap<number, number>): Record<string, CheckError> {
  const errors: Record<string, CheckError> = {};
  const repeated = namesOfRows(form);
  for (const check of form.checks ?? []) {
    const section = rowsOfCheck(form, check);
    const places = section === null ? [0] : Array.from({ length: rows.get(section) ?? 0 }, (_, at) => at + 1);
    for (const row of places) {
      const reach = reachOf(form, values, row, section ?? -1);
      if (!check.when.every(({ field, in: allowed }) => reach(field).some((value) => (typeof value === 'string' || typeof value === 'boolean') && allowed.includes(value)))) continue;
      for (const fault of faultsOf(check, reach)) {
        for (const name of check.at) {
          const home = repeated.get(name);
          // What is wrong with all rows together is said at the last, beside which one more is begun.
          const at = home === undefined ? name : rowKey(name, row > 0 ? row : fault > 0 ? fault : rows.get(home) ?? 1);
          errors[at] ??= `${PREFIX}${check.key}`;
        }
      }
    }
  }
  return errors;
}

/** Nothing where the rule holds; else the rows that break it, 0 where it is none of them alone. */
function faultsOf({ rule }: FormCheck, reach: (name: string) => Value[]): number[] {
  const right = (operand: { field: string } | { value: number | string }): Value => ('field' in operand ? reach(operand.field)[0] ?? null : operand.value);
  switch (rule.kind) {
    case 'compare':
      return holds(reach(rule.left)[0] ?? null, rule.is, right(rule.right)) ? [] : [0];
    case 'total': {
      const terms = rule.of.flatMap(reach).filter((value) => typeof value === 'number');
      return terms.length === 0 || holds(exact(terms.reduce((sum, term) => sum + term, 0)), rule.is, right(rule.right)) ? [] : [0];
    }
    case 'some':
      return rule.of.flatMap(reach).some((value) => value !== null) ? [] : [0];
    case 'distinct': {
      const all = reach(rule.of);
      return all.flatMap((value, at) => (value !== null && all.indexOf(value) < at ? [at + 1] : []));
    }
    default:
      return never(rule);
  }
}

/** What cannot be compared, because it is not there or of another kind, breaks no rule. */
function holds(left: Value, is: Comparison, right: Value): boolean {
  if (left === null || right === null || typeof left !== typeof right) return true;
  switch (is) {
    case 'less': return left < right;
    case 'at-most': return left <= right;
    case 'equal': return left === right;
    case 'different': return left !== right;
    case 'at-least': return left >= right;
    case 'more': return left > right;
    default: return never(is);
  }
}
