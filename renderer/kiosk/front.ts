import { Front, FRONT } from '../../domain/contracts/kiosk-start.ts';

/** What the shell wrote into the address of the app's first load. @param search of it @returns null: a later load, or nothing that can be read */
export function readFront(search: string): Front | null {
  try {
    return Front.safeParse(JSON.parse(new URLSearchParams(search).get(FRONT) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
