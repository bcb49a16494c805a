import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, generateSigningKey, verifier } from '../crypto/node.ts';
import { MachineId, type CaseId } from '../domain/ids.ts';
import { caseId, handedIn } from '../test/fixtures/actions.ts';
import { createSync } from './sync.ts';
import { openTerminalStore } from './terminal-store/index.ts';
import type { ActionRequest, TerminalStore } from './terminal-store/types.ts';
import { type HallEmulator, startHallEmulator } from './transport/hall-emulator.ts';
import { createHallTransport } from './transport/http.ts';
import type { HallTransport } from './transport/types.ts';
import type { Sync, SyncEvent } from './types.ts';
import { testClock, type TestClock } from '../test/fixtures/test-clock.ts';

export { caseId, testClock };

/** Bytes that differ from call to call and are the same in every run. */
export function createTestRandom(): (count: number) => Uint8Array {
  let drawn = 0;
  return (count) => {
    drawn += 1;
    return new Uint8Array(count).map((_, index) => (index < 4 ? (drawn >>> (8 * (3 - index))) & 255 : 0));
  };
}

/** A terminal's store, transport and sync beside an emulated hall, all on one test clock. */
export type Rig = {
  hall: HallEmulator;
  store: TerminalStore;
  transport: HallTransport;
  sync: Sync;
  clock: TestClock;
  events: SyncEvent[];
  key: { publicKey: string; privateKey: string };
  folder: string;
  /** Whether the sync is told that somebody is at the machine. */
  somebodyHere: boolean;
  close(): Promise<void>;
};

export const MACHINE = MachineId.parse('T330624-0001');
export const STORE_KEY = new Uint8Array(32).fill(5);

export async function createRig({ enrolled = true, line }: { enrolled?: boolean; line?: (clock: TestClock) => typeof fetch } = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'sync-'));
  const key = generateSigningKey();
  const signer = createSigner(MACHINE, key.privateKey);
  const clock = testClock();
  const random = createTestRandom();
  const hall = await startHallEmulator();
  const opened = await openTerminalStore({ file: join(folder, 'terminal.db'), key: STORE_KEY, nativeBinding: null, signer, clock, boot: 'boot-1', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = opened.value;
  const transport = createHallTransport({ baseUrl: hall.url, program: 'test', signer, clock, ...(line === undefined ? {} : { fetch: line(clock) }) });
  const events: SyncEvent[] = [];
  const sync = createSync({ store, transport, verifier, clock, random, log: (event) => events.push(event), busy: () => rig.somebodyHere });
  const rig: Rig = {
    hall, store, transport, sync, clock, events, key, folder, somebodyHere: false,
    async close() {
      await sync.stop();
      await store.close();
      await hall.close();
      rmSync(folder, { recursive: true });
    },
  };
  if (enrolled) {
    const bound = await sync.enrol({ code: 'right-code', publicKey: key.publicKey });
    if (!bound.ok) throw new Error(bound.error.kind);
  }
  return rig;
}

export function handIn(id: CaseId, change: Parameters<typeof handedIn>[0] = {}): ActionRequest {
  return { case: id, item: { code: '1133062400260000XR4001234567890', version: 1 }, actor: { kind: 'citizen' }, payload: handedIn(change) };
}

/** Hands in `count` cases without files and answers their ids. */
export async function handInMany(store: TerminalStore, count: number, from = 1): Promise<CaseId[]> {
  const ids = Array.from({ length: count }, (_, index) => caseId(from + index));
  for (const id of ids) await store.log.append(handIn(id));
  return ids;
}
