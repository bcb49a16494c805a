/**
 * 排队叫号: the queue of one site, in the words of `docs/queue.md`. What happened is a list of agreed entries, one list a day; everything else is reckoned from it
 * (`queue.ts`), the same on every machine of the site.
 */
import { z } from 'zod';
import { CaseId, MachineId, Ulid } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';

export const TicketId = Ulid.brand('TicketId');
export type TicketId = z.infer<typeof TicketId>;

/** Of a window of the site, as it stands over the counter: 1–99. */
export const WindowNumber = z.int().min(1).max(99);

/** 业务 that people queue for. */
export const BusinessKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** Before whom somebody may go: 老年人, 残疾人, 孕妇或带婴幼儿者, 现役、退役军人和军属. Offered, never asked; a ticket does not show it. */
export const Priority = z.enum(['elderly', 'disabled', 'expecting', 'military']);
export type Priority = z.infer<typeof Priority>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** Letters that are read and heard apart: no I, O, Q. */
const PREFIX = /^[A-HJ-NPR-Z]$/;

export const Business = z.strictObject({
  key: BusinessKey,
  /** What its numbers begin with, one business one letter. */
  prefix: z.string().regex(PREFIX),
  name: z.string().min(1).max(30),
  /** Implementing codes of the items that are done here; empty: any that no other business names. */
  items: z.array(z.string().max(50)).max(500),
  /** What one visit takes before there are times of this site's own, minutes. */
  usualMinutes: z.int().min(1).max(240),
});
export type Business = z.infer<typeof Business>;

/** What becomes of somebody who did not come when called (过号): back in line after some more tickets, at the end, or a new ticket is needed. Rules differ from county to county. */
export const MissedRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('after'), tickets: z.int().min(1).max(20), times: z.int().min(1).max(5) }),
  z.strictObject({ kind: z.literal('end'), times: z.int().min(1).max(5) }),
  z.strictObject({ kind: z.literal('void') }),
]);
export type MissedRule = z.infer<typeof MissedRule>;

/** How a site's queue works, data of the site. */
export const QueueRules = z.strictObject({
  businesses: z.array(Business).min(1).max(23),
  windows: z.array(z.strictObject({ number: WindowNumber, businesses: z.array(BusinessKey).min(1) })).min(1).max(99),
  missed: MissedRule,
  /** The starvation bound: of so many calls of a business at least one goes to the ticket without priority that waits longest. 1: nobody goes before anybody. */
  ordinaryEvery: z.int().min(1).max(10),
  /** From this age on the priority of the elderly is offered. */
  elderlyFrom: z.int().min(50).max(100),
  /** Numbers that a machine is given at once to issue by itself. */
  leaseSize: z.int().min(5).max(200),
});
export type QueueRules = z.infer<typeof QueueRules>;

/** Tickets are given in these times of China. `days`: 1 Monday … 7 Sunday. */
export const SiteHours = z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1), from: TimeOfDay, until: TimeOfDay });
export type SiteHours = z.infer<typeof SiteHours>;

/** What the manager is warned of: somebody who waits longer, minutes; a line that is longer. */
export const SiteAlarms = z.strictObject({ waitMinutes: z.int().min(1).max(600), waiting: z.int().min(1).max(500) });
export type SiteAlarms = z.infer<typeof SiteAlarms>;

/** Characters of an arrangement's JSON: of a hall with a hundred windows and as many clerks, and less than the machines can agree on at once. */
const LARGEST_ARRANGEMENT = 16_000;

/**
 * 安排: what a manager may set in the course of a day, in place of what the settings say.
 * @property hours empty: always
 * @property assigned windows that an account may open, none of them: any; an account that is not named has what the settings give it
 */
export const Arrangement = z.strictObject({
  windows: QueueRules.shape.windows.refine((windows) => isDistinct(windows.map(({ number }) => number)) && windows.every(({ businesses }) => isDistinct(businesses)), 'each window and its businesses once'),
  hours: z.array(SiteHours).max(20),
  assigned: z.array(z.strictObject({ account: z.string().min(1).max(64), windows: z.array(WindowNumber).max(99) })).max(200).refine((assigned) => isDistinct(assigned.map(({ account }) => account)), 'each account once'),
  alarms: SiteAlarms,
}).refine((arrangement) => JSON.stringify(arrangement).length <= LARGEST_ARRANGEMENT, 'too large');
export type Arrangement = z.infer<typeof Arrangement>;

