/** Who sits at the console: signing in and out. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/**
 * `clerk` 窗口人员, `department` 部门审批人员, `issuer` 出件人员, `supervisor` 监督人员, `editor` 事项管理员, `auditor` 审计人员, `caretaker` 设备管护员,
 * `administrator` 系统管理员. What each may do: `domain/staff/rights.ts`.
 */
export const Role = z.enum(['clerk', 'department', 'issuer', 'supervisor', 'editor', 'caretaker', 'administrator', 'auditor']);
export type Role = z.infer<typeof Role>;

export const sessionContract = {
  signIn: oc.route({ method: 'POST', path: '/session' }).input(z.strictObject({ account: z.string().max(64), password: z.string().max(200) }))
    .output(resultOf(z.strictObject({ account: z.string(), name: z.string(), role: Role }), z.discriminatedUnion('kind', [kind('refused'), z.strictObject({ kind: z.literal('locked'), until: Instant })]))),
  signOut: oc.route({ method: 'DELETE', path: '/session' }).output(z.null()),
  me: oc.route({ method: 'GET', path: '/session' }).output(resultOf(z.strictObject({ account: z.string(), name: z.string(), role: Role, hall: z.string(), production: z.boolean() }), z.discriminatedUnion('kind', [kind('signed-out')]))),
};
