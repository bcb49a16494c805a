import type { ContractRouterClient } from '@orpc/contract';
import type { siteRoadContract } from '../../domain/contracts/site.ts';
import type { Clock } from '../../domain/time.ts';
import { createSiteDays, type SiteDays, type SiteDaysEvent } from '../../sync/site-days/send.ts';

/** The site host answers out of memory, or out of one read of a day that is over; one that needs this long hangs, milliseconds. */
const ANSWER_MS = 8000;

/**
 * The days of this machine's site for the sync, out of the site host beside core. A host that is away, dies or hangs has no days for now: it must never hold the sync up, which carries hand-ins.
 * @param client the host's end as it is now; null: there is none
 */
export function siteDaysOfHost({ client, site, clock, log }: { client: () => Pick<ContractRouterClient<typeof siteRoadContract>, 'days' | 'entries'> | null; site: string; clock: Clock; log(event: SiteDaysEvent): void }): SiteDays {
  async function ask<Value>(call: Promise<Value> | undefined, nothing: Value): Promise<Value> {
    if (call === undefined) return nothing;
    const silent = new Promise<Value>((resolve) => {
      const cancel = clock.after(ANSWER_MS, () => resolve(nothing));
      call.then(cancel, cancel);
    });
    return Promise.race([call.catch(() => nothing), silent]);
  }
  return createSiteDays({
    site, log,
    source: {
      days: () => ask<readonly string[]>(client()?.days(), []),
      // Without rules the day is left for a later run.
      entries: (request) => ask(client()?.entries(request), { entries: [], rules: null, over: false }),
    },
  });
}
