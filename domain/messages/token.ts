import { Ulid } from '../ids.ts';

/** The opaque token in a message slip's QR: the message's id in groups. It holds no name, and no case has it. */
export function messageToken(id: string): string {
  return `JM-${id.slice(0, 8)}-${id.slice(8, 14)}-${id.slice(14, 20)}-${id.slice(20)}`;
}

const TOKEN = /^JM-([0-9A-Z]{8})-([0-9A-Z]{6})-([0-9A-Z]{6})-([0-9A-Z]{6})$/;

/** Inverse of `messageToken`; null for any other text. */
export function readMessageToken(text: string): string | null {
  const groups = TOKEN.exec(text.trim().toUpperCase());
  return Ulid.safeParse(groups?.slice(1).join('')).data ?? null;
}

/** The number that a machine gives a message itself, until the hall gives its: it begins with 留, so that nobody takes it for the hall's. */
export function messageReference(machine: string, id: string): string {
  return `留${machine.slice(1)}-${id.slice(-6)}`;
}
