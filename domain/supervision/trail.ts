import type { Action } from '../action/types.ts';
import type { Payload, PayloadOf } from '../action/payload.ts';
import { applyAction, foldCase, isClosed } from '../case/fold.ts';
import type { CaseState } from '../case/types.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Item } from '../item/types.ts';
import type { Outage } from './outages.ts';

/**
 * One action of a case with its two times, milliseconds since 1970. `at`: when it truly happened, by its evidence. `known`: when the hall had it. The hall is judged
 * by what it could know, so every rule counts from `known`; what lies between the two is nobody's but the way's.
 */
export type Deed = { action: Action; at: number; known: number };
export type DeedOf<Kind extends Payload['kind']> = Deed & { action: { payload: PayloadOf<Kind> } };

/** A case as supervision reads it: its applied actions in order, and the version of the item that it was made under. */
export type Trail = { item: Item; deeds: readonly Deed[] };

/** What supervision needs of the hall beside the log. `nameOf`: whose an account is; null when nobody's. */
export type World = { calendar: WorkingCalendar; outages: readonly Outage[]; nameOf(account: string): string | null };

/** How a case stood from `from` until `to`, after `deed`. `to` is Infinity while nothing has followed. */
export type Stretch = { state: CaseState; deed: Deed; from: number; to: number };

/**
 * A case's way, one stretch an action. What the hall has of an action that came before its forerunner was known it cannot have used, so `known` never goes back.
 * An action that the fold does not take changes nothing; a case without a hand-in has no way.
 */
export function stretchesOf({ deeds }: Trail): Stretch[] {
  const [first, ...rest] = deeds;
  const begun = first === undefined ? null : foldCase([first.action]);
  if (first === undefined || begun === null || !begun.ok) return [];
  const way: Stretch[] = [{ state: begun.value, deed: first, from: first.known, to: Infinity }];
  for (const deed of rest) {
    const before = way.at(-1);
    const next = before === undefined ? null : applyAction(before.state, deed.action);
    if (before === undefined || next === null || !next.ok) continue;
    before.to = Math.max(deed.known, before.from);
    way.push({ state: next.value, deed: { ...deed, known: before.to }, from: before.to, to: Infinity });
  }
  return way;
}

/** Where a case's time ends: the hall knew that it was closed. Infinity while it is open. */
export function endOfWay(way: readonly Stretch[]): number {
  return way.find(({ state }) => isClosed(state.stage))?.from ?? Infinity;
}

/** The deeds of a kind that the fold took. */
export function deedsOf<Kind extends Payload['kind']>(way: readonly Stretch[], kind: Kind): DeedOf<Kind>[] {
  return way.map(({ deed }) => deed).filter((deed): deed is DeedOf<Kind> => deed.action.payload.kind === kind);
}

/** The account that did it; null for a citizen or a machine. */
export function accountOf({ action: { actor } }: Deed): string | null {
  return actor.kind === 'staff' ? actor.account : null;
}
