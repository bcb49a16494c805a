import type { LeaseKind } from '../domain/contracts/hall.ts';

/** Names of the store's cursors that more than one part of the sync knows. */

/** The keys of the hall that this machine is bound to. */
export const HALL_KEYS = 'hall-keys';

/** The id of a request for numbers, from before it goes out until its block is stored. */
export function leaseRequestCursor(kind: LeaseKind): string {
  return `lease-request-${kind}`;
}
