import { isOutcome, type PrintProgress } from '../../domain/contracts/devices.ts';
import type { PrintView } from '../../domain/contracts/kiosk.ts';
import type { PaperDocument, Ticket } from '../../domain/documents/types.ts';
import type { CaseId, PrintId } from '../../domain/ids.ts';
import { applyPrint, isSettled, mayPrint, mayPrintCopy, type PrintEvent } from '../../domain/print-ledger/ledger.ts';
import { PrintEntry, PrintState } from '../../domain/print-ledger/types.ts';
import { drop, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import { isFull } from '../../sync/store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import type { Blanks, BlanksFault } from './blanks.ts';
import type { DevicesRoad } from './devices-road.ts';
import type { CoreLog } from './log.ts';
import { createPrintLedger } from './print-ledger.ts';
import { createQueue } from './queue.ts';

/** @property copy another paper of a number of the queue, which its holder asked for */
export type Job = { paper: PrintEntry['paper']; case: CaseId; session: string; licence: string; content: Content; copy?: true };
type Content = { kind: 'ticket'; ticket: Ticket } | { kind: 'document'; document: PaperDocument };

/**
 * Prints through the ledger: nothing is given to a printer that is not written there, and a paper that the disk has no room for is not printed. A word
 * about a paper that is with a printer already is shown at once and waits for room.
 */
export type Printing = {
  /** Reserves and prints, unless the ledger says this case already has that paper. The answer comes once the entry is durable, or stands as not printed (`store-full`, `power-out`). */
  start(job: Job): Promise<PrintId | null>;
  views(prints: readonly PrintId[]): Promise<PrintView[]>;
  ofCase(id: CaseId): Promise<PrintEntry[]>;
  all(): Promise<PrintEntry[]>;
  /** Throws SQLITE_FULL when that cannot be written. */
  close(print: PrintId, by: 'citizen' | 'staff', cameOut: boolean): Promise<boolean>;
  /** The numbered blanks, for the caretaker; in turn with the prints. Those that write throw SQLITE_FULL when that cannot be written. */
  blanks: Pick<Blanks, 'stocks' | 'numberOf' | 'load' | 'spoil'> & {
    /** As `Blanks.look`; the prints that it says something about are closed with it. @returns how many */
    look(...look: Parameters<Blanks['look']>): Promise<Result<number, BlanksFault>>;
  };
  /** Cancels what is still queued, so that refilled paper never prints for the next person. */
  cancel(prints: readonly PrintId[]): Promise<void>;
  /** After core started again: closes what nobody can answer for, and listens again to what still runs. */
  recover(): Promise<void>;
  /** How many words about papers wait for room on the disk. */
  unwritten(): number;
  writeWaiting(): Promise<void>;
  /** Told of every entry that will not change by itself any more, once that is on the disk. */
  onSettled(tell: (entry: PrintEntry) => void): void;
};

/** @param options.powerEnds whether the machine may go off before a paper that begins now is out */
export function createPrinting(options: { store: TerminalStore; blanks: Blanks; devices: DevicesRoad; clock: Clock; log: CoreLog; newId(): string; powerEnds(): boolean; onChange(): void }): Printing {
  const { store, blanks, devices, clock, log } = options;
  const inOrder = createQueue();
  /** Prints whose printer does not answer at the moment. Of the screen alone: in the ledger they are `sent`. */
  const looking = new Map<PrintId, string>();
  let settled: (entry: PrintEntry) => void = () => {};
  const ledger = createPrintLedger(store, {
    stands: (entry) => blanks.note(entry),
    written(entry) {
      log({ event: 'print', print: entry.id, paper: entry.paper, state: entry.state, reason: entry.reason });
      options.onChange();
      if (isSettled(entry.state)) settled(entry);
    },
  });
  const now = () => new Date(clock.now()).toISOString();

  async function keep(entry: PrintEntry): Promise<void> {
    if (await ledger.keep(entry)) return;
    log({ event: 'print-unwritten', print: entry.id, state: entry.state, reason: entry.reason });
    options.onChange();
  }

  /** Applies an event to the entry as it stands; one at a time, so no word overwrites another. */
  const record = (id: PrintId, event: PrintEvent, write: (entry: PrintEntry) => Promise<void>) => inOrder(() => recordNow(id, event, write));

  async function recordNow(id: PrintId, event: PrintEvent, write: (entry: PrintEntry) => Promise<void>): Promise<PrintEntry | null> {
    const entry = await ledger.get(id);
    if (entry === null) return null;
    const applied = applyPrint(entry, event, now());
    if (!applied.ok) return null;
    if (applied.value !== entry) await write(applied.value);
    return applied.value;
  }

  function blankFor(content: Content): ReturnType<Blanks['take']> {
    return content.kind === 'document' && content.document.kind === 'certificate' ? blanks.take(content.document.certificate.template) : ok(null);
  }

  /** Whether the disk says that this host has the paper. Only then may the host hear of it. */
  async function given(id: PrintId, host: string): Promise<boolean> {
    try {
      return (await record(id, { kind: 'given', host }, ledger.write)) !== null;
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      await record(id, { kind: 'refused', reason: 'store-full' }, keep);
      return false;
    }
  }

  function look(id: PrintId, progress: PrintProgress): void {
    const before = looking.get(id);
    if (progress.kind === 'looking') looking.set(id, progress.reason);
    else looking.delete(id);
    // An outcome tells the screen by its entry.
    if (looking.get(id) !== before && !isOutcome(progress)) options.onChange();
  }

  async function run({ id, blank }: PrintEntry, content: Content): Promise<void> {
    const host = devices.current();
    if (host === null) {
      // Nothing was given to anybody: the entry may say so for certain.
      await record(id, { kind: 'restarted', host: null }, keep);
      return;
    }
    if (!(await given(id, host.instance))) return;
    let last: PrintProgress | null = null;
    try {
      const progress = content.kind === 'ticket' ? await host.client.printTicket({ print: id, ticket: content.ticket }) : await host.client.printDocument({ print: id, document: content.document, tray: blanks.trayOf(blank) });
      for await (const word of progress) {
        last = word;
        look(id, word);
        await record(id, { kind: 'progress', progress: word }, keep);
      }
    } catch {
      // The host died with the job; what the printer did after that, nobody here can tell.
    }
    looking.delete(id);
    if (last === null || !isOutcome(last)) await record(id, { kind: 'progress', progress: { kind: 'unknown', reason: 'host-lost' } }, keep);
  }

  return {
    async start(job) {
      const reserved = await inOrder(async () => {
        const before = await ledger.ofCase(job.case);
        if (!(job.copy === true ? mayPrintCopy(before) : mayPrint(before, job.paper))) return null;
        const at = now();
        const powerEnds = options.powerEnds();
        const blank = powerEnds ? ok(null) : blankFor(job.content);
        const entry = PrintEntry.parse({
          id: options.newId(), case: job.case, paper: job.paper, session: job.session, state: 'reserved', reason: '', host: null, licence: job.licence, blank: blank.ok ? blank.value : null,
          history: [{ state: 'reserved', at, by: 'core' }],
        });
        const refuse = async (reason: Extract<PrintEvent, { kind: 'refused' }>['reason']) => {
          const refused = applyPrint(entry, { kind: 'refused', reason }, at);
          if (refused.ok) await keep(refused.value);
        };
        if (powerEnds) await refuse('power-out');
        else if (!blank.ok) await refuse(blank.error.kind);
        else {
          try {
            await ledger.write(entry);
          } catch (cause) {
            if (!isFull(cause)) throw cause;
            await refuse('store-full');
          }
        }
        return entry;
      });
      if (reserved === null) return null;
      // One that found no room, no blank or no power stands as not printed by now, and is given to nobody.
      drop(run(reserved, job.content));
      return reserved.id;
    },
    async views(prints) {
      const known = await Promise.all(prints.map(ledger.get));
      return known.filter((entry) => entry !== null).map(({ id, paper, state, reason }) => {
        const sought = state === 'sent' ? looking.get(id) : undefined;
        return sought === undefined ? { print: id, paper, state, reason } : { print: id, paper, state: 'looking', reason: sought };
      });
    },
    ofCase: ledger.ofCase,
    all: () => ledger.inState(...PrintState.options),
    close: async (print, by, cameOut) => (await record(print, { kind: 'closed', by, cameOut }, ledger.write)) !== null,
    blanks: {
      stocks: () => blanks.stocks(),
      numberOf: (blank) => blanks.numberOf(blank),
      load: (...load) => inOrder(() => blanks.load(...load)),
      spoil: (...spoil) => inOrder(() => blanks.spoil(...spoil)),
      look: (...look) => inOrder(async () => {
        const found = await blanks.look(...look);
        if (!found.ok) return found;
        for (const { print, cameOut } of found.value) await recordNow(print, { kind: 'closed', by: 'staff', cameOut }, ledger.write);
        return ok(found.value.length);
      }),
    },
    async cancel(prints) {
      if (prints.length === 0) return;
      try {
        await devices.current()?.client.cancelPrints({ prints: [...prints] });
      } catch {
        // A host that is gone has no queue either.
      }
    },
    async recover() {
      for (const entry of await ledger.inState('reserved', 'sent')) {
        // Core's own restart ends the stream that told it about the job, so nobody can follow it any more.
        await record(entry.id, { kind: 'restarted', host: null }, keep);
      }
    },
    unwritten: ledger.waiting,
    writeWaiting: () => inOrder(ledger.writeWaiting),
    onSettled(tell) {
      settled = tell;
    },
  };
}
