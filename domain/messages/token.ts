import { Ulid } from '../ids.ts';
import { grouped, ungrouped } from '../token.ts';

const PREFIX = 'JM';

/** The opaque token in a message slip's QR: the message's id in groups. It holds no name, and no case has it. */
export function messageToken(id: string): string {
  return grouped(PREFIX, id);
}

/** Inverse of `messageToken`; null for any other text. */
export function readMessageToken(text: string): string | null {
  return Ulid.safeParse(ungrouped(PREFIX, text)).data ?? null;
}

/** The number that a machine gives a message itself, until the hall gives its: it begins with 留, so that nobody takes it for the hall's. */
export function messageReference(machine: string, id: string): string {
  return `留${machine.slice(1)}-${id.slice(-6)}`;
}
