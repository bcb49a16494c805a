import { z } from 'zod';
import type { ActionSigner, ActionVerifier } from '../action/types.ts';
import { Hash, MachineId } from '../ids.ts';
import { CivilDate, Instant } from '../time.ts';
import { DayHead, JournalContent, JournalKind, JournalLink, RemovalMark } from './journal.ts';

/** An exported journal is NDJSON: a header, the lines of one journal after the other, and an end that the hall signs. `from` and `to` are civil days, both in it. */
export const JournalExportHeader = z.strictObject({ format: z.literal('jinban-journal-1'), division: z.string().length(6), hall: MachineId, publicKey: z.base64().length(44), from: CivilDate, to: CivilDate });
export type JournalExportHeader = z.infer<typeof JournalExportHeader>;

/**
 * - `start`: a journal begins, after the head of the day before `from`; `day` is null where the whole chain began.
 * - `removed`: up to where rows were removed because their time was over.
 * - `entry`: a link and its row; `content` is null where the row is gone.
 * - `stray`: a row that no link vouches for, or not at the place that it claims.
 * - `day`: a day is over.
 */
export const JournalLine = z.discriminatedUnion('line', [
  z.strictObject({ line: z.literal('start'), kind: JournalKind, day: DayHead.nullable() }),
  RemovalMark.extend({ line: z.literal('removed') }),
  JournalLink.extend({ line: z.literal('entry'), content: JournalContent.nullable() }),
  z.strictObject({ line: z.literal('stray'), kind: JournalKind, row: z.int() }),
  DayHead.extend({ line: z.literal('day') }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

/** Where a journal ended. `began`: its first day in the span. `open`: the first day that was not over; the day after the span when all were. */
const Ended = z.strictObject({ position: z.int().min(0), hash: Hash, began: CivilDate, open: CivilDate });
export type JournalEnded = z.infer<typeof Ended>;

export const JournalExportEnd = z.strictObject({
  format: z.literal('jinban-journal-end-1'), division: z.string().length(6), from: CivilDate, to: CivilDate, deed: Ended, read: Ended, exportedAt: Instant, by: MachineId, publicKey: z.base64().length(44),
  /** Ed25519 over SHA-256 of the text below, base64. */
  signature: z.base64().length(88),
});
export type JournalExportEnd = z.infer<typeof JournalExportEnd>;

function endText(end: Omit<JournalExportEnd, 'signature'>): string {
  const ended = ({ position, hash, began, open }: JournalEnded) => [position, hash, began, open].join(' ');
  return [end.format, end.division, end.from, end.to, ended(end.deed), ended(end.read), end.exportedAt, end.by].join('\n');
}

export function signEnd(signer: ActionSigner, end: Omit<JournalExportEnd, 'signature'>): JournalExportEnd {
  return { ...end, signature: signer.sign(signer.sha256(endText(end))) };
}

export function endIsGenuine(verifier: ActionVerifier, publicKey: string, end: JournalExportEnd): boolean {
  return verifier.verify(publicKey, verifier.sha256(endText(end)), end.signature);
}
