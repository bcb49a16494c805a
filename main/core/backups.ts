import { backUp } from '../../sync/backup/backup.ts';
import type { TerminalStoreSettings } from '../../sync/terminal-store/types.ts';
import { daily, type DailyParts } from './daily.ts';
import type { CoreLog } from './log.ts';

/**
 * Backs the store up once a day. One that fails is told and tried again the next day: the machine serves on. Core stands still while pages are copied, half a second
 * for 200 MB, so it is done while nobody is here. The answer stops it.
 */
export function startBackups(parts: DailyParts & { store: TerminalStoreSettings; to: string | null; log: CoreLog }): () => void {
  const { store, to, log } = parts;
  if (to === null) return () => {};
  return daily(parts, async () => {
    const made = await backUp(store, to);
    log(made.ok ? { event: 'backup-complete' } : { event: 'backup-failed', why: made.error.kind === 'cannot-write' ? made.error.code : made.error.kind });
    return true;
  });
}
