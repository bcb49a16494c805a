/** What a machine of the site answers to counters, boards, rating screens and phones. */
import { implement, ORPCError } from '@orpc/server';
import { siteContract, type SiteWishFailure } from '../../domain/contracts/site.ts';
import { settledArrangement, type SiteConfig, type SiteStaff } from '../../domain/contracts/site-config.ts';
import type { MachineId } from '../../domain/ids.ts';
import { inForce } from '../../domain/queue/arrangement.ts';
import type { QueueWish } from '../../domain/queue/decide.ts';
import { figuresOf } from '../../domain/queue/figures.ts';
import { type Queue, ticketOf, windowOf } from '../../domain/queue/state.ts';
import type { QueueEntry } from '../../domain/queue/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { SiteDays } from './days.ts';
import type { WishFailure } from './desk.ts';
import { createForecasts } from './forecasts.ts';
import { live, shared } from './live.ts';
import type { SiteLog } from './log.ts';
import { arrangementView, managerView } from './manager-view.ts';
import { positionView, ratingView } from './public-views.ts';
import type { Staff } from './staff.ts';
import { boardView, choiceView, codeOf, counterView } from './views.ts';

export type SiteContext = { token: string | null };
export type RoadParts = {
  site: string; hallName: string; /** The hall's address. */ hall: string | null; machine: MachineId; machines: readonly { machine: MachineId; page: string }[]; config: Pick<SiteConfig, 'rules' | 'hours' | 'staff' | 'alarms'>; days: SiteDays; /** The queue with what this machine has given and the others do not have yet. */ local(): Queue; staff: Staff; clock: Clock; log: SiteLog;
};

/** A manager reads the morning at leisure. */
const MANAGER_GAP = 1000;
/** Others' tickets come by the dozen; a clerk sees them a moment later. */
const COUNTER_GAP = 50;

