import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { DeviceStates } from '../../domain/contracts/devices.ts';
import type { FoundItems, ItemCard, ListView, Shelf, Shelves } from '../../domain/contracts/kiosk.ts';
import type { ItemReference } from '../../domain/action/types.ts';
import { availability, type RoomStanding } from '../../domain/item/availability.ts';
import { buildIndex, type ItemIndex, searchClose, searchItems } from '../../domain/item/search.ts';
import { type ListName, openList } from '../../domain/item/lists.ts';
import { materialCounts } from '../../domain/item/situation.ts';
import { isOnShelf, shelvesOf } from '../../domain/item/shelves.ts';
import type { Item } from '../../domain/item/types.ts';
import { checkBundle, type ItemFault } from '../../domain/item/validate.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import type { Room } from './room.ts';
import type { OffShelf } from './shelf.ts';

/** More than this nobody looks through; what is looked for then needs another word, or another shelf. */
export const MOST_CARDS = 60;

/** The items this machine knows, in force today, with whether each can be done here now. */
export type Catalogue = {
  /** What matches, or where nothing does, what nearly does; an empty query gives all, `shelf` only those that stand on it. */
  find(query: string, shelf: Shelf | null): Promise<FoundItems>;
  shelves(): Promise<Shelves>;
  list(name: ListName): Promise<ListView>;
  /** One item as a list shows it; null when it is not in force. */
  card(code: string): Promise<ItemCard | null>;
  /** The version in force today. */
  current(code: string): Promise<Item | null>;
  /** A version by name, in force or not: cases keep theirs. */
  version(reference: ItemReference): Promise<Item | null>;
  /** Reads the store again after the hall sent items. */
  reload(): void;
};

export function createCatalogue(options: { store: TerminalStore; clock: Clock; devices(): DeviceStates; online(): boolean; room: Room; hasBlank(template: string): boolean; offShelf: OffShelf }): Catalogue {
  const { store, clock } = options;
  let inForce: readonly Item[] = [];
  let byCode: ReadonlyMap<string, Item> = new Map();
  let index: ItemIndex = buildIndex([]);
  let counts: ReadonlyMap<string, ItemCard['materials']> = new Map();
  let shelves: Shelves = shelvesOf([]);
  let loadedFor = '';

  /** Items come into force at midnight. */
  async function today(): Promise<readonly Item[]> {
    const date = civilDate(clock.now());
    if (loadedFor !== date) {
      inForce = await store.items.current(date);
      byCode = new Map(inForce.map((item) => [item.code, item]));
      index = buildIndex(inForce);
      counts = new Map(inForce.map((item) => [item.code, materialCounts(item)]));
      shelves = shelvesOf(inForce);
      loadedFor = date;
    }
    return inForce;
  }

  return {
    reload() {
      loadedFor = '';
    },
    async find(query, shelf) {
      await today();
      const matching = searchItems(index, query);
      const codes = matching.length > 0 ? matching : searchClose(index, query);
      const items = codes.flatMap((code) => byCode.get(code) ?? []).filter((item) => shelf === null || isOnShelf(item, shelf));
      const room = await options.room.standing();
      const off = await options.offShelf();
      return { cards: items.slice(0, MOST_CARDS).map((item) => card(item, room, off(item.code))), total: items.length, close: matching.length === 0 && items.length > 0 };
    },
    async shelves() {
      await today();
      return shelves;
    },
    async list(name) {
      const { title, about, columns, rows } = openList(name, await today(), civilDate(clock.now()));
      return { title, about, columns: [...columns], total: rows.length, rows: rows.slice(0, MOST_CARDS).map(({ code, cells }) => ({ code, cells: [...cells] })) };
    },
    async card(code) {
      await today();
      const item = byCode.get(code);
      return item === undefined ? null : card(item, await options.room.standing(), (await options.offShelf())(code));
    },
    async current(code) {
      await today();
      return byCode.get(code) ?? null;
    },
    version: ({ code, version }) => store.items.get(code, version),
  };

  function card(item: Item, room: RoomStanding, off: string | null): ItemCard {
    // The camera hangs on the window, which says by itself when it has none.
    const here = availability(item, options.devices(), { camera: true, online: options.online(), room, hasBlank: options.hasBlank, offShelf: off });
    return { code: item.code, name: item.name, summary: item.summary, office: item.body.name, handling: item.handling, promisedDays: item.promised.days, materials: counts.get(item.code) ?? materialCounts(item), availability: here };
  }
}

/** Reads the items of a pack folder, for a machine that has not heard from its hall yet. */
export function readPack(folder: string): Result<Item[], { kind: 'no-pack' } | { kind: 'item-faults'; faults: ItemFault[] }> {
  let candidates: unknown[];
  try {
    candidates = readdirSync(join(folder, 'items')).filter((name) => name.endsWith('.json')).sort().map((name) => JSON.parse(readFileSync(join(folder, 'items', name), 'utf8')) as unknown);
  } catch {
    return err({ kind: 'no-pack' });
  }
  const checked = checkBundle(candidates);
  return checked.ok ? ok(checked.value) : err(checked.error);
}
