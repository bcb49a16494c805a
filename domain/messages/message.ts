/**
 * 咨询、投诉、建议、指南纠错: what a citizen tells the hall and what becomes of it. Pure: each step is an event, and `foldMessage` says how it stands.
 * registered → assigned ↔ transferred → replied → rated → closed, reopened once; or handed over to the 12345 hotline, which answers or gives it back.
 */
import { z } from 'zod';
import { addDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { err, never, ok, type Result } from '../result.ts';
import type { Settings } from '../settings/settings.ts';
import { CivilDate, Instant } from '../time.ts';

export const MessageKind = z.enum(['consult', 'complain', 'suggest', 'guide-error']);
export type MessageKind = z.infer<typeof MessageKind>;
export const MessageChannel = z.enum(['terminal', 'window', 'phone', 'paper', 'web']);
export type MessageChannel = z.infer<typeof MessageChannel>;

/** First letters of a number: 咨询, 投诉, 建议, 指南纠错. */
export const NUMBER_PREFIX: Readonly<Record<MessageKind, string>> = { consult: 'ZX', complain: 'TS', suggest: 'JY', 'guide-error': 'ZN' };
const SERIAL_WIDTH = 6;

/** `TS3306242026000001`: kind, division, year, serial of that kind and year. */
export function messageNumber(kind: MessageKind, division: string, year: string, serial: number): string {
  return `${NUMBER_PREFIX[kind]}${division}${year}${String(serial).padStart(SERIAL_WIDTH, '0')}`;
}

/** Who works on it: a department of the county by its credit code (GB 32100), and one account of it once somebody is named. */
export const MessageOwner = z.strictObject({ department: z.string().min(1).max(60), account: z.string().min(1).max(64).nullable() });
export type MessageOwner = z.infer<typeof MessageOwner>;

const by = z.string().min(1).max(64);
const words = z.string().min(1).max(4000);

export const MessageEvent = z.discriminatedUnion('kind', [
  /** `decideBy`: until when a complaint is taken up or not; null for the others. `by`: the account that took it down, null where the citizen wrote it. */
  z.strictObject({ kind: z.literal('registered'), at: Instant, by: by.nullable(), of: MessageKind, due: CivilDate, decideBy: CivilDate.nullable() }),
  z.strictObject({ kind: z.literal('assigned'), at: Instant, by, owner: MessageOwner }),
  /** To another department, which names its own account. */
  z.strictObject({ kind: z.literal('transferred'), at: Instant, by, department: z.string().min(1).max(60), words }),
  /** 受理 a complaint, or 不予受理 with the reason, which the citizen is told. */
  z.strictObject({ kind: z.literal('taken-up'), at: Instant, by }),
  z.strictObject({ kind: z.literal('declined'), at: Instant, by, words }),
  z.strictObject({ kind: z.literal('replied'), at: Instant, by, words }),
  /** `by` null, here and of `reopened`: the citizen, at a terminal. */
  z.strictObject({ kind: z.literal('rated'), at: Instant, by: by.nullable(), level: z.int().min(1).max(5), words: z.string().max(500) }),
  z.strictObject({ kind: z.literal('reopened'), at: Instant, by: by.nullable(), words, due: CivilDate }),
  /** `package`: SHA-256 of the package that was given to the hotline. */
  z.strictObject({ kind: z.literal('handed-over'), at: Instant, by, package: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** 回访 and answer of the hotline: it works on it, has answered the citizen, or gives it back. */
  z.strictObject({ kind: z.literal('hotline-said'), at: Instant, by, state: z.enum(['received', 'answered', 'returned']), reference: z.string().max(60), words: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('overdue'), at: Instant, what: z.enum(['decision', 'reply']) }),
  /** `by` null: the hall, because the citizen said nothing more in time. */
  z.strictObject({ kind: z.literal('closed'), at: Instant, by: by.nullable() }),
]);
export type MessageEvent = z.infer<typeof MessageEvent>;

export const MessageStage = z.enum(['registered', 'assigned', 'transferred', 'replied', 'declined', 'rated', 'handed-over', 'closed']);
export type MessageStage = z.infer<typeof MessageStage>;

export type MessageState = {
  kind: MessageKind;
  stage: MessageStage;
  owner: MessageOwner | null;
  due: string;
  decideBy: string | null;
  /** null: not decided; a complaint only. */
  takenUp: boolean | null;
  reply: string | null;
  repliedAt: string | null;
  rating: number | null;
  reopened: boolean;
  hotline: { state: 'handed-over' | 'received' | 'answered' | 'returned'; reference: string } | null;
  overdue: readonly ('decision' | 'reply')[];
};

/** - `not-decided`: a complaint is taken up before it is answered. */
export type MessageFault = { kind: 'wrong-stage' | 'not-decided' };

/** The stages in which the hall owes something. */
export const OPEN_MESSAGES: readonly MessageStage[] = ['registered', 'assigned', 'transferred'];

/** One more event. @param state null before the first */
export function applyMessage(state: MessageState | null, event: MessageEvent): Result<MessageState, MessageFault> {
  const refused = err({ kind: 'wrong-stage' as const });
  if (state === null) {
    if (event.kind !== 'registered') return refused;
    const { of, due, decideBy } = event;
    return ok({ kind: of, stage: 'registered', owner: null, due, decideBy, takenUp: null, reply: null, repliedAt: null, rating: null, reopened: false, hotline: null, overdue: [] });
  }
  const open = OPEN_MESSAGES.includes(state.stage);
  switch (event.kind) {
    case 'registered':
      return refused;
    case 'assigned':
      return open ? ok({ ...state, stage: 'assigned', owner: event.owner }) : refused;
    case 'transferred':
      return open ? ok({ ...state, stage: 'transferred', owner: { department: event.department, account: null } }) : refused;
    case 'taken-up':
      return open && state.decideBy !== null && state.takenUp === null ? ok({ ...state, takenUp: true }) : refused;
    case 'declined':
      return open && state.decideBy !== null && state.takenUp === null ? ok({ ...state, stage: 'declined', takenUp: false, reply: event.words, repliedAt: event.at }) : refused;
    case 'replied':
      if (state.stage !== 'assigned') return refused;
      return state.decideBy === null || state.takenUp === true ? ok({ ...state, stage: 'replied', reply: event.words, repliedAt: event.at }) : err({ kind: 'not-decided' });
    case 'rated':
      return (state.stage === 'replied' || state.stage === 'declined') && state.rating === null ? ok({ ...state, stage: 'rated', rating: event.level }) : refused;
    case 'reopened':
      if (state.reopened || !['replied', 'declined', 'rated', 'closed'].includes(state.stage)) return refused;
      // Whoever comes back is heard: nobody decides a second time whether to.
      return ok({ ...state, stage: state.owner === null ? 'registered' : 'assigned', reopened: true, due: event.due, takenUp: state.decideBy === null ? null : true, rating: null, overdue: [] });
    case 'handed-over':
      return open && state.hotline === null ? ok({ ...state, stage: 'handed-over', hotline: { state: 'handed-over', reference: '' } }) : refused;
    case 'hotline-said':
      if (state.stage !== 'handed-over') return refused;
      return ok({ ...state, ...afterHotline(state, event), hotline: { state: event.state, reference: event.reference } });
    case 'overdue':
      return state.overdue.includes(event.what) ? refused : ok({ ...state, overdue: [...state.overdue, event.what] });
    case 'closed':
      return ['replied', 'declined', 'rated'].includes(state.stage) ? ok({ ...state, stage: 'closed' }) : refused;
    default:
      return never(event);
  }
}

function afterHotline(state: MessageState, event: Extract<MessageEvent, { kind: 'hotline-said' }>): Partial<MessageState> {
  if (event.state === 'answered') return { stage: 'replied', reply: event.words, repliedAt: event.at };
  return event.state === 'returned' ? { stage: state.owner === null ? 'registered' : 'assigned' } : {};
}

/** How a message stands after its events. */
export function foldMessage(events: readonly MessageEvent[]): Result<MessageState, MessageFault> {
  let state: MessageState | null = null;
  for (const event of events) {
    const next = applyMessage(state, event);
    if (!next.ok) return next;
    state = next.value;
  }
  return state === null ? err({ kind: 'wrong-stage' }) : ok(state);
}

/** Limits that run and were not told late yet, soonest first. A hotline's own limits are not ours. */
export function limitsOf(state: MessageState): { what: 'decision' | 'reply'; day: string }[] {
  if (!OPEN_MESSAGES.includes(state.stage)) return [];
  const limits = [
    ...(state.decideBy !== null && state.takenUp === null ? [{ what: 'decision' as const, day: state.decideBy }] : []),
    { what: 'reply' as const, day: state.due },
  ];
  return limits.filter(({ what }) => !state.overdue.includes(what)).toSorted((left, right) => (left.day < right.day ? -1 : 1));
}

/** What is late on `today` and was not told yet. */
export function lateOn(state: MessageState, today: string): ('decision' | 'reply')[] {
  return limitsOf(state).filter(({ day }) => day < today).map(({ what }) => what);
}

/** By when a message that comes on `day` is decided on and answered. */
export function messageDays(kind: MessageKind, day: string, settings: Settings, calendar: WorkingCalendar): { due: string; decideBy: string | null } {
  return {
    due: addDays(day, settings[`${kind}.reply`], 'working', calendar).date,
    decideBy: kind === 'complain' ? addDays(day, settings['complain.decide'], 'working', calendar).date : null,
  };
}
