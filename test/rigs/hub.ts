/** Hubs of a site as a county runs them: programs of their own, each with its settings in a file, killed without warning. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { inProject } from '../../build/paths.ts';
import { hashPassword } from '../../crypto/passwords.ts';
import type { QueueRules } from '../../domain/queue/types.ts';
import { freePort } from '../../wire/free-port.ts';
import { SITE_PIN } from '../fixtures/site.ts';

const PROGRAM = inProject('main', 'site', 'program.ts');
const run = promisify(execFile);

/** @property said its log so far */
export type Hub = { machine: string; origin: string; said(): string; kill(): Promise<void> };
export type Hubs = { hubs: Hub[]; close(): Promise<void> };

/** @param accounts of clerks, all with `SITE_PIN` */
export async function startHubs(count: number, rules: QueueRules, accounts: readonly string[]): Promise<Hubs> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-hubs-'));
  const pin = await hashPassword(SITE_PIN, { ln: 4, r: 8, p: 1 });
  const holderKey = randomBytes(32).toString('base64');
  const places = await Promise.all(Array.from({ length: count }, async (_, place) => ({ machine: `T330624-01${String(place + 1).padStart(2, '0')}`, file: join(folder, `hub-${place + 1}.yaml`), listen: { host: '127.0.0.1', agreementPort: await freePort(), pagePort: await freePort() } })));
  const write = (place: (typeof places)[number], members: unknown[]) => writeFileSync(place.file, stringify({
    machine: place.machine, site: '七星街道便民服务中心', hallName: '新昌县政务服务中心', data: place.machine,
    queue: { listen: place.listen, members, holderKey, rules, staff: accounts.map((account) => ({ account, name: '样板', pin, role: 'clerk' })) },
  }));
  // As a technician does it: the keys of each, then the same list of members for all.
  const members: unknown[] = [];
  for (const place of places) {
    write(place, []);
    const { stdout } = await run(process.execPath, [PROGRAM, 'key', '--config', place.file]);
    members.push(...(parse(stdout) as unknown[]));
  }
  const children: ChildProcess[] = [];
  const hubs = await Promise.all(places.map(async (place): Promise<Hub> => {
    write(place, members);
    const child = spawn(process.execPath, [PROGRAM, '--config', place.file], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (piece: Buffer) => {
        said += piece.toString('utf8');
        if (said.includes('"site-started"')) resolve();
      });
      child.once('exit', () => reject(new Error(`${place.machine} ended: ${said}`)));
    });
    return { machine: place.machine, origin: `http://127.0.0.1:${place.listen.pagePort}`, said: () => said, kill: () => kill(child) };
  }));
  return {
    hubs,
    async close() {
      await Promise.all(children.map(kill));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
