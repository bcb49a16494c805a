import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { terminalCourierKey } from '../../courier/age.ts';
import { createSigner, generateSigningKey, type SigningKeyPair, verifier } from '../../crypto/node.ts';
import { verifyChain } from '../../domain/action/chain.ts';
import { CaseId, MachineId, ulid } from '../../domain/ids.ts';
import { createBlobStore } from '../../hall/blobs/store.ts';
import { exportParcels } from '../../hall/courier/export.ts';
import { importParcels as importAtHall, type HallCourier } from '../../hall/courier/import.ts';
import { addMachine } from '../../hall/identity/machines.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import type { TerminalStore } from '../../sync/terminal-store/types.ts';
import { type CourierParts, exportParcel } from '../../sync/transport/courier/export.ts';
import { importParcels } from '../../sync/transport/courier/import.ts';
import { keepCard } from '../../sync/transport/courier/state.ts';
import type { SyncEvent } from '../../sync/types.ts';
import { ELDER_CARD, elderCardHandIn, openTestDatabase, startHall, type TestHall } from '../fixtures/hall.ts';
import { testClock } from '../fixtures/test-clock.ts';

/** A hall, a folder that stands for a stick, and terminals that never had a line. */
export type CourierWorld = { hall: TestHall; stick: string; courier: HallCourier; folder: string; terminal(name: string): Promise<StickTerminal>; close(): Promise<void> };

export async function openCourierWorld(): Promise<CourierWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'courier-'));
  const hall = await startHall(await openTestDatabase({ kind: 'pglite', folder: null }));
  const stick = join(folder, 'stick');
  mkdirSync(stick);
  const terminals: StickTerminal[] = [];
  return {
    hall, stick, folder,
    courier: { ground: hall.hall.ground, blobs: createBlobStore(join(hall.data, 'blobs')), folder: join(hall.data, 'courier') },
    async terminal(name) {
      const terminal = await openStickTerminal(hall, folder, name);
      terminals.push(terminal);
      return terminal;
    },
    async close() {
      for (const terminal of terminals) await terminal.close();
      await hall.close();
      await hall.db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type StickTerminal = {
  parts: CourierParts & { log(event: SyncEvent): void };
  store: TerminalStore;
  machine: MachineId;
  key: SigningKeyPair;
  exportTo(stick: string, fileSize?: number): ReturnType<typeof exportParcel>;
  importFrom(stick: string): ReturnType<typeof importParcels>;
  /** Hands in a case with a signature and one sealed page of `pageSize` bytes, under the next number. */
  handIn(serial: number, pageSize?: number): Promise<CaseId>;
  close(): Promise<void>;
};

/** A machine that county IT has registered and given a code, with an empty store of its own. */
export async function openStickTerminal(hall: TestHall, folder: string, name: string): Promise<StickTerminal> {
  const machine = MachineId.parse(name);
  const code = await addMachine(hall.hall.ground, machine);
  if (!code.ok) throw new Error(code.error.kind);
  const key = generateSigningKey();
  const signer = createSigner(machine, key.privateKey);
  const clock = testClock();
  // Two machines must not draw the same ids.
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const storeKey = new Uint8Array(32).fill(Number(name.slice(-1)));
  const opened = await openTerminalStore({ file: join(folder, `${name}.db`), key: storeKey, nativeBinding: null, signer, clock, boot: 'boot-1', random });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = opened.value;
  const parts = { store, signer, key: terminalCourierKey(storeKey), enrolment: { publicKey: key.publicKey, code: code.value }, clock, random, log: () => undefined };
  return {
    parts, store, machine, key,
    exportTo: (stick, fileSize) => exportParcel(parts, { stick, ...(fileSize === undefined ? {} : { fileSize }) }),
    importFrom: (stick) => importParcels(parts, stick),
    async handIn(serial, pageSize = 5000) {
      const id = CaseId.parse(ulid(clock.now() + serial, new TextEncoder().encode(name.slice(-4).padEnd(10, '0'))));
      const keys = hall.hall.ground.publicKeys;
      await store.caseKeys.create(id);
      const page = await store.blobs.put(id, new Uint8Array(pageSize).fill(serial), 'image/jpeg');
      const image = await store.blobs.put(id, new Uint8Array(500).fill(serial), 'image/png');
      const wrapped = await store.caseKeys.wrapFor(id, keys);
      if (!page.ok || !image.ok || !wrapped.ok) throw new Error('a fixture could not be sealed');
      await store.log.append(async () => {
        const next = await store.leases.next('case-number');
        const payload = elderCardHandIn(next?.number ?? 'none');
        return { case: id, item: { code: ELDER_CARD, version: 1 }, actor: { kind: 'citizen' }, payload: { ...payload, caseKey: wrapped.value, signature: { ...payload.signature, image: image.value }, materials: payload.materials.map((material) => ({ ...material, pages: [page.value] })) } };
      });
      return id;
    },
    close: () => store.close(),
  };
}

/** Takes the card on the stick, as a person does who has compared the fingerprint. */
export async function compareCard(terminal: StickTerminal, stick: string): Promise<void> {
  const asked = await terminal.importFrom(stick);
  if (asked.ok || asked.error.kind !== 'compare-card' || asked.error.cards[0] === undefined) throw new Error('no card is offered');
  await keepCard(terminal.store, asked.error.cards[0].card);
}

/** The stick goes from terminal to hall and back once. */
export async function roundTrip(world: CourierWorld, ...terminals: StickTerminal[]): Promise<void> {
  for (const terminal of terminals) mustWork(await terminal.exportTo(world.stick));
  mustWork(await importAtHall(world.courier, world.stick));
  mustWork(await exportParcels(world.hall.hall.ground, world.stick));
  for (const terminal of terminals) mustWork(await terminal.importFrom(world.stick));
}

export function mustWork<Value>(result: { ok: true; value: Value } | { ok: false; error: { kind: string } }): Value {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

/** The hall holds this machine's whole chain, and the terminal an acknowledgement of every entry. */
export async function expectOneLog(world: CourierWorld, terminal: StickTerminal): Promise<void> {
  const here = await terminal.store.log.all();
  const rows = await world.hall.db.read.selectFrom('action').select('body').where('machine', '=', terminal.machine).orderBy('sequence').execute();
  const there = rows.map(({ body }) => JSON.parse(body) as unknown);
  expect(verifyChain(there, terminal.machine, terminal.key.publicKey, verifier)).toMatchObject({ entries: here.length, faults: [] });
  expect(there).toEqual(here);
  for (const action of here) expect(await terminal.store.log.acknowledgementOf(action.id)).toMatchObject({ action: action.id, hash: action.hash });
  expect(await terminal.store.blobs.pending(10, new Set(), ['waiting', 'received'])).toEqual([]);
}
