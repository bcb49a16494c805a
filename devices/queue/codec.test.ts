import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeLine, LineReader, LONGEST_BODY } from '../board/framing.ts';
import { CALLER_KEYS, CALLER_STATES, CALLER_WORDS, type CallerLine, decodeCallerLine, encodeCallerLine } from './caller-codec.ts';
import { decodeLedAnswer, decodeLedCommand, encodeLedAnswer, encodeLedCommand, LED_STATES, type LedAnswer, type LedCommand } from './led-codec.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

/** The CRCs of these lines, and the GB18030 of the texts, were computed by another program (Python's `binascii.crc_hqx` and its codecs). */
const LED: [string, LedCommand][] = [
  ['$L 3 1 SHOW called 3 A012 C7EB41303132B5BD33BAC5B4B0BFDA*BD2F\n', { address: 3, sequence: 1, picture: { state: 'called', window: 3, code: 'A012', text: '请A012到3号窗口' } }],
  ['$L 255 0 SHOW idle - - -*148D\n', { address: 255, sequence: 0, picture: { state: 'idle', window: null, code: null, text: '' } }],
];
const LED_ANSWERS: [string, LedAnswer][] = [['$R 3 1 OK*CA14\n', { address: 3, sequence: 1, refused: null }], ['$R 3 2 ERR no-font*1D62\n', { address: 3, sequence: 2, refused: 'no-font' }]];
const CALLER: [string, CallerLine][] = [
  ['$E READY 1*17F5\n', { kind: 'ready' }],
  ['$E 0 KEY next*7703\n', { kind: 'pressed', sequence: 0, key: 'next' }],
  ['$A 0 OK*6766\n', { kind: 'answer', sequence: 0, refused: null }],
  ['$A 1 ERR busy*6718\n', { kind: 'answer', sequence: 1, refused: 'busy' }],
  ['$C 7 SHOW called 12 A012*573F\n', { kind: 'show', sequence: 7, face: { state: 'called', waiting: 12, code: 'A012' } }],
  ['$C 8 SHOW open 0 -*6D3F\n', { kind: 'show', sequence: 8, face: { state: 'open', waiting: 0, code: null } }],
  ['$R 7 OK*E22F\n', { kind: 'shown', sequence: 7 }],
];
const bodyOf = (bytes: string) => bytes.slice(1, -6);

describe('golden bytes', () => {
  test.each(LED)('%s', (bytes, command) => {
    expect(encodeLine(encodeLedCommand(command))).toEqual(ascii(bytes));
    expect(decodeLedCommand(bodyOf(bytes))).toEqual({ ok: true, value: command });
  });
  test.each(LED_ANSWERS)('%s', (bytes, answer) => {
    expect(encodeLine(encodeLedAnswer(answer))).toEqual(ascii(bytes));
    expect(decodeLedAnswer(bodyOf(bytes))).toEqual({ ok: true, value: answer });
  });
  test.each(CALLER)('%s', (bytes, line) => {
    expect(encodeLine(encodeCallerLine(line))).toEqual(ascii(bytes));
    expect(decodeCallerLine(bodyOf(bytes))).toEqual({ ok: true, value: line });
  });

  test('every example of the published protocol is right', () => {
    const examples = readFileSync(new URL('../../docs/queue-devices.md', import.meta.url), 'utf8').match(/^\$[A-Z] .*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) {
      const body = example.slice(1, -5);
      expect(new LineReader().push(ascii(`${example}\n`)), example).toEqual([{ kind: 'line', body }]);
      expect([decodeLedCommand, decodeLedAnswer, decodeCallerLine].some((decode) => decode(body).ok), example).toBe(true);
    }
  });
});

