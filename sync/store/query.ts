import { type FilledMangoQuery, getQueryMatcher, getSortComparator, type PreparedQuery, type RxDocumentData, type RxJsonSchema } from 'rxdb/plugins/core';
import { type Column, type Columns, quoted, sqlValue, type SqlValue } from './sql.ts';

/**
 * From RxDB's Mango query to SQL. What the columns can answer becomes WHERE and ORDER BY, so SQLite picks the index and scans it in
 * either direction; what they cannot is left to RxDB's own matcher and comparator over the rows that remain.
 */
export type Plan<Document> = {
  where: string;
  order: string;
  values: SqlValue[];
  /** null: WHERE says all that the selector says. */
  matches: ((document: RxDocumentData<Document>) => boolean) | null;
  /** null: ORDER BY says all that the sort says. */
  compare: ((left: RxDocumentData<Document>, right: RxDocumentData<Document>) => number) | null;
  skip: number;
  /** -1: no limit, as SQLite writes it. */
  limit: number;
};

export function planQuery<Document>(columns: Columns, schema: Readonly<RxJsonSchema<RxDocumentData<Document>>>, prepared: PreparedQuery<Document>): Plan<Document> {
  const { query } = prepared;
  const condition = conjunction(columns, query.selector);
  const order = orderOf(columns, query);
  return {
    where: condition.sql,
    values: condition.values,
    order: order ?? 'id',
    matches: condition.exact ? null : getQueryMatcher(schema, query),
    compare: order === null ? getSortComparator(schema, query) : null,
    skip: query.skip ?? 0,
    limit: query.limit ?? -1,
  };
}

function orderOf<Document>(columns: Columns, query: FilledMangoQuery<Document>): string | null {
  const terms: string[] = [];
  for (const part of query.sort) {
    for (const [path, direction] of Object.entries(part)) {
      const column = columns.get(path);
      if (column === undefined) return null;
      terms.push(`${quoted(column.name)} ${direction === 'desc' ? 'DESC' : 'ASC'}`);
    }
  }
  return terms.join(', ');
}

/** `exact`: the SQL is true for the very documents that the selector takes. Otherwise it is true for those and perhaps more. */
type Condition = { sql: string; values: SqlValue[]; exact: boolean };
const ANYTHING: Condition = { sql: '1', values: [], exact: false };

function conjunction(columns: Columns, selector: unknown): Condition {
  if (!isPlainObject(selector)) return ANYTHING;
  return join(Object.entries(selector).map(([key, value]) => {
    if (key === '$and' && Array.isArray(value)) return join(value.map((part) => conjunction(columns, part)), ' AND ');
    if (key === '$or' && Array.isArray(value) && value.length > 0) return join(value.map((part) => conjunction(columns, part)), ' OR ');
    const column = columns.get(key);
    return column === undefined ? ANYTHING : field(column, value);
  }), ' AND ');
}

function join(parts: Condition[], operator: ' AND ' | ' OR '): Condition {
  if (parts.length === 0) return { sql: '1', values: [], exact: true };
  return { sql: parts.map(({ sql }) => `(${sql})`).join(operator), values: parts.flatMap(({ values }) => values), exact: parts.every(({ exact }) => exact) };
}

const COMPARISONS = new Map([['$eq', '='], ['$gt', '>'], ['$gte', '>='], ['$lt', '<'], ['$lte', '<='], ['$ne', 'IS NOT']]);

function field(column: Column, condition: unknown): Condition {
  const operators = isPlainObject(condition) ? Object.entries(condition) : [['$eq', condition] as const];
  return join(operators.map(([operator, operand]) => {
    const comparison = COMPARISONS.get(operator);
    if (comparison !== undefined) {
      const value = sqlValue(column.kind, operand);
      return value === undefined ? ANYTHING : { sql: `${quoted(column.name)} ${comparison} ?`, values: [value], exact: true };
    }
    if (operator === '$in' && Array.isArray(operand)) {
      const values = operand.map((each: unknown) => sqlValue(column.kind, each));
      // JSON has no infinity, and a value of another kind may still match what the column does not hold.
      if (values.some((value) => value === undefined || (typeof value === 'number' && !Number.isFinite(value)))) return ANYTHING;
      return { sql: `${quoted(column.name)} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)], exact: true };
    }
    return ANYTHING;
  }), ' AND ');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
}
