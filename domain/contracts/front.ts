/** What is written on the front of a machine, and how its window hears of it before core is there (decisions 0044, 0045). */
import type { TerminalView } from './kiosk.ts';

/** From the machine's settings. @property tickets whether it gives numbers of a queue */
export type Front = Pick<TerminalView, 'site' | 'hall' | 'machine' | 'phone' | 'complaintPhone'> & { tickets: boolean };

const WORDS = ['site', 'hall', 'machine', 'phone', 'complaintPhone'] as const;

/** The name of the address part in which the shell tells it to the app's first load. */
const PART = 'front';

/** The address part, for an address that has no other. */
export const frontAsPart = (front: Front): string => `?${PART}=${encodeURIComponent(JSON.stringify(front))}`;

/** Looked at by hand: a schema library would be a seventh of what a start has to read. @param search of the address @returns null: a later load, or nothing that can be read */
export function readFront(search: string): Front | null {
  const asked = new URLSearchParams(search).get(PART);
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

/** What stands in a first screen that was drawn at build time where a machine's own words come. */
export const MARKS = { site: '{front.site}', hall: '{front.hall}', machine: '{front.machine}', phone: '{front.phone}', complaintPhone: '{front.complaintPhone}', clock: '{front.clock}' } as const;

/** The page with such a screen in `dist/kiosk`. */
export const drawnPage = ({ tickets }: Pick<Front, 'tickets'>): string => (tickets ? 'first-with-numbers.html' : 'first.html');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param page of `drawnPage` @param clock as the status line shows it */
export function fillFront(page: string, front: Front, clock: string): string {
  const words: Record<keyof typeof MARKS, string> = { ...front, clock };
  return page.replaceAll(/\{front\.(\w+)\}/g, (whole, name: string) => (Object.hasOwn(MARKS, name) ? words[name as keyof typeof MARKS].replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : whole));
}
