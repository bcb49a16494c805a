/** 咨询投诉建议 at the console. Part of the console's road (`console.ts`). */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Hash, Ulid } from '../ids.ts';
import { MessageChannel, MessageEvent, MessageKind, MessageStage } from '../messages/message.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';

/** Who tells it; null stands for nobody named. A name or a phone may be missing. */
export const MessagePerson = z.strictObject({ name: z.string().trim().max(60), phone: z.string().trim().max(20) });
export type MessagePerson = z.infer<typeof MessagePerson>;

/** Seconds that a message may be spoken at a terminal. */
export const LONGEST_RECORDING = 180;

/** What it is about: an item by its implementing code, a case by its number, a place, or nothing of these. `version`: of the guide that was on the screen. */
export const MessageSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), code: z.string().max(50), name: z.string().max(100), version: z.exactOptional(z.int().min(1)) }),
  z.strictObject({ kind: z.literal('case'), number: z.string().max(50) }),
  z.strictObject({ kind: z.literal('site'), name: z.string().max(60) }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type MessageSubject = z.infer<typeof MessageSubject>;

/** A voice message, sealed like a scan: named by the hash of its sealed bytes. */
export const MessageAudio = z.strictObject({ hash: Hash, size: z.int().min(1).max(16 * 1024 * 1024), seconds: z.int().min(1).max(600) });
export type MessageAudio = z.infer<typeof MessageAudio>;

/** A message as it comes in. `id` is made where it is written, so that sending it twice registers it once. */
export const NewMessage = z.strictObject({
  id: Ulid, kind: MessageKind, channel: MessageChannel, site: z.string().max(60), subject: MessageSubject, person: MessagePerson.nullable(), words: z.string().trim().max(4000), audio: MessageAudio.nullable(),
}).refine(({ words, audio }) => words !== '' || audio !== null, { path: ['words'], message: 'says nothing' });
export type NewMessage = z.infer<typeof NewMessage>;

export const MessageListRow = z.strictObject({
  id: Ulid, number: z.string(), kind: MessageKind, channel: MessageChannel, stage: MessageStage, /** The beginning of what it says. */ excerpt: z.string(), subject: MessageSubject, anonymous: z.boolean(),
  department: z.string().nullable(), account: z.string().nullable(), registeredAt: Instant, due: CivilDate, decideBy: CivilDate.nullable(), takenUp: z.boolean(),
  /** Working days until the next limit; null when nothing is owed. */ daysLeft: z.int().nullable(), overdue: z.boolean(),
});
export type MessageListRow = z.infer<typeof MessageListRow>;

export const OpenMessage = z.strictObject({
  row: MessageListRow, person: MessagePerson.nullable(), words: z.string(), audio: MessageAudio.nullable(), reply: z.string().nullable(), rating: z.int().nullable(), reopened: z.boolean(),
  hotline: z.strictObject({ state: z.enum(['handed-over', 'received', 'answered', 'returned']), reference: z.string() }).nullable(), events: z.array(MessageEvent),
});
export type OpenMessage = z.infer<typeof OpenMessage>;

/** For the 12345 hotline: `json` is what was signed, `text` says the same for people. Signature: Ed25519 over the SHA-256 of `json`, base64. */
export const HotlinePackage = z.strictObject({ name: z.string(), json: z.string(), text: z.string(), hash: Hash, signature: z.base64(), key: z.base64() });
export type HotlinePackage = z.infer<typeof HotlinePackage>;

const byId = z.strictObject({ id: Ulid });
const words = z.string().trim().min(1).max(4000);
const failure = z.discriminatedUnion('kind', [kind('unknown-message'), kind('wrong-stage'), kind('not-decided'), kind('unknown-owner')]);
const done = resultOf(z.strictObject({ stage: MessageStage }), failure);

export const messagesContract = {
  messages: oc.route({ method: 'GET', path: '/messages' }).input(z.strictObject({ show: z.enum(['open', 'mine', 'overdue', 'answered', 'hotline', 'all']), kind: z.union([MessageKind, z.literal('')]), query: z.string().max(60), after: z.string().max(80) }))
    .output(z.strictObject({ rows: z.array(MessageListRow), next: z.string(), counts: z.record(z.string(), z.int()) })),
  message: oc.route({ method: 'GET', path: '/messages/{id}' }).input(byId).output(resultOf(OpenMessage, z.discriminatedUnion('kind', [kind('unknown-message')]))),
  /** Departments that a message can be given to, and the accounts that work on messages. */
  messageOwners: oc.route({ method: 'GET', path: '/message-owners' }).output(z.strictObject({ departments: z.array(z.strictObject({ code: z.string(), name: z.string() })), accounts: z.array(z.strictObject({ account: z.string(), name: z.string() })) })),
  registerMessage: oc.route({ method: 'POST', path: '/messages' }).input(NewMessage).output(z.strictObject({ id: Ulid, number: z.string(), due: CivilDate })),
  assignMessage: oc.route({ method: 'POST', path: '/messages/{id}/owner' }).input(byId.extend({ department: z.string().min(1).max(60), account: z.string().min(1).max(64).nullable() })).output(done),
  transferMessage: oc.route({ method: 'POST', path: '/messages/{id}/transfer' }).input(byId.extend({ department: z.string().min(1).max(60), words })).output(done),
  takeUpMessage: oc.route({ method: 'POST', path: '/messages/{id}/decision' }).input(byId.extend({ taken: z.boolean(), words: z.string().trim().max(4000) })).output(done),
  replyMessage: oc.route({ method: 'POST', path: '/messages/{id}/reply' }).input(byId.extend({ words })).output(done),
  rateMessage: oc.route({ method: 'POST', path: '/messages/{id}/rating' }).input(byId.extend({ level: z.int().min(1).max(5), words: z.string().trim().max(500) })).output(done),
  reopenMessage: oc.route({ method: 'POST', path: '/messages/{id}/reopening' }).input(byId.extend({ words })).output(done),
  closeMessage: oc.route({ method: 'POST', path: '/messages/{id}/closure' }).input(byId).output(done),
  /** Makes the package once; asked again, the same one. */
  handOverMessage: oc.route({ method: 'POST', path: '/messages/{id}/hand-over' }).input(byId).output(resultOf(HotlinePackage, failure)),
  hotlineSaid: oc.route({ method: 'POST', path: '/messages/{id}/hotline' }).input(byId.extend({ state: z.enum(['received', 'answered', 'returned']), reference: z.string().trim().max(60), words: z.string().trim().max(4000) })).output(done),
  /** Limits and prices that the county sets. */
  settings: oc.route({ method: 'GET', path: '/settings' }).output(z.array(z.strictObject({ name: z.string(), value: z.int(), fallback: z.int(), least: z.int(), most: z.int(), unit: z.string() }))),
  changeSetting: oc.route({ method: 'PUT', path: '/settings/{name}' }).input(z.strictObject({ name: z.string().max(40), value: z.coerce.number().int() })).output(resultOf(z.null(), z.discriminatedUnion('kind', [kind('unknown-setting'), kind('out-of-range')]))),
};