export function createSiteRoad(parts: RoadParts) {
  const { days, staff, clock, config } = parts;
  const site = implement(siteContract).$context<SiteContext>();

  const forecasts = createForecasts(parts);
  const settled = settledArrangement(config);
  const board = shared(boardView);

  function signedIn({ token }: SiteContext): SiteStaff {
    const member = token === null ? null : staff.of(token);
    if (member === null) throw new ORPCError('UNAUTHORIZED');
    return member;
  }
  function manages(context: SiteContext): SiteStaff {
    const member = signedIn(context);
    if (member.role !== 'manager') throw new ORPCError('FORBIDDEN');
    return member;
  }
  function knownWindow(number: number): number {
    if (windowOf(days.queue.get(), number) === undefined) throw new ORPCError('NOT_FOUND');
    return number;
  }

  return site.router({
    about: site.about.handler(() => {
      const { rules, arranged } = days.queue.get();
      return {
        now: new Date(clock.now()).toISOString(), console: parts.hall === null ? null : new URL('/console/', parts.hall).href,
        site: parts.site, hallName: parts.hallName, machine: parts.machine, machines: [...parts.machines], day: days.day(), elderlyFrom: rules.elderlyFrom,
        businesses: rules.businesses.map(({ key, prefix, name }) => ({ key, prefix, name })), windows: rules.windows, arranged: arranged.version,
      };
    }),
    board: site.board.handler(({ signal }) => live(parts, signal, board)),
    rating: site.rating.handler(({ input, signal }) => {
      const window = knownWindow(input.window);
      return live(parts, signal, (queue, at) => ratingView(queue, window, at));
    }),
    rate: site.rate.handler(async ({ input: { id, window, ticket, level, tags } }) => {
      // Only the one that the screen asks about: whoever stands at it has just been served.
      if (ratingView(days.queue.get(), window, new Date(clock.now()).toISOString()).rate?.ticket !== ticket) return err({ kind: 'rated-before' });
      const answer = await days.wish({ kind: 'do', deed: { kind: 'rated', ticket, window, level, tags }, revision: null }, { id, machine: parts.machine, account: null, manager: false, windows: [] });
      return answer.ok ? ok(null) : err(failureOf(answer.error));
    }),
    // A number that this machine has just given, or gave while it heard nobody, is on its holder's phone before it is in the list.
    position: site.position.handler(({ input }) => ({ position: positionView(parts.local(), input.ticket, new Date(clock.now()).toISOString()) })),
    signIn: site.signIn.handler(async ({ input }) => {
      const answer = await staff.signIn(input.account, input.pin);
      if (!answer.ok) return answer;
      const { token, until, member: { account, name, role } } = answer.value;
      return ok({ token, until, account, name, role });
    }),
    choice: site.choice.handler(({ context, signal }) => {
      const { account, windows } = signedIn(context);
      return live(parts, signal, (queue) => choiceView(queue, account, windows), COUNTER_GAP);
    }),
    counter: site.counter.handler(({ input, context, signal }) => {
      signedIn(context);
      const window = knownWindow(input.window);
      return live(parts, signal, (queue, at) => {
        const view = counterView(queue, window, at);
        if (view === null) throw new ORPCError('NOT_FOUND');
        return view;
      }, COUNTER_GAP);
    }),
    wish: site.wish.handler(async ({ input: { id, wish }, context }): Promise<Result<{ entry: QueueEntry; code: string | null }, SiteWishFailure>> => {
      const { account, role, windows } = signedIn(context);
      const answer = await days.wish(wish, { id, machine: null, account, manager: role === 'manager', windows });
      if (!answer.ok) return err(failureOf(answer.error));
      note(parts.log, account, wish, answer.value);
      return ok({ entry: answer.value, code: codeIn(answer.value) });
    }),
    names: site.names.handler(({ context }) => {
      signedIn(context);
      return staff.names();
    }),
    manager: site.manager.handler(({ context, signal }) => {
      manages(context);
      return live(parts, signal, (queue, at) => managerView(queue, inForce(queue, settled).alarms, at), MANAGER_GAP);
    }),
    arrangement: site.arrangement.handler(({ context, signal }) => {
      manages(context);
      return live(parts, signal, (queue) => arrangementView(queue, settled, config.staff), COUNTER_GAP);
    }),
    forecast: site.forecast.handler(({ context }) => {
      manages(context);
      return forecasts();
    }),
    days: site.days.handler(({ context }) => {
      manages(context);
      return days.days();
    }),
    figures: site.figures.handler(({ input, context }) => {
      manages(context);
      const day = days.entries(input.day);
      return day === null ? err({ kind: 'unknown-day' as const }) : ok(figuresOf(day.rules, day.entries));
    }),
  });

  /** The number that the entry is about. This machine may not have heard yet what the leader has just agreed on; of a new ticket the entry says it itself. */
  function codeIn({ deed }: QueueEntry): string | null {
    const { rules } = days.queue.get();
    if (deed.kind === 'issued') return codeOf({ rules }, { issued: deed.issue.business, number: deed.issue.number });
    const ticket = 'ticket' in deed ? ticketOf(days.queue.get(), deed.ticket) : undefined;
    return ticket === undefined ? null : codeOf({ rules }, ticket);
  }
}

/** What a page is told; who leads is nothing to it. */
export function failureOf(error: WishFailure): SiteWishFailure {
  return error.kind === 'not-leading' ? { kind: 'not-leading' } : error;
}

/** What somebody may ask about afterwards. The list holds it too; the log is where a technician looks. */
function note(log: SiteLog, account: string, wish: QueueWish, { deed }: QueueEntry): void {
  if (deed.kind === 'prioritised') log({ event: 'site-deed', account, deed: 'prioritised', subject: deed.ticket });
  else if (wish.kind === 'enter-roll' && deed.kind === 'issued') log({ event: 'site-deed', account, deed: 'roll', subject: deed.issue.ticket });
  else if (deed.kind === 'arranged') log({ event: 'site-deed', account, deed: 'arranged', subject: String(deed.version) });
  else if (deed.kind === 'window-closed') log({ event: 'site-deed', account, deed: 'window-closed', subject: String(deed.window) });
}
