import { z } from 'zod';
import { addDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { civilDate } from '../calendar/civil-date.ts';
import { err, never, ok, type Result } from '../result.ts';
import { CivilDate, Instant } from '../time.ts';
import { endOf } from './outages.ts';
import { Level } from './rules.ts';

/**
 * Where a card stands.
 *
 * | state | 中文 | who is to act |
 * |---|---|---|
 * | raised | 已发出 | owner |
 * | urged | 已催办 | owner |
 * | explained | 已说明 | supervisor |
 * | rejected | 说明未采纳 | owner: puts it right or appeals |
 * | corrected | 已整改 | supervisor |
 * | appealed | 已申诉 | another supervisor |
 * | upheld | 申诉驳回 | owner: puts it right |
 * | accepted | 说明已采纳 | nobody |
 * | revoked | 已撤销 | nobody: it counts against no one |
 * | closed | 已办结 | nobody |
 * | voided | 已失效 | nobody: the log no longer says so |
 */
export const CardState = z.enum(['raised', 'urged', 'explained', 'rejected', 'corrected', 'appealed', 'upheld', 'accepted', 'revoked', 'closed', 'voided']);
export type CardState = z.infer<typeof CardState>;

const words = z.string().min(2).max(1000);
/** What is done with a card. `raised`, `escalated` and `voided` are the hall's own; the others are people's. */
export const CardDeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('raised'), level: Level, replyBy: CivilDate.nullable() }),
  /** 催办, with the last day to answer. */
  z.strictObject({ kind: z.literal('urged'), words, replyBy: CivilDate }),
  z.strictObject({ kind: z.literal('explained'), words }),
  z.strictObject({ kind: z.literal('accepted'), words: z.string().max(1000) }),
  z.strictObject({ kind: z.literal('rejected'), words, replyBy: CivilDate }),
  z.strictObject({ kind: z.literal('corrected'), words }),
  z.strictObject({ kind: z.literal('appealed'), words }),
  z.strictObject({ kind: z.literal('revoked'), words }),
  z.strictObject({ kind: z.literal('upheld'), words, replyBy: CivilDate }),
  z.strictObject({ kind: z.literal('closed'), words: z.string().max(1000) }),
  /** Nobody answered in time: yellow becomes red. */
  z.strictObject({ kind: z.literal('escalated'), replyBy: CivilDate }),
  z.strictObject({ kind: z.literal('voided') }),
]);
export type CardDeed = z.infer<typeof CardDeed>;
export type CardDeedKind = CardDeed['kind'];

export const CardEvent = z.strictObject({ at: Instant, /** Account, or `hall`. */ by: z.string().max(64), deed: CardDeed });
export type CardEvent = z.infer<typeof CardEvent>;

export type Card = {
  level: Level;
  state: CardState;
  /** Last day for its owner; null while it is not the owner's turn, or for a hint. */
  replyBy: string | null;
  /** It was appealed once: no second time. */
  appealed: boolean;
  escalated: boolean;
  /** Supervisors who took a stand on it: none of them examines its appeal. */
  judgedBy: string[];
  appellant: string | null;
};

const OWNERS_TURN: readonly CardState[] = ['raised', 'urged', 'rejected', 'upheld'];
const OVER: readonly CardState[] = ['accepted', 'revoked', 'closed', 'voided'];

/** What may be done with a card in a state. */
const ALLOWED: Readonly<Record<CardState, readonly CardDeedKind[]>> = {
  raised: ['urged', 'explained', 'appealed', 'corrected', 'closed', 'escalated', 'voided'],
  urged: ['urged', 'explained', 'appealed', 'corrected', 'closed', 'escalated', 'voided'],
  explained: ['accepted', 'rejected', 'voided'],
  rejected: ['urged', 'corrected', 'appealed', 'closed', 'escalated', 'voided'],
  corrected: ['closed', 'rejected', 'voided'],
  appealed: ['revoked', 'upheld', 'voided'],
  upheld: ['urged', 'corrected', 'closed', 'escalated', 'voided'],
  accepted: [], revoked: [], closed: [], voided: [],
};

