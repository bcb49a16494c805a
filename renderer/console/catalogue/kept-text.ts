import type { ItemText } from '../../../domain/contracts/catalogue.ts';

/** Texts that the hall has not got yet, on this computer: they outlive a closed window and a line that is away. An item is for everybody to read, so nothing personal lies here. */
const PREFIX = 'jinban-catalogue-draft/';

type Kept = { bodies: readonly ItemText[]; reason: string };

/** What was typed on top of this revision and never saved; null when nothing was, or the hall has a newer revision. */
export function keptText(name: string, revision: number): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as (Kept & { revision: number }) | null;
    return kept !== null && kept.revision === revision && Array.isArray(kept.bodies) ? { bodies: kept.bodies, reason: kept.reason } : null;
  } catch {
    return null;
  }
}

export function keepText(name: string, revision: number, { bodies, reason }: Kept): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ revision, bodies, reason }));
  } catch {
    // No room on this computer: the hall gets it a moment later all the same.
  }
}

export function dropKept(name: string): void {
  localStorage.removeItem(PREFIX + name);
}
