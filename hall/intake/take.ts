import { err, never, ok, type Result } from '../../domain/result.ts';
import type { MachineRow, Write } from '../db/schema.ts';
import { type Ground, instant } from '../ground.ts';
import type { KnownMachine } from '../identity/machines.ts';
import { machineKeys } from '../identity/takeover.ts';
import { causeOf } from '../log-events.ts';
import { type Entry, readEntry } from './entry.ts';
import { planAside, planBatch, type Verdict } from './plan.ts';
import { behindSavepoint } from './savepoint.ts';
import { keepAside, loadPlaces, loadSnapshot, savePlan } from './store.ts';
import type { Turns } from './turns.ts';
import type { Taken } from './words.ts';

/** Entries of one batch that the hall may fail on: one may be poison, four are a sick hall, which takes nothing. */
const MOST_FAULTS = 3;

/** Where a batch stands among others of its machine that are on the way: it waits in `turns` until the machine's chain holds `after` here. */
export type Place = { after: number; turns: Turns };
/** Of a batch that waits for no other. */
const FREE: Place = { after: 0, turns: { run: (_machine, work) => work() } };

/**
 * Takes a batch of a machine: one transaction, one outcome an entry, in the batch's order. Batches of one machine come one after another
 * (its row is locked), those of different machines side by side. Repeating a batch changes nothing and answers as of its first arrival.
 *
 * The whole batch is written at once. Only when that fails on what is in it (the database refuses a row, or our own code trips) is the batch taken back to
 * a savepoint and taken again entry by entry, each behind a savepoint of its own. An entry that fails alone gets its place in the chain and is set aside
 * as `hall-fault`, so that it blocks nothing; county IT has it judged again (`judge-again.ts`) when the hall can.
 *
 * Fails with `early` when the batch that it comes after did not come in time; nothing was kept of it, and the terminal sends both again.
 */
export async function takeBatch(ground: Ground, from: KnownMachine, candidates: readonly unknown[], place: Place = FREE): Promise<Result<Taken[], { kind: 'retired' | 'early' }>> {
  const started = ground.clock.monotonic();
  // Hashing and verifying is most of the work and needs no lock.
  const keyAt = await machineKeys(ground, from);
  const entries = await Promise.all(candidates.map((candidate) => readEntry(candidate, from.machine, keyAt)));
  const taken = await place.turns.run(from.machine, () => ground.db.write(async (write) => {
    const machine = await lockMachine(ground, write, from);
    if (machine === null) return 'retired';
    if (machine.head_sequence < place.after) return 'early';
    const receivedAt = ground.clock.now();
    const take = (row: MachineRow, some: readonly Entry[]) => takeEntries(ground, write, row, some, receivedAt);
    const whole = await behindSavepoint(write, () => take(machine, entries));
    const verdicts = whole.ok ? whole.value : await takeOneByOne(ground, write, from, entries, receivedAt, take);
    return { verdicts, receivedAt };
  }));
  if (taken === 'retired' || taken === 'early') return err({ kind: taken });
  const outcomes = taken.verdicts.map((verdict) => outcomeOf(verdict, instant(taken.receivedAt)));
  report(ground, from, outcomes, taken.verdicts, ground.clock.monotonic() - started);
  return ok(outcomes);
}

/** null when the machine was retired, or its key replaced, while its batch was looked at. */
async function lockMachine(ground: Ground, write: Write, from: KnownMachine): Promise<MachineRow | null> {
  const row = await write.selectFrom('machine').selectAll().where('division', '=', ground.division).where('machine', '=', from.machine).where('public_key', '=', from.publicKey).where('retired_at', 'is', null).forUpdate().executeTakeFirst();
  return row ?? null;
}

async function takeEntries(ground: Ground, write: Write, machine: MachineRow, entries: readonly Entry[], receivedAt: number): Promise<Verdict[]> {
  const snapshot = await loadSnapshot(ground, write, machine, entries);
  const plan = planBatch(machine.machine as KnownMachine['machine'], entries, snapshot);
  await savePlan(ground, write, machine.machine, plan, receivedAt);
  return plan.verdicts;
}

async function takeOneByOne(ground: Ground, write: Write, from: KnownMachine, entries: readonly Entry[], receivedAt: number, take: (row: MachineRow, some: readonly Entry[]) => Promise<Verdict[]>): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let faults = 0;
  for (const entry of entries) {
    const machine = await lockMachine(ground, write, from);
    if (machine === null) throw new Error('a locked machine is gone');
    const taken = await behindSavepoint(write, () => take(machine, [entry]));
    if (taken.ok) {
      verdicts.push(...taken.value);
      continue;
    }
    faults += 1;
    if (faults > MOST_FAULTS) throw taken.error.cause;
    ground.log({ event: 'failed', where: 'intake', cause: causeOf(taken.error.cause) });
    const aside = await behindSavepoint(write, () => setAside(ground, write, machine, entry, receivedAt));
    verdicts.push(...aside.ok ? aside.value : [await keepUnstorable(ground, write, from, entry, receivedAt)]);
  }
  return verdicts;
}

/** Its place in the chain and no more: whatever the hall fails on is not touched. */
async function setAside(ground: Ground, write: Write, machine: MachineRow, entry: Entry, receivedAt: number): Promise<Verdict[]> {
  const plan = planAside([entry], await loadPlaces(ground, write, machine, [entry]), 'hall-fault');
  await savePlan(ground, write, machine.machine, plan, receivedAt);
  return plan.verdicts;
}

/** The database refuses even that: it is only shown to people, and the terminal keeps it. */
async function keepUnstorable(ground: Ground, write: Write, from: KnownMachine, entry: Entry, receivedAt: number): Promise<Verdict> {
  const { id, sequence } = entry.kind === 'authentic' ? entry.link : entry.claims;
  const verdict: Verdict = { kind: 'kept-out', authentic: entry.kind === 'authentic', id, sequence, text: entry.text, reason: 'hall-fault' };
  await keepAside(ground, write, from.machine, [verdict], instant(receivedAt));
  return verdict;
}

function outcomeOf(verdict: Verdict, receivedAt: string): Taken {
  switch (verdict.kind) {
    case 'applied':
      return { kind: 'stored', action: verdict.action, receivedAt };
    case 'set-aside':
      return { kind: 'quarantined', reason: verdict.reason, held: true };
    case 'kept-out':
      return { kind: 'quarantined', reason: verdict.reason, held: false };
    case 'repeated': {
      const { link, known } = verdict;
      return known.reason === null ? { kind: 'duplicate', action: link, receivedAt: known.receivedAt ?? receivedAt } : { kind: 'quarantined', reason: known.reason, held: true };
    }
    default:
      return never(verdict);
  }
}

function report(ground: Ground, from: KnownMachine, outcomes: readonly Taken[], verdicts: readonly Verdict[], milliseconds: number): void {
  const count = (kind: Taken['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  ground.log({ event: 'batch-taken', machine: from.machine, entries: outcomes.length, stored: count('stored'), duplicates: count('duplicate'), quarantined: count('quarantined'), milliseconds });
  for (const verdict of verdicts) {
    if (verdict.kind === 'set-aside') ground.log({ event: 'quarantined', machine: from.machine, reason: verdict.reason, action: verdict.link.id });
    if (verdict.kind === 'kept-out') ground.log({ event: 'quarantined', machine: from.machine, reason: verdict.reason, action: verdict.id ?? '' });
  }
}
