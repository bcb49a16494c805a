import { closeSync, fsyncSync, openSync } from 'node:fs';
import { codeOf } from '../../domain/result.ts';

/**
 * Makes the names in a folder survive a power cut. Windows does that by itself; a network share that cannot be asked is as durable as its server is.
 * @throws the system's word when the folder is not there or its disk fails
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch (cause) {
    if (!['EINVAL', 'ENOTSUP'].includes(codeOf(cause))) throw cause;
  } finally {
    closeSync(handle);
  }
}
