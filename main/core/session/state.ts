import { z } from 'zod';
import { Answers, FormValues, MaterialPromise, PageReference } from '../../../domain/action/payload.ts';
import { ItemReference } from '../../../domain/action/types.ts';
import { Errand, FieldErrors, Step } from '../../../domain/contracts/kiosk.ts';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { KnownValues } from '../../../domain/item/dictionary.ts';
import { CaseId, Hash, PrintId, Ulid } from '../../../domain/ids.ts';
import { BookingState } from './booking-state.ts';
import { NO_TALK, TalkState } from './talk-state.ts';
import { TicketState } from './ticket-state.ts';
import { NOBODY_ELSE, WhoState } from './who-state.ts';

/** One captured page. Its picture lies sealed in the store; the session knows only where. */
export const Page = z.strictObject({ id: Ulid, material: z.string(), blob: PageReference, width: z.int(), height: z.int() });
export type Page = z.infer<typeof Page>;

/** Name of the draft that holds the visit. There is one: a machine serves one person at a time. */
export const DRAFT = 'session';

/** No slip was scanned. */
export const NO_SLIP = { text: null, wrong: 0, waitUntil: 0 };

/**
 * A visit, written to the store after every change, so that a core that dies goes on at the same step and nothing typed is lost.
 * It holds the card holder in full and therefore never leaves core; `view.ts` makes what the window may see.
 */
export const SessionState = z.strictObject({
  id: Ulid,
  /** The machine's boot the visit began in: after a power cut somebody else may stand here, so the visit is over. */
  boot: z.string(),
  /** Wall clock of the last touch, milliseconds. */
  touchedAt: z.number(),
  step: Step,
  errand: Errand.nullable(),
  holder: CardHolder.nullable(),
  /** The line was down when that card was read. */
  offline: z.boolean().default(false),
  who: WhoState.default(NOBODY_ELSE),
  item: ItemReference.nullable(),
  /** 情形: answers to the item's questions. */
  answers: Answers.default({}),
  /** Chosen when filling begins, so that handing in twice is one case. */
  case: CaseId.nullable(),
  form: FormValues.nullable(),
  prefilled: z.record(z.string(), z.string()),
  errors: FieldErrors,
  pages: z.array(Page),
  /** What stands in the place of materials. */
  promises: z.array(MaterialPromise).default([]),
  /** How many supplements this machine had made to the case when the present one began. */
  supplementsBefore: z.int().default(0),
  supplementing: CaseId.nullable(),
  handedIn: CaseId.nullable(),
  opened: CaseId.nullable(),
  /** The case whose receipt was shown in place of a card: it may be looked at, masked, and nothing else. */
  receipt: CaseId.nullable().default(null),
  /** Hash of the declaration text shown at the signature, kept to prove what was signed. */
  shown: Hash.nullable(),
  prints: z.array(PrintId),
  /** A slip that was scanned to go on with, as sealed as it is on paper, and how many digits were wrong. `waitUntil`: milliseconds. */
  slip: z.strictObject({ text: z.string().nullable(), wrong: z.int(), waitUntil: z.number() }).default(NO_SLIP),
  /** The item that `form` belongs to: another may be looked at meanwhile. */
  filling: ItemReference.nullable().default(null),
  /** 一表申请: what was filled in for earlier items of this visit, by data element. */
  known: KnownValues.default({}),
  /** Labels of answers that a slip could not carry, or that the item no longer takes. */
  lost: z.array(z.string()).default([]),
  talk: TalkState.default(NO_TALK),
  /** null: no number was asked for. */
  ticket: TicketState.nullable().default(null),
  /** null: no appointment was asked for. */
  booking: BookingState.nullable().default(null),
});
export type SessionState = z.infer<typeof SessionState>;

export function newSession(id: string, boot: string, now: number): SessionState {
  return {
    id, boot, touchedAt: now, step: 'home', errand: null, holder: null, offline: false, who: NOBODY_ELSE, item: null, answers: {}, case: null, form: null, prefilled: {}, errors: {},
    pages: [], promises: [], supplementsBefore: 0, supplementing: null, handedIn: null, opened: null, receipt: null, shown: null, prints: [], slip: NO_SLIP, filling: null, known: {}, lost: [], talk: NO_TALK, ticket: null, booking: null,
  };
}
