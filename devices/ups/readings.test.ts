import { describe, expect, test } from 'vitest';
import type { DeviceStatus } from '../../domain/contracts/devices.ts';
import { PowerState } from '../../domain/contracts/ups.ts';
import { powerOf, readingOf, statusOf, statusWithout } from './readings.ts';

const reading = (status: string, runtime: string | null = '1800', charge: string | null = '90') => readingOf({ status, charge, runtime });
const online = (...warnings: string[]): DeviceStatus => ({ kind: 'online', warnings });
const MAINS = { kind: 'mains' } as const;
const CRITICAL = { kind: 'critical' } as const;
const battery = (runtimeSeconds: number | null) => ({ kind: 'battery', runtimeSeconds }) as const;

test.each<[string, DeviceStatus, PowerState | null]>([
  ['OL', online(), MAINS],
  ['OL CHRG', online(), MAINS],
  ['OL TRIM', online(), MAINS],
  ['OL NEWWORD', online(), MAINS],
  ['ALARM OL RB', online('replace-battery', 'alarm'), MAINS],
  ['OL OVER', online('overload'), MAINS],
  ['OL LB CHRG', online('battery-low'), MAINS],
  ['BYPASS', online('bypass'), MAINS],
  ['OB DISCHRG', online('on-battery'), battery(1800)],
  ['OB DISCHRG LB', online('power-ending', 'on-battery', 'battery-low'), CRITICAL],
  ['OL CAL OB DISCHRG', online(), MAINS],
  ['CAL OB', online(), MAINS],
  ['FSD OL', online('power-ending'), CRITICAL],
  ['FSD OB LB', online('power-ending', 'on-battery', 'battery-low'), CRITICAL],
  ['OFF', { kind: 'blocked', reason: 'output-off' }, null],
  ['WAIT', { kind: 'offline', reason: 'data-stale' }, null],
  ['', { kind: 'offline', reason: 'data-stale' }, null],
])('“%s”', (words, status, power) => {
  const follows = powerOf(reading(words), 180, null);
  expect([statusOf(reading(words), follows), follows]).toEqual([status, power]);
  if (power !== null) expect(PowerState.parse(power)).toEqual(power);
});

describe('how long the battery lasts', () => {
  test.each<[string | null, string | null, PowerState]>([
    ['181', '90', battery(181)],
    ['180', '90', CRITICAL],
    ['1200.75', '90', battery(1200)],
    [null, '21', battery(null)],
    [null, '20', CRITICAL],
    [null, null, battery(null)],
    ['-1', '90', battery(null)],
    ['1e9', '90', battery(null)],
    ['999999999', '90', battery(null)],
    ['', '90.5', battery(null)],
    ['soon', '101', battery(null)],
  ])('run time %s, charge %s', (runtime, charge, power) => expect(powerOf(reading('OB', runtime, charge), 180, MAINS)).toEqual(power));

  test('a run time that wavers does not end being critical, twice the time does, and so do the mains', () => {
    expect(powerOf(reading('OB', '190'), 180, CRITICAL)).toEqual(CRITICAL);
    expect(powerOf(reading('OB', null, '80'), 180, CRITICAL)).toEqual(CRITICAL);
    expect(powerOf(reading('OB', '361'), 180, CRITICAL)).toEqual(battery(361));
    expect(powerOf(reading('OL CHRG', '20'), 180, CRITICAL)).toEqual(MAINS);
  });
});

test.each([
  ['ACCESS-DENIED', 'offline', 'not-permitted'],
  ['DATA-STALE', 'offline', 'data-stale'],
  ['DRIVER-NOT-CONNECTED', 'offline', 'driver-not-connected'],
  ['UNKNOWN-UPS', 'out-of-service', 'no-such-ups'],
  ['INVALID-ARGUMENT', 'out-of-service', 'refused'],
])('refused with %s', (word, kind, reason) => expect(statusWithout({ kind: 'refused', word })).toEqual({ kind, reason }));
