/**
 * What a machine of the site tells its counters and boards of the queue. No name is ever in it: a board shows numbers, and the queue holds nothing else.
 */
import { z } from 'zod';
import { Business, BusinessKey, Priority, SuspendWhy, TicketId, WindowNumber } from '../queue/types.ts';
import { Instant } from '../time.ts';

/** A ticket as a counter sees it. @property code `A001` @property why of a suspension @property revision what a wish about it is based on */
export const CounterTicket = z.strictObject({
  ticket: TicketId, code: z.string(), business: BusinessKey, state: z.enum(['waiting', 'called', 'serving', 'suspended', 'missed']), since: Instant, priority: Priority.nullable(),
  why: SuspendWhy.nullable(), calls: z.int(), notes: z.array(z.string()), revision: z.int(),
});
export type CounterTicket = z.infer<typeof CounterTicket>;

/**
 * @property inHand called or being served here
 * @property lines what this window serves, and how many wait there
 * @property next whom it would call now, and by which rule
 * @property aside suspended at this window, and whoever was missed and may come back to one of its lines
 */
export const CounterView = z.strictObject({
  window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), account: z.string().nullable(), why: z.string(), inHand: CounterTicket.nullable(),
  lines: z.array(z.strictObject({ business: BusinessKey, name: Business.shape.name, waiting: z.int() })),
  next: z.strictObject({ code: z.string(), why: z.enum(['returned', 'appointment', 'priority', 'longest', 'ordinary-turn']) }).nullable(), aside: z.array(CounterTicket),
});
export type CounterView = z.infer<typeof CounterView>;

/** What hangs over the windows. @property calls newest first: whoever has not come yet @property times how often it was called: one more is a call again */
export const BoardView = z.strictObject({
  calls: z.array(z.strictObject({ code: z.string(), window: WindowNumber, at: Instant, times: z.int() })),
  windows: z.array(z.strictObject({ window: WindowNumber, state: z.enum(['closed', 'open', 'paused']), code: z.string().nullable() })),
  lines: z.array(z.strictObject({ name: Business.shape.name, waiting: z.int() })),
});
export type BoardView = z.infer<typeof BoardView>;
