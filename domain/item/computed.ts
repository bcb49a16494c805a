import type { FormValues } from '../action/payload.ts';
import { dayNumber, isCivilDate, yearsBetween } from '../calendar/civil-date.ts';
import { never } from '../result.ts';
import { askedSections, namesOfRows, rowKey } from './rows.ts';
import type { Computation, ItemForm } from './types.ts';

type Value = FormValues[string];
/** The values that a name means at one place: one, or those of all rows. Null: not filled in, or not asked. */
type Reach = (name: string) => Value[];

/** Values of a form by name as seen from a row, 0 from outside. What is not asked reads as null. */
export function reachOf(form: ItemForm, values: FormValues, row: number, section: number): Reach {
  const repeated = namesOfRows(form);
  return (name) => {
    const home = repeated.get(name);
    if (home === undefined) return [values[name] ?? null];
    if (row > 0 && home === section) return [values[rowKey(name, row)] ?? null];
    return Array.from({ length: form.sections[home]?.repeat?.most ?? 0 }, (_, at) => values[rowKey(name, at + 1)] ?? null);
  };
}

/**
 * The values with what follows from them. Whatever stood in a computed field is replaced; null where the operands do not suffice.
 * @param values in their normal spelling; what is hidden must not be among them
 */
export function computeForm(form: ItemForm, values: FormValues): FormValues {
  const known: FormValues = { ...values };
  for (const { index, groups } of askedSections(form, values)) for (const { row, fields } of groups) for (const { name, computed } of fields) if (computed !== undefined) known[name] = valueOf(computed, reachOf(form, known, row, index));
  return known;
}

function valueOf(computation: Computation, reach: Reach): Value {
  switch (computation.kind) {
    case 'sum': {
      const terms = computation.of.flatMap(reach).filter((value) => typeof value === 'number');
      return terms.length === 0 ? null : exact(terms.reduce((sum, term) => sum + term, 0));
    }
    case 'product': {
      const factors = computation.of.map((name) => only(reach(name)));
      return factors.every((factor) => typeof factor === 'number') ? exact(factors.reduce((product, factor) => product * factor, 1)) : null;
    }
    case 'difference': {
      const [first, second] = computation.of.map((name) => only(reach(name)));
      return typeof first === 'number' && typeof second === 'number' ? exact(first - second) : null;
    }
    case 'days':
    case 'years': {
      const [from, to] = [computation.from, computation.to].map((name) => only(reach(name)));
      if (typeof from !== 'string' || typeof to !== 'string' || !isCivilDate(from) || !isCivilDate(to)) return null;
      if (computation.kind === 'days') return dayNumber(to) - dayNumber(from);
      return from <= to ? yearsBetween(from, to) : 0 - yearsBetween(to, from);
    }
    case 'join': {
      const parts = computation.of.flatMap(reach).filter((value) => typeof value === 'string' && value !== '');
      return parts.length === 0 ? null : parts.join(computation.between);
    }
    case 'count':
      return reach(computation.of).filter((value) => value !== null && value !== '').length;
    default:
      return never(computation);
  }
}

/** A place has one value there, or none. */
function only(values: Value[]): Value {
  return values.length === 1 ? values[0] ?? null : null;
}

/** Sums of decimals as people write them: 0.1 + 0.2 is 0.3. Six places are more than any form asks for. */
export function exact(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
