/** 咨询投诉、调查、呼叫 at the window. Part of the road between a citizen's window and core (`kiosk.ts`). */
import { z } from 'zod';
import { CaseId, Ulid } from '../ids.ts';
import { MessageKind, MessageStage } from '../messages/message.ts';
import { SurveyAnswers, SurveyBody } from '../surveys/survey.ts';
import { CivilDate, Instant } from '../time.ts';
import { LONGEST_RECORDING } from './messages.ts';

/** What a message is to be about: a case by its id, once the card was read. `item`: the guide that is in force here. */
export const AboutWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('place') }),
  z.strictObject({ kind: z.literal('item'), code: z.string().max(50) }),
  z.strictObject({ kind: z.literal('case'), case: CaseId }),
]);
export type AboutWish = z.infer<typeof AboutWish>;

/** A message that is being written. `about`: in words, empty for nothing. `seconds`: how long the recording is that belongs to it. */
export const DraftView = z.strictObject({ of: MessageKind, aboutKind: z.enum(['none', 'place', 'item', 'case']), about: z.string(), words: z.string(), name: z.string(), phone: z.string(), anonymous: z.boolean(), seconds: z.int().nullable() });
export type DraftView = z.infer<typeof DraftView>;

export const MessageView = z.strictObject({
  id: Ulid, of: MessageKind, about: z.string(), anonymous: z.boolean(), at: Instant,
  /** This machine's own number for it; the hall's, and until when it is answered, once the hall has said so. */
  reference: z.string(), number: z.string().nullable(), due: CivilDate.nullable(),
  travel: z.enum(['waiting', 'received', 'refused']),
  stage: MessageStage.nullable(), reply: z.string().nullable(), rating: z.int().nullable(),
  canRate: z.boolean(), canReopen: z.boolean(), /** The citizen said that it is not solved. */ reopened: z.boolean(),
  /** When this machine last heard from the hall. */
  asOf: Instant.nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

/** `faults`: by question, a keyword of `AnswerFault`. */
export const SurveyView = z.strictObject({ id: Ulid, body: SurveyBody, answers: SurveyAnswers, faults: z.record(z.string(), z.string()) });
export type SurveyView = z.infer<typeof SurveyView>;

export const TalkView = z.strictObject({ draft: DraftView.nullable(), message: MessageView.nullable(), mine: z.array(MessageView), survey: SurveyView.nullable() });
export type TalkView = z.infer<typeof TalkView>;

/** A survey that may be answered here today. */
export const SurveyCard = z.strictObject({ id: Ulid, title: z.string(), intro: z.string(), questions: z.int(), card: z.boolean() });
export type SurveyCard = z.infer<typeof SurveyCard>;

/**
 * A call for help. `calling`: the hall has it and nobody has answered. `no-line`: it did not reach the hall, and is tried again.
 * `coming`, `answered`: what staff said.
 */
export const HelpView = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal(['sending', 'calling', 'no-line', 'coming', 'answered']), since: Instant }),
]);
export type HelpView = z.infer<typeof HelpView>;

/** Words of a draft that are saved as they are typed, with the most characters of each. */
export const DRAFT_FIELDS = { words: 2000, name: 60, phone: 20 } as const;
export const DraftField = z.enum(['words', 'name', 'phone']);
export type DraftField = z.infer<typeof DraftField>;

export const talkInputs = {
  begin: z.strictObject({ of: MessageKind, about: AboutWish }),
  save: z.strictObject({ field: DraftField, value: z.string().max(2000) }),
  setAnonymous: z.strictObject({ anonymous: z.boolean() }),
  /** WebM with Opus. */
  record: z.strictObject({ audio: z.instanceof(Uint8Array), seconds: z.int().min(1).max(LONGEST_RECORDING) }),
  openMessage: z.strictObject({ message: Ulid }),
  rateReply: z.strictObject({ level: z.int().min(1).max(5), words: z.string().max(500) }),
  reopen: z.strictObject({ words: z.string().max(2000) }),
  openSurvey: z.strictObject({ survey: Ulid }),
  answer: z.strictObject({ question: z.string().max(40), value: z.union([z.string().max(1000), z.array(z.string().max(40)).max(20), z.int(), z.null()]) }),
};
