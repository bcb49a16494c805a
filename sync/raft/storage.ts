import { MachineId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { emptyWriteAheadLog, type FileSettings, type OpenFailure, openSqliteFile, type SqliteFile } from '../store/index.ts';
import { migrate } from '../terminal-store/migrations/index.ts';
import { Group } from './group.ts';
import { SITE_MIGRATIONS } from './migrations/index.ts';
import { type Change, type Entry, type Persistent, Proposal, type RaftStorage } from './types.ts';

/** `site.db` of one machine: encrypted as the terminal's store, `synchronous=FULL`, one fsync a save. One process opens it. */
export type SiteFile = {
  /** One list, as it was left; or a new one of this group, which it keeps: a group that was changed since holds from the next list on. */
  list(group: Group): SiteList;
  /** Those in the file, by name. */
  lists(): string[];
  /** Removes a list whose time is over, also from the write-ahead log. */
  forget(list: string): void;
  /** Idempotent. */
  close(): void;
};

/**
 * @property group that it began with
 * @property agreed up to which index the list was agreed on when that was last put down, for whoever reads a day that is over
 * @property unagreed what this machine has promised by itself and the others do not have yet, oldest first; each change is on the disk when it returns, or throws as `RaftStorage` does
 */
export type SiteList = { group: Group; storage: RaftStorage; agreed: { get(): number; put(index: number): void }; unagreed: { all(): { id: string; value: unknown }[]; keep(id: string, value: unknown): void; drop(id: string): void } };

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
  const begin = database.prepare<[string, string]>('INSERT INTO lists (list, about, current_term, voted_for) VALUES (?, ?, 0, NULL) ON CONFLICT DO NOTHING');
  const aboutOf = database.prepare<[string], { about: string }>('SELECT about FROM lists WHERE list = ?');
  const names = database.prepare<[], { list: string }>('SELECT list FROM lists ORDER BY list');
  const remove = database.prepare<[string]>('DELETE FROM lists WHERE list = ?');
  return {
    list(group) {
      begin.run(group.list, JSON.stringify(group));
      return { group: Group.parse(JSON.parse(aboutOf.get(group.list)?.about ?? '')), storage: listStorage(file, group.list), agreed: agreedOf(file, group.list), unagreed: unagreedOf(file, group.list) };
    },
    lists: () => names.all().map(({ list }) => list),
    forget(list) {
      remove.run(list);
      emptyWriteAheadLog(file);
    },
    close: () => file.close(),
  };
}

function agreedOf({ database }: SqliteFile, list: string): SiteList['agreed'] {
  const read = database.prepare<[string], { agreed: number }>('SELECT agreed FROM lists WHERE list = ?');
  const write = database.prepare<[number, string]>('UPDATE lists SET agreed = max(agreed, ?) WHERE list = ?');
  return { get: () => read.get(list)?.agreed ?? 0, put: (index) => void write.run(index, list) };
}

function unagreedOf({ database }: SqliteFile, list: string): SiteList['unagreed'] {
  const all = database.prepare<[string], { id: string; value: string }>('SELECT id, value FROM unagreed WHERE list = ? ORDER BY rowid');
  const keep = database.prepare<[string, string, string]>('INSERT INTO unagreed (list, id, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const drop = database.prepare<[string, string]>('DELETE FROM unagreed WHERE list = ? AND id = ?');
  return {
    all: () => all.all(list).map(({ id, value }) => ({ id, value: JSON.parse(value) as unknown })),
    keep: (id, value) => void keep.run(list, id, JSON.stringify(value)),
    drop: (id) => void drop.run(list, id),
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
