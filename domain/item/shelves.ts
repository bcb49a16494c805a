import type { Shelf, Shelves } from '../contracts/kiosk.ts';
import type { Item } from './types.ts';

/** Where an item stands for somebody who has no word for it: its life events, its office, and whom it is for. */
export function isOnShelf(item: Item, { by, name }: Shelf): boolean {
  return namesOf(item, by).includes(name);
}

/** How many items each shelf holds, fullest first; of equals the one that came first. An item may stand on several shelves of one kind. */
export function shelvesOf(items: readonly Item[]): Shelves {
  const counted = (by: Shelf['by']) => {
    const counts = new Map<string, number>();
    for (const item of items) for (const name of new Set(namesOf(item, by))) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].map(([name, count]) => ({ name, count })).sort((left, right) => right.count - left.count);
  };
  return { all: items.length, topic: counted('topic'), office: counted('office'), audience: counted('audience') };
}

function namesOf(item: Item, by: Shelf['by']): readonly string[] {
  switch (by) {
    case 'topic':
      return [...item.topics, ...(item.corporateTopics ?? [])];
    case 'office':
      return [item.body.name];
    case 'audience':
      return item.audience;
  }
}
