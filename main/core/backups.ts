import { err } from '../../domain/result.ts';
import type { TerminalStoreSettings } from '../../sync/terminal-store/types.ts';
import { backUpAside } from './backup-thread.ts';
import { daily, type DailyParts } from './daily.ts';
import type { CoreLog } from './log.ts';

/** `running`: whether a copy is being made. Until it has ended the store's log cannot be emptied, so a purge waits for it. */
export type Backups = { running(): boolean; stop(): void };

/**
 * Backs the store up once a day, while nobody is here at its beginning. One that fails is told and tried again the next day: the machine serves on.
 * @param parts.scrub of the open store: makes up for what visits that ended meanwhile could not clear from its log
 */
export function startBackups(parts: DailyParts & { store: TerminalStoreSettings; to: string | null; scrub(): Promise<void>; log: CoreLog }): Backups {
  const { store, to, scrub, log } = parts;
  if (to === null) return { running: () => false, stop: () => {} };
  let running: ReturnType<typeof backUpAside> | null = null;
  const stop = daily(parts, async () => {
    running = backUpAside(store, to);
    // A surprise there ends its thread and nothing else. Its message may hold a path, and stays out.
    const made = await running.outcome.catch((cause: unknown) => err({ kind: cause instanceof Error ? cause.name : 'surprise' }));
    running = null;
    if (made === null) return true;
    await scrub();
    log(made.ok ? { event: 'backup-complete' } : { event: 'backup-failed', why: 'code' in made.error ? made.error.code : made.error.kind });
    return true;
  });
  return {
    running: () => running !== null,
    stop() {
      stop();
      running?.stop();
    },
  };
}
