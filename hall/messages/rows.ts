import type { MessageChannel, MessageKind, MessageStage } from '../../domain/messages/message.ts';
import type { SmsState } from '../../domain/messages/sms.ts';
import type { TemplateName } from '../../domain/messages/sms-text.ts';

type Key = { division: string };

/**
 * A message as it stands, folded from its `events`. `person` (null: anonymous), `words` and `package` are sealed. `subject` and `audio` are JSON.
 * `machine`: the terminal it was written at, which hears how it stands; null: another way. `audio_key`: what opens its recording, sealed.
 * `next_limit`: the next day that will be told late. `settled_at`: when it was answered; null while it is open.
 */
export type MessageRow = Key & {
  id: string; number: string; kind: MessageKind; channel: MessageChannel; site: string; subject: string; person: string | null; words: string; audio: string | null;
  stage: MessageStage; department: string | null; account: string | null; registered_at: string; registered_by: string | null; due: string; decide_by: string | null;
  overdue: boolean; next_limit: string | null; settled_at: string | null; package: string | null; events: number; machine: string | null; audio_key: string | null;
};
/** Rows are only ever added. `body`: `MessageEvent` as JSON, sealed. */
export type MessageEventRow = Key & { message: string; position: number; at: string; kind: string; body: string };
/**
 * A text to a citizen. `cause_key`: what it is about, so that one happening makes one text. `phone` is sealed, `words` hold a number and a stage only.
 * `sending`: a server has it in hand until `leased_until`.
 */
export type SmsRow = Key & {
  id: string; cause_key: string; template: TemplateName; phone: string; words: string; parts: number; state: SmsState; attempts: number; asks: number;
  next_at: string | null; leased_until: string | null; sending: boolean; cause: string; made_at: string; settled_at: string | null;
};
export type SmsTemplateRow = Key & { name: TemplateName; words: string; changed_by: string; changed_at: string };
/** `body`: `SurveyBody` as JSON. */
export type SurveyRow = Key & { id: string; body: string; starts_on: string; ends_on: string; state: 'draft' | 'open' | 'ended'; made_by: string; made_at: string };
/** `once`: a keyed hash of card and day, taken away when the day is over; `answers`: `SurveyAnswers` as JSON. */
export type SurveySheetRow = Key & { survey: string; id: string; day: string; site: string; answers: string; once: string | null };

/** `hash`: of what the machine signed. `outcome`: `LetterOutcome` as JSON. */
export type LetterRow = Key & { id: string; machine: string; hash: string; kind: string; received_at: string; outcome: string };
/** `heard_at`: when the terminal said it last. */
export type HelpCallRow = Key & { id: string; machine: string; step: string; item: string | null; since: string; heard_at: string; over_at: string | null; answer: string | null; answered_at: string | null; account: string | null };

export type MessageTables = { letter: LetterRow; help_call: HelpCallRow; message: MessageRow; message_event: MessageEventRow; sms: SmsRow; sms_template: SmsTemplateRow; survey: SurveyRow; survey_sheet: SurveySheetRow };
