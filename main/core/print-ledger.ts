import type { CaseId, PrintId } from '../../domain/ids.ts';
import { PrintEntry, type PrintState } from '../../domain/print-ledger/types.ts';
import { isFull } from '../../sync/store/index.ts';
import type { PrintRow, TerminalStore } from '../../sync/terminal-store/types.ts';

/**
 * The ledger's entries as they stand: on the disk, and, where the disk had no room for the last word about one, that word until there is some. What
 * would be lost with it when core dies is on the safe side: what was given to a printer is on the disk before (`write`), and becomes `unknown`.
 */
export type PrintLedger = {
  get(id: PrintId): Promise<PrintEntry | null>;
  ofCase(id: CaseId): Promise<PrintEntry[]>;
  inState(...states: readonly PrintState[]): Promise<PrintEntry[]>;
  /** Answers when it is on the disk, behind everything that waits; throws SQLITE_FULL when it is not, and then it never was said. */
  write(entry: PrintEntry): Promise<void>;
  /** The same for a word that cannot be taken back: without room it waits. @returns whether it is on the disk */
  keep(entry: PrintEntry): Promise<boolean>;
  /** Writes what waits, as far as there is room. */
  writeWaiting(): Promise<void>;
  /** How many words wait. */
  waiting(): number;
};

/**
 * Calls that write come one after another: see `createQueue`.
 * @param told.stands of every entry as it now stands, on the disk or waiting for it
 * @param told.written of every entry that came onto the disk
 */
export function createPrintLedger({ prints }: Pick<TerminalStore, 'prints'>, told: { stands(entry: PrintEntry): void; written(entry: PrintEntry): void }): PrintLedger {
  const unwritten = new Map<PrintId, PrintEntry>();

  async function asItStands(rows: Promise<PrintRow[]>, belongs: (entry: PrintEntry) => boolean): Promise<PrintEntry[]> {
    const onDisk = (await rows).map(({ entry }) => PrintEntry.parse(entry));
    return [...onDisk.filter(({ id }) => !unwritten.has(id)), ...[...unwritten.values()].filter(belongs)];
  }

  async function put(entry: PrintEntry): Promise<void> {
    await prints.put({ print: entry.id, session: entry.session, case: entry.case, state: entry.state, entry });
    unwritten.delete(entry.id);
    told.stands(entry);
    told.written(entry);
  }

  async function write(entry: PrintEntry): Promise<void> {
    for (const earlier of [...unwritten.values()]) await put(earlier);
    await put(entry);
  }

  return {
    async get(id) {
      const row = unwritten.has(id) ? null : await prints.get(id);
      return row === null ? (unwritten.get(id) ?? null) : PrintEntry.parse(row.entry);
    },
    ofCase: (id) => asItStands(prints.ofCase(id), (entry) => entry.case === id),
    inState: (...states) => asItStands(prints.inState(...states), ({ state }) => states.includes(state)),
    write,
    async keep(entry) {
      try {
        await write(entry);
        return true;
      } catch (cause) {
        if (!isFull(cause)) throw cause;
        unwritten.set(entry.id, entry);
        told.stands(entry);
        return false;
      }
    },
    async writeWaiting() {
      try {
        for (const entry of [...unwritten.values()]) await put(entry);
      } catch (cause) {
        if (!isFull(cause)) throw cause;
      }
    },
    waiting: () => unwritten.size,
  };
}
