/**
 * What lies beside the copy of a store in a backup (`backup.json`): whose it is, where its chain ends, and the key that opens it, wrapped so that
 * the hall alone can unwrap it. Whoever finds the backup learns nothing; a spare machine gets the key from the hall when it takes over.
 */
import { z } from 'zod';
import { WrappedKey } from '../action/payload.ts';
import { Hash, MachineId } from '../ids.ts';
import { Instant } from '../time.ts';

/** The last action of a chain; sequence 0 and 64 zeros for one without actions. */
export const Head = z.strictObject({ sequence: z.int().min(0), hash: Hash });

export const Backup = z.strictObject({ format: z.literal('jinban-backup-1'), machine: MachineId, takenAt: Instant, head: Head, key: WrappedKey });
export type Backup = z.infer<typeof Backup>;

/** What the wrapped key is bound to: a header that was altered, or a case key passed off as a backup's, does not open. */
export function backupContext({ machine, takenAt, head }: Pick<Backup, 'machine' | 'takenAt' | 'head'>): string {
  return `jinban-backup-1 ${machine} ${takenAt} ${head.sequence} ${head.hash}`;
}
