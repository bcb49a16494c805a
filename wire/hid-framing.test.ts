import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HidFraming } from './hid-framing.ts';
import { fromInputReport, fromReport, payloadRoom, toInputReports, toReports } from './hid-framing.ts';

const NUMBERED: HidFraming = { reportId: 1, reportLength: 8, payloadLength: 'one-byte', padding: 0, sendAs: 'output-report' };
const PLAIN: HidFraming = { reportId: 0, reportLength: 8, payloadLength: 'none', padding: 0xff, sendAs: 'output-report' };
const WIDE: HidFraming = { reportId: 0, reportLength: 8, payloadLength: 'two-bytes-big-endian', padding: 0, sendAs: 'feature-report' };

const framing: fc.Arbitrary<HidFraming> = fc.record({
  reportId: fc.nat(255),
  reportLength: fc.integer({ min: 3, max: 1024 }),
  payloadLength: fc.constantFrom('none', 'one-byte', 'two-bytes-big-endian'),
  padding: fc.nat(255),
  sendAs: fc.constantFrom('output-report', 'feature-report'),
});

const hex = (reports: Uint8Array[]): string[] => reports.map((report) => Buffer.from(report).toString('hex'));
const joined = (pieces: (Uint8Array | null)[]): number[] => pieces.flatMap((piece) => [...(piece ?? [])]);

describe('golden bytes', () => {
  // The find-card command of an ID card reader: AA AA AA 96 69 00 03 20 01 22.
  const find = Uint8Array.from(Buffer.from('aaaaaa96690003200122', 'hex'));

  test('a numbered report with a length byte', () => {
    expect(hex(toReports(find, NUMBERED))).toEqual(['0107aaaaaa96690003', '010320012200000000']);
    expect(hex(toInputReports(find, NUMBERED))).toEqual(['0107aaaaaa96690003', '010320012200000000']);
  });
  test('an unnumbered report: the id 0 is only on the way out', () => {
    expect(hex(toReports(find, PLAIN))).toEqual(['00aaaaaa9669000320', '000122ffffffffffff']);
    expect(hex(toInputReports(find, PLAIN))).toEqual(['aaaaaa9669000320', '0122ffffffffffff']);
  });
  test('two bytes of length, the high one first', () => {
    expect(hex(toReports(find, WIDE))).toEqual(['000006aaaaaa966900', '00000403200122' + '0000']);
    expect(hex(toReports(new Uint8Array(300), { ...WIDE, reportLength: 512 }))[0]?.slice(0, 6)).toBe('00012c');
  });
});

describe('every stream survives there and back', () => {
  test('with a length, exactly', () => {
    fc.assert(
      fc.property(framing.filter(({ payloadLength }) => payloadLength !== 'none'), fc.uint8Array({ maxLength: 3000 }), (any, bytes) => {
        expect(joined(toReports(bytes, any).map((report) => fromReport(report, any)))).toEqual([...bytes]);
        expect(joined(toInputReports(bytes, any).map((report) => fromInputReport(report, any)))).toEqual([...bytes]);
      }),
    );
  });
  test('without one, with the padding behind it', () => {
    fc.assert(
      fc.property(framing, fc.uint8Array({ minLength: 1, maxLength: 3000 }), (any, bytes) => {
        const plain: HidFraming = { ...any, payloadLength: 'none' };
        const back = joined(toReports(bytes, plain).map((report) => fromReport(report, plain)));
        expect(back.slice(0, bytes.length)).toEqual([...bytes]);
        expect(back.length % plain.reportLength).toBe(0);
        expect(back.slice(bytes.length).every((byte) => byte === plain.padding)).toBe(true);
      }),
    );
  });
  test('every report has its length, and no byte of the stream is without one', () => {
    fc.assert(
      fc.property(framing, fc.uint8Array({ maxLength: 3000 }), (any, bytes) => {
        const reports = toReports(bytes, any);
        expect(reports.every((report) => report.length === any.reportLength + 1)).toBe(true);
        expect(reports).toHaveLength(Math.ceil(bytes.length / payloadRoom(any)));
      }),
    );
  });
});

describe('what is no report of this framing is null', () => {
  test('another id, another length, a payload longer than the report', () => {
    const [report = new Uint8Array(0)] = toInputReports(Uint8Array.of(1, 2, 3), NUMBERED);
    expect(fromInputReport(report, NUMBERED)).toEqual(Uint8Array.of(1, 2, 3));
    expect(fromInputReport(Uint8Array.from([2, ...report.subarray(1)]), NUMBERED)).toBeNull();
    expect(fromInputReport(report.subarray(0, 5), NUMBERED)).toBeNull();
    expect(fromInputReport(Uint8Array.from([...report, 0]), NUMBERED)).toBeNull();
    expect(fromInputReport(Uint8Array.of(1, 8, 0, 0, 0, 0, 0, 0, 0), NUMBERED)).toBeNull();
    expect(fromInputReport(new Uint8Array(0), NUMBERED)).toBeNull();
  });
  test('noise never throws', () => {
    fc.assert(fc.property(framing, fc.uint8Array({ maxLength: 1100 }), (any, noise) => void [fromReport(noise, any), fromInputReport(noise, any)]));
  });
});

test('a framing that no report can have is a bug of whoever wrote it', () => {
  for (const wrong of [{ reportId: 256 }, { padding: -1 }, { reportLength: 1 }, { reportLength: 2000 }, { reportId: 0.5 }]) expect(() => payloadRoom({ ...NUMBERED, ...wrong })).toThrow(RangeError);
});
