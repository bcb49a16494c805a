import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { resolveElectron } from '../../build/electron-runtime.ts';
import { resolveSqliteBinding } from '../../build/native.ts';
import { inProject } from '../../build/paths.ts';
import { createSigner, generateSigningKey } from '../../crypto/node.ts';
import { generateWrappingKey } from '../../crypto/seal.ts';
import { MachineId } from '../../domain/ids.ts';
import { backupsOf } from '../../sync/backup/backup.ts';
import { HALL_KEYS } from '../../sync/cursors.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { testClock } from '../fixtures/test-clock.ts';

const run = promisify(execFile);
const machine = MachineId.parse('T330624-0001');
/** What `main/core/backup-thread.ts` does, in the terminal's own Node. */
const PROGRAM = `
const { Worker } = require('node:worker_threads');
const { program, key, ...rest } = JSON.parse(process.argv[1]);
const thread = new Worker(program, { workerData: { ...rest, key: new Uint8Array(key) } });
thread.once('message', (made) => process.stdout.write(JSON.stringify(made)));
`;

test('the bundled thread makes a backup in the terminal\'s Electron', async () => {
  const electron = await resolveElectron();
  if (!electron.ok) throw new Error(electron.error.tried.join('; '));
  const binding = await resolveSqliteBinding(electron.value.version);
  if (!binding.ok) throw new Error(binding.error.reason);
  await bundle(['backup-worker']);
  const folder = mkdtempSync(join(tmpdir(), 'jinban-thread-'));
  try {
    const [file, to, key] = [join(folder, 'store.db'), join(folder, 'backups'), new Uint8Array(32).fill(1)];
    const opened = await openTerminalStore({ file, key, nativeBinding: null, signer: createSigner(machine, generateSigningKey().privateKey), clock: testClock(), boot: 'boot-1', random: (count) => crypto.getRandomValues(new Uint8Array(count)) });
    if (!opened.ok) throw new Error(opened.error.kind);
    await opened.value.cursors.set(HALL_KEYS, { hall: 'H330624', signing: generateSigningKey().publicKey, wrapping: generateWrappingKey().publicKey });
    const work = { program: inProject('dist', 'terminal', 'backup-worker.mjs'), key: [...key], file, nativeBinding: binding.value.path, machine, boot: 'boot-1', now: 1_800_000_000_000, to };
    const { stdout } = await run(electron.value.executable, ['-e', PROGRAM, JSON.stringify(work)], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    expect(JSON.parse(stdout)).toEqual({ ok: true, value: backupsOf(machine, to)[0] });
    await opened.value.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
