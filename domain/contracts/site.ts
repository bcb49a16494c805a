/**
 * What a machine of the site tells its counters, boards, rating screens and phones of the queue, over HTTP on the site's network. No name of a citizen is ever in it: a board shows numbers, and the queue
 * holds nothing else. Any machine takes any wish and brings it to the one that leads. A page that hears nothing from its machine goes on with the next of `about.machines`, and brings the same wish there.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { MachineId, Ulid } from '../ids.ts';
import { QueueWish } from '../queue/decide.ts';
import { Arrangement, Business, BusinessKey, Priority, QueueEntry, QueueRules, SuspendWhy, TicketId, TicketIssue, WindowNumber } from '../queue/types.ts';
import { CivilDate, Instant } from '../time.ts';
import { kind, resultOf } from './result-schema.ts';
import { SiteStaff } from './site-config.ts';

const State = z.enum(['waiting', 'called', 'serving', 'suspended', 'missed', 'done', 'left']);

/** A ticket as a counter sees it. @property code `A001` @property why of a suspension @property revision what a wish about it is based on @property case prepared at a terminal */
export const CounterTicket = z.strictObject({
  ticket: TicketId, code: z.string(), business: BusinessKey, state: State.extract(['waiting', 'called', 'serving', 'suspended', 'missed']), since: Instant, priority: Priority.nullable(),
  why: SuspendWhy.nullable(), calls: z.int(), notes: z.array(z.string()), revision: z.int(), way: TicketIssue.shape.way, taken: Instant, case: TicketIssue.shape.case,
});
export type CounterTicket = z.infer<typeof CounterTicket>;

/**
 * @property inHand called or being served here
 * @property lines what this window serves, and how many wait there
 * @property next whom it would call now, and by which rule
 * @property aside suspended at this window, and whoever was missed and may come back to one of its lines
 * @property waiting the first of those who wait for this window, in its businesses' order of waiting; at most 50
 * @property arranged version of the arrangement that holds: `about` says more of it
 */
export const CounterView = z.strictObject({
  window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), account: z.string().nullable(), why: z.string(), inHand: CounterTicket.nullable(),
  lines: z.array(z.strictObject({ business: BusinessKey, name: Business.shape.name, waiting: z.int() })),
  next: z.strictObject({ code: z.string(), why: z.enum(['returned', 'appointment', 'priority', 'longest', 'ordinary-turn']) }).nullable(), aside: z.array(CounterTicket), waiting: z.array(CounterTicket),
  arranged: z.int(),
});
export type CounterView = z.infer<typeof CounterView>;

/** The windows that somebody may open. @property account whose it is now @property businesses of a closed one, those that it has by arrangement or settings */
export const ChoiceView = z.strictObject({ windows: z.array(z.strictObject({ window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), account: z.string().nullable(), businesses: z.array(BusinessKey) })) });
export type ChoiceView = z.infer<typeof ChoiceView>;

/** What hangs over the windows. @property calls newest first: whoever has not come yet @property times how often it was called: one more is a call again */
export const BoardView = z.strictObject({
  calls: z.array(z.strictObject({ code: z.string(), window: WindowNumber, at: Instant, times: z.int() })),
  windows: z.array(z.strictObject({ window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), code: z.string().nullable(), businesses: z.array(Business.shape.name) })),
  lines: z.array(z.strictObject({ name: Business.shape.name, waiting: z.int() })),
});
export type BoardView = z.infer<typeof BoardView>;

/** The screen before a window. @property rate the ticket that was finished there lately and not rated; null: nobody is asked */
export const RatingView = z.strictObject({ window: WindowNumber, rate: z.strictObject({ ticket: TicketId, code: z.string() }).nullable() });
export type RatingView = z.infer<typeof RatingView>;

/** Minutes, as they are told to people; null: nobody can say, no window serves the business. */
export const Wait = z.strictObject({ ahead: z.int(), least: z.int().nullable(), most: z.int().nullable() });
export type Wait = z.infer<typeof Wait>;

/** What the holder sees on a phone. @property spent it was missed as often as the rule allows */
export const PositionView = z.strictObject({ code: z.string(), business: Business.shape.name, state: State, window: WindowNumber.nullable(), wait: Wait.nullable(), spent: z.boolean(), at: Instant });
export type PositionView = z.infer<typeof PositionView>;

/** The morning as the manager sees it. @property longest who waits longest in the line, minutes @property last calls of the last hour */
export const ManagerView = z.strictObject({
  at: Instant,
  lines: z.array(z.strictObject({ business: BusinessKey, name: Business.shape.name, waiting: z.int(), longest: z.int().nullable(), wait: Wait, windows: z.int() })),
  windows: z.array(z.strictObject({ window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), account: z.string().nullable(), why: z.string(), since: Instant.nullable(), code: z.string().nullable(), served: z.int() })),
  alarms: z.array(z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('waits-long'), business: BusinessKey, code: z.string(), minutes: z.int() }),
    z.strictObject({ kind: z.literal('long-line'), business: BusinessKey, waiting: z.int() }),
    /** People wait and no open window serves them. */
    z.strictObject({ kind: z.literal('nobody-serves'), business: BusinessKey, waiting: z.int() }),
  ])),
  taken: z.int(), served: z.int(), waiting: z.int(), left: z.int(),
});
export type ManagerView = z.infer<typeof ManagerView>;

