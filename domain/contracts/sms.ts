/** Texts to citizens: the queue, templates and costs. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Ulid } from '../ids.ts';
import { TEMPLATE_NAMES } from '../messages/sms-text.ts';
import { Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

export const SmsStateName = z.enum(['queued', 'unknown', 'sent', 'delivered', 'dead', 'unsettled']);
export const SmsListRow = z.strictObject({ id: Ulid, template: z.enum(TEMPLATE_NAMES), /** `138****0000` */ phone: z.string(), words: z.string(), parts: z.int(), state: SmsStateName, attempts: z.int(), cause: z.string(), madeAt: Instant, nextAt: Instant.nullable() });
export type SmsListRow = z.infer<typeof SmsListRow>;

export const smsContract = {
  /** `counts`: of the states that wait or are in trouble; what went out is not counted, however much of it there is. `costs`: the last twelve months and no rows; the lists have no months. */
  smsQueue: oc.route({ method: 'GET', path: '/sms' }).input(z.strictObject({ show: z.enum(['waiting', 'trouble', 'all', 'costs']) })).output(z.strictObject({
    rows: z.array(SmsListRow), counts: z.record(z.string(), z.int()),
    /** Newest month first. `price`: thousandths of a yuan a part. */
    months: z.array(z.strictObject({ month: z.string(), texts: z.int(), parts: z.int() })), price: z.int(),
  })),
  /** Tries a dead text anew. One whose fate is unknown is never among them. */
  retrySms: oc.route({ method: 'POST', path: '/sms/{id}/retry' }).input(z.strictObject({ id: Ulid })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-sms'), kind('not-dead')]))),
  smsTemplates: oc.route({ method: 'GET', path: '/sms-templates' }).output(z.array(z.strictObject({ name: z.enum(TEMPLATE_NAMES), words: z.string(), own: z.boolean(), example: z.string(), parts: z.int() }))),
  changeTemplate: oc.route({ method: 'PUT', path: '/sms-templates/{name}' }).input(z.strictObject({ name: z.enum(TEMPLATE_NAMES), words: z.string().trim().max(300) }))
    .output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('empty'), kind('too-long'), kind('long-number'), z.strictObject({ kind: z.literal('unknown-slot'), slot: z.string() })]))),
};
