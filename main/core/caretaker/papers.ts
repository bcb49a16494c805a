import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { CaretakerAnswer, CaretakerSlip, PapersView } from '../../../domain/contracts/caretaker.ts';
import type { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import type { CertificateTemplate } from '../../../domain/action/payload.ts';
import type { Ticket } from '../../../domain/documents/types.ts';
import { type CaseId, PrintId } from '../../../domain/ids.ts';
import { blankNumber } from '../../../domain/print-ledger/blanks.ts';
import { blankSum, paperSums } from '../../../domain/print-ledger/sums.ts';
import { drop, err, never, ok } from '../../../domain/result.ts';
import type { Clock } from '../../../domain/time.ts';
import { isFull } from '../../../sync/store/index.ts';
import { actionsOf } from '../cases.ts';
import type { TerminalStore } from '../../../sync/terminal-store/types.ts';
import type { DevicesRoad } from '../devices-road.ts';
import type { Exchanges } from '../exchanges.ts';
import type { CoreLog } from '../log.ts';
import type { Printing } from '../printing.ts';

/** What the caretaker does about paper and devices. Whoever calls has seen to it that the caretaker is here. */
export type PapersDesk = {
  view(): Promise<PapersView>;
  closePaper(print: PrintId, cameOut: boolean): Promise<CaretakerAnswer>;
  load(stock: CertificateTemplate, first: number, last: number): Promise<CaretakerAnswer>;
  spoil(stock: CertificateTemplate, number: number): Promise<CaretakerAnswer>;
  look(stock: CertificateTemplate, top: number | null, missing: number): Promise<CaretakerAnswer>;
  acknowledgeTamper(): Promise<CaretakerAnswer>;
  printSlip(what: CaretakerSlip): Promise<CaretakerAnswer>;
  /** The caretaker leaves: the next one is not told of this one's slips. */
  forget(): void;
};

export function createPapersDesk(parts: {
  config: Pick<TerminalConfig, 'hallName' | 'site' | 'machine'>; exchanges: Pick<Exchanges, 'isOpen'>; printing: Printing; devices: DevicesRoad; store: Pick<TerminalStore, 'log'>; clock: Clock; newId(): string; log: CoreLog; changed(): void;
  /** What the readiness report says besides the devices. */
  standing(): Promise<Pick<Extract<Ticket, { kind: 'readiness' }>, 'program' | 'online' | 'waiting' | 'room'>>;
}): PapersDesk {
  const { config, exchanges, printing, devices, store, clock, log } = parts;
  let slip: PapersView['slip'] = null;

  const today = () => civilDate(clock.now());
  const blanks = () => printing.blanks.stocks().map(({ config: { template, name, prefix, digits }, stock }) => ({
    mint: { stock: template, prefix, digits }, figures: blankSum(name, stock, (number) => blankNumber({ prefix, digits }, number)),
  }));

  async function numberOf(id: CaseId): Promise<string> {
    const [first] = await actionsOf(store, id);
    return first?.payload.kind === 'handed-in' ? first.payload.number.value : '';
  }

  /** What could not be written down was not done. */
  async function done(what: string, deed: () => Promise<CaretakerAnswer>): Promise<CaretakerAnswer> {
    try {
      const answer = await deed();
      log({ event: 'caretaker-papers', deed: what, outcome: answer.ok ? 'done' : answer.error.kind });
      parts.changed();
      return answer;
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      return err({ kind: 'machine-full' });
    }
  }

  async function ticketOf(what: CaretakerSlip): Promise<Ticket> {
    const place = { hall: config.hallName, site: config.site, machine: config.machine, at: new Date(clock.now()).toISOString() };
    switch (what) {
      case 'day-sum':
        return { kind: what, ...place, day: today(), papers: paperSums(await printing.all(), today()), blanks: blanks().map(({ figures }) => figures) };
      case 'readiness': {
        const here = Object.entries(devices.states.get()).filter(([, status]) => status.kind !== 'offline' || status.reason !== 'not-configured');
        return { kind: what, ...place, ...(await parts.standing()), devices: here.map(([device, status]) => ({ device, status })) };
      }
      default:
        return never(what);
    }
  }

  async function print(what: CaretakerSlip): Promise<void> {
    const host = devices.current();
    slip = { what, state: 'sent', reason: '' };
    parts.changed();
    try {
      if (host === null) slip = { what, state: 'not-printed', reason: 'host-starting' };
      else {
        for await (const word of await host.client.printTicket({ print: PrintId.parse(parts.newId()), ticket: await ticketOf(what) })) {
          slip = { what, state: word.kind, reason: 'reason' in word ? word.reason : '' };
          parts.changed();
        }
      }
    } catch {
      slip = { what, state: 'unknown', reason: 'host-lost' };
    }
    parts.changed();
  }

  const underWay = () => slip?.state === 'sent' || slip?.state === 'looking';

  return {
    async view() {
      const all = await printing.all();
      const unknown = await Promise.all(all.filter(({ state }) => state === 'unknown').map(async ({ id, paper, history, case: of, blank }) => ({
        print: id, paper, at: history[0]?.at ?? '', number: await numberOf(of), blank: blank === null ? null : printing.blanks.numberOf(blank),
      })));
      return { unknown, blanks: blanks().map(({ mint, figures }) => ({ ...mint, ...figures })), today: paperSums(all, today()), slip };
    },
    closePaper: (print, cameOut) => done('close', async () => ((await printing.close(print, 'staff', cameOut)) ? ok(null) : err({ kind: 'no-such-paper' }))),
    load: (stock, first, last) => done('load', async () => (exchanges.isOpen('document-printer') ? printing.blanks.load(stock, first, last) : err({ kind: 'not-in-exchange' }))),
    spoil: (stock, number) => done('spoil', () => printing.blanks.spoil(stock, number)),
    look: (stock, top, missing) => done('look', async () => {
      const looked = await printing.blanks.look(stock, top, missing);
      return looked.ok ? ok(null) : looked;
    }),
    acknowledgeTamper: () => done('tamper', async () => {
      try {
        const answer = await devices.current()?.client.acknowledgeTamper();
        return answer?.ok === true ? ok(null) : err({ kind: 'device-away' });
      } catch {
        // The host went away meanwhile.
        return err({ kind: 'device-away' });
      }
    }),
    async printSlip(what) {
      if (underWay()) return err({ kind: 'busy' });
      drop(print(what));
      return ok(null);
    },
    forget() {
      if (!underWay()) slip = null;
    },
  };
}
