import { offShelf } from '../../domain/catalogue/shelf.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import type { Clock } from '../../domain/time.ts';
import { keptShelf } from '../../sync/feeds/catalogue.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';

/** Reads the shelf as the hall told it last, for this moment: why an item is not offered here, in the county's words, or null. */
export type OffShelf = () => Promise<(code: string) => string | null>;

/** No staff account is signed in at a terminal, so rules for operators say nothing here. */
export function createOffShelf({ store, config, clock }: { store: Pick<TerminalStore, 'cursors'>; config: Pick<TerminalConfig, 'site' | 'machine' | 'machineType'>; clock: Clock }): OffShelf {
  return async () => {
    const { rules } = await keptShelf(store);
    const { site, machine, machineType } = config;
    return (item) => offShelf(rules, { item, site, machine, machineType, operator: null, at: clock.now() })?.reason ?? null;
  };
}
