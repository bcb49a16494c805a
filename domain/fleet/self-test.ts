import type { MachineReport, SelfTestFinding } from '../contracts/fleet.ts';
import { CLOCK_OFF } from '../time.ts';
import { alarmsOf } from './alarms.ts';

/** What a self-test has looked at: the report as it is after every device was asked anew, and what the machine knows of itself besides. */
export type SelfTestFacts = {
  report: Omit<MachineReport, 'at' | 'printed' | 'selfTest'>;
  line: 'online' | 'offline' | 'outdated';
  /** Whether a hall's keys are bound: without them nothing can be sealed for it. */
  enrolled: boolean;
  /** The machine's clock minus the hall's at the last contact, milliseconds; null before the first. */
  clockOffset: number | null;
  /** Whether what the machine signed could be verified with its own public key. */
  signs: boolean;
};

/** One finding for each thing that was looked at, in the order of a visit. Devices that the machine does not have are left out. */
export function findingsOf({ report, line, enrolled, clockOffset, signs }: SelfTestFacts): SelfTestFinding[] {
  const alarms = alarmsOf({ ...report, selfTest: null });
  const finding = (check: string, result: SelfTestFinding['result'], reasons: string[] = [], name = ''): SelfTestFinding => ({ check, name, result, reasons });
  const devices = Object.entries(report.devices).flatMap(([device, status]) => {
    if (status.kind === 'online') return [finding(device, status.warnings.length === 0 ? 'well' : 'warning', status.warnings)];
    return status.reason === 'not-configured' ? [] : [finding(device, 'fault', [status.reason])];
  });
  const blanks = report.blanks.map(({ name }) => {
    const alarm = alarms.find((one) => 'name' in one && one.name === name);
    return finding('blanks', alarm?.grade ?? 'well', alarm === undefined ? [] : [alarm.kind], name);
  });
  return [
    ...devices,
    ...blanks,
    report.unknownPrints === 0 ? finding('prints', 'well') : finding('prints', 'warning', ['in-doubt']),
    report.room === 'enough' ? finding('disk', 'well') : finding('disk', report.room === 'full' ? 'fault' : 'warning', [report.room]),
    // Citizens hand in without a line, too.
    line === 'online' ? finding('line', 'well') : finding('line', 'warning', [line]),
    clockOffset === null ? finding('clock', 'warning', ['never-compared']) : Math.abs(clockOffset) > CLOCK_OFF ? finding('clock', 'fault', ['clock-off']) : finding('clock', 'well'),
    !signs ? finding('keys', 'fault', ['cannot-sign']) : enrolled ? finding('keys', 'well') : finding('keys', 'fault', ['not-enrolled']),
  ];
}

/** What the report does not say by itself at any time, so that the self-test must. */
const ONLY_HERE = new Set(['clock', 'keys']);

/** Findings that raise an alarm of their own; the others do at the moment when they come to be so. */
export function alarmingFindings(findings: readonly SelfTestFinding[]): SelfTestFinding[] {
  return findings.filter(({ check, result }) => result === 'fault' && ONLY_HERE.has(check));
}
