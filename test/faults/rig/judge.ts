import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createSigner, verifier } from '../../../crypto/node.ts';
import { verifyChain } from '../../../domain/action/chain.ts';
import type { BlobReference } from '../../../domain/action/payload.ts';
import type { Action } from '../../../domain/action/types.ts';
import { HallKeys } from '../../../domain/contracts/hall.ts';
import type { MachineId } from '../../../domain/ids.ts';
import { type DatabasePlace, openDatabase } from '../../../hall/db/database.ts';
import { localKeepers } from '../../../main/core/keys/keepers.ts';
import { openKeys } from '../../../main/core/keys/keys.ts';
import { systemClock } from '../../../main/core/system.ts';
import { isGenuine } from '../../../sync/outbox/outbox.ts';
import { openSqliteFile } from '../../../sync/store/file.ts';
import { openTerminalStore } from '../../../sync/terminal-store/index.ts';
import { referencesOf } from '../../../sync/terminal-store/blobs.ts';
import { leaksUnder } from './people.ts';
import type { HandedIn } from './terminal.ts';

/** What a stopped terminal's folder holds. `received` are the actions that it takes for received. */
export type TerminalHoldings = { chain: Action[]; received: Action[]; publicKey: string };
/** What a stopped hall holds of one machine, in the order of its sequences. */
export type HallHoldings = { actions: Action[]; received: Set<string>; open: number; cases: number; blobs: Set<string>; handedInAt: Map<string, string> };

/** Reads a terminal's folder as it was left, and checks what must always be so: the file is whole, the chain is whole, all that was said is in it. */
export async function judgeTerminal(folder: string, machine: MachineId, said: readonly HandedIn[]): Promise<TerminalHoldings> {
  const file = join(folder, 'store.db');
  const keys = await openKeys(folder, file, localKeepers('file'));
  if (!keys.ok) throw new Error(`the terminal's keys: ${keys.error.kind}`);
  const { publicKey, privateKey } = keys.value.signing;
  const raw = openSqliteFile({ path: file, key: keys.value.store, nativeBinding: null });
  if (!raw.ok) throw new Error(`the terminal's file: ${raw.error.kind}`);
  expect(raw.value.database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  raw.value.close();
  const opened = await openTerminalStore({ file, key: keys.value.store, nativeBinding: null, signer: createSigner(machine, privateKey), clock: systemClock, boot: 'judge', random: (count) => new Uint8Array(count) });
  if (!opened.ok) throw new Error(`the terminal's store: ${opened.error.kind}`);
  const store = opened.value;
  try {
    const chain = await store.log.all();
    expect(verifyChain(chain, machine, publicKey, verifier)).toMatchObject({ entries: chain.length, faults: [] });
    const missing = said.filter(({ sequence, hash }) => chain[sequence - 1]?.hash !== hash);
    expect(missing, 'said to be handed in and not in the log').toEqual([]);
    const numbers = chain.flatMap(({ payload }) => (payload.kind === 'handed-in' ? [payload.number.value] : []));
    expect(new Set(numbers).size, 'a case number was used twice').toBe(numbers.length);
    const hall = HallKeys.safeParse(await store.cursors.get('hall-keys'));
    const received: Action[] = [];
    for (const action of chain) {
      const acknowledgement = await store.log.acknowledgementOf(action.id);
      for (const reference of filesOf(action)) {
        const page = await store.blobs.open(action.case, reference);
        // Only a page of a received case may be gone from here; `judgeArrival` looks for it at the hall.
        if (!page.ok) expect([acknowledgement === null ? 'waits' : 'received', page.error.kind]).toEqual(['received', 'missing']);
      }
      if (acknowledgement === null) continue;
      expect(hall.success && isGenuine(acknowledgement, action, hall.data, verifier), `acknowledgement of ${action.sequence}`).toBe(true);
      received.push(action);
    }
    return { chain, received, publicKey };
  } finally {
    await store.close();
  }
}

/** Reads a stopped hall's database and scans, and checks that everything in it is whole. */
export async function judgeHall(folder: string, place: DatabasePlace, machine: MachineId, publicKey: string): Promise<HallHoldings> {
  const opened = await openDatabase(place, machine.slice(1, 7));
  if (!opened.ok) throw new Error(`the hall's database: ${opened.error.kind}`);
  const { read, close } = opened.value;
  try {
    const rows = await read.selectFrom('action').select(['id', 'body', 'received_at', 'quarantine_reason']).where('machine', '=', machine).orderBy('sequence').execute();
    const actions = rows.map(({ body }) => JSON.parse(body) as Action);
    expect(verifyChain(actions, machine, publicKey, verifier)).toMatchObject({ entries: rows.length, faults: [] });
    expect(rows.filter(({ quarantine_reason }) => quarantine_reason !== null)).toEqual([]);
    const quarantine = await read.selectFrom('quarantine').select(['reason', 'sequence']).where('resolved_at', 'is', null).execute();
    const cases = await read.selectFrom('case_view').select(['id', 'actions', 'handed_in_at', 'number']).where('machine', '=', machine).execute();
    expect(cases.every((row) => row.actions === 1)).toBe(true);
    expect(new Set(cases.map(({ number }) => number)).size, 'an official number was given twice').toBe(cases.length);
    const blobs = await read.selectFrom('blob').select(['hash', 'size']).execute();
    for (const { hash } of blobs) expect(hashOfFile(join(folder, 'blobs', hash.slice(0, 2), hash)), `a scan that the hall says it has`).toBe(hash);
    return {
      actions, received: new Set(rows.map(({ id }) => id)), open: quarantine.length, cases: cases.length, blobs: new Set(blobs.map(({ hash }) => hash)),
      handedInAt: new Map(cases.map((row) => [row.id, row.handed_in_at])),
    };
  } finally {
    await close();
  }
}

/** After all has travelled: both logs are the same, every page is at the hall, nothing lies in the quarantine. */
export function judgeArrival(terminal: TerminalHoldings, hall: HallHoldings): void {
  expect(hall.actions.map(({ hash }) => hash), 'the hall holds every hand-in once, in its order').toEqual(terminal.chain.map(({ hash }) => hash));
  expect(terminal.received.length, 'the terminal has every acknowledgement').toBe(terminal.chain.length);
  expect(hall.cases).toBe(terminal.chain.length);
  expect(hall.open, 'entries in the quarantine').toBe(0);
  const named = terminal.chain.flatMap(filesOf).map(({ hash }) => hash);
  expect(named.filter((hash) => !hall.blobs.has(hash)), 'pages that are not at the hall').toEqual([]);
}

/** Nothing personal in any log. */
export function judgeLogs(folder: string): void {
  expect(leaksUnder(folder), 'personal data in a log').toEqual([]);
}

function filesOf({ payload }: Action): BlobReference[] {
  const { thumbnails, full } = referencesOf(payload);
  return [...thumbnails, ...full];
}

function hashOfFile(path: string): string | null {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
}
