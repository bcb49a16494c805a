import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Command } from './codec.ts';
import { decodeAnswer, decodeCommand, encodeAnswer, encodeCommand } from './codec.ts';
import { LineReader, LONGEST_LINE } from './framing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The examples of NUT's developer guide, “Network protocol information”. */
describe('golden bytes', () => {
  test.each<[string, Command]>([
    ['LIST VAR su700\n', { kind: 'list-var', ups: 'su700' }],
    ['GET VAR su700 ups.status\n', { kind: 'get-var', ups: 'su700', name: 'ups.status' }],
    ['LOGOUT\n', { kind: 'logout' }],
  ])('command %s', (text, command) => {
    expect(encodeCommand(command)).toBe(text);
    expect(decodeCommand(text.trim())).toEqual({ ok: true, value: command });
  });

  test.each<[string, Answer]>([
    ['BEGIN LIST VAR su700\n', { kind: 'begin-list', ups: 'su700' }],
    ['VAR su700 ups.mfr "APC"\n', { kind: 'var', ups: 'su700', name: 'ups.mfr', value: 'APC' }],
    ['VAR su700 ups.status "OB DISCHRG LB"\n', { kind: 'var', ups: 'su700', name: 'ups.status', value: 'OB DISCHRG LB' }],
    ['VAR su700 ups.id "a \\"b\\" \\\\ c"\n', { kind: 'var', ups: 'su700', name: 'ups.id', value: 'a "b" \\ c' }],
    ['VAR su700 ups.id ""\n', { kind: 'var', ups: 'su700', name: 'ups.id', value: '' }],
    ['END LIST VAR su700\n', { kind: 'end-list', ups: 'su700' }],
    ['ERR DATA-STALE\n', { kind: 'error', word: 'DATA-STALE' }],
    ['OK Goodbye\n', { kind: 'other' }],
  ])('answer %s', (text, answer) => {
    expect(encodeAnswer(answer)).toBe(text);
    expect(decodeAnswer(text.trim())).toEqual({ ok: true, value: answer });
  });

  test('an error may say more than its word', () => expect(decodeAnswer('ERR INVALID-ARGUMENT whatever comes')).toEqual({ ok: true, value: { kind: 'error', word: 'INVALID-ARGUMENT' } }));
});

test.each(['VAR su700 ups.id "open', 'VAR su700 ups.id', 'VAR su700 ups.id "a" "b"', 'VAR su700 a"b "c"', String.raw`VAR su700 ups.id "a\"`, 'BEGIN LIST UPS', 'END LIST VAR', 'ERR', 'ERR lower'])('“%s” is misshapen', (text) => {
  expect(decodeAnswer(text)).toEqual({ ok: false, error: { kind: 'misshapen' } });
});
test.each(['', 'GET VAR su700', 'LIST VAR', 'LIST VAR su700 more', 'SET VAR su700 a b', 'LOGOUT now'])('upsd does not know “%s”', (text) => expect(decodeCommand(text).ok).toBe(false));

const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => ![...value].some((letter) => letter < ' ' || letter === '\u007f'));
const name = fc.string({ unit: fc.constantFrom(...'abz.19-_ "\\'), minLength: 1, maxLength: 30 });

test('every name and every value survives there and back', () => {
  fc.assert(fc.property(name, name, text, (ups, variable, value) => {
    for (const command of [{ kind: 'get-var', ups, name: variable }, { kind: 'list-var', ups }] as const) expect(decodeCommand(encodeCommand(command).trimEnd())).toEqual({ ok: true, value: command });
    for (const answer of [{ kind: 'var', ups, name: variable, value }, { kind: 'begin-list', ups }, { kind: 'end-list', ups }] as const) expect(decodeAnswer(encodeAnswer(answer).slice(0, -1))).toEqual({ ok: true, value: answer });
  }));
});

describe('lines in a stream', () => {
  test('come whole however the wire cuts them', () => {
    fc.assert(fc.property(fc.array(text.filter((value) => value !== ''), { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 9 }), (all, end, size) => {
      const sent = bytes(all.map((line) => line + end).join(''));
      const reader = new LineReader();
      const found: unknown[] = [];
      for (let at = 0; at < sent.length; at += size) found.push(...reader.push(sent.subarray(at, at + size)));
      expect(found).toEqual(all.map((line) => ({ kind: 'line', text: line })));
    }));
  });

  test('one that never ends is told once and at once, and the next is read', () => {
    const reader = new LineReader();
    const told = Array.from({ length: 50 }, () => reader.push(new Uint8Array(LONGEST_LINE).fill(0x41))).flat();
    expect(told).toEqual([{ kind: 'garbled' }]);
    expect(reader.push(bytes('\nOK\n'))).toEqual([{ kind: 'line', text: 'OK' }]);
  });

  test.each([['half a character', [0x41, 0xff, 0x0a]], ['a NUL', [0x41, 0x00, 0x0a]], ['an escape', [0x1b, 0x5b, 0x0a]]])('%s is garbled', (_, sent) => {
    expect(new LineReader().push(Uint8Array.from(sent))).toEqual([{ kind: 'garbled' }]);
  });
});
