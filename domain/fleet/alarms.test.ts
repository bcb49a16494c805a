import { describe, expect, test } from 'vitest';
import type { MachineReport } from '../contracts/fleet.ts';
import { alarmsOf } from './alarms.ts';

const well: MachineReport = {
  at: '2026-05-20T01:00:00.000Z', unknownPrints: 0, blanks: [], printed: {}, room: 'enough',
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