/**
 * 安排, as the manager reads and changes it.
 * @property version of what holds; 0: nobody has arranged anything @property arrangement that holds; null: as in the settings @property settings in the form of an arrangement
 * @property account who arranged it; null: nobody has, or it was carried over from an earlier day
 * @property inUse windows that cannot be taken away, and whose they are
 */
export const ArrangementView = z.strictObject({
  version: z.int(), arrangement: Arrangement.nullable(), settings: Arrangement, account: z.string().nullable(), at: Instant.nullable(), inUse: z.array(z.strictObject({ window: WindowNumber, account: z.string() })),
  businesses: z.array(Business.pick({ key: true, prefix: true, name: true })), staff: z.array(SiteStaff.pick({ account: true, name: true })),
});
export type ArrangementView = z.infer<typeof ArrangementView>;

/** How the machines stand to each other. `alone`: no majority; numbers are given, nobody is called. */
export const Agreement = z.strictObject({ kind: z.enum(['agreed', 'alone']), leader: MachineId.nullable() });

/** Every line is told at once when it begins, and something at least every `HEARTBEAT_MS`. */
export const HEARTBEAT_MS = 5000;
/** `at`: the machine's clock, which people read the time of the last update by. */
const told = <View extends z.ZodType>(view: View) => eventIterator(z.strictObject({ view, at: Instant, agreement: Agreement }));

const QueueRefusalShape = z.discriminatedUnion('kind', [
  kind('unknown-ticket'), kind('unknown-window'), kind('unknown-business'), z.strictObject({ kind: z.literal('ticket-moved'), state: State }), kind('spent'), z.strictObject({ kind: z.literal('window-busy'), ticket: TicketId }),
  kind('window-closed'), kind('not-at-this-window'), kind('nobody-waits'), z.strictObject({ kind: z.literal('holds-one'), ticket: TicketId }), kind('number-taken'), kind('numbers-used-up'), kind('rated-before'), kind('wrong-range'), kind('arranged-before'), z.strictObject({ kind: z.literal('window-in-use'), window: WindowNumber }),
  /** The machines do not agree now: nobody is called until they do. The same wish is brought again. */
  kind('not-leading'), kind('unsure'),
  kind('not-allowed'),
]);
export type SiteWishFailure = z.infer<typeof QueueRefusalShape>;
/** The entry that does what was wished. `code` of the ticket it is about; null for one about a window. */
const Granted = z.strictObject({ entry: QueueEntry, code: z.string().nullable() });

const window = z.strictObject({ window: z.coerce.number().pipe(WindowNumber) });

/** What a site is, as one of its machines has it today. */
export const SiteAbout = z.strictObject({
  /** The machine's clock. */
  now: Instant,
  /** The hall's console, in which a counter opens a case; null: this machine knows no hall. */
  console: z.url().nullable(),
  site: z.string(), hallName: z.string(), machine: MachineId, machines: z.array(z.strictObject({ machine: MachineId, page: z.url() })), day: CivilDate, elderlyFrom: z.int(),
  businesses: z.array(Business.pick({ key: true, prefix: true, name: true })), windows: z.array(z.strictObject({ number: WindowNumber, businesses: z.array(BusinessKey) })),
  /** Version of the arrangement that the windows are of. */
  arranged: z.int(),
});
export type SiteAbout = z.infer<typeof SiteAbout>;

/** Everyone on the site's network may ask these. */
export const openSiteContract = {
  about: oc.route({ method: 'GET', path: '/about' }).output(SiteAbout),
  board: oc.route({ method: 'GET', path: '/board' }).output(told(BoardView)),
  rating: oc.route({ method: 'GET', path: '/rating/{window}' }).input(window).output(told(RatingView)),
  /** Once, for the ticket that the window's screen asks about. */
  rate: oc.route({ method: 'POST', path: '/rating/{window}' }).input(window.extend({ id: Ulid, ticket: TicketId, level: z.int().min(1).max(5), tags: z.array(z.string().regex(/^\d{3}$/)).max(8) })).output(resultOf(z.null(), QueueRefusalShape)),
  /** By the id on the paper, which nobody can guess. null: no ticket of today. */
  position: oc.route({ method: 'GET', path: '/tickets/{ticket}' }).input(z.strictObject({ ticket: TicketId })).output(z.strictObject({ position: PositionView.nullable() })),
  signIn: oc.route({ method: 'POST', path: '/sign-in' }).input(z.strictObject({ account: z.string().max(64), pin: z.string().max(64) })).output(resultOf(
    z.strictObject({ token: z.string(), until: Instant, account: z.string(), name: z.string(), role: SiteStaff.shape.role }),
    /** `wrong`: account or PIN. `too-many`: wait a quarter of an hour. */
    z.discriminatedUnion('kind', [kind('wrong'), kind('too-many')]),
  )),
};

