import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';

/**
 * Holds a folder for this process: two at once would destroy what is in it, PGlite's database for one. A lock whose process is gone (power cut) is taken over.
 * @returns lets go of it
 */
export async function holdFolder(folder: string): Promise<Result<() => Promise<void>, { kind: 'held'; process: number }>> {
  const path = join(folder, 'hall.pid');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return ok(() => rm(path, { force: true }));
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder !== process.pid && isAlive(holder)) return err({ kind: 'held', process: holder });
    await rm(path, { force: true });
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    // Another user's process is alive though we may not signal it.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
