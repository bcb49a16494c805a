import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attribute, Message, Value } from './codec.ts';
import { decode, encode } from './codec.ts';
import { cancelJob, getJobAttributes, getJobs, getPrinterAttributes, printJob, text, validateJob } from './message.ts';
import { OUT_OF_BAND_TAGS, TEXT_TAGS } from './values.ts';

const PRINTER = 'ipp://127.0.0.1:8631/ipp/print';
const NAME = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Writes what RFC 8010 §3.1 says, by hand: hexadecimal and quoted text. */
function bytes(...parts: string[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => (part.startsWith("'") ? Buffer.from(part.slice(1, -1), 'utf8') : Buffer.from(part.replaceAll(' ', ''), 'hex')))));
}

/** version 2.0, attributes-charset, attributes-natural-language, printer-uri: the beginning of every request of ours. */
function head(operation: string, requestId: string): string[] {
  return [
    '02 00', operation, requestId, '01',
    '47 0012', "'attributes-charset'", '0005', "'utf-8'",
    '48 001b', "'attributes-natural-language'", '0002', "'en'",
    '45 000b', "'printer-uri'", '001e', `'${PRINTER}'`,
  ];
}
const USER = ['42 0014', "'requesting-user-name'", '0006', "'jinban'"];

describe('golden bytes', () => {
  const job = ['42 0008', "'job-name'", '001a', `'${NAME}'`, '22 0016', "'ipp-attribute-fidelity'", '0001 00', '49 000f', "'document-format'", '000f', "'application/pdf'"];
  const media = ['02', '44 0005', "'media'", '0010', "'iso_a4_210x297mm'"];
  const template: Attribute[] = [{ name: 'media', values: text('keyword', 'iso_a4_210x297mm') }];

  test.each<[string, Message, Uint8Array]>([
    [
      'Get-Printer-Attributes',
      getPrinterAttributes(PRINTER, 1, ['printer-state', 'printer-state-reasons']),
      bytes(...head('000b', '00000001'), ...USER, '44 0014', "'requested-attributes'", '000d', "'printer-state'", '44 0000 0015', "'printer-state-reasons'", '03'),
    ],
    ['Print-Job', printJob(PRINTER, 2, { jobName: NAME, template, pdf: Buffer.from('%PDF') }), bytes(...head('0002', '00000002'), ...USER, ...job, ...media, '03', "'%PDF'")],
    ['Validate-Job', validateJob(PRINTER, 3, { jobName: NAME, template }), bytes(...head('0004', '00000003'), ...USER, ...job, ...media, '03')],
    [
      'Get-Job-Attributes',
      getJobAttributes(PRINTER, 4, 17, ['job-state']),
      bytes(...head('0009', '00000004'), '21 0006', "'job-id'", '0004 00000011', ...USER, '44 0014', "'requested-attributes'", '0009', "'job-state'", '03'),
    ],
    ['Cancel-Job', cancelJob(PRINTER, 5, 17), bytes(...head('0008', '00000005'), '21 0006', "'job-id'", '0004 00000011', ...USER, '03')],
    [
      'Get-Jobs',
      getJobs(PRINTER, 6, 'completed', 100, ['job-id']),
      bytes(...head('000a', '00000006'), ...USER, '21 0005', "'limit'", '0004 00000064', '44 0014', "'requested-attributes'", '0006', "'job-id'", '44 000a', "'which-jobs'", '0009', "'completed'", '03'),
    ],
  ])('%s', (_, message, golden) => {
    expect(Buffer.from(encode(message)).toString('hex')).toBe(Buffer.from(golden).toString('hex'));
    expect(decode(golden)).toEqual({ ok: true, value: { ...message, data: new Uint8Array(message.data) } });
  });

  test('a collection in a collection, as RFC 8010 §3.1.6 lays it out', () => {
    const golden = bytes(
      '02 00 0000 00000001', '04',
      '34 000f', "'media-col-ready'", '0000',
      '4a 0000 000a', "'media-size'", '34 0000 0000', '4a 0000 000b', "'x-dimension'", '21 0000 0004 00005208', '37 0000 0000',
      '4a 0000 000a', "'media-type'", '44 0000 000a', "'stationery'", '44 0000 0005', "'other'",
      '37 0000 0000', '03',
    );
    const value: Value = {
      syntax: 'collection',
      members: [
        { name: 'media-size', values: [{ syntax: 'collection', members: [{ name: 'x-dimension', values: [{ syntax: 'integer', value: 21_000 }] }] }] },
        { name: 'media-type', values: text('keyword', 'stationery', 'other') },
      ],
    };
    const message: Message = { version: [2, 0], code: 0, requestId: 1, groups: [{ tag: 4, attributes: [{ name: 'media-col-ready', values: [value] }] }], data: new Uint8Array() };
    expect(Buffer.from(encode(message)).toString('hex')).toBe(Buffer.from(golden).toString('hex'));
    expect(decode(golden)).toEqual({ ok: true, value: message });
  });
});

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const words = fc.string({ unit: 'binary', maxLength: 40 });
const octets = fc.uint8Array({ maxLength: 20 });
const flat: fc.Arbitrary<Value> = fc.oneof(
  fc.record({ syntax: fc.constantFrom('integer' as const, 'enum' as const), value: int32 }),
  fc.record({ syntax: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ syntax: fc.constantFrom(...(Object.keys(TEXT_TAGS) as (keyof typeof TEXT_TAGS)[])), value: words }),
  fc.record({ syntax: fc.constantFrom('textWithLanguage' as const, 'nameWithLanguage' as const), language: words, value: words }),
  fc.record({ syntax: fc.constantFrom('octetString' as const, 'dateTime' as const), value: octets }),
  fc.record({ syntax: fc.constant('resolution' as const), cross: int32, feed: int32, units: fc.nat(255) }),
  fc.record({ syntax: fc.constant('rangeOfInteger' as const), lower: int32, upper: int32 }),
  fc.record({ syntax: fc.constantFrom(...(Object.keys(OUT_OF_BAND_TAGS) as (keyof typeof OUT_OF_BAND_TAGS)[])) }),
  fc.record({ syntax: fc.constant('unrecognised' as const), tag: fc.constantFrom(0x11, 0x20, 0x2f, 0x40, 0x43, 0x5f, 0x7f), value: octets }),
);
const { attribute } = fc.letrec<{ value: Value; attribute: Attribute }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, flat, fc.record({ syntax: fc.constant('collection' as const), members: fc.array(tie('attribute'), { maxLength: 3 }) })),
  attribute: fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }),
}));
const anyMessage: fc.Arbitrary<Message> = fc.record({
  version: fc.constantFrom<[number, number]>([1, 1], [2, 0]),
  code: fc.nat(0xffff),
  requestId: int32,
  groups: fc.array(fc.record({ tag: fc.constantFrom(1, 2, 4, 5, 6, 9), attributes: fc.array(attribute, { maxLength: 4 }) }), { maxLength: 4 }),
  data: fc.uint8Array({ maxLength: 30 }),
});

