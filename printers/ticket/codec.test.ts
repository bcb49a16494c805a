import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blank, withoutRealTime } from './bitmap.ts';
import type { Command } from './codec.ts';
import { decode, encode } from './codec.ts';
import { inFont } from './text.ts';

function hex(...commands: Command[]): string {
  return Buffer.from(encode(commands)).toString('hex').replace(/..(?=.)/g, '$& ');
}

/** Bytes as the manuals print them. */
describe('golden bytes', () => {
  test.each<[string, Command]>([
    ['1b 40', { type: 'initialise' }],
    ['1b 61 00', { type: 'align', value: 'left' }],
    ['1b 61 01', { type: 'align', value: 'centre' }],
    ['1b 61 02', { type: 'align', value: 'right' }],
    ['1d 21 00', { type: 'size', value: { width: 1, height: 1 } }],
    ['1d 21 11', { type: 'size', value: { width: 2, height: 2 } }],
    ['1d 21 01', { type: 'size', value: { width: 1, height: 2 } }],
    ['1b 45 01', { type: 'bold', value: true }],
    ['1d 42 00', { type: 'reverse', value: false }],
    ['1c 26', { type: 'chinese', value: true }],
    ['1c 2e', { type: 'chinese', value: false }],
    ['0a', { type: 'line-feed' }],
    ['1b 64 04', { type: 'feed', value: 4 }],
    ['1d 56 00', { type: 'cut', value: 'full' }],
    ['1d 56 01', { type: 'cut', value: 'partial' }],
    ['1d 56 42 00', { type: 'feed-and-cut', value: 'partial' }],
    ['1d 28 6b 04 00 31 41 32 00', { type: 'qr-model', value: 2 }],
    ['1d 28 6b 03 00 31 43 08', { type: 'qr-module', value: 8 }],
    ['1d 28 6b 03 00 31 45 31', { type: 'qr-correction', value: 'M' }],
    ['1d 28 6b 03 00 31 51 30', { type: 'qr-print' }],
    ['1d 72 01', { type: 'report-paper' }],
    ['1d 61 0e', { type: 'auto-status', value: { drawer: false, online: true, error: true, paper: true } }],
    ['1d 61 00', { type: 'auto-status', value: { drawer: false, online: false, error: false, paper: false } }],
    ['10 04 04', { type: 'report-now', value: 4 }],
    ['10 14 08 01 03 14 01 06 02 08', { type: 'clear-buffer' }],
    ['d5 fe ce f1', { type: 'text', value: '政务' }],
    ['c7 eb 41 30 30 31 ba c5 b5 bd 33 ba c5 b4 b0 bf da', { type: 'text', value: '请A001号到3号窗口' }],
    ['bc d0 bd ad cf d8', { type: 'text', value: '夹江县' }],
    ['9d 76', { type: 'text', value: '漹' }],
    ['a3 a4', { type: 'text', value: '￥' }],
    ['1d 76 30 00 02 00 03 00 ff 00 ff 00 ff 00', { type: 'raster', value: { width: 16, height: 3, bits: Uint8Array.of(255, 0, 255, 0, 255, 0) } }],
  ])('%s', (bytes, command) => {
    expect(hex(command)).toBe(bytes);
  });

  test('28 bytes of QR data are stored with length 1f 00', () => {
    expect(hex({ type: 'qr-store', value: 'https://example.gov.cn/q?a=1' })).toMatch(/^1d 28 6b 1f 00 31 50 30 68 74 74 70 73/);
  });
});

const text = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x4e00, max: 0x9fa5 }), fc.constantFrom(0xb7, 0xff0c, 0x3001, 0x2026)).map((code) => String.fromCodePoint(code)), { minLength: 1, maxLength: 30 })
  .map((characters) => characters.join(''));

