import { HallCard, NO_PARCEL, ParcelMark } from '../../../domain/contracts/courier.ts';
import { HallKeys } from '../../../domain/contracts/hall.ts';
import { HALL_KEYS } from '../../cursors.ts';
import { Instant } from '../../../domain/time.ts';
import type { TerminalStore } from '../../terminal-store/types.ts';

/** What the terminal keeps about its courier: small values beside the sync's own. */
export const SENT = 'courier-sent';
export const TAKEN = 'courier-taken';
const CARD = 'courier-hall-card';
const HEARD = 'courier-heard';

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

/** Notes when the hall made an answer that was taken. It is no contact: since then any time may have gone by. */
export async function heardByStick(store: Kept, madeAt: string): Promise<void> {
  const before = await heard(store);
  if (before === null || Date.parse(madeAt) > Date.parse(before)) await store.cursors.set(HEARD, madeAt);
}

/** A time that is over by the hall's own clock: the later of the last contact by line and the newest answer by stick; null before either. */
export async function lastHeard(store: Kept & Pick<TerminalStore, 'time'>): Promise<string | null> {
  const [line, stick] = [store.time.lastContact(), await heard(store)];
  if (line === null || stick === null) return line ?? stick;
  return Date.parse(stick) > Date.parse(line) ? stick : line;
}

async function heard(store: Kept): Promise<string | null> {
  const kept = Instant.safeParse(await store.cursors.get(HEARD));
  return kept.success ? kept.data : null;
}
