/** What makes a run of the fault rig repeatable, and how long it is. */

export { type Random, randomFrom } from '../../../domain/seed/random.ts';

/** `JINBAN_FAULT_SEED` repeats a run; every failure prints its own. */
export const SEED = numberOf('JINBAN_FAULT_SEED') ?? 20_261_123;
/** `JINBAN_FAULT_RUNS`: kills of the full run, and the sign for every other scenario to run at full length. */
export const FULL_RUNS = numberOf('JINBAN_FAULT_RUNS');

/** How often something is done: `ordinary` in the ordinary test run, `full` when the full length was asked for. */
export function howMany(ordinary: number, full: number): number {
  return FULL_RUNS === null ? ordinary : full;
}

function numberOf(name: string): number | null {
  const text = process.env[name] ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
