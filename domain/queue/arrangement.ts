/**
 * 安排: what a manager of the site sets in place of its settings, windows, hours, who may open which window, and what is warned of. It holds from its entry on, and from day to day: each day's list begins
 * with the settings, and the machines carry the newest arrangement they know into it (`main/site/carry.ts`).
 */
import { err, ok, type Result } from '../result.ts';
import { closedWindow, type Queue } from './state.ts';
import type { Arrangement, QueueRefusal, QueueRules, WindowState } from './types.ts';

/** The queue under another arrangement. The version must be above the one that holds, so that of two that were made at once one is refused, and an older one never comes back. */
export function arrange(queue: Queue, arranged: Queue['arranged']): Result<Queue, QueueRefusal> {
  const { version, arrangement } = arranged;
  if (version <= queue.arranged.version) return err({ kind: 'arranged-before' });
  const windows = arrangement?.windows ?? queue.began.windows;
  if (windows.some(({ businesses }) => businesses.some((business) => queue.numbers[business] === undefined))) return err({ kind: 'unknown-business' });
  const has = (number: number) => windows.some((window) => window.number === number);
  if (arrangement?.assigned.some((one) => !one.windows.every(has)) === true) return err({ kind: 'unknown-window' });
  // One that is closed has nobody in hand; whoever was bound to it is called by any window of the business, as behind every closed one.
  const inUse = queue.windows.find(({ number, state }) => state !== 'closed' && !has(number));
  if (inUse !== undefined) return err({ kind: 'window-in-use', window: inUse.number });
  return ok({ ...queue, arranged, rules: { ...queue.rules, windows }, windows: windows.map(({ number, businesses }) => windowUnder(queue, number, businesses)) });
}

/** An open window goes on with its businesses, which its clerk may have chosen, unless they were what was changed: then with the new ones at once. */
function windowUnder({ rules, windows }: Queue, number: number, businesses: readonly string[]): WindowState {
  const window = windows.find((one) => one.number === number);
  if (window === undefined || window.state === 'closed') return closedWindow(number, businesses);
  const before = rules.windows.find((one) => one.number === number)?.businesses ?? [];
  return isSame(before, businesses) ? window : { ...window, businesses };
}

/** @param settings in the form of an arrangement; their windows are those that the day began with */
export function inForce({ arranged, began }: Pick<Queue, 'arranged' | 'began'>, settings: Arrangement): Arrangement {
  return arranged.arrangement ?? { ...settings, windows: began.windows };
}

/** Windows that an account may open, of those that there are. @param settled those that the settings give it; none: any */
export function windowsToOpen(queue: Pick<Queue, 'arranged' | 'windows'>, account: string, settled: readonly number[]): number[] {
  const assigned = queue.arranged.arrangement?.assigned.find((one) => one.account === account)?.windows ?? settled;
  const all = queue.windows.map(({ number }) => number);
  return assigned.length === 0 ? all : all.filter((number) => assigned.includes(number));
}

/**
 * What stays of an arrangement on a day whose settings have other businesses. A window that is left with none is not there, and whoever was left without a window has those of the settings.
 * @returns null: nothing stays, so it is as in the settings
 */
export function fittedTo({ businesses: known }: QueueRules, arrangement: Arrangement | null): Arrangement | null {
  if (arrangement === null) return null;
  const keys = new Set(known.map(({ key }) => key));
  const windows = arrangement.windows.map(({ number, businesses }) => ({ number, businesses: businesses.filter((business) => keys.has(business)) })).filter(({ businesses }) => businesses.length > 0);
  const numbers = new Set(windows.map(({ number }) => number));
  const assigned = arrangement.assigned.map(({ account, windows: own }) => ({ account, none: own.length === 0, windows: own.filter((number) => numbers.has(number)) }));
  return windows.length === 0 ? null : { ...arrangement, windows, assigned: assigned.filter((one) => one.none || one.windows.length > 0).map(({ account, windows: own }) => ({ account, windows: own })) };
}

/** Whether two lists name the same, in whatever order. */
export function isSame<Value>(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value) => other.includes(value));
}
