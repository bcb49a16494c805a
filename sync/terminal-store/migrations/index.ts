import { err, ok, type Result } from '../../../domain/result.ts';
import type { SqliteFile } from '../../store/index.ts';
import { keysBlobsCursors } from './0010-keys-blobs-cursors.ts';
import { thumbnails } from './0020-thumbnails.ts';
import { blanks } from './0030-blanks.ts';
import { neighbours } from './0040-neighbours.ts';
import { letters } from './0050-letters.ts';
import { caseParties } from './0060-case-parties.ts';
import { appointments } from './0070-appointments.ts';

/** One step of the tables that are not RxDB's. Numbers rise by ten; the file of a step is `<number>-<name>.ts`. */
export type Migration = { number: number; name: string; run(database: Pick<SqliteFile['database'], 'exec' | 'prepare'>): void };

export const MIGRATIONS: readonly Migration[] = [keysBlobsCursors, thumbnails, blanks, neighbours, letters, caseParties, appointments];

/**
 * Brings the file's own tables up to the newest step, each step and its number in one transaction. A file that a newer program wrote
 * is refused and left as it is.
 */
export function migrate({ database }: SqliteFile, steps: readonly Migration[] = MIGRATIONS): Result<null, { kind: 'newer-file'; version: number }> {
  const version = () => database.prepare<[], { user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
  const found = version();
  if (found > (steps.at(-1)?.number ?? 0)) return err({ kind: 'newer-file', version: found });
  for (const step of steps) {
    if (step.number <= found) continue;
    database.transaction(() => {
      step.run(database);
      const [broken] = database.prepare('PRAGMA foreign_key_check').all();
      if (broken !== undefined) throw new Error(`migration ${step.number}-${step.name} breaks a foreign key`);
      database.pragma(`user_version = ${step.number}`);
    }).immediate();
  }
  return ok(null);
}