describe('any message', () => {
  test('decodes to what was encoded', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decode(encode(message))).toEqual({ ok: true, value: message });
      }),
    );
  });

  test('cut off anywhere before its end of attributes is garbled, never half a message', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, at) => {
        const whole = encode({ ...message, data: new Uint8Array() });
        const cut = decode(whole.subarray(0, at % whole.length));
        expect(cut).toMatchObject({ ok: false, error: { kind: 'garbled' } });
      }),
    );
  });

  test('with any octets changed is a message or garbled, and never throws', () => {
    fc.assert(
      fc.property(anyMessage, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }), (message, changes) => {
        const changed = encode(message);
        for (const [at, octet] of changes) changed[at % changed.length] = octet;
        expect(['ok', 'garbled']).toContain(((result) => (result.ok ? 'ok' : result.error.kind))(decode(changed)));
      }),
    );
  });
});

describe('refused', () => {
  test.each([
    ['nothing', ''],
    ['a group without an end', '02000002 00000001 01'],
    ['a value outside a group', '02000002 00000001 21 0001 61 0004 00000001 03'],
    ['an additional value without a first', '02000002 00000001 01 21 0000 0004 00000001 03'],
    ['an integer of three octets', '02000002 00000001 01 21 0001 61 0003 000001 03'],
    ['a collection that never ends', '02000002 00000001 01 34 0001 61 0000 03'],
    ['a member without a value', '02000002 00000001 01 34 0001 61 0000 4a 0000 0001 62 37 0000 0000 03'],
    ['an end without a collection', '02000002 00000001 01 37 0000 0000 03'],
    ['a name longer than the message', '02000002 00000001 01 21 7fff 61'],
  ])('%s', (_, hex) => {
    expect(decode(bytes(hex))).toMatchObject({ ok: false, error: { kind: 'garbled' } });
  });

  test('an attribute without values and a value beyond 32767 octets cannot be encoded', () => {
    const with_ = (attributes: Attribute[]): Message => ({ version: [2, 0], code: 2, requestId: 1, groups: [{ tag: 1, attributes }], data: new Uint8Array() });
    expect(() => encode(with_([{ name: 'a', values: [] }]))).toThrow(RangeError);
    expect(() => encode(with_([{ name: 'a', values: text('text', 'x'.repeat(40_000)) }]))).toThrow(RangeError);
  });
});
