import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Whether this user may mount: root outside of a strict container. */
export const mayMount = process.platform === 'linux' && userInfo().uid === 0 && (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export type SmallDisk = { readOnly(now: boolean): void; unmount(): void };

/** Makes the folder and mounts a disk in memory there. @param size as `mount` takes it, such as `8m` */
export function mountSmallDisk(folder: string, size: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'jinban-test', folder]);
  return {
    readOnly: (now) => void execFileSync('mount', ['-o', `remount,${now ? 'ro' : 'rw'}`, folder]),
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
  };
}
