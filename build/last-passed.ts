/** Remembers in which state of the project every test passed on this machine, so that the same state need not be tested twice. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { inProject } from './paths.ts';
import { run } from './run.ts';

/** Milliseconds for which a result stands: what a test finds also hangs on the machine around it, which changes by the day. */
const GOOD_FOR = 24 * 3_600_000;

const kept = inProject('.cache', 'last-passed.json');
const Passed = z.strictObject({ state: z.string(), passed: z.int().min(1), at: z.iso.datetime() });
export type Passed = z.infer<typeof Passed>;

/**
 * A hash over every file of the project that Git does not ignore, the packages installed, the runtime and the system.
 * @returns null where there is no Git, or this is no clone
 */
export async function stateOf(folder = inProject()): Promise<string | null> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: folder });
  if (!listed.ok) return null;
  const hash = createHash('sha256').update([process.version, platform(), arch(), release()].join(' '));
  const names = [...new Set(listed.value.split('\0').filter((name) => name !== ''))].sort();
  for (const name of [...names, 'node_modules/.package-lock.json']) {
    const content = await readFile(path.join(folder, name)).catch(() => null);
    // Deleted and not yet committed: its absence counts.
    hash.update(`\n${name} ${content?.length ?? 'gone'}\n`).update(content ?? '');
  }
  return hash.digest('hex');
}

/** When every test passed in this state here, within a day; null when it has to be found out. */
export async function passedBefore(state: string, now: number, file = kept): Promise<Passed | null> {
  const said = Passed.safeParse(parseJson(await readFile(file, 'utf8').catch(() => '')));
  if (!said.success || said.data.state !== state) return null;
  const age = now - Date.parse(said.data.at);
  return age >= 0 && age < GOOD_FOR ? said.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off while it was written, or never written.
    return null;
  }
}

export async function keepPassed(passed: Passed, file = kept): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(passed));
}