/** Deeds of whoever the card is about; the rest is supervision's. */
export const OWNERS_DEEDS: readonly CardDeedKind[] = ['explained', 'appealed', 'corrected'];

/** - `wrong-state`: not as the card stands. - `same-person`: an appeal is examined by somebody who took no stand on the card and does not answer for it. */
export type CardFault = { kind: 'wrong-state' } | { kind: 'same-person' };

export function isOver(state: CardState): boolean {
  return OVER.includes(state);
}

/** A hint or a warning asks for no answer: it can only be closed. */
function allows(card: Card, kind: CardDeedKind): boolean {
  if (card.level === 'hint' || card.level === 'warn') return !isOver(card.state) && (kind === 'closed' || kind === 'voided');
  if (kind === 'appealed' && card.appealed) return false;
  if (kind === 'escalated' && (card.escalated || card.level === 'red')) return false;
  return ALLOWED[card.state].includes(kind);
}

/** What may be done with a card by people, for the buttons of a screen. */
export function openDeeds(card: Card): CardDeedKind[] {
  return CardDeed.options.map((option) => option.shape.kind.value).filter((kind) => kind !== 'raised' && kind !== 'escalated' && kind !== 'voided' && allows(card, kind));
}

/** The card after one more deed. */
export function applyDeed(card: Card, { by, deed }: Pick<CardEvent, 'by' | 'deed'>): Result<Card, CardFault> {
  if (!allows(card, deed.kind)) return err({ kind: 'wrong-state' });
  const judged = card.judgedBy.includes(by) ? card.judgedBy : [...card.judgedBy, by];
  switch (deed.kind) {
    case 'raised':
      return err({ kind: 'wrong-state' });
    case 'urged':
      return ok({ ...card, state: 'urged', replyBy: deed.replyBy, judgedBy: judged });
    case 'rejected':
      return ok({ ...card, state: 'rejected', replyBy: deed.replyBy, judgedBy: judged });
    case 'explained':
    case 'corrected':
      return ok({ ...card, state: deed.kind, replyBy: null });
    case 'appealed':
      return ok({ ...card, state: 'appealed', replyBy: null, appealed: true, appellant: by });
    case 'revoked':
    case 'upheld':
      if (card.judgedBy.includes(by) || card.appellant === by) return err({ kind: 'same-person' });
      return ok({ ...card, state: deed.kind, replyBy: deed.kind === 'upheld' ? deed.replyBy : null, judgedBy: judged });
    case 'accepted':
    case 'closed':
    case 'voided':
      return ok({ ...card, state: deed.kind, replyBy: null });
    case 'escalated':
      return ok({ ...card, level: 'red', escalated: true, replyBy: deed.replyBy });
    default:
      return never(deed);
  }
}

/** A card from its events. The first raises it; one that does not fit is a bug of whoever wrote it. */
export function foldCard(events: readonly CardEvent[]): Card {
  const [first, ...rest] = events;
  if (first?.deed.kind !== 'raised') throw new Error('a card begins with being raised');
  const begun: Card = { level: first.deed.level, state: 'raised', replyBy: first.deed.replyBy, appealed: false, escalated: false, judgedBy: [], appellant: null };
  return rest.reduce((card, event) => {
    const next = applyDeed(card, event);
    if (!next.ok) throw new Error(`a card has an event that does not fit: ${event.deed.kind} at ${card.state}`);
    return next.value;
  }, begun);
}

/** The last day to answer a card that was raised or grew at an instant. Hints and warnings ask for none. */
export function replyBy(level: Level, instant: number, days: number, calendar: WorkingCalendar): string | null {
  return level === 'hint' || level === 'warn' ? null : addDays(civilDate(instant), days, 'working', calendar).date;
}

/** The instant at which a card grows because nobody answered; null when it does not. */
export function growsAt(card: Card): number | null {
  return card.level === 'yellow' && !card.escalated && card.replyBy !== null && OWNERS_TURN.includes(card.state) ? endOf(card.replyBy) : null;
}
