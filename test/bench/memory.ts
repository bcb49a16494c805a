/**
 * The memory of a terminal's core over its life: hand-ins are taken, drained into the hall on PostgreSQL, read back and purged, round after round.
 * Ours is the memory after the last rounds, the limit what it was after the first ones: 1.00 is flat.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { MachineId } from '../../domain/ids.ts';
import { provisionalNumber } from '../../domain/lease/lease.ts';
import { systemClock } from '../../main/core/system.ts';
import { HALL_KEYS } from '../../sync/cursors.ts';
import { createSync } from '../../sync/sync.ts';
import type { Sync } from '../../sync/types.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { createHallTransport } from '../../sync/transport/http.ts';
import { packItem } from '../fixtures/hall.ts';
import { heldMemory } from '../rigs/held-memory.ts';
import { startPostgres } from '../fixtures/postgres.ts';
import { startServer } from './rig/child.ts';
import { handInRequest } from './rig/hand-in.ts';
import { report, row } from './rig/measure.ts';

const DOCUMENTS = 200_000;
const ROUNDS = 40;
/** Rounds at either end that are compared; the first two warm up. */
const COMPARED = 5;
const WARM = 2;

const random = (count: number) => new Uint8Array(randomBytes(count));

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { documents: { type: 'string' }, json: { type: 'string' } } });
  const each = Math.ceil(Number(values.documents ?? DOCUMENTS) / ROUNDS);
  const folder = mkdtempSync(join(tmpdir(), 'jinban-bench-memory-'));
  const postgres = await startPostgres();
  try {
    const machine = MachineId.parse('T330624-0001');
    const keys = generateSigningKey();
    const hall = await startServer<{ url: string }>(new URL('./rig/hall-server.ts', import.meta.url), [await postgres.database(), join(folder, 'hall'), JSON.stringify([{ machine, publicKey: keys.publicKey }])]);
    const { held, resident } = await live(join(folder, 'terminal.db'), machine, keys.privateKey, hall.told.url, each);
    await hall.stop();
    return report('memory', [
      row(`memory that core holds, the last of ${each * ROUNDS} documents against the first`, 'MB', { ours: held.slice(-COMPARED), limit: held.slice(WARM, WARM + COMPARED) }),
      row('resident memory of core, likewise', 'MB', { ours: resident.slice(-COMPARED), limit: resident.slice(WARM, WARM + COMPARED) }),
    ], values.json === undefined ? [] : ['--json', values.json]);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns megabytes after each round */
async function live(file: string, machine: MachineId, privateKey: string, url: string, each: number): Promise<{ held: number[]; resident: number[] }> {
  const signer = createSigner(machine, privateKey);
  const opened = await openTerminalStore({ file, key: random(32), nativeBinding: null, signer, clock: systemClock, boot: 'bench', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = opened.value;
  const transport = createHallTransport({ baseUrl: url, signer, clock: systemClock });
  const about = await transport.about();
  if (!about.ok) throw new Error('the hall does not answer');
  await store.cursors.set(HALL_KEYS, about.value.keys);
  const sync = createSync({ store, transport, verifier, clock: systemClock, random, log: () => undefined });
  const { code, version } = packItem('elder-card');
  const held: number[] = [];
  const resident: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let index = 1; index <= each; index += 1) {
      const serial = round * each + index;
      const { payload, ...request } = handInRequest(serial);
      await store.log.append({ ...request, item: { code, version }, payload: { ...payload, number: { value: provisionalNumber(machine, serial), provisional: true } } as typeof payload });
    }
    await drain(sync, each);
    for (const id of await store.log.cases()) {
      await store.log.ofCase(id);
      const purged = await store.purgeCase(id);
      if (!purged.ok) throw new Error(purged.error.kind);
    }
    held.push(heldMemory() / 1e6);
    resident.push(process.memoryUsage.rss() / 1e6);
    process.stderr.write(`${(round + 1) * each} documents: ${held.at(-1)?.toFixed(1)} MB held, ${resident.at(-1)?.toFixed(0)} MB resident\n`);
  }
  await sync.stop();
  await store.close();
  return { held, resident };
}

/** Runs until everything is acknowledged. A connection that the hall closed while this process stood still, writing, is found by the run that it fails. */
async function drain(sync: Sync, each: number): Promise<void> {
  let acknowledged = 0;
  for (let tries = 0; acknowledged < each; tries += 1) {
    const report = await sync.runNow();
    acknowledged += report.acknowledged;
    if (report.failure !== null && (report.failure.kind !== 'unreachable' || tries === 3)) throw new Error(`drained ${acknowledged} of ${each}: ${report.failure.kind}`);
  }
}
