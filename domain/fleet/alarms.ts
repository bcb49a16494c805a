import type { MachineReport } from '../contracts/fleet.ts';
import { alarmingFindings } from './self-test.ts';

/** What somebody has to see to at a machine. `fault`: citizens are turned away, or will be by the next print; `warning`: before they are. */
export type Alarm = { grade: 'fault' | 'warning' } & (
  /** `reason` is a keyword of the device's status. */
  | { kind: 'device'; device: string; status: 'blocked' | 'offline' | 'out-of-service' | 'online'; reason: string }
  | { kind: 'unknown-prints'; count: number }
  | { kind: 'no-blanks' | 'blanks-in-doubt' | 'few-blanks'; name: string; left: number }
  | { kind: 'room'; room: 'no-scans' | 'full' }
  /** What a self-test found and nothing else would tell. */
  | { kind: 'self-test'; check: string; reasons: readonly string[] }
);

/** So few blanks last a county's busiest machine for a day: time enough for somebody to bring more. */
const FEW_BLANKS = 20;

/** States that pass by themselves, or that were meant so. */
const NO_ALARM = new Set(['not-configured', 'starting', 'host-starting']);
/** A caretaker stands at it now. */
const ATTENDED = 'maintenance';

/** Warnings of a device that works, and because of which nobody is served all the same. */
const TURNS_AWAY = new Set(['power-ending']);

/** Faults before warnings, and in the order of the report. */
export function alarmsOf({ devices, unknownPrints, blanks, room, selfTest }: Omit<MachineReport, 'at' | 'printed'>): Alarm[] {
  const alarms: Alarm[] = [
    ...Object.entries(devices).flatMap(([device, status]): Alarm[] => {
      if (status.kind === 'online') return status.warnings.map((reason) => ({ grade: TURNS_AWAY.has(reason) ? 'fault' : 'warning', kind: 'device', device, status: 'online', reason }));
      return NO_ALARM.has(status.reason) ? [] : [{ grade: status.reason === ATTENDED ? 'warning' : 'fault', kind: 'device', device, status: status.kind, reason: status.reason }];
    }),
    ...blanks.flatMap(({ name, left, inDoubt }): Alarm[] => {
      if (inDoubt > 0) return [{ grade: 'fault', kind: 'blanks-in-doubt', name, left }];
      if (left === 0) return [{ grade: 'fault', kind: 'no-blanks', name, left }];
      return left < FEW_BLANKS ? [{ grade: 'warning', kind: 'few-blanks', name, left }] : [];
    }),
    ...(room === 'enough' ? [] : [{ grade: room === 'full' ? 'fault' : 'warning', kind: 'room', room } satisfies Alarm]),
    ...alarmingFindings(selfTest?.findings ?? []).map(({ check, reasons }): Alarm => ({ grade: 'fault', kind: 'self-test', check, reasons })),
    ...(unknownPrints === 0 ? [] : [{ grade: 'warning', kind: 'unknown-prints', count: unknownPrints } satisfies Alarm]),
  ];
  return [...alarms.filter(({ grade }) => grade === 'fault'), ...alarms.filter(({ grade }) => grade === 'warning')];
}