const byte = fc.integer({ min: 0, max: 255 });
const code = fc.tuple(fc.constantFrom(...'ABCZ'), fc.integer({ min: 1, max: 999 })).map(([letter, number]) => `${letter}${String(number).padStart(3, '0')}`);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
/** What a display may be told: characters of GBK, and some that only GB18030 has. */
const text = fc.array(fc.constantFrom(...'请到号窗口办理漹㛃𬭛等候AZ09 ·'), { maxLength: 16 }).map((signs) => signs.join(''));
const ledCommand: fc.Arbitrary<LedCommand> = fc.record({ address: byte, sequence: byte, picture: fc.record({ state: fc.constantFrom(...LED_STATES), window: maybe(fc.integer({ min: 1, max: 99 })), code: maybe(code), text }) });
const callerLine: fc.Arbitrary<CallerLine> = fc.oneof(
  fc.constant({ kind: 'ready' as const }),
  fc.record({ kind: fc.constant('pressed' as const), sequence: byte, key: fc.constantFrom(...CALLER_KEYS) }),
  fc.record({ kind: fc.constant('shown' as const), sequence: byte }),
  fc.record({ kind: fc.constant('answer' as const), sequence: byte, refused: maybe(fc.constantFrom(...CALLER_WORDS)) }),
  fc.record({ kind: fc.constant('show' as const), sequence: byte, face: fc.record({ state: fc.constantFrom(...CALLER_STATES), waiting: fc.integer({ min: 0, max: 999 }), code: maybe(code) }) }),
);

describe('every message', () => {
  test('to and from a display survives there and back, as one line that fits', () => {
    fc.assert(fc.property(ledCommand, (command) => {
      const body = encodeLedCommand(command);
      expect(body.length).toBeLessThanOrEqual(LONGEST_BODY);
      expect(decodeLedCommand(body)).toEqual({ ok: true, value: command });
      expect(new LineReader().push(encodeLine(body))).toEqual([{ kind: 'line', body }]);
    }));
    fc.assert(fc.property(byte, byte, maybe(fc.string({ unit: fc.constantFrom(...'abz-'), minLength: 1, maxLength: 24 })), (address, sequence, refused) => {
      expect(decodeLedAnswer(encodeLedAnswer({ address, sequence, refused }))).toEqual({ ok: true, value: { address, sequence, refused } });
    }));
  });

  test('to and from a caller survives there and back, and no message is read as another', () => {
    fc.assert(fc.property(callerLine, (line) => {
      const body = encodeCallerLine(line);
      expect(decodeCallerLine(body)).toEqual({ ok: true, value: line });
      expect(decodeLedCommand(body).ok || decodeLedAnswer(body).ok).toBe(false);
    }));
  });

  test('a text that is too long for a display is a bug', () => {
    expect(() => encodeLedCommand({ address: 1, sequence: 1, picture: { state: 'open', window: 1, code: null, text: '很'.repeat(17) } })).toThrow(RangeError);
  });
});

test.each(['L 3 1', 'L 256 1 SHOW open 3 - -', 'L 3 1 SHOW shut 3 - -', 'L 3 1 SHOW open 0 - -', 'L 3 1 SHOW open 100 - -', 'L 3 1 SHOW open 3 A12 -', 'L 3 1 SHOW open 3 - C7E', 'L 3 1 SHOW open 3 - FF', 'L 03 1 SHOW open 3 - -', 'R 3 1', 'R 3 1 ERR', 'R 3 1 ERR No'])('“%s” is nothing of a display', (body) => {
  expect(decodeLedCommand(body).ok || decodeLedAnswer(body).ok).toBe(false);
});
test.each(['', 'E 1', 'E 1 KEY', 'E 1 KEY up', 'E 256 KEY next', 'E 01 KEY next', 'A 1', 'A 1 ERR', 'A 1 ERR whatever', 'C 1 SHOW open', 'C 1 SHOW open -1 -', 'C 1 SHOW open 1000 -', 'C 1 SHOW open 1 A1', 'C 1 SHOW open 1 - -', 'E READY 2', 'R 1 OK OK'])('“%s” is nothing of a caller', (body) => {
  expect(decodeCallerLine(body).ok).toBe(false);
});
