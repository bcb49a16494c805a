import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Scope } from '../../domain/staff/scope.ts';

/** Columns of a query that a scope narrows; what a row does not have is not among them. */
export type ReachColumns = Readonly<Partial<Record<keyof Scope, string>>>;

/** Rows that lie within a scope, as a condition of SQL. A scope that narrows what the rows do not have leaves none. */
export function inReach(scope: Scope, columns: ReachColumns): RawBuilder<SqlBool> {
  const conditions = (['departments', 'sites', 'items'] as const).flatMap((part) => {
    const values = scope[part];
    if (values === null) return [];
    const column = columns[part];
    return [column === undefined ? sql<SqlBool>`false` : sql<SqlBool>`${sql.ref(column)} = any(${values})`];
  });
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}