/** 等材料, 等缴费, 等别的科室: three reasons to wait beside the line, each comes back to the window it left, in its place. */
export const SuspendWhy = z.enum(['documents', 'payment', 'other-office']);
export type SuspendWhy = z.infer<typeof SuspendWhy>;

/** How a ticket came to be. `roll`: torn off a pre-printed roll while the machines were dead, and entered afterwards. */
export const TicketWay = z.enum(['card', 'phone', 'staff', 'appointment', 'roll']);
export type TicketWay = z.infer<typeof TicketWay>;

/** What people hold. `number` counts from 1 within its business and day. */
export const TicketIssue = z.strictObject({
  ticket: TicketId,
  business: BusinessKey,
  number: z.int().min(1).max(999),
  way: TicketWay,
  /** Keyed hash of who holds it, so that nobody holds two of one business; null: not known. Never a number or a name. */
  holder: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  priority: Priority.nullable(),
  /** The slot it was booked for, and until when it goes before those without one. */
  appointment: z.strictObject({ id: Ulid, from: Instant, until: Instant }).nullable(),
  /** The case prepared at the terminal, which opens with the ticket. */
  case: CaseId.nullable(),
  /** When it was taken, by the machine that issued it; the order of waiting goes by it. */
  at: Instant,
});
export type TicketIssue = z.infer<typeof TicketIssue>;

const at = { ticket: TicketId, window: WindowNumber };

/** What somebody says outright. */
export const SaidDeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('prioritised'), ticket: TicketId, priority: Priority.nullable(), reason: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('window-opened'), window: WindowNumber, account: z.string().min(1).max(64), businesses: z.array(BusinessKey).min(1) }),
  z.strictObject({ kind: z.literal('window-paused'), window: WindowNumber, why: z.string().min(1).max(60) }),
  z.strictObject({ kind: z.literal('window-closed'), window: WindowNumber }),
  z.strictObject({ kind: z.literal('called'), ...at }),
  z.strictObject({ kind: z.literal('recalled'), ...at }),
  z.strictObject({ kind: z.literal('started'), ...at }),
  z.strictObject({ kind: z.literal('missed'), ...at }),
  z.strictObject({ kind: z.literal('suspended'), ...at, why: SuspendWhy }),
  z.strictObject({ kind: z.literal('returned'), ticket: TicketId }),
  /** To another business or window; `keepsPlace`: by when it was taken, not at the end. */
  z.strictObject({ kind: z.literal('transferred'), ...at, business: BusinessKey, to: WindowNumber.nullable(), keepsPlace: z.boolean() }),
  z.strictObject({ kind: z.literal('finished'), ...at, items: z.array(z.string().max(50)).max(20) }),
  /** Somebody served who took no ticket. */
  z.strictObject({ kind: z.literal('served'), window: WindowNumber, business: BusinessKey, items: z.array(z.string().max(50)).max(20), minutes: z.int().min(0).max(600) }),
  z.strictObject({ kind: z.literal('left'), ticket: TicketId, why: z.enum(['holder', 'staff', 'closing']) }),
  z.strictObject({ kind: z.literal('noted'), ticket: TicketId, words: z.string().min(1).max(300) }),
  z.strictObject({ kind: z.literal('rated'), ...at, level: z.int().min(1).max(5), tags: z.array(z.string().regex(/^\d{3}$/)).max(8) }),
]);
export type SaidDeed = z.infer<typeof SaidDeed>;

