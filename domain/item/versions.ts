import type { Item } from './types.ts';

/**
 * The version of an item that is in force on a day. A suspended or cancelled version answers too: the guide then says so.
 * A case never asks here: it stays with the version it was made under.
 * @param date civil date
 */
export function itemInForce(items: readonly Item[], code: string, date: string): Item | null {
  const inForce = items.filter((item) => item.code === code && item.effectiveFrom <= date && (item.effectiveTo === null || date <= item.effectiveTo));
  return inForce.reduce<Item | null>((newest, item) => (newest === null || item.version > newest.version ? item : newest), null);
}

/** What the list shows on a day: of each code the version in force, unless it is cancelled. In the order the items came. */
export function itemsInForce(items: readonly Item[], date: string): Item[] {
  return [...new Set(items.map(({ code }) => code))].flatMap((code) => {
    const item = itemInForce(items, code, date);
    return item === null || item.state === 'cancelled' ? [] : [item];
  });
}
