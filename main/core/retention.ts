import { isClosed } from '../../domain/case/fold.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { LoggedAction, TerminalStore } from '../../sync/terminal-store/types.ts';
import { lastHeard } from '../../sync/transport/courier/state.ts';
import { knownState } from './cases.ts';
import { daily, type DailyParts } from './daily.ts';
import type { CoreLog } from './log.ts';

const DAY_MS = 24 * 3_600_000;
/** Between two cases the machine serves whoever came meanwhile: a purge is some milliseconds of disk. */
const PAUSE_MS = 20;

export type RetentionParts = DailyParts & { store: TerminalStore; keepDays: number; log: CoreLog };

/** Looks once a day for cases, and messages, that were closed long enough and purges them. The answer stops it. */
export function startRetention(parts: RetentionParts): () => void {
  const { store, clock, busy, log } = parts;
  return daily(parts, async (stopped) => {
    for (const id of (await store.log.cases()).toReversed()) {
      await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
      if (stopped() || busy()) return false;
      if (await purgeWhenOver(parts, id)) log({ event: 'case-purged', case: id });
    }
    const asOf = await lastHeard(store);
    if (asOf !== null) await store.letters.purge(new Date(Date.parse(asOf) - parts.keepDays * DAY_MS).toISOString());
    return true;
  });
}

/**
 * Purges a case that is closed since `keepDays`, whose actions the hall has all acknowledged and whose pages have arrived there. The days
 * are counted by the hall's clock, as the line or a stick last told it: this machine's may be years off. @returns whether it was purged
 */
export async function purgeWhenOver({ store, keepDays }: Pick<RetentionParts, 'store' | 'keepDays'>, id: CaseId): Promise<boolean> {
  const asOf = await lastHeard(store);
  const state = await knownState(store, id);
  if (asOf === null || state === null || !isClosed(state.stage)) return false;
  const newest = Math.max(...(await store.log.ofCase(id)).map(hallTimeOf));
  if (Date.parse(asOf) - newest < keepDays * DAY_MS) return false;
  return (await store.purgeCase(id)).ok;
}

/** When the hall made an action or received it; never, for one that it does not have. */
function hallTimeOf({ action, travel }: LoggedAction): number {
  switch (travel.kind) {
    case 'from-hall':
      return Date.parse(action.time.wall);
    case 'received':
      return Date.parse(travel.acknowledgement.receivedAt);
    default:
      return Number.POSITIVE_INFINITY;
  }
}
