import { describe, expect, test } from 'vitest';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { memoryWire } from '../../wire/device-end.ts';
import { codeText, logText, readingText } from './cli.ts';
import { createScannerEmulator } from './emulator.ts';
import { obeyVerb } from './emulator-verbs.ts';
import { SEPARATOR } from './gs1.ts';

describe('verbs of the emulator', () => {
  test.each(['suffix none', 'suffix crlf', 'identifiers off', 'identifiers on', 'cut-off', 'unplug', 'replug', 'status'])('%s', async (line) => {
    expect(await obeyVerb(createScannerEmulator({ line: memoryWire().device, clock: testClock() }), line)).toBe('ok {"shown":0}');
  });

  test.each(['show JB-1', 'show-as ]C1 0106901234567892', 'show-bytes 4a42', 'flood 10'])('%s goes out at the speed of the line', async (line) => {
    const clock = testClock();
    const emulator = createScannerEmulator({ line: memoryWire().device, clock });
    const obeyed = obeyVerb(emulator, line);
    await clock.pass(1000);
    expect(await obeyed).toMatch(/^ok {"shown":[01]}$/);
    await emulator.close();
  });

  test.each([
    ['dance', 'error unknown verb; one of: show TEXT'],
    ['toString', 'error unknown verb'],
    ['show', 'error a text is needed; usage: show TEXT'],
    ['show-as Q1 x', 'error an identifier such as ]Q1 is needed'],
    ['show-bytes 4', 'error pairs of hexadecimal digits are needed'],
    ['suffix tab', 'error no such suffix; usage: suffix cr|lf|crlf|none'],
    ['flood much', 'error a whole number is needed'],
  ])('%s is an error', async (line, answer) => {
    expect(await obeyVerb(createScannerEmulator({ line: memoryWire().device, clock: testClock() }), line)).toContain(answer);
  });
});

test('codes, readings and failures are words', () => {
  expect(codeText({ symbology: 'qr', text: 'JB-1' })).toBe('qr: JB-1');
  expect(codeText({ symbology: 'gs1-128', text: `10LOT7${SEPARATOR}2101` })).toBe('gs1-128: (10)LOT7 (21)01');
  expect(codeText({ symbology: 'gs1-qr', text: 'JB-1' })).toBe('gs1-qr: JB-1');
  expect(['show-code', 'show-again'].map((kind) => readingText({ kind: kind as 'show-code' }))).toEqual(['show a code', 'that was no text: show it again']);
  expect(readingText({ kind: 'unavailable', status: { kind: 'offline', reason: 'unplugged' } })).toBe('the scanner is offline: unplugged');
  expect(logText({ kind: 'code-refused', fault: 'too-long' })).toBe('refused: too-long');
});
