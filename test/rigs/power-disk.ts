/**
 * A machine's disk whose power can fail: an ext4 in a file. What the kernel had not written there yet when every process died is lost, as on a drive that keeps nothing back. Programs that forget to sync lose what they said
 * was kept; the file system's own journal is played back at the next start.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../build/demo/child.ts';
import { BOOT_ID } from './reboot.ts';
import { mayMount } from './small-disk.ts';

/** Longer than any test: the kernel writes nothing back by itself that nobody asked it to write. */
const COMMIT_SECONDS = 3600;

/** Runs a program of the system, whose tools for disks are on nobody's path but root's. */
function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } });
}

/** Whether this user may mount a disk out of a file, and give a program a boot of its own: root outside of a strict container. */
export const mayCutPower = mayMount && (() => {
  try {
    run('losetup', ['--find']);
    run('unshare', ['--mount', 'mount', '--bind', '/dev/null', BOOT_ID]);
    return true;
  } catch {
    return false;
  }
})();

export type PowerDisk = {
  /** Ends a program and all that it started at once, and mounts what the disk holds. @param program its process */
  fail(program: number): Promise<void>;
  unmount(): void;
};

/** @param folder empty, where the disk is mounted @param megabytes of the disk; its file takes what is written to it */
export function mountPowerDisk(folder: string, megabytes: number): PowerDisk {
  const image = `${folder}.disk`;
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 ** 2);
  run('mkfs.ext4', ['-q', '-F', '-J', 'size=16', '-E', 'lazy_itable_init=1,lazy_journal_init=1', image]);
  const mount = () => run('mount', ['-o', `loop,commit=${COMMIT_SECONDS}`, image, folder]);
  const unmount = () => run('umount', [folder]);
  mount();
  return {
    async fail(program) {
      await endAll(program);
      run('cp', ['--sparse=always', image, `${image}.cut`]);
      // What is written back from here on goes to the disk that is thrown away.
      unmount();
      renameSync(`${image}.cut`, image);
      mount();
    },
    unmount() {
      unmount();
      rmSync(image, { force: true });
    },
  };
}

/** Stops a program and its descendants first, so that none of them sees another die and tidies up. */
async function endAll(program: number): Promise<void> {
  const all = [program, ...descendantsOf(program)];
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const one of all) sendTo(one, signal);
  await until('all processes ended', () => all.every((one) => !isRunning(one)));
  // Their files are closed a moment after they are gone.
  await wait(50);
}

function descendantsOf(program: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (one: number): number[] => (children.get(one) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(program);
}

/** Fields after the name, which may hold spaces: state, parent (proc_pid_stat(5)). */
function statOf(one: number): string[] | null {
  try {
    return readFileSync(`/proc/${one}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}

const parentOf = (one: number) => (statOf(one) === null ? null : Number(statOf(one)?.[1]));
const isRunning = (one: number) => !['Z', 'X', undefined].includes(statOf(one)?.[0]);

function sendTo(one: number, signal: NodeJS.Signals): void {
  try {
    process.kill(one, signal);
  } catch {
    // It ended meanwhile.
  }
}
