import { z } from 'zod';
import { MessageSubject } from '../../../domain/contracts/messages.ts';
import { Recording } from '../../../domain/contracts/letters.ts';
import { Ulid } from '../../../domain/ids.ts';
import { MessageKind } from '../../../domain/messages/message.ts';
import { SurveyAnswers } from '../../../domain/surveys/survey.ts';

/** A message that is being written, under the id that it is sent by: however often that is asked, it is one message. */
const Draft = z.strictObject({ letter: Ulid, of: MessageKind, about: MessageSubject, words: z.string(), name: z.string(), phone: z.string(), anonymous: z.boolean(), recording: Recording.nullable() });
export type Draft = z.infer<typeof Draft>;

/** What a visit says to the hall. `message`: the one that is shown; `survey`: the one that is answered, under its letter's id. */
export const TalkState = z.strictObject({
  draft: Draft.nullable(),
  message: Ulid.nullable(),
  survey: z.strictObject({ letter: Ulid, id: Ulid, answers: SurveyAnswers, faults: z.record(z.string(), z.string()) }).nullable(),
});
export type TalkState = z.infer<typeof TalkState>;

export const NO_TALK: TalkState = { draft: null, message: null, survey: null };
