/**
 * 来信: what a citizen tells the hall at a terminal that is no deed in a case: a message, what they say to its reply, an answered survey. It goes up in an
 * envelope that only the hall can open and the machine has signed, by line or by stick, and is known by its id; what became of it comes down in the feed.
 */
import { z } from 'zod';
import { WrappedKey } from '../action/payload.ts';
import { canonicalJson } from '../action/canonical.ts';
import { Hash, MachineId, Ulid } from '../ids.ts';
import { MessageKind, MessageStage } from '../messages/message.ts';
import { SurveyAnswers, SurveyBody } from '../surveys/survey.ts';
import { CivilDate, Instant } from '../time.ts';
import { MessagePerson, MessageSubject, LONGEST_RECORDING } from './messages.ts';

/** Most bytes of a recording before it is sealed: three minutes of speech take a quarter of it. */
export const LARGEST_RECORDING = 2 * 1024 * 1024;

/** A recording of speech, sealed by itself and sent behind the letter. `hash`, `size`: of the sealed bytes; `key`: 32 bytes that open them, base64. */
export const Recording = z.strictObject({ hash: Hash, size: z.int().min(1).max(LARGEST_RECORDING + 64), seconds: z.int().min(1).max(LONGEST_RECORDING), key: z.base64().length(44) });
export type Recording = z.infer<typeof Recording>;

/** Binds a recording to its letter. */
export function recordingContext(letter: string): string {
  return `recording ${letter}`;
}

/** What lies in the envelope. A message has its letter's id. */
export const LetterBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), of: MessageKind, subject: MessageSubject, person: MessagePerson.nullable(), words: z.string().trim().max(4000), recording: Recording.nullable() }),
  z.strictObject({ kind: z.literal('reply-rated'), message: Ulid, level: z.int().min(1).max(5), words: z.string().trim().max(500) }),
  z.strictObject({ kind: z.literal('reopened'), message: Ulid, words: z.string().trim().min(1).max(4000) }),
  /** `card`: the number of the card that was shown where the survey demands one. */
  z.strictObject({ kind: z.literal('survey'), survey: Ulid, answers: SurveyAnswers, card: z.string().max(40).nullable() }),
]).refine((body) => body.kind !== 'message' || body.words !== '' || body.recording !== null, { path: ['words'], message: 'says nothing' });
export type LetterBody = z.infer<typeof LetterBody>;

/** Twenty questions with a thousand Chinese characters each, sealed and in base64, are under it. */
const LARGEST_SEALED = 128 * 1024;

export const Letter = z.strictObject({
  id: Ulid,
  machine: MachineId,
  /** When it was sent off, by the machine's own clock. */
  at: Instant,
  /** The envelope's key, wrapped for the hall under `letterContext`. */
  key: WrappedKey,
  /** `LetterBody` as JSON, sealed under the same context, base64. */
  sealed: z.base64().max(LARGEST_SEALED),
  /** Ed25519 by the machine's key over SHA-256 of `letterText`, base64. */
  signature: z.base64().length(88),
});
export type Letter = z.infer<typeof Letter>;

/** Binds a key and what it opens to one letter. */
export function letterContext(id: string): string {
  return `letter ${id}`;
}

/** What a machine signs. The first line keeps it apart from every other signed text. */
export function letterText({ id, machine, at, key, sealed }: Omit<Letter, 'signature'>): string {
  return `jinban-letter-1\n${canonicalJson({ id, machine, at, key, sealed })}`;
}

/**
 * Why the hall does not take a letter, for good: sending it again changes nothing.
 * - `bad-signature`, `unreadable`: not this machine's, or not sealed for this hall. `other-letter`: another one came under this id.
 * - `unknown-message`: not of this machine. `wrong-stage`: rated, or brought back, before.
 * - the rest: a survey that is not asked here or now, or an answer that does not fit it.
 */
export const LetterRefusal = z.enum([
  'bad-signature', 'unreadable', 'other-letter', 'unknown-message', 'wrong-stage', 'unknown-survey', 'not-open', 'not-here', 'card-needed', 'answered-today', 'bad-answer',
]);
export type LetterRefusal = z.infer<typeof LetterRefusal>;

export const LetterOutcome = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('taken') }), z.strictObject({ kind: z.literal('refused'), reason: LetterRefusal })]);
export type LetterOutcome = z.infer<typeof LetterOutcome>;

/** How a message stands at the hall, for the terminal it came from. `reply`: also why a complaint was not taken up, or what the hotline answered. */
export const MessageWord = z.strictObject({
  message: Ulid, number: z.string(), due: CivilDate, stage: MessageStage, reply: z.string().nullable(), rating: z.int().nullable(), reopened: z.boolean(),
  /** By the hall's clock. */
  at: Instant,
});
export type MessageWord = z.infer<typeof MessageWord>;

/** A survey that may be answered now. */
export const OpenSurvey = z.strictObject({ id: Ulid, body: SurveyBody });
export type OpenSurvey = z.infer<typeof OpenSurvey>;
