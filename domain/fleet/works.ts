/** What a machine can do for a citizen, in words that travel; and what something needs of a machine. */
import { CertificateTemplate } from '../action/payload.ts';
import type { MachineReport } from '../contracts/fleet.ts';
import type { Item } from '../item/types.ts';

/**
 * - `read-cards`: the identity card reader works.
 * - `take-hand-ins`: there is room for a new case; `take-scans`: and for its pages.
 * - `print-slips`: the ticket printer works. `print-papers`: the document printer works.
 * - `print-…`: certificates of this kind, and the numbered blanks for them are there where they need any.
 */
export type Capability = 'read-cards' | 'take-hand-ins' | 'take-scans' | 'print-slips' | 'print-papers' | `print-${CertificateTemplate}`;

/** @returns in a fixed order, so that two lists can be compared as text */
export function worksOf({ devices, room, blanks, noBlanks }: Pick<MachineReport, 'devices' | 'room' | 'blanks' | 'noBlanks'>): Capability[] {
  const online = (device: string) => devices[device]?.kind === 'online';
  // A program that does not say which kind has run out may mean any.
  const out = noBlanks ?? (blanks.some(({ left, inDoubt }) => left === 0 || inDoubt > 0) ? CertificateTemplate.options : []);
  const works: Capability[] = [];
  if (online('id-card-reader')) works.push('read-cards');
  if (room !== 'full') works.push('take-hand-ins');
  if (room === 'enough') works.push('take-scans');
  if (online('ticket-printer')) works.push('print-slips');
  if (!online('document-printer')) return works;
  return [...works, 'print-papers', ...CertificateTemplate.options.filter((template) => !out.includes(template)).map((template): Capability => `print-${template}`)];
}

/** What an item needs of a machine: to be handed in there, and, where its guide says so, to have its certificate printed there as well. */
export function needsOf({ devices, materials, result: { template } }: Pick<Item, 'devices' | 'materials' | 'result'>): { toHandIn: Capability[]; toFinish: Capability[] } {
  const print: Capability = template === null ? 'print-papers' : `print-${template}`;
  const toHandIn = devices.required.flatMap((device): Capability[] => {
    switch (device) {
      case 'id-card-reader': return ['read-cards'];
      case 'ticket-printer': return ['print-slips'];
      case 'document-printer': return [print];
      // No machine reports on its camera: it hangs on the window.
      case 'camera': return [];
    }
  });
  toHandIn.push('take-hand-ins');
  if (materials.some(({ required }) => required)) toHandIn.push('take-scans');
  return { toHandIn, toFinish: devices.optional.includes('document-printer') ? [...toHandIn, print] : toHandIn };
}
