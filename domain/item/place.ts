import type { Item } from './types.ts';

/** Where to go, in one line; an address that begins with the place's own name does not say it twice. */
export function placeLine({ name, address }: Item['place']): string {
  return address.startsWith(name) ? address : `${name} ${address}`.trim();
}
