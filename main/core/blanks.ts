import type { BlankStock } from '../../domain/contracts/terminal-config.ts';
import type { PrintId } from '../../domain/ids.ts';
import { BlankEvent, blankNumber, checkLoad, checkVoid, findingsOf, type LoadFault, type Stock, stockOf, takeBlank, type TakeFault, type TrayFault } from '../../domain/print-ledger/blanks.ts';
import { PrintEntry, PrintState } from '../../domain/print-ledger/types.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

export type BlanksFault =
  /** This machine has no such blanks. */
  | { kind: 'no-such-stock' }
  /** One is with the printer now: nobody can say what lies on top. */
  | { kind: 'printing' }
  /** So many are gone without a print: nothing is done before a person has said that this is so. */
  | { kind: 'would-miss'; count: number }
  | LoadFault | TrayFault
  | { kind: 'not-left' };

/** The numbered blanks of this machine. Calls that write take turns with the prints: see `createPrinting`. */
export type Blanks = {
  /** Every kind that this machine has, with how it stands. */
  stocks(): { config: BlankStock; stock: Stock }[];
  /** The blank for a certificate of this template; null when it is printed on plain paper. */
  take(template: string): Result<NonNullable<PrintEntry['blank']> | null, TakeFault>;
  /** As it is printed on the paper; null for a kind that this machine has no more. */
  numberOf(blank: NonNullable<PrintEntry['blank']>): string | null;
  /** The printer's tray where these lie; null: wherever plain paper is. */
  trayOf(blank: PrintEntry['blank']): string | null;
  /** A print as it stands now. */
  note(entry: Pick<PrintEntry, 'id' | 'state' | 'blank'>): void;
  load(stock: string, first: number, last: number): Promise<Result<null, BlanksFault>>;
  spoil(stock: string, number: number): Promise<Result<null, BlanksFault>>;
  /**
   * A person reads the number on top of the tray.
   * @param top null: it is empty
   * @param missing how many the person knows to be gone without a print
   * @returns the prints whose outcome is known by that
   */
  look(stock: string, top: number | null, missing: number): Promise<Result<{ print: PrintId; cameOut: boolean }[], BlanksFault>>;
};

/** Reads the whole print ledger once, where there are any blanks; from then on it is told of each print. */
export async function openBlanks({ store, stocks, clock }: { store: Pick<TerminalStore, 'blanks' | 'prints'>; stocks: readonly BlankStock[]; clock: Clock }): Promise<Blanks> {
  const events = (await store.blanks.all()).map((event) => BlankEvent.parse(event));
  const entries = stocks.length === 0 ? [] : (await store.prints.inState(...PrintState.options)).map(({ entry }) => PrintEntry.parse(entry));
  const prints = new Map(entries.filter(({ blank }) => blank !== null).map(({ id, state, blank }) => [id, { id, state, blank }]));
  const stand = (name: string): Stock => stockOf(name, events, [...prints.values()]);
  const configOf = (name: string) => stocks.find(({ template }) => template === name);
  const at = () => new Date(clock.now()).toISOString();

  async function add(...more: BlankEvent[]): Promise<void> {
    await store.blanks.add(more);
    events.push(...more);
  }

  return {
    stocks: () => stocks.map((config) => ({ config, stock: stand(config.template) })),
    take(template) {
      if (configOf(template) === undefined) return ok(null);
      const taken = takeBlank(stand(template));
      return taken.ok ? ok({ stock: template, number: taken.value }) : taken;
    },
    numberOf({ stock, number }) {
      const config = configOf(stock);
      return config === undefined ? null : blankNumber(config, number);
    },
    trayOf: (blank) => (blank === null ? null : (configOf(blank.stock)?.tray ?? null)),
    note({ id, state, blank }) {
      if (blank !== null) prints.set(id, { id, state, blank });
    },
    async load(stock, first, last) {
      if (configOf(stock) === undefined) return err({ kind: 'no-such-stock' });
      const checked = checkLoad(stand(stock), first, last);
      if (!checked.ok) return checked;
      await add({ kind: 'loaded', stock, first, last, at: at() });
      return ok(null);
    },
    async spoil(stock, number) {
      if (configOf(stock) === undefined) return err({ kind: 'no-such-stock' });
      const checked = checkVoid(stand(stock), number);
      if (!checked.ok) return err(checked.error.kind === 'not-left' ? { kind: 'not-left' } : checked.error);
      await add({ kind: 'voided', stock, number, why: 'spoiled', at: at() });
      return ok(null);
    },
    async look(stock, top, missing) {
      if (configOf(stock) === undefined) return err({ kind: 'no-such-stock' });
      if ([...prints.values()].some(({ state, blank }) => blank?.stock === stock && (state === 'reserved' || state === 'sent'))) return err({ kind: 'printing' });
      const found = findingsOf(stand(stock), top);
      if (!found.ok) return found;
      const gone = found.value.missing;
      if (gone.length !== missing) return err({ kind: 'would-miss', count: gone.length });
      if (gone.length > 0) await add(...gone.map((number): BlankEvent => ({ kind: 'voided', stock, number, why: 'missing', at: at() })));
      return ok(found.value.close);
    },
  };
}
