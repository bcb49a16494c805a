import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Scope } from '../../domain/staff/scope.ts';
import type { Tables } from '../db/schema.ts';

/**
 * The condition on `case_view` for what a scope reaches: of its departments' items or with a step that waits for one of them, handed in at a machine of its
 * sites, of its items. The whole county is no condition.
 */
export function withinScope({ departments, sites, items }: Scope): (eb: ExpressionBuilder<Tables, 'case_view'>) => Expression<SqlBool> {
  return (eb) => eb.and([
    ...(departments === null ? [] : [eb.or([
      eb('case_view.department', '=', eb.fn.any(eb.val(departments))),
      eb.exists(eb.selectFrom('case_task').select('case_task.step')
        .whereRef('case_task.division', '=', 'case_view.division').whereRef('case_task.case_id', '=', 'case_view.id').where('case_task.department', '=', eb.fn.any(eb.val(departments)))),
    ])]),
    ...(sites === null ? [] : [eb('case_view.machine', 'in', eb.selectFrom('place').select('place.machine').whereRef('place.division', '=', sql.ref('case_view.division')).where('place.site', '=', eb.fn.any(eb.val(sites))))]),
    ...(items === null ? [] : [eb('case_view.item_code', '=', eb.fn.any(eb.val(items)))]),
  ]);
}
