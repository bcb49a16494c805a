/** Who sits at the console: signing in and out, and one's own account. Part of the console's road (`console.ts`). */
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

/** `domain/staff/sign-in.ts`: where signing in stands. */
const Step = z.enum(['code', 'password', 'enrol', 'whole']);
const stepped = z.strictObject({ step: Step });
const locked = z.strictObject({ kind: z.literal('locked'), until: Instant });
const Password = z.string().max(400);
/** `domain/staff/password.ts`, and that it is the old one again. */
const passwordFault = z.strictObject({ kind: z.enum(['too-short', 'too-long', 'common', 'names-account', 'same', 'signed-out']) });
/** Six digits of the app, or one of the recovery codes. */
const Code = z.string().min(1).max(40);

export const Session = z.strictObject({
  /** Names the session without opening it. */
  id: z.string(), own: z.boolean(), since: Instant, seenAt: Instant, address: z.string(),
});
export type Session = z.infer<typeof Session>;

export const sessionContract = {
  /** The first step. The answer's cookie is good for ten minutes and the next step only, until that is `whole`; each step gets another. */
  signIn: oc.route({ method: 'POST', path: '/session' }).input(z.strictObject({ account: z.string().max(64), password: Password }))
    .output(resultOf(stepped, z.discriminatedUnion('kind', [kind('refused'), locked]))),
  /** At step `code`. */
  giveCode: oc.route({ method: 'POST', path: '/session/code' }).input(z.strictObject({ code: Code }))
    .output(resultOf(stepped, z.discriminatedUnion('kind', [kind('refused'), kind('signed-out'), locked]))),
  /** At step `password`: replaces the one-time password. */
  choosePassword: oc.route({ method: 'POST', path: '/session/password' }).input(z.strictObject({ password: Password }))
    .output(resultOf(stepped, z.discriminatedUnion('kind', [passwordFault]))),
  signOut: oc.route({ method: 'DELETE', path: '/session' }).output(z.null()),
  /** `unfinished`: signing in stopped before the step that is named. */
  me: oc.route({ method: 'GET', path: '/session' }).output(resultOf(z.strictObject({
    account: z.string(), name: z.string(), role: Role, hall: z.string(), production: z.boolean(),
    /** Whether this hall makes roles use a second factor: `off` in a demonstration only. */
    secondFactor: z.enum(['demanded', 'off']),
    /** The sign-in before this one, and how many tries failed since; null at the first. */
    last: z.strictObject({ at: Instant, address: z.string(), failed: z.int() }).nullable(),
  }), z.discriminatedUnion('kind', [kind('signed-out'), z.strictObject({ kind: z.literal('unfinished'), step: Step })]))),

  /** At step `enrol`, or by somebody who has no second factor yet. The secret is kept aside until it is proved with a code; another call makes another. */
  beginSecondFactor: oc.route({ method: 'POST', path: '/session/second-factor' }).input(z.strictObject({}))
    .output(resultOf(z.strictObject({ /** Base 32, for typing. */ secret: z.string(), /** `otpauth://…`, for a QR code. */ address: z.string() }), z.strictObject({ kind: z.enum(['signed-out', 'has-one']) }))),
  /** Ends the other sessions. The recovery codes are told this once. */
  proveSecondFactor: oc.route({ method: 'POST', path: '/session/second-factor/proof' }).input(z.strictObject({ code: Code }))
    .output(resultOf(z.strictObject({ step: Step, recovery: z.array(z.string()) }), z.discriminatedUnion('kind', [z.strictObject({ kind: z.enum(['signed-out', 'not-begun']) }), kind('refused'), locked]))),

  myAccount: oc.route({ method: 'GET', path: '/my-account' }).output(z.strictObject({
    secondFactor: z.strictObject({ since: Instant.nullable(), recoveryLeft: z.int(), /** The role must have one. */ needed: z.boolean() }),
    sessions: z.array(Session),
  })),
  /** Ends one's other sessions. */
  changePassword: oc.route({ method: 'POST', path: '/my-account/password' }).input(z.strictObject({ old: Password, password: Password }))
    .output(resultOf(z.null(), z.discriminatedUnion('kind', [passwordFault, kind('refused'), locked]))),
  /** Ten new ones; those of before are void. A code of the app is asked for. */
  renewRecovery: oc.route({ method: 'POST', path: '/my-account/recovery' }).input(z.strictObject({ code: Code }))
    .output(resultOf(z.strictObject({ recovery: z.array(z.string()) }), z.discriminatedUnion('kind', [kind('refused'), kind('has-none'), locked]))),
  /** Ends one session of one's own; `others`: all but this one. @returns how many ended */
  endMySessions: oc.route({ method: 'POST', path: '/my-account/sessions' }).input(z.strictObject({ id: z.string().max(64) })).output(z.strictObject({ ended: z.int() })),
};
