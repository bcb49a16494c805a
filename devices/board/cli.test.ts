import { describe, expect, test } from 'vitest';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { capabilitiesText, eventText, logText } from './cli.ts';
import { createBoardEmulator, EMULATED } from './emulator.ts';
import { obeyVerb } from './emulator-verbs.ts';

describe('verbs of the emulator', () => {
  test.each([
    'near', 'away', 'open-door', 'close-door', 'tamper', 'press ok', 'release ok', 'plug-headset', 'unplug-headset', 'silent on', 'silent off', 'garble', 'lose-event', 'refuse too-hot', 'newer on', 'noise 10',
    'flood 4', 'restart', 'unplug', 'replug', 'status',
  ])('%s', async (line) => {
    const emulator = createBoardEmulator({ line: memoryWire().device, clock: testClock() });
    expect(await obeyVerb(emulator, line)).toBe('ok {"brightness":"day","lights":[],"commands":0}');
    await emulator.close();
  });

  test.each([
    ['dance', 'error unknown verb; one of: near'],
    ['press star', 'error a key is one of 0 1 2'],
    ['refuse Loudly', 'error a word of small letters is needed'],
    ['flood much', 'error a whole number is needed'],
  ])('%s is an error', async (line, answer) => {
    expect(await obeyVerb(createBoardEmulator({ line: memoryWire().device, clock: testClock() }), line)).toContain(answer);
  });
});

test('events, what it has, and failures are words', () => {
  expect(eventText({ kind: 'key', key: 'ok', pressed: true })).toBe('key ok down');
  expect([eventText({ kind: 'presence', near: true }), eventText({ kind: 'door', open: false }), eventText({ kind: 'headset', plugged: true })]).toEqual(['somebody is near', 'door closed', 'headset plugged']);
  expect([eventText({ kind: 'tampered' }), eventText({ kind: 'lost' })]).toEqual(['the case was moved', 'the board is away']);
  expect(capabilitiesText({ ...EMULATED, lights: [], dimming: false, parts: ['door'] })).toBe('emulated 1.0.0: lights none; parts door');
  expect(logText({ kind: 'command-failed', command: 'ping', why: 'garbled' })).toBe('ping: garbled');
  expect(logText({ kind: 'status', status: { kind: 'online', warnings: ['door-open'] } })).toBe('online door-open');
});