const bitmap = fc.tuple(fc.integer({ min: 1, max: 72 }), fc.integer({ min: 1, max: 40 })).chain(([row, height]) => fc.uint8Array({ minLength: row * height, maxLength: row * height }).map((bits) => withoutRealTime({ width: row * 8, height, bits })));

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>({ type: 'line-feed' }, { type: 'qr-print' }, { type: 'report-paper' }, { type: 'clear-buffer' }),
  fc.constantFrom('left', 'centre', 'right').map((value) => ({ type: 'align', value }) as const),
  fc.record({ width: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 8 }) }).map((value) => ({ type: 'size', value }) as const),
  fc.record({ drawer: fc.boolean(), online: fc.boolean(), error: fc.boolean(), paper: fc.boolean() }).map((value) => ({ type: 'auto-status', value }) as const),
  fc.constantFrom('bold', 'reverse').chain((type) => fc.boolean().map((value) => ({ type, value }) as const)),
  fc.integer({ min: 0, max: 255 }).map((value) => ({ type: 'feed', value }) as const),
  fc.constantFrom('cut', 'feed-and-cut').chain((type) => fc.constantFrom('full', 'partial').map((value) => ({ type, value }) as const)),
  fc.constantFrom(1, 2).map((value) => ({ type: 'qr-model', value }) as Command),
  fc.integer({ min: 1, max: 16 }).map((value) => ({ type: 'qr-module', value }) as const),
  fc.constantFrom('L', 'M', 'Q', 'H').map((value) => ({ type: 'qr-correction', value }) as const),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 300 }).map((value) => ({ type: 'qr-store', value }) as const),
  fc.constantFrom(1, 2, 3, 4).map((value) => ({ type: 'report-now', value }) as Command),
  bitmap.map((value) => ({ type: 'raster', value }) as const),
);

/** Each text between the commands that make it Chinese, as neighbouring texts would come back as one. */
const job = fc.array(fc.oneof(command.map((one) => [one]), text.map((value): Command[] => [{ type: 'chinese', value: true }, { type: 'text', value }, { type: 'chinese', value: false }])), { maxLength: 12 }).map((parts) => parts.flat());

describe('decode', () => {
  test('is the inverse of encode', () => {
    fc.assert(
      fc.property(job, (commands) => {
        expect(decode(encode(commands))).toEqual({ ok: true, value: commands });
      }),
    );
  });

  test('bytes that end inside a command are cut off, never misread', () => {
    fc.assert(
      fc.property(command, (one) => {
        const bytes = encode([one]);
        for (let length = 1; length < bytes.length; length += 1) expect(decode(bytes.subarray(0, length))).toEqual({ ok: false, error: { kind: 'cut-off', at: 0 } });
      }),
    );
  });

  test('Chinese outside of Chinese mode is an error, as it is garbage on paper', () => {
    expect(decode(encode([{ type: 'text', value: '县' }]))).toEqual({ ok: false, error: { kind: 'unknown-command', at: 0, bytes: 'cfd8' } });
    expect(decode(encode([{ type: 'chinese', value: true }, { type: 'initialise' }, { type: 'text', value: '县' }]))).toMatchObject({ ok: false, error: { kind: 'unknown-command', at: 4 } });
  });

  test.each(['00', '1b7f00', '1d28410000', '1d76010001000100ff', '1d7202', '100407', '10140100000000000000', '1c7000', '81'])('%s is no command of ours', (bytes) => {
    expect(decode(Uint8Array.from(Buffer.from(bytes, 'hex')))).toMatchObject({ ok: false, error: { kind: 'unknown-command' } });
  });
});

describe('encode refuses what a printer would misread', () => {
  test.each<[string, Command]>([
    ['¥ has no two-byte code', { type: 'text', value: '¥' }],
    ['a character of four bytes', { type: 'text', value: '㛃' }],
    ['a line break in text', { type: 'text', value: 'a\nb' }],
    ['a size of nine', { type: 'size', value: { width: 9, height: 1 } }],
    ['QR data outside ASCII', { type: 'qr-store', value: '县' }],
    ['a bitmap of 256 rows', { type: 'raster', value: blank(8, 256) }],
    ['a ragged bitmap', { type: 'raster', value: { width: 16, height: 1, bits: Uint8Array.of(1) } }],
    ['a bitmap that holds DLE EOT', { type: 'raster', value: { width: 16, height: 1, bits: Uint8Array.of(0x10, 0x04) } }],
  ])('%s', (_, bad) => {
    expect(() => encode([bad])).toThrow(RangeError);
  });

  test('whatever the font has, it can encode in two bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 10 }), fc.constantFrom('gb2312', 'gbk', 'gb18030'), (value, chinese) => {
        if (!inFont(value, chinese)) return;
        expect(decode(encode([{ type: 'chinese', value: true }, { type: 'text', value }]))).toEqual({ ok: true, value: value === '' ? [{ type: 'chinese', value: true }] : [{ type: 'chinese', value: true }, { type: 'text', value }] });
      }),
    );
  });
});
