import { describe, expect, test } from 'vitest';
import { logText, placeOf, powerText } from './cli.ts';
import { createUpsdEmulator } from './emulator.ts';
import { obeyVerb } from './emulator-verbs.ts';

describe('verbs of the emulator', () => {
  test.each([
    'mains-off', 'power-back', 'battery-low', 'replace on', 'replace off', 'calibrate', 'forced-shutdown', 'say OL TRIM', 'charge 50', 'charge', 'runtime 300', 'runtime', 'silent on', 'silent off', 'garbage', 'endless',
    'refuse DATA-STALE', 'refuse', 'hang-up', 'status',
  ])('%s', async (line) => expect(await obeyVerb(createUpsdEmulator(), line)).toBe('ok {"commands":0}'));

  test.each([
    ['dance', 'error unknown verb; one of: mains-off'],
    ['say online', 'error words of ups.status such as OL CHRG are needed'],
    ['charge full', 'error a whole number is needed'],
    ['refuse stale', 'error a word such as DATA-STALE is needed'],
  ])('%s is an error', async (line, answer) => {
    expect(await obeyVerb(createUpsdEmulator(), line)).toContain(answer);
  });
});

test.each([
  ['kiosk', { ups: 'kiosk', host: '127.0.0.1', port: 3493 }],
  ['kiosk@ups.local', { ups: 'kiosk', host: 'ups.local', port: 3493 }],
  ['kiosk@10.0.0.2:4000', { ups: 'kiosk', host: '10.0.0.2', port: 4000 }],
  ['kiosk@[fd00::2]:4000', { ups: 'kiosk', host: 'fd00::2', port: 4000 }],
  ['', null],
  ['kiosk@', null],
  ['a b', null],
])('the place %s', (text, place) => expect(placeOf(text)).toEqual(place));

test('power and failures are words', () => {
  expect([powerText({ kind: 'mains' }), powerText({ kind: 'battery', runtimeSeconds: 60 }), powerText({ kind: 'battery', runtimeSeconds: null }), powerText({ kind: 'critical' })]).toEqual([
    'mains', 'battery, 60 s', 'battery, for how long is not known', 'battery, ends soon',
  ]);
  expect([logText({ kind: 'power', power: 'mains' }), logText({ kind: 'command-failed', command: 'read', why: 'timeout' })]).toEqual(['power: mains', 'read: timeout']);
});
