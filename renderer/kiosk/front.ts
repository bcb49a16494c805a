import { type Front, FRONT } from '../../domain/contracts/kiosk-start.ts';

const WORDS = ['site', 'hall', 'machine', 'phone', 'complaintPhone'] as const;

/** What the shell wrote into the address of the app's first load. Looked at by hand: a schema library would be a seventh of what a start has to read. @param search of the address @returns null: a later load, or nothing that can be read */
export function readFront(search: string): Front | null {
  const asked = new URLSearchParams(search).get(FRONT);
  if (asked === null) return null;
  try {
    const said: unknown = JSON.parse(asked);
    return isFront(said) ? said : null;
  } catch {
    return null;
  }
}

function isFront(said: unknown): said is Front {
  if (typeof said !== 'object' || said === null) return false;
  const parts: Partial<Record<keyof Front, unknown>> = said;
  return WORDS.every((name) => typeof parts[name] === 'string') && typeof parts.tickets === 'boolean';
}
