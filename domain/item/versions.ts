import type { Item } from './types.ts';

/**
 * The version of an item that is in force on a day: the newest that has begun, unless its last day is over; the versions before it are over with its
 * first day. A suspended or cancelled version answers too: the guide then says so. A case never asks here: it stays with the version it was made under.
 * @param date civil date
 */
export function itemInForce(items: readonly Item[], code: string, date: string): Item | null {
  const begun = items.filter((item) => item.code === code && item.effectiveFrom <= date);
  const newest = begun.reduce<Item | null>((before, item) => (before === null || item.version > before.version ? item : before), null);
  return newest === null || (newest.effectiveTo !== null && newest.effectiveTo < date) ? null : newest;
}

/** What the list shows on a day: of each code the version in force, unless it is cancelled. In the order the items came. */
export function itemsInForce(items: readonly Item[], date: string): Item[] {
  return [...new Set(items.map(({ code }) => code))].flatMap((code) => {
    const item = itemInForce(items, code, date);
    return item === null || item.state === 'cancelled' ? [] : [item];
  });
}
