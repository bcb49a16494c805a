/**
 * What a terminal reports about itself to the people who look after machines: how its devices are, what stands open about paper, what it used up. Nothing is
 * decided by it, and nothing in it is about a citizen.
 */
import { z } from 'zod';
import { BlankSum } from '../print-ledger/sums.ts';
import { Paper } from '../print-ledger/types.ts';
import { Instant } from '../time.ts';
import { DeviceStatus } from './device-status.ts';

/** What one part of a self-test found: `check` is a device or what else was looked at, `name` tells several of a kind apart. Keywords, as later programs may have more. */
export const SelfTestFinding = z.object({ check: z.string().max(40), name: z.string().max(40), result: z.enum(['well', 'warning', 'fault']), reasons: z.array(z.string().max(60)).max(20) });
export type SelfTestFinding = z.infer<typeof SelfTestFinding>;

/** `at` by the machine's own clock. */
export const SelfTest = z.object({ at: Instant, findings: z.array(SelfTestFinding).max(60) });
export type SelfTest = z.infer<typeof SelfTest>;

/** Papers of no case are not counted: halls of before protocol 4 would refuse the report. */
export const CountedPaper = Paper.exclude(['materials-slip', 'guide', 'message-slip', 'kept-slip', 'queue-ticket', 'appointment-slip']);

export const MachineReport = z.object({
  /** By the machine's own clock. */
  at: Instant,
  /** By the device's name. A later program may have devices that this one does not know. */
  devices: z.record(z.string().max(40), DeviceStatus),
  /** Prints of which nobody knows whether they came out. */
  unknownPrints: z.int().min(0),
  blanks: z.array(BlankSum).max(20),
  /** Papers that came out since the machine was set up, by kind: the difference of two reports is what was used up between them. */
  printed: z.partialRecord(CountedPaper, z.int().min(0)),
  room: z.enum(['enough', 'no-scans', 'full']),
  /** Kinds of certificate that need a numbered blank and can have none now. Absent: the program does not say. */
  noBlanks: z.exactOptional(z.array(z.string().max(40)).max(20)),
  /** The last; null before the first, and from a program that knows none. */
  selfTest: SelfTest.nullable().default(null),
});
export type MachineReport = z.infer<typeof MachineReport>;
