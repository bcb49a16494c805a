import { HallCard, NO_PARCEL, ParcelMark } from '../../../domain/contracts/courier.ts';
import { HallKeys } from '../../../domain/contracts/hall.ts';
import { HALL_KEYS } from '../../cursors.ts';
import type { TerminalStore } from '../../terminal-store/types.ts';

/** What the terminal keeps about its courier: small values beside the sync's own. */
export const SENT = 'courier-sent';
export const TAKEN = 'courier-taken';
const CARD = 'courier-hall-card';

type Kept = Pick<TerminalStore, 'cursors'>;

/** The keys of the hall that this machine is bound to, by line or by stick; null before. */
export async function pinnedHall(store: Kept): Promise<HallKeys | null> {
  const keys = HallKeys.safeParse(await store.cursors.get(HALL_KEYS));
  return keys.success ? keys.data : null;
}

export async function pinHall(store: Kept, keys: HallKeys): Promise<void> {
  await store.cursors.set(HALL_KEYS, keys);
}

/** The hall whose card people have compared and taken; only for the first parcel of a machine that is bound to none. */
export async function cardOf(store: Kept): Promise<HallKeys | null> {
  const card = HallCard.safeParse(await store.cursors.get(CARD));
  return card.success ? card.data.keys : null;
}

export async function keepCard(store: Kept, card: HallCard): Promise<void> {
  await store.cursors.set(CARD, card);
}

export async function markOf(store: Kept, name: typeof SENT | typeof TAKEN): Promise<ParcelMark> {
  const mark = ParcelMark.safeParse(await store.cursors.get(name));
  return mark.success ? mark.data : NO_PARCEL;
}
