import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { MachineId } from '../../domain/ids.ts';
import { drop, type Result } from '../../domain/result.ts';
import type { BackupFailure } from '../../sync/backup/backup.ts';
import type { TerminalStoreSettings } from '../../sync/terminal-store/types.ts';

/** What the thread is given: the store's settings without the signing key, and the time it is now. */
export type BackupWork = Pick<TerminalStoreSettings, 'file' | 'key' | 'nativeBinding' | 'boot'> & { machine: MachineId; now: number; to: string };
export type BackupOutcome = Result<string, BackupFailure>;

/** The thread's program lies beside this one, in its sources as in the bundle. */
const PROGRAM = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'backup-worker.ts' : 'backup-worker.mjs', import.meta.url));

/**
 * Makes a backup beside the running core. A store with weeks of scans takes a slow disk or share minutes to copy; core, standing still for so long, would
 * be taken for hung and be killed.
 * @returns what came of it, null when it was stopped; rejects on a surprise in the thread
 */
export function backUpAside({ file, key, nativeBinding, boot, signer, clock }: TerminalStoreSettings, to: string): { outcome: Promise<BackupOutcome | null>; stop(): void } {
  const work: BackupWork = { file, key, nativeBinding, boot, machine: signer.machine, now: clock.now(), to };
  const thread = new Worker(PROGRAM, { workerData: work });
  let stopped = false;
  const outcome = new Promise<BackupOutcome | null>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => (stopped ? resolve(null) : reject(new Error('a backup ended without a word'))));
  });
  return {
    outcome,
    stop() {
      stopped = true;
      drop(thread.terminate());
    },
  };
}
