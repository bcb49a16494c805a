import { type Hash, MachineId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { emptyWriteAheadLog, type FileSettings, type OpenFailure, openSqliteFile, type SqliteFile } from '../store/index.ts';
import { migrate } from '../terminal-store/migrations/index.ts';
import { SITE_MIGRATIONS } from './migrations/index.ts';
import { type Change, type Entry, type Persistent, Proposal, type RaftStorage } from './types.ts';

/** `site.db` of one machine: encrypted as the terminal's store, `synchronous=FULL`, one fsync a save. One process opens it. */
export type SiteFile = {
  /**
   * The storage of one list, new or as it was left.
   * @param members hash of who takes part (`groupHash`); `other-members`: the list was begun with others, and goes on with none but them
   */
  list(list: string, members: Hash): Result<RaftStorage, { kind: 'other-members' }>;
  /** Those in the file, by name. */
  lists(): string[];
  /** Removes a list whose time is over, also from the write-ahead log. */
  forget(list: string): void;
  /** Idempotent. */
  close(): void;
};

export function openSiteFile(settings: FileSettings): Result<SiteFile, OpenFailure | { kind: 'newer-file'; version: number }> {
  const opened = openSqliteFile(settings);
  if (!opened.ok) return opened;
  const file = opened.value;
  try {
    const migrated = migrate(file, SITE_MIGRATIONS);
    if (migrated.ok) return ok(siteFile(file));
    file.close();
    return migrated;
  } catch (cause) {
    file.close();
    throw cause;
  }
}

function siteFile(file: SqliteFile): SiteFile {
  const { database } = file;
  const begin = database.prepare<[string, string]>('INSERT INTO lists (list, members, current_term, voted_for) VALUES (?, ?, 0, NULL) ON CONFLICT DO NOTHING');
  const membersOf = database.prepare<[string], { members: string }>('SELECT members FROM lists WHERE list = ?');
  const names = database.prepare<[], { list: string }>('SELECT list FROM lists ORDER BY list');
  const remove = database.prepare<[string]>('DELETE FROM lists WHERE list = ?');
  return {
    list(list, members) {
      begin.run(list, members);
      return membersOf.get(list)?.members === members ? ok(listStorage(file, list)) : err({ kind: 'other-members' });
    },
    lists: () => names.all().map(({ list }) => list),
    forget(list) {
      remove.run(list);
      emptyWriteAheadLog(file);
    },
    close: () => file.close(),
  };
}

type EntryRow = { place: number; term: number; proposal: string | null };

function listStorage({ database }: SqliteFile, list: string): RaftStorage {
  const vote = database.prepare<[string], { current_term: number; voted_for: string | null }>('SELECT current_term, voted_for FROM lists WHERE list = ?');
  const all = database.prepare<[string], EntryRow>('SELECT place, term, proposal FROM entries WHERE list = ? ORDER BY place');
  const setVote = database.prepare<[number, string | null, string]>('UPDATE lists SET current_term = ?, voted_for = ? WHERE list = ?');
  const cut = database.prepare<[string, number]>('DELETE FROM entries WHERE list = ? AND place >= ?');
  const add = database.prepare<[string, number, number, string | null]>('INSERT INTO entries (list, place, term, proposal) VALUES (?, ?, ?, ?)');
  const save = database.transaction(({ currentTerm, votedFor, entries }: Change) => {
    if (setVote.run(currentTerm, votedFor, list).changes !== 1) throw new Error('a list that was forgotten is written to');
    if (entries === null) return;
    cut.run(list, entries.from);
    for (const { index, term, proposal } of entries.added) add.run(list, index, term, proposal === null ? null : JSON.stringify(proposal));
  });
  return {
    load(): Persistent {
      const found = vote.get(list);
      if (found === undefined) throw new Error('a list that was forgotten is opened');
      return { currentTerm: found.current_term, votedFor: found.voted_for === null ? null : MachineId.parse(found.voted_for), log: all.all(list).map(entryOf) };
    },
    save: (change) => save.immediate(change),
  };
}

/** @throws ZodError for a row that this program did not write: the file's own signatures were right, so that it is no damage */
function entryOf({ place, term, proposal }: EntryRow, at: number): Entry {
  if (place !== at + 1) throw new Error(`entry ${at + 1} of a list is missing`);
  return { index: place, term, proposal: proposal === null ? null : Proposal.parse(JSON.parse(proposal)) };
}
