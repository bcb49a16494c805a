import { MOST_DAYS, MOST_ENTRIES, type SiteDayPiece, type SiteDayStand } from '../../domain/contracts/site-days.ts';
import type { QueueEntry, QueueRules } from '../../domain/queue/types.ts';
import type { HallTransport, TransportFailure } from '../transport/types.ts';

/** Where the agreed lists are: the site host of this machine, or the hub itself. In the words of `siteRoadContract`. */
export type SiteDaysSource = {
  days(): Promise<readonly string[]>;
  /** From this place on, counted from 1, as many as it likes to answer at once, more than `MOST_ENTRIES` where there are more. `over`: it will have no others. `rules` null: it has no such day. */
  entries(request: { day: string; from: number }): Promise<{ entries: readonly QueueEntry[]; rules: QueueRules | null; over: boolean }>;
};

/** Ids and kinds only. `site-day-refused`: the hall has another list of this day, or knows this machine to stand elsewhere; people have to look. `site-day-not-taken`: not this time. */
export type SiteDaysEvent = { event: 'site-day-refused' | 'site-day-not-taken'; day: string; why: string };

export type SiteDaysSettings = { site: string; source: SiteDaysSource; log(event: SiteDaysEvent): void };

/** @property sent entries that the hall did not have @property failure the line is gone; what else went wrong is in the log, and comes again with a later run */
export type SiteDaysReport = { sent: number; failure: Extract<TransportFailure, { kind: 'unreachable' }> | null };

export type SiteDays = {
  /**
   * Brings the hall what it lacks of the site's days. Harmless at any moment, and from several machines of a site at once.
   * @param signal ends it in the middle of a request: something more urgent waits
   */
  send(transport: Pick<HallTransport, 'siteDays' | 'siteDay'>, signal: AbortSignal): Promise<SiteDaysReport>;
};

/** What is known of a day without asking anybody. `settled`: nothing more is to be brought, or nothing that the hall would take. */
type Known = { entries: number; settled: boolean };

/**
 * Remembers in memory alone what the hall has: after a start it is asked once. A day about which this machine has nothing new costs no request, so that a quiet minute is silent on the line.
 */
export function createSiteDays({ site, source, log }: SiteDaysSettings): SiteDays {
  const known = new Map<string, Known>();

  /** Days of which there is something that the hall may not have. */
  async function daysWithNews(): Promise<string[]> {
    const news: string[] = [];
    for (const day of await source.days()) {
      const before = known.get(day);
      if (before?.settled === true) continue;
      if (before === undefined || (await hasMore(day, before))) news.push(day);
    }
    return news;
  }

  async function hasMore(day: string, { entries: had }: Known): Promise<boolean> {
    const { entries, over } = await source.entries({ day, from: had + 1 });
    return entries.length > 0 || over;
  }

  /** @returns null when the day is as far as it can come now; else why all ends here */
  async function bring(transport: Pick<HallTransport, 'siteDay'>, stand: SiteDayStand, signal: AbortSignal, report: SiteDaysReport): Promise<'stop' | null> {
    const { day } = stand;
    let { entries: has, rules: knowsRules } = stand;
    let most = MOST_ENTRIES;
    for (;;) {
      if (signal.aborted) return 'stop';
      const { entries, rules, over } = await source.entries({ day, from: has + 1 });
      if (rules === null) {
        known.set(day, { entries: has, settled: over });
        return null;
      }
      const piece = entries.slice(0, most);
      // A source answers more than a piece holds, so one that holds all of the answer is the last.
      const ends = over && piece.length === entries.length;
      if (piece.length === 0 && !(ends && !stand.over)) {
        known.set(day, { entries: has, settled: ends && stand.over });
        return null;
      }
      const answer = await transport.siteDay({ site, day, rules: knowsRules ? null : rules, from: has + 1, entries: [...piece] satisfies SiteDayPiece['entries'], over: ends }, { signal });
      if (signal.aborted) return 'stop';
      if (!answer.ok) {
        if (answer.error.kind === 'too-large' && most > 1) {
          most = Math.ceil(most / 2);
          continue;
        }
        failed(answer.error, day, report);
        return answer.error.kind === 'unreachable' ? 'stop' : null;
      }
      if (answer.value === 'not-spoken') return 'stop';
      if (!answer.value.ok) {
        const { error } = answer.value;
        // The hall was put back to a copy: from where it stands now.
        if (error.kind === 'gap' && error.entries < has) {
          [has, knowsRules] = [error.entries, false];
          continue;
        }
        log({ event: 'site-day-refused', day, why: error.kind });
        known.set(day, { entries: has, settled: true });
        return null;
      }
      report.sent += piece.length;
      knowsRules = true;
      has = Math.max(has + piece.length, answer.value.value.entries);
      known.set(day, { entries: has, settled: ends });
      if (ends) return null;
    }
  }

  function failed(failure: TransportFailure, day: string, report: SiteDaysReport): void {
    if (failure.kind === 'unreachable') report.failure = failure;
    log({ event: 'site-day-not-taken', day, why: failure.kind });
  }

  return {
    async send(transport, signal) {
      const report: SiteDaysReport = { sent: 0, failure: null };
      const days = await daysWithNews();
      if (days.length === 0 || signal.aborted) return report;
      const answer = await transport.siteDays({ site, days: days.slice(-MOST_DAYS) }, { signal });
      if (signal.aborted) return report;
      if (!answer.ok) {
        failed(answer.error, days.at(-1) ?? '', report);
        return report;
      }
      if (answer.value === 'not-spoken') return report;
      for (const stand of answer.value) if ((await bring(transport, stand, signal, report)) === 'stop') break;
      return report;
    },
  };
}