export const QueueDeed = z.discriminatedUnion('kind', [
  /** These are found out by the rules, which know the numbers, and which arrangement holds. */
  z.strictObject({ kind: z.literal('leased'), machine: MachineId, business: BusinessKey, first: z.int().min(1).max(999), last: z.int().min(1).max(999) }),
  z.strictObject({ kind: z.literal('issued'), issue: TicketIssue }),
  /** From here on windows, hours, assigned windows and alarms are these; null: as in the settings. `version` counts on over the days. Without an account it was carried over from an earlier day. */
  z.strictObject({ kind: z.literal('arranged'), version: z.int().min(1), arrangement: Arrangement.nullable() }),
  SaidDeed,
]);
export type QueueDeed = z.infer<typeof QueueDeed>;

/** One agreed entry of a day. Its place in the list is given by the agreement of the machines (`sync/raft`). */
export const QueueEntry = z.strictObject({
  /** Of the wish it answers: the same wish brought twice is one entry. */
  id: Ulid,
  day: CivilDate,
  /** Where the wish was made: a terminal, the hub, or null for a counter's browser. */
  machine: MachineId.nullable(),
  /** Who made it; null for a citizen or the machine itself. */
  account: z.string().min(1).max(64).nullable(),
  at: Instant,
  deed: QueueDeed,
});
export type QueueEntry = z.infer<typeof QueueEntry>;

/** Where a ticket stands. */
export type TicketState =
  | { kind: 'waiting' }
  | { kind: 'called'; window: number; at: string; times: number }
  | { kind: 'serving'; window: number; since: string }
  | { kind: 'suspended'; window: number; why: SuspendWhy; since: string }
  | { kind: 'missed'; at: string }
  | { kind: 'done'; window: number; at: string; serviceMs: number }
  | { kind: 'left'; why: 'holder' | 'staff' | 'closing'; at: string };

/**
 * @property issued the business that it was taken for, whose letter its number has
 * @property business where it waits now, after transfers
 * @property window the only one that may call it while that window is not closed, after a transfer or a return from suspension
 * @property since its place in line goes by it
 * @property calls how often it was called, calls again not counted
 * @property missed how often it did not come
 * @property serviceMs what its services so far took, before suspensions and transfers too
 * @property revision counts its entries: what a wish was based on
 */
export type Ticket = Omit<TicketIssue, 'business'> & {
  issued: string;
  business: string;
  window: number | null;
  since: string;
  calls: number;
  missed: number;
  serviceMs: number;
  notes: readonly string[];
  state: TicketState;
  revision: number;
  rated: boolean;
};

/**
 * @property businesses of a closed one, those that the site's rules or its arrangement give it
 * @property why of a pause; empty otherwise
 * @property ticket the one it has in hand: called or being served
 * @property since when that was called, or since when it is free; null while it is closed
 */
export type WindowState = { number: number; account: string | null; businesses: readonly string[]; state: 'closed' | 'open' | 'paused'; why: string; ticket: TicketId | null; since: string | null };

/** Why an entry or a wish does not hold. */
export type QueueRefusal =
  | { kind: 'unknown-ticket' }
  | { kind: 'unknown-window' }
  | { kind: 'unknown-business' }
  /** Somebody else has it: called elsewhere a moment ago, or already served. */
  | { kind: 'ticket-moved'; state: TicketState['kind'] }
  /** It was missed as often as the site's rule allows: its holder needs a new one. */
  | { kind: 'spent' }
  /** The window has a ticket in hand that must be finished, missed, transferred or suspended first. */
  | { kind: 'window-busy'; ticket: TicketId }
  /** Closed or paused. */
  | { kind: 'window-closed' }
  | { kind: 'not-at-this-window' }
  | { kind: 'nobody-waits' }
  /** The holder has a live ticket of this business. */
  | { kind: 'holds-one'; ticket: TicketId }
  /** Issued before, or lent to a machine. */
  | { kind: 'number-taken' }
  /** The machine has none left of what it was lent, or the day has none. */
  | { kind: 'numbers-used-up' }
  | { kind: 'rated-before' }
  /** Somebody else arranged meanwhile. */
  | { kind: 'arranged-before' }
  /** A window that is open, or paused, cannot be taken away. */
  | { kind: 'window-in-use'; window: number }
  /** The last number lies below the first, or a machine issues one that it was not lent. */
  | { kind: 'wrong-range' };
