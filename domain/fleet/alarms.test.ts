import { describe, expect, test } from 'vitest';
import type { MachineReport, SelfTestFinding } from '../contracts/fleet.ts';
import { alarmsOf } from './alarms.ts';

const well: MachineReport = {
  at: '2026-05-20T01:00:00.000Z', unknownPrints: 0, blanks: [], printed: {}, room: 'enough', selfTest: null,
  devices: { 'id-card-reader': { kind: 'online', warnings: [] }, 'code-scanner': { kind: 'offline', reason: 'not-configured' }, 'ticket-printer': { kind: 'offline', reason: 'starting' }, 'document-printer': { kind: 'online', warnings: [] } },
};
const blanks = (more: Partial<MachineReport['blanks'][number]>): MachineReport['blanks'] => [{ name: '执照', loaded: 100, left: 100, used: 0, void: 0, inDoubt: 0, next: null, ...more }];

describe('the alarms of a machine', () => {
  test('a machine in order has none: what is starting, or is not there on purpose, is no alarm', () => {
    expect(alarmsOf(well)).toEqual([]);
  });

  test.each([
    ['blocked', 'paper-out'], ['offline', 'unplugged'], ['out-of-service', 'self-test'],
  ] as const)('a device that is %s is a fault, whatever it is', (kind, reason) => {
    expect(alarmsOf({ ...well, devices: { ...well.devices, 'later-device': { kind, reason } } })).toEqual([{ grade: 'fault', kind: 'device', device: 'later-device', status: kind, reason }]);
  });

  test('mains that are out are a warning, and a fault once the battery is nearly empty: then nobody is served', () => {
    const grades = (warnings: string[]) => alarmsOf({ ...well, devices: { ups: { kind: 'online', warnings } } }).map((alarm) => `${alarm.grade} ${'reason' in alarm ? alarm.reason : ''}`);
    expect(grades(['on-battery'])).toEqual(['warning on-battery']);
    expect(grades(['power-ending', 'on-battery', 'battery-low'])).toEqual(['fault power-ending', 'warning on-battery', 'warning battery-low']);
  });

  test('a device that somebody works at is a warning; one whose maintenance nobody ended, a fault', () => {
    const grades = (reason: string) => alarmsOf({ ...well, devices: { 'document-printer': { kind: 'out-of-service', reason } } }).map(({ grade }) => grade);
    expect([grades('maintenance'), grades('maintenance-unfinished')]).toEqual([['warning'], ['fault']]);
  });

  test('a self-test raises an alarm for what nothing else would tell, and for nothing twice', () => {
    const findings: SelfTestFinding[] = [
      { check: 'document-printer', name: '', result: 'fault', reasons: ['jam'] }, { check: 'clock', name: '', result: 'fault', reasons: ['clock-off'] }, { check: 'keys', name: '', result: 'well', reasons: [] },
    ];
    expect(alarmsOf({ ...well, selfTest: { at: well.at, findings } })).toEqual([{ grade: 'fault', kind: 'self-test', check: 'clock', reasons: ['clock-off'] }]);
  });

  test('faults stand before warnings', () => {
    const report: MachineReport = { ...well, unknownPrints: 2, room: 'no-scans', devices: { a: { kind: 'online', warnings: ['paper-low'] }, b: { kind: 'blocked', reason: 'jam' } } };
    expect(alarmsOf(report).map(({ grade, kind }) => `${grade} ${kind}`)).toEqual(['fault device', 'warning device', 'warning room', 'warning unknown-prints']);
    expect(alarmsOf({ ...report, room: 'full' })[1]).toEqual({ grade: 'fault', kind: 'room', room: 'full' });
  });

  test.each<[Partial<MachineReport['blanks'][number]>, string[]]>([
    [{ left: 20 }, []],
    [{ left: 19 }, ['warning few-blanks']],
    [{ left: 0 }, ['fault no-blanks']],
    [{ left: 0, inDoubt: 1 }, ['fault blanks-in-doubt']],
  ])('blanks %j', (more, alarms) => {
    expect(alarmsOf({ ...well, blanks: blanks(more) }).map(({ grade, kind }) => `${grade} ${kind}`)).toEqual(alarms);
  });
});
