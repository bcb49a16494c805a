/** The practice hall: what is seeded into it, and what it takes to be one. Why nothing of it can pass for real stands in `domain/practice/practice.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MachineId, type Hash } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { isPractice } from '../../domain/practice/mark.ts';
import { practiceItem } from '../../domain/practice/practice.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Summary } from '../../domain/seed/world.ts';
import { blobPlace } from '../blobs/store.ts';
import type { Ground } from '../ground.ts';
import type { HallKeyRing } from '../identity/keys.ts';
import { addMachine } from '../identity/machines.ts';
import { seedHall } from '../seed/seed.ts';

/** What a practice hall begins with: enough for every list to have pages and every rule to have found something, and ready in a quarter of a minute. */
export const FIRST_STORY = { seed: 1, cases: 300, days: 45 } as const;

/** Where a story may be written. `cut-off`: one was begun and not ended, so chains and counters do not say where they stand. */
export type SeedState = 'empty' | 'filled' | 'cut-off';

export async function seedStateOf({ db: { read }, division, hall }: Ground): Promise<SeedState> {
  const used = await read.selectFrom('action').select('id').where('division', '=', division).limit(1).executeTakeFirst();
  const { head_sequence } = await read.selectFrom('machine').select('head_sequence').where('division', '=', division).where('machine', '=', hall).executeTakeFirstOrThrow();
  if (used !== undefined) return head_sequence === 0 ? 'cut-off' : 'filled';
  const account = await read.selectFrom('account').select('account').where('division', '=', division).limit(1).executeTakeFirst();
  const machine = await read.selectFrom('machine').select('machine').where('division', '=', division).where('machine', '!=', hall).limit(1).executeTakeFirst();
  return account === undefined && machine === undefined ? 'empty' : 'cut-off';
}

export type FillFailure = { kind: 'not-practice' } | { kind: 'filled' } | { kind: 'cut-off' };

/**
 * Writes a story into an empty practice hall.
 * @param data the hall's folder, where pages are put; null: they are not made
 */
export async function fillPractice(ground: Ground, keys: HallKeyRing, story: { seed: number; cases: number; days: number; until: number; items: readonly Item[]; writer: 'replay' | 'bulk'; data: string | null; told: (events: number) => void }): Promise<Result<Summary, FillFailure>> {
  if (!isPractice(ground.division)) return err({ kind: 'not-practice' });
  const state = await seedStateOf(ground);
  if (state !== 'empty') return err({ kind: state });
  const { data, ...rest } = story;
  const { summary } = await seedHall(ground, keys, { ...rest, asPublished: practiceItem, scans: data === null ? null : (hash, sealed) => keepScan(join(data, 'blobs'), hash, sealed) });
  return ok(summary);
}

/** A made page is not worth a wait for the disk: it can be made again. */
async function keepScan(folder: string, hash: Hash, sealed: Uint8Array): Promise<void> {
  const place = blobPlace(folder, hash);
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  await writeFile(place, sealed, { mode: 0o600 });
}

/** The machine that a trainee's terminal enrols as. @returns its one-time code, empty when it is enrolled already */
export async function practiceTerminal(ground: Ground): Promise<string> {
  const code = await addMachine(ground, MachineId.parse(`T${ground.division}-0001`));
  return code.ok ? code.value : '';
}
