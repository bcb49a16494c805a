import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoardKey, BoardLight, BoardPart, LightPattern } from '../../domain/contracts/board.ts';
import type { BoardMessage, Command } from './codec.ts';
import { decodeCommand, decodeMessage, encodeCommand, encodeMessage } from './codec.ts';
import { crc16, encodeLine, LineReader, LONGEST_BODY } from './framing.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const line = (body: string) => ({ kind: 'line', body });

/** The CRCs of these lines were computed by another program (Python's `binascii.crc_hqx`). */
const COMMANDS: [string, number, Command][] = [
  ['$C 1 HELLO 1*78D1\n', 1, { kind: 'hello' }],
  ['$C 2 LIGHTS night card=off scanner=off ticket=quick document=off help=slow*8416\n', 2, { kind: 'lights', wish: { brightness: 'night', lights: { card: 'off', scanner: 'off', ticket: 'quick-blink', document: 'off', help: 'slow-blink' } } }],
  ['$C 3 PING*6852\n', 3, { kind: 'ping' }],
  ['$C 4 ACK*F8A3\n', 4, { kind: 'acknowledge' }],
];
const MESSAGES: [string, BoardMessage][] = [
  [
    '$R 1 OK HELLO 1 model=acme-1 firmware=1.0.3 lights=card,ticket,help dim=1 parts=near,door,keypad*5EAE\n',
    { kind: 'answer', sequence: 1, answer: { kind: 'greeting', capabilities: { model: 'acme-1', firmware: '1.0.3', lights: ['card', 'ticket', 'help'], dimming: true, parts: ['presence', 'door', 'keypad'] } } },
  ],
  ['$R 2 OK*5E6A\n', { kind: 'answer', sequence: 2, answer: { kind: 'done' } }],
  ['$R 3 OK STATE near=1 door=0 tamper=0 headset=1 keys=5,ok*4EAE\n', { kind: 'answer', sequence: 3, answer: { kind: 'state', snapshot: { near: true, door: false, tamper: false, headset: true, keys: ['5', 'ok'] } } }],
  ['$R 4 ERR bad-command*B27D\n', { kind: 'answer', sequence: 4, answer: { kind: 'refused', word: 'bad-command' } }],
  ['$E 0 READY 1*F349\n', { kind: 'event', sequence: 0, event: { kind: 'ready' } }],
  ['$E 1 NEAR 1*49C8\n', { kind: 'event', sequence: 1, event: { kind: 'near', on: true } }],
  ['$E 2 KEY ok down*1D8B\n', { kind: 'event', sequence: 2, event: { kind: 'key', key: 'ok', down: true } }],
  ['$E 4 HEADSET 1*8168\n', { kind: 'event', sequence: 4, event: { kind: 'headset', on: true } }],
  ['$E 5 DOOR 1*2453\n', { kind: 'event', sequence: 5, event: { kind: 'door', on: true } }],
  ['$E 255 TAMPER 1*9A3B\n', { kind: 'event', sequence: 255, event: { kind: 'tamper', on: true } }],
];

describe('golden bytes', () => {
  test('the check value of the CRC', () => expect(crc16(ascii('123456789'))).toBe(0x29b1));

  test.each(COMMANDS)('%s', (bytes, sequence, command) => {
    expect(encodeLine(encodeCommand(sequence, command))).toEqual(ascii(bytes));
    expect(decodeCommand(bytes.slice(1, -6))).toEqual({ ok: true, value: { sequence, command } });
  });

  test.each(MESSAGES)('%s', (bytes, message) => {
    expect(encodeLine(encodeMessage(message))).toEqual(ascii(bytes));
    expect(new LineReader().push(ascii(bytes))).toEqual([line(bytes.slice(1, -6))]);
    expect(decodeMessage(bytes.slice(1, -6))).toEqual({ ok: true, value: message });
  });

  test('every example of the published protocol is right', () => {
    const examples = readFileSync(new URL('README.md', import.meta.url), 'utf8').match(/^\$[CRE] .*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) {
      const [framed] = new LineReader().push(ascii(`${example}\n`));
      expect(framed).toEqual(line(example.slice(1, -5)));
      expect((example.startsWith('$C') ? decodeCommand : decodeMessage)(example.slice(1, -5)), example).toMatchObject({ ok: true });
    }
  });
});

const sequence = fc.integer({ min: 0, max: 255 });
const some = <Value>(values: readonly Value[]) => fc.subarray([...values]);
const lights = fc.tuple(...BoardLight.options.map(() => fc.constantFrom(...LightPattern.options))).map((patterns) => Object.fromEntries(BoardLight.options.map((light, at) => [light, patterns[at] ?? 'off'])) as Record<BoardLight, LightPattern>);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ kind: 'hello' }, { kind: 'ping' }, { kind: 'acknowledge' }),
  fc.record({ kind: fc.constant('lights' as const), wish: fc.record({ brightness: fc.constantFrom('day' as const, 'night' as const), lights }) }),
);
const word = fc.string({ unit: fc.constantFrom(...'aZ09_.-'), minLength: 1, maxLength: 16 });
const message: fc.Arbitrary<BoardMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const), sequence,
    answer: fc.oneof(
      fc.constant({ kind: 'done' as const }),
      fc.constant({ kind: 'greeting' as const, capabilities: null }),
      fc.record({ kind: fc.constant('greeting' as const), capabilities: fc.record({ model: word, firmware: word, lights: some(BoardLight.options), dimming: fc.boolean(), parts: some(BoardPart.options) }) }),
      fc.record({ kind: fc.constant('state' as const), snapshot: fc.record({ near: fc.boolean(), door: fc.boolean(), tamper: fc.boolean(), headset: fc.boolean(), keys: some(BoardKey.options) }) }),
      fc.record({ kind: fc.constant('refused' as const), word: fc.string({ unit: fc.constantFrom(...'abz-'), minLength: 1, maxLength: 24 }) }),
    ),
  }),
  fc.record({
    kind: fc.constant('event' as const), sequence,
    event: fc.oneof(
      fc.constant({ kind: 'ready' as const }),
      fc.record({ kind: fc.constantFrom('near' as const, 'door' as const, 'tamper' as const, 'headset' as const), on: fc.boolean() }),
      fc.record({ kind: fc.constant('key' as const), key: fc.constantFrom(...BoardKey.options), down: fc.boolean() }),
    ),
  }),
);

