/** What core of the same terminal asks the site host. */
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { siteRoadContract, type TicketDesk } from '../../domain/contracts/site.ts';
import { ulid } from '../../domain/ids.ts';
import { err, ok } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isOpen, nextOpening } from './hours.ts';
import { live } from './live.ts';
import { deskView } from './public-views.ts';
import type { Site } from './site.ts';

export type TerminalPort = SupportedMessagePort & { start(): void };

/** Estimates cost some milliseconds, and a waiting citizen does not look twice a second. */
const DESK_GAP = 2000;
const MOST_ENTRIES = 500;

export function serveTerminal(port: TerminalPort, parts: { site: Pick<Site, 'days' | 'tickets' | 'machine' | 'hours'>; clock: Clock }): void {
  const { site: { days, tickets, machine, hours }, clock } = parts;
  const road = implement(siteRoadContract);
  const desk = (at: string, alone: boolean): TicketDesk => {
    const now = Date.parse(at);
    const next = nextOpening(hours(), now);
    return deskView(tickets.local(), at, { open: isOpen(hours(), now), next: next === null ? null : new Date(next).toISOString(), alone });
  };
  const handler = new RPCHandler(road.router({
    desk: road.desk.handler(async function* ({ signal }) {
      for await (const { view } of live({ days, clock }, signal, (_queue, at) => desk(at, days.agreement().kind === 'alone'), DESK_GAP)) yield view;
    }),
    take: road.take.handler(({ input }) => tickets.take(input)),
    leave: road.leave.handler(async ({ input: { ticket } }) => {
      const wish = { kind: 'do' as const, deed: { kind: 'left' as const, ticket, why: 'holder' as const }, revision: null };
      const answer = await days.wish(wish, { id: ulid(clock.now(), crypto.getRandomValues(new Uint8Array(10))), machine, account: null, manager: false, windows: [] });
      if (answer.ok) return ok(null);
      return err(answer.error.kind === 'not-leading' ? { kind: 'not-leading' as const } : answer.error);
    }),
    entries: road.entries.handler(({ input: { day, from } }) => {
      const known = days.entries(day);
      return { entries: known === null ? [] : known.entries.slice(from - 1, from - 1 + MOST_ENTRIES), over: known?.over ?? true, rules: known?.rules ?? null };
    }),
    days: road.days.handler(() => days.days()),
  }));
  handler.upgrade(port);
  port.start();
}
