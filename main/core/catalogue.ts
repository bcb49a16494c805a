import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { DeviceStates } from '../../domain/contracts/devices.ts';
import type { ItemCard } from '../../domain/contracts/kiosk.ts';
import type { ItemReference } from '../../domain/action/types.ts';
import { availability, type RoomStanding } from '../../domain/item/availability.ts';
import { buildIndex, type ItemIndex, searchItems } from '../../domain/item/search.ts';
import type { Item } from '../../domain/item/types.ts';
import { checkBundle, type ItemFault } from '../../domain/item/validate.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import type { Room } from './room.ts';
import type { OffShelf } from './shelf.ts';

/** The items this machine knows, in force today, with whether each can be done here now. */
export type Catalogue = {
  find(query: string): Promise<ItemCard[]>;
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
  let index: ItemIndex = [];
  let loadedFor = '';

  /** Items come into force at midnight. */
  async function today(): Promise<readonly Item[]> {
    const date = civilDate(clock.now());
    if (loadedFor !== date) {
      inForce = await store.items.current(date);
      index = buildIndex(inForce);
      loadedFor = date;
    }
    return inForce;
  }

  return {
    reload() {
      loadedFor = '';
    },
    async find(query) {
      await today();
      const room = await options.room.standing();
      const off = await options.offShelf();
      const codes = query.trim() === '' ? inForce.map(({ code }) => code) : searchItems(index, query);
      return codes.flatMap((code) => {
        const item = inForce.find((candidate) => candidate.code === code);
        return item === undefined ? [] : [card(item, room, off(item.code))];
      });
    },
    current: async (code) => (await today()).find((item) => item.code === code) ?? null,
    version: ({ code, version }) => store.items.get(code, version),
  };

  function card(item: Item, room: RoomStanding, off: string | null): ItemCard {
    // The camera hangs on the window, which says by itself when it has none.
    const here = availability(item, options.devices(), { camera: true, online: options.online(), room, hasBlank: options.hasBlank, offShelf: off });
    return { code: item.code, name: item.name, summary: item.summary, office: item.body.name, handling: item.handling, promisedDays: item.promised.days, materials: item.materials.length, availability: here };
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
