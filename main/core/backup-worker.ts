import { parentPort, workerData } from 'node:worker_threads';
import { digest } from '../../crypto/node.ts';
import { backUp } from '../../sync/backup/backup.ts';
import type { BackupWork } from './backup-thread.ts';

/** A thread of core that makes one backup, says what came of it, and ends. Whatever it throws is core's surprise. */
const { file, key, nativeBinding, machine, boot, now, to }: BackupWork = workerData;
const never = () => {
  throw new Error('a backup signs nothing and waits for nothing');
};
parentPort?.postMessage(await backUp({
  file, key, nativeBinding, boot, signer: { ...digest, machine, sign: never }, clock: { now: () => now, monotonic: () => 0, after: never }, random: (count) => crypto.getRandomValues(new Uint8Array(count)),
}, to));