test('every command and every message survives there and back, as one line that fits', () => {
  fc.assert(fc.property(sequence, command, (number, sent) => {
    expect(decodeCommand(encodeCommand(number, sent))).toEqual({ ok: true, value: { sequence: number, command: sent } });
  }));
  fc.assert(fc.property(message, (sent) => {
    expect(decodeMessage(encodeMessage(sent))).toEqual({ ok: true, value: sent });
    expect(encodeMessage(sent).length).toBeLessThanOrEqual(LONGEST_BODY);
  }));
});

describe('words of a newer board', () => {
  test('an event, a key, a light and a part that nobody knows yet', () => {
    expect(decodeMessage('E 7 COINS 3')).toMatchObject({ value: { event: { kind: 'unknown' } } });
    expect(decodeMessage('E 7 KEY star down')).toMatchObject({ value: { event: { kind: 'unknown' } } });
    expect(decodeMessage('R 1 OK HELLO 1 model=m firmware=f lights=card,coin dim=0 parts=door,coin colour=1')).toMatchObject({ value: { answer: { capabilities: { lights: ['card'], parts: ['door'] } } } });
    expect(decodeMessage('R 1 OK HELLO 2 something else')).toMatchObject({ value: { answer: { kind: 'greeting', capabilities: null } } });
  });

  test.each(['', 'E', 'E 256 NEAR 1', 'E 01 NEAR 1', 'E 1 NEAR', 'E 1 NEAR 2', 'E 1 NEAR 1 1', 'E 1 KEY ok', 'E 1 KEY ok sideways', 'R 1', 'R 1 MAYBE', 'R 1 ERR', 'R 1 ERR Bad', 'R 1 OK STATE near=2', 'R 1 OK STATE near=1 near=0', 'R 1 OK HELLO', 'R 1 OK HELLO 1 model=m', 'C 1 PING'])(
    '“%s” is misshapen',
    (body) => expect(decodeMessage(body)).toEqual({ ok: false, error: { kind: 'misshapen' } }),
  );

  test.each(['C 1 HELLO 2', 'C 1 PING now', 'C 1 LIGHTS dusk card=on', 'C 1 LIGHTS day card=red', 'C x PING', 'R 1 OK'])('a board refuses “%s”', (body) => expect(decodeCommand(body).ok).toBe(false));
});

describe('lines in a stream', () => {
  const bodies = fc.array(fc.string({ unit: fc.constantFrom(...'CRE 09abz=,-'), minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 });
  const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 0x24));

  test('come whole however the wire cuts them, with noise between them', () => {
    fc.assert(fc.property(bodies, noise, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (all, between, sizes) => {
      const bytes = Uint8Array.from([...between, ...all.flatMap((body) => [...encodeLine(body), ...between])]);
      const reader = new LineReader();
      const found: unknown[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = sizes.next().value ?? 1;
        found.push(...reader.push(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(found).toEqual(all.map(line));
    }));
  });

  test('one or two wrong bits never pass', () => {
    const length = 8 * ascii('$E 2 KEY ok down*1D8B\n').length;
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 8, max: length - 9 }), { minLength: 1, maxLength: 2 }), (bits) => {
      const bytes = ascii('$E 2 KEY ok down*1D8B\n');
      for (const at of bits) bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(new LineReader().push(bytes).filter(({ kind }) => kind === 'line')).toEqual([]);
    }), { numRuns: 500 });
  });

  test('whatever comes, the line after the next $ is read, and what is held stays small', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (garbage) => {
      const reader = new LineReader();
      reader.push(garbage);
      expect(reader.push(ascii('$R 2 OK*5E6A\n')).at(-1)).toEqual(line('R 2 OK'));
    }));
  });

  test.each([
    ['cut off by the next line', '$R 2 O$R 2 OK*5E6A\n', ['no-checksum']],
    ['without a checksum', '$R 2 OK\n$R 2 OK*5E6A\n', ['no-checksum']],
    ['with small digits', '$R 2 OK*5e6a\n$R 2 OK*5E6A\n', ['bad-checksum']],
    ['with a control character', '$R 2\u0007OK*5E6A\n$R 2 OK*5E6A\n', ['bad-character']],
    ['that never ends', `$${'A'.repeat(10_000)}\n$R 2 OK*5E6A\n`, ['too-long']],
    ['with two stars', '$R 2*OK*5E6A\n$R 2 OK*5E6A\n', ['no-checksum']],
  ])('one %s is dropped, and the next is read', (_, text, why) => {
    expect(new LineReader().push(ascii(text))).toEqual([...why.map((reason) => ({ kind: 'garbled', why: reason })), line('R 2 OK')]);
  });

  test('a CR before the LF is passed over', () => expect(new LineReader().push(ascii('$R 2 OK*5E6A\r\n'))).toEqual([line('R 2 OK')]));

  test.each(['', 'a$b', 'a*b', 'ü', 'a\n', 'A'.repeat(LONGEST_BODY + 1)])('what no line can hold is a bug: “%s”', (body) => expect(() => encodeLine(body)).toThrow(RangeError));
});
