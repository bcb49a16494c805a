import { join } from 'node:path';
import { refusedWords, stickWords } from '../../courier/words.ts';
import { digest } from '../../crypto/node.ts';
import { hallFingerprint } from '../../domain/contracts/courier.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { createBlobStore } from '../blobs/store.ts';
import type { Ground } from '../ground.ts';
import { exportParcels } from './export.ts';
import { type ImportFailure, importParcels } from './import.ts';

/**
 * Import, export or both, in this order, as county IT asks for them at the command line.
 * @param data the hall's folder
 * @returns lines for the person who holds the stick
 */
export async function carry(ground: Ground, data: string, { from, to }: { from: string | undefined; to: string | undefined }): Promise<Result<string[], { kind: 'stick'; words: string }>> {
  const lines: string[] = [];
  if (from !== undefined) {
    const imported = await importParcels({ ground, blobs: createBlobStore(join(data, 'blobs')), folder: join(data, 'courier') }, from);
    if (!imported.ok) return err({ kind: 'stick', words: failureWords(imported.error, from) });
    const { taken, repeated, refused } = imported.value;
    for (const parcel of taken) lines.push(`${parcel.machine}, parcel ${parcel.serial}: ${parcel.enrolled ? 'enrolled, ' : ''}${parcel.actions} entries (${parcel.quarantined} kept aside), ${parcel.pages} pages.`);
    if (repeated > 0) lines.push(`${repeated} taken before; nothing changed.`);
    lines.push(...refusedWords(refused, taken.length + repeated > 0));
    if (lines.length === 0) lines.push(`There is nothing for this hall on ${from}.`);
  }
  if (to !== undefined) {
    const made = await exportParcels(ground, to);
    if (!made.ok) return err({ kind: 'stick', words: stickWords(made.error.kind, to) });
    for (const parcel of made.value) lines.push(`${parcel.machine}, parcel ${parcel.serial}: ${parcel.outcomes} answers, ${parcel.entries} news.`);
    lines.push(`The card of hall ${ground.hall} is on the stick. Its fingerprint, to compare at the terminal: ${hallFingerprint(ground.publicKeys, digest)}`);
  }
  return ok(lines);
}

function failureWords({ kind }: ImportFailure, stick: string): string {
  switch (kind) {
    case 'busy':
      return 'Another import is under way at this hall: wait until it has ended.';
    case 'full':
      return "This hall's disk has no room left: make room, then import the stick again. What was taken stays taken.";
    default:
      return stickWords(kind, stick);
  }
}
