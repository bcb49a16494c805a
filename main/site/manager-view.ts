/** The morning as the manager of the hall sees it. */
import type { ArrangementView, ManagerView } from '../../domain/contracts/site.ts';
import { estimateNew } from '../../domain/queue/estimate.ts';
import { type Queue, ticketOf } from '../../domain/queue/state.ts';
import { valuesOf } from '../../domain/queue/trie.ts';
import type { Arrangement, SiteAlarms } from '../../domain/queue/types.ts';
import { waitOf } from './public-views.ts';
import { codeOf } from './views.ts';

const MINUTE = 60_000;

export function managerView(queue: Queue, alarms: SiteAlarms, at: string): ManagerView {
  const now = Date.parse(at);
  const minutes = (since: string) => Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE));
  const served = new Map<number, number>();
  const counts = { taken: 0, served: 0, waiting: 0, left: 0 };
  for (const { state } of valuesOf(queue.tickets)) {
    counts.taken += 1;
    if (state.kind === 'waiting') counts.waiting += 1;
    else if (state.kind === 'left') counts.left += 1;
    else if (state.kind === 'done') {
      counts.served += 1;
      served.set(state.window, (served.get(state.window) ?? 0) + 1);
    }
  }
  const lines = queue.rules.businesses.map(({ key, name }) => {
    const line = queue.lines[key] ?? [];
    const [first] = line;
    return {
      business: key, name, waiting: line.length, longest: first === undefined ? null : minutes(first.since), wait: waitOf(estimateNew(queue, key, null, at)) ?? { ahead: 0, least: null, most: null },
      windows: queue.windows.filter(({ state, businesses }) => state !== 'closed' && businesses.includes(key)).length,
    };
  });
  return {
    at, lines, ...counts,
    windows: queue.windows.map(({ number, state, account, why, since, ticket }) => {
      const inHand = ticket === null ? undefined : ticketOf(queue, ticket);
      return { window: number, state, account, why, since, code: inHand === undefined ? null : codeOf(queue, inHand), served: served.get(number) ?? 0 };
    }),
    alarms: lines.flatMap(({ business, waiting, longest, windows }): ManagerView['alarms'] => {
      const [first] = queue.lines[business] ?? [];
      return [
        ...(first !== undefined && longest !== null && longest >= alarms.waitMinutes ? [{ kind: 'waits-long' as const, business, code: codeOf(queue, first), minutes: longest }] : []),
        ...(waiting >= alarms.waiting ? [{ kind: 'long-line' as const, business, waiting }] : []),
        ...(waiting > 0 && windows === 0 ? [{ kind: 'nobody-serves' as const, business, waiting }] : []),
      ];
    }),
  };
}

/** @param settled the settings in the form of an arrangement @param staff of the settings */
export function arrangementView({ arranged, began, rules, windows }: Queue, settled: Arrangement, staff: ArrangementView['staff']): ArrangementView {
  return {
    ...arranged, settings: { ...settled, windows: began.windows }, businesses: rules.businesses.map(({ key, prefix, name }) => ({ key, prefix, name })), staff: staff.map(({ account, name }) => ({ account, name })),
    inUse: windows.flatMap(({ number, state, account }) => (state === 'closed' || account === null ? [] : [{ window: number, account }])),
  };
}
