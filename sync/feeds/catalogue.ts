import { Shelf } from '../../domain/catalogue/shelf.ts';
import type { TerminalStore } from '../terminal-store/types.ts';

const SHELF = 'shelf';
const SIGNS = 'hall-signs-catalogue';
type Kept = Pick<TerminalStore, 'cursors'>;

/** The shelf as the hall told it last; without a word of it everything is on it. */
export async function keptShelf({ cursors }: Kept): Promise<Shelf> {
  return Shelf.safeParse(await cursors.get(SHELF)).data ?? { serial: 0, rules: [] };
}

/** Keeps a shelf in the place of an older one. @returns false for one that is older than what is known: an old word said again */
export async function keepShelf(store: Kept, shelf: Shelf): Promise<boolean> {
  if (shelf.serial < (await keptShelf(store)).serial) return false;
  await store.cursors.set(SHELF, shelf);
  return true;
}

/**
 * Whether this hall was ever heard to sign its catalogue. From then on it is not believed without a signature: whoever stands between could
 * otherwise speak an older protocol, which has none.
 */
export async function signsCatalogue({ cursors }: Kept): Promise<boolean> {
  return (await cursors.get(SIGNS)) === true;
}

export async function markSigning(store: Kept): Promise<void> {
  if (!(await signsCatalogue(store))) await store.cursors.set(SIGNS, true);
}
