import type { PrintProgress } from '../../domain/contracts/devices.ts';
import type { PrintView } from '../../domain/contracts/kiosk.ts';
import type { PaperDocument, Ticket } from '../../domain/documents/types.ts';
import type { CaseId, PrintId } from '../../domain/ids.ts';
import { applyPrint, isSettled, mayPrint, type PrintEvent } from '../../domain/print-ledger/ledger.ts';
import { PrintEntry, PrintState } from '../../domain/print-ledger/types.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { PrintRow, TerminalStore } from '../../sync/terminal-store/types.ts';
import type { DevicesRoad } from './devices-road.ts';
import type { CoreLog } from './log.ts';
import { createQueue } from './queue.ts';

export type Job = { paper: PrintEntry['paper']; case: CaseId; session: string; licence: string; content: { kind: 'ticket'; ticket: Ticket } | { kind: 'document'; document: PaperDocument } };

/** Prints through the ledger: every word about a paper is written before it is shown. */
export type Printing = {
  /** Reserves and prints, unless the ledger says this case already has that paper. The answer comes once the entry is durable. */
  start(job: Job): Promise<PrintId | null>;
  views(prints: readonly PrintId[]): Promise<PrintView[]>;
  ofCase(id: CaseId): Promise<PrintEntry[]>;
  all(): Promise<PrintEntry[]>;
  close(print: PrintId, by: 'citizen' | 'staff', cameOut: boolean): Promise<boolean>;
  /** Cancels what is still queued, so that refilled paper never prints for the next person. */
  cancel(prints: readonly PrintId[]): Promise<void>;
  /** After core started again: closes what nobody can answer for, and listens again to what still runs. */
  recover(): Promise<void>;
  /** Told after every change of an entry. */
  onSettled(tell: (entry: PrintEntry) => void): void;
};

export function createPrinting(options: { store: TerminalStore; devices: DevicesRoad; clock: Clock; log: CoreLog; newId(): string; onChange(): void }): Printing {
  const { store, devices, clock, log } = options;
  const inOrder = createQueue();
  let settled: (entry: PrintEntry) => void = () => {};

  async function entryOf(id: PrintId): Promise<PrintEntry | null> {
    const row = await store.prints.get(id);
    return row === null ? null : PrintEntry.parse(row.entry);
  }

  async function entries(rows: Promise<PrintRow[]>): Promise<PrintEntry[]> {
    return (await rows).map(({ entry }) => PrintEntry.parse(entry));
  }

  function put(entry: PrintEntry): Promise<void> {
    return store.prints.put({ print: entry.id, session: entry.session, case: entry.case, state: entry.state, entry });
  }

  /** Applies an event to the entry as it stands on disk; one at a time, so no word overwrites another. */
  function record(id: PrintId, event: PrintEvent): Promise<PrintEntry | null> {
    return inOrder(async () => {
      const entry = await entryOf(id);
      if (entry === null) return null;
      const applied = applyPrint(entry, event, new Date(clock.now()).toISOString());
      if (!applied.ok) return null;
      if (applied.value === entry) return entry;
      await put(applied.value);
      log({ event: 'print', print: id, paper: entry.paper, state: applied.value.state, reason: applied.value.reason });
      options.onChange();
      if (isSettled(applied.value.state)) settled(applied.value);
      return applied.value;
    });
  }

  async function run(id: PrintId, content: Job['content']): Promise<void> {
    const host = devices.current();
    if (host === null) {
      // Nothing was given to anybody: the entry may say so for certain.
      await record(id, { kind: 'restarted', host: null });
      return;
    }
    await record(id, { kind: 'given', host: host.instance });
    let last: PrintProgress | null = null;
    try {
      const progress = content.kind === 'ticket' ? await host.client.printTicket({ print: id, ticket: content.ticket }) : await host.client.printDocument({ print: id, document: content.document });
      for await (const word of progress) {
        last = word;
        await record(id, { kind: 'progress', progress: word });
      }
    } catch {
      // The host died with the job; what the printer did after that, nobody here can tell.
    }
    if (last === null || last.kind === 'sent') await record(id, { kind: 'progress', progress: { kind: 'unknown', reason: 'host-lost' } });
  }

  return {
    async start(job) {
      const reserved = await inOrder(async () => {
        if (!mayPrint(await entries(store.prints.ofCase(job.case)), job.paper)) return null;
        const at = new Date(clock.now()).toISOString();
        const entry = PrintEntry.parse({ id: options.newId(), case: job.case, paper: job.paper, session: job.session, state: 'reserved', reason: '', host: null, licence: job.licence, history: [{ state: 'reserved', at, by: 'core' }] });
        await put(entry);
        return entry;
      });
      if (reserved === null) return null;
      drop(run(reserved.id, job.content));
      return reserved.id;
    },
    async views(prints) {
      const known = await Promise.all(prints.map(entryOf));
      return known.filter((entry) => entry !== null).map(({ id, paper, state, reason }) => ({ print: id, paper, state, reason }));
    },
    ofCase: (id) => entries(store.prints.ofCase(id)),
    all: () => entries(store.prints.inState(...PrintState.options)),
    close: async (print, by, cameOut) => (await record(print, { kind: 'closed', by, cameOut })) !== null,
    async cancel(prints) {
      if (prints.length === 0) return;
      try {
        await devices.current()?.client.cancelPrints({ prints: [...prints] });
      } catch {
        // A host that is gone has no queue either.
      }
    },
    async recover() {
      for (const entry of await entries(store.prints.inState('reserved', 'sent'))) {
        // Core's own restart ends the stream that told it about the job, so nobody can follow it any more.
        await record(entry.id, { kind: 'restarted', host: null });
      }
    },
    onSettled(tell) {
      settled = tell;
    },
  };
}
