/** The cells of the device fault matrix: every fault of every device at every step of the journey. */
import type { DeviceName } from '../../../build/demo/county.ts';
import type { Paper } from '../../../domain/print-ledger/types.ts';

/** What goes wrong with a device, and how a person puts it right. The verbs are its emulator's. */
export type Fault = {
  device: DeviceName;
  name: string;
  breaks: string;
  mends: string;
  /** What the device then says of itself. */
  status: { kind: 'blocked' | 'offline' | 'out-of-service'; reason: string };
  /** The device is looked at again after a minute only: one step will do, and not in the ordinary run. */
  slow?: true;
};

export const FAULTS: readonly Fault[] = [
  { device: 'id-card-reader', name: 'power off', breaks: 'power-off', mends: 'power-on', status: { kind: 'offline', reason: 'no-answer' } },
  { device: 'id-card-reader', name: 'self-test failed', breaks: 'broken 60', mends: 'broken off', status: { kind: 'out-of-service', reason: 'sam-self-test-failed' }, slow: true },
  { device: 'ticket-printer', name: 'paper out', breaks: 'paper-out', mends: 'refill', status: { kind: 'blocked', reason: 'paper-out' } },
  { device: 'ticket-printer', name: 'cover open', breaks: 'open-cover', mends: 'close-cover', status: { kind: 'blocked', reason: 'cover-open' } },
  { device: 'ticket-printer', name: 'cutter stuck', breaks: 'cutter-error', mends: 'clear-error', status: { kind: 'blocked', reason: 'cutter' } },
  { device: 'ticket-printer', name: 'power off', breaks: 'power-off', mends: 'power-on', status: { kind: 'offline', reason: 'no-answer' } },
  { device: 'document-printer', name: 'paper out', breaks: 'paper-out', mends: 'refill', status: { kind: 'blocked', reason: 'paper-out' } },
  { device: 'document-printer', name: 'jam', breaks: 'jam', mends: 'clear-jam', status: { kind: 'blocked', reason: 'jam' } },
  { device: 'document-printer', name: 'cover open', breaks: 'open-cover', mends: 'close-cover', status: { kind: 'blocked', reason: 'cover-open' } },
  { device: 'document-printer', name: 'no toner', breaks: 'toner-empty', mends: 'toner-full', status: { kind: 'blocked', reason: 'toner-empty' } },
  { device: 'document-printer', name: 'power off', breaks: 'power-off', mends: 'power-on', status: { kind: 'offline', reason: 'no-answer' } },
];

/** When it goes wrong. */
export const STEPS = ['nobody here', 'card shown', 'papers under way', 'certificate under way'] as const;
export type Step = (typeof STEPS)[number];

export type Cell = { fault: Fault; step: Step };
export const CELLS: readonly Cell[] = FAULTS.flatMap((fault) => STEPS.filter((step) => fault.slow === undefined || step === 'nobody here').map((step) => ({ fault, step })));

/** The papers of a step that its device prints. */
export function papersHit({ fault: { device }, step }: Cell): Paper[] {
  if (device === 'ticket-printer') return step === 'certificate under way' ? [] : ['hand-in-slip'];
  if (device !== 'document-printer') return [];
  return step === 'certificate under way' ? ['certificate'] : ['hand-in-receipt'];
}

/** A cell for each fault, at another step from one to the next, so that every step has its turn: what an ordinary run has time for. */
export function oneOfEachFault(from: number): Cell[] {
  return FAULTS.filter(({ slow }) => slow === undefined).map((fault, index) => ({ fault, step: STEPS[(index + from) % STEPS.length] ?? 'nobody here' }));
}

/** What was seen in a cell, for people to read. */
export type Seen = { cell: Cell; screen: string; ledger: string; alarm: string; next: string };

export function table(rows: readonly Seen[]): string {
  const head = ['device', 'fault', 'step', 'screen', 'ledger', 'alarm at the hall', 'next citizen'];
  const lines = rows.map(({ cell, screen, ledger, alarm, next }) => [cell.fault.device, cell.fault.name, cell.step, screen, ledger, alarm, next]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