/** With a token of `signIn` as `authorization: Bearer …`; without a right one 401. Any machine of the site knows it. */
export const counterContract = {
  choice: oc.route({ method: 'GET', path: '/choice' }).output(told(ChoiceView)),
  counter: oc.route({ method: 'GET', path: '/counters/{window}' }).input(window).output(told(CounterView)),
  wish: oc.route({ method: 'POST', path: '/wishes' }).input(z.strictObject({ id: Ulid, wish: QueueWish })).output(resultOf(Granted, QueueRefusalShape)),
  names: oc.route({ method: 'GET', path: '/staff' }).output(z.record(z.string(), z.string())),
};

/** Times in milliseconds, as `domain/queue/figures.ts` says them. */
const Spread = z.strictObject({ count: z.int(), mean: z.number(), median: z.number(), p90: z.number() }).nullable();
export const QueueFigures = z.strictObject({
  taken: z.int(), ways: z.record(z.string(), z.int()), served: z.int(), missed: z.int(), left: z.int(), abandoned: z.int(), waiting: Spread, walking: Spread, service: Spread, withoutTicket: z.int(), kioskShare: z.number().nullable(),
});

/** As `domain/queue/forecast.ts` says it. */
export const QueueForecast = z.strictObject({
  days: z.int(), sameWeekday: z.boolean(),
  businesses: z.array(z.strictObject({ business: BusinessKey, hours: z.array(z.strictObject({ hour: z.int(), comes: z.number(), windows: z.int() })) })),
});
export type QueueForecast = z.infer<typeof QueueForecast>;

/** A manager's. 403 for a clerk. */
export const managerContract = {
  manager: oc.route({ method: 'GET', path: '/manager' }).output(told(ManagerView)),
  forecast: oc.route({ method: 'GET', path: '/forecast' }).output(QueueForecast),
  arrangement: oc.route({ method: 'GET', path: '/arrangement' }).output(told(ArrangementView)),
  days: oc.route({ method: 'GET', path: '/days' }).output(z.array(CivilDate)),
  figures: oc.route({ method: 'GET', path: '/days/{day}/figures' }).input(z.strictObject({ day: CivilDate })).output(resultOf(
    z.strictObject({ whole: QueueFigures, businesses: z.record(z.string(), QueueFigures), windows: z.record(z.string(), QueueFigures), accounts: z.record(z.string(), QueueFigures), hours: z.record(z.string(), QueueFigures) }),
    kind('unknown-day'),
  )),
};

export const siteContract = { ...openSiteContract, ...counterContract, ...managerContract };

/** What the terminal tells its citizen of the queue. @property open tickets are given now @property next when they are given again, for people; null: they are, or nobody knows */
export const TicketDesk = z.strictObject({
  open: z.boolean(), next: Instant.nullable(), alone: z.boolean(), elderlyFrom: z.int(),
  lines: z.array(z.strictObject({ business: BusinessKey, name: Business.shape.name, items: z.array(z.string()), waiting: z.int(), wait: Wait, windows: z.array(WindowNumber) })),
});
export type TicketDesk = z.infer<typeof TicketDesk>;

/** @property position address of the page on which a phone sees where it stands; null: no such page @property alone it was given while this machine was cut off; it counts all the same @property appointment the slot that its holder had booked */
export const TicketPaper = z.strictObject({
  ticket: TicketId, code: z.string(), business: Business.shape.name, at: Instant, wait: Wait.nullable(), windows: z.array(WindowNumber), position: z.url().nullable(), alone: z.boolean(),
  appointment: z.strictObject({ from: Instant, until: Instant }).nullable(),
});
export type TicketPaper = z.infer<typeof TicketPaper>;

/** The road from core to the site host of the same terminal. */
export const siteRoadContract = {
  desk: oc.output(eventIterator(TicketDesk)),
  /** Issued here and now, out of the numbers that this machine was lent, and saved before it is answered: it holds from then on, with or without a network. Asked again with the same id: the same ticket. */
  take: oc.input(TicketIssue.pick({ ticket: true, business: true, holder: true, priority: true, appointment: true, case: true }).extend({ way: TicketIssue.shape.way.extract(['card', 'phone', 'appointment']) })).output(resultOf(
    TicketPaper,
    z.discriminatedUnion('kind', [kind('unknown-business'), kind('closed'), kind('no-numbers'), z.strictObject({ kind: z.literal('holds-one'), paper: TicketPaper }), kind('disk-full')]),
  )),
  /** Its holder goes. */
  leave: oc.input(z.strictObject({ ticket: TicketId })).output(resultOf(z.null(), QueueRefusalShape)),
  /** Agreed entries of a day in their order, from this one on (1 the first); at most 500. `over`: no more will come. `rules` that they are read by; null: this machine has no such day. */
  entries: oc.input(z.strictObject({ day: CivilDate, from: z.int().min(1) })).output(z.strictObject({ entries: z.array(QueueEntry), over: z.boolean(), rules: QueueRules.nullable() })),
  days: oc.output(z.array(CivilDate)),
};
