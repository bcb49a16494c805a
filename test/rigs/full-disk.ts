import Database from 'better-sqlite3-multiple-ciphers';
import { vi } from 'vitest';

/** The disk of the store that is opened next: full or not, as SQLite meets it. */
export type Disk = {
  /** From now on the file may not grow: SQLite answers SQLITE_FULL, as on a disk without room. */
  fill(): void;
  makeRoom(): void;
};

/** Beyond any test's file, in pages. */
const ROOM = 1_000_000;

/** Gets hold of the database of the store that is opened next. */
export function captureDatabase(): Disk {
  const opened: Database[] = [];
  const pragma = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function capture(this: Database, text: string) {
    opened.push(this);
    pragma.mockRestore();
    return this.pragma(text);
  });
  const limit = (pages: number) => {
    const [database] = opened;
    if (database === undefined) throw new Error('no store was opened');
    database.pragma(`max_page_count = ${pages}`);
  };
  return {
    // SQLite makes it what the file has already.
    fill: () => limit(1),
    makeRoom: () => limit(ROOM),
  };
}
