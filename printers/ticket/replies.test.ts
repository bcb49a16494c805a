import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AutoStatus, AutoStatusBytes, RawStatus } from './replies.ts';
import { decodeAutoStatus, decodePaperReport, decodeStatus, deviceStatus, encodeAutoStatus, encodeCleared, encodePaperReport, encodeStatus, rawStatusOf, replyReader } from './replies.ts';

const bit = fc.boolean();
const rawStatus: fc.Arbitrary<RawStatus> = fc.record({
  printer: fc.record({ drawerPinHigh: bit, offline: bit, waitingForRecovery: bit, feedButtonPressed: bit }),
  offline: fc.record({ coverOpen: bit, feedingByButton: bit, stoppedByPaperEnd: bit, error: bit }),
  error: fc.record({ mechanical: bit, autocutter: bit, unrecoverable: bit, recoversByItself: bit }),
  paper: fc.record({ nearEnd: bit, end: bit }),
});

function raw(bytes: [number, number, number, number]): RawStatus {
  const decoded = decodeStatus(bytes);
  if (!decoded.ok) throw new Error(decoded.error.kind);
  return decoded.value;
}

describe('real-time status', () => {
  test('idle is 12 12 12 12, paper out is 1a 32 12 7e', () => {
    expect(deviceStatus(raw([0x12, 0x12, 0x12, 0x12]))).toEqual({ kind: 'online', warnings: [] });
    expect(deviceStatus(raw([0x16, 0x12, 0x12, 0x12]))).toEqual({ kind: 'online', warnings: [] });
    expect(deviceStatus(raw([0x1a, 0x32, 0x12, 0x7e]))).toEqual({ kind: 'blocked', reason: 'paper-out' });
    expect(raw([0x1a, 0x32, 0x12, 0x7e])).toMatchObject({ printer: { offline: true }, offline: { stoppedByPaperEnd: true, coverOpen: false }, paper: { nearEnd: true, end: true } });
  });

  test.each<[string, [number, number, number, number]]>([
    ['cover-open', [0x1a, 0x16, 0x12, 0x72]],
    ['cutter', [0x1a, 0x52, 0x1a, 0x12]],
    ['head-hot', [0x1a, 0x52, 0x52, 0x12]],
    ['jam', [0x1a, 0x52, 0x16, 0x12]],
    ['not-ready', [0x5a, 0x1a, 0x12, 0x12]],
    ['paper-out', [0x12, 0x12, 0x12, 0x32]],
  ])('%s', (reason, bytes) => {
    expect(deviceStatus(raw(bytes))).toEqual({ kind: 'blocked', reason });
  });

  test('near end never stops a print', () => {
    expect(deviceStatus(raw([0x12, 0x12, 0x12, 0x1e]))).toEqual({ kind: 'online', warnings: ['paper-low'] });
    expect(deviceStatus(raw([0x12, 0x12, 0x12, 0x16]))).toEqual({ kind: 'online', warnings: ['paper-low'] });
  });

  test('an unrecoverable error is for a technician', () => {
    expect(deviceStatus(raw([0x1a, 0x56, 0x32, 0x7e]))).toEqual({ kind: 'out-of-service', reason: 'unrecoverable-error' });
  });

  test('decode is the inverse of encode, and fixed bits are checked', () => {
    fc.assert(
      fc.property(rawStatus, (status) => {
        expect(decodeStatus(encodeStatus(status))).toEqual({ ok: true, value: status });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.nat(3), (byte, place) => {
        const bytes: [number, number, number, number] = [0x12, 0x12, 0x12, 0x12];
        bytes[place] = byte;
        const isStatus = (byte & 0b1001_0011) === 0b0001_0010;
        expect(decodeStatus(bytes).ok).toBe(isStatus);
      }),
    );
  });
});

describe('the queued paper report', () => {
  test('golden and inverse', () => {
    expect(decodePaperReport(0x00)).toEqual({ ok: true, value: { nearEnd: false, end: false } });
    expect(decodePaperReport(0x0f)).toEqual({ ok: true, value: { nearEnd: true, end: true } });
    expect(decodePaperReport(0x12)).toEqual({ ok: false, error: { kind: 'garbled', byte: 0x12 } });
    fc.assert(
      fc.property(fc.record({ nearEnd: bit, end: bit }), (paper) => {
        expect(decodePaperReport(encodePaperReport(paper))).toEqual({ ok: true, value: paper });
      }),
    );
  });
});

describe('the automatic status', () => {
  const autoStatus: fc.Arbitrary<AutoStatus> = fc.record({
    printer: fc.record({ drawerPinHigh: bit, offline: bit, coverOpen: bit, feedingByButton: bit }),
    error: fc.record({ waitingForRecovery: bit, feedButtonPressed: bit, mechanical: bit, autocutter: bit, unrecoverable: bit, recoversByItself: bit }),
    paper: fc.record({ nearEnd: bit, end: bit }),
  });

  test.each<[string, AutoStatusBytes, ReturnType<typeof deviceStatus>]>([
    ['idle', [0x10, 0x00, 0x00, 0x00], { kind: 'online', warnings: [] }],
    ['drawer pin high', [0x14, 0x00, 0x00, 0x0f], { kind: 'online', warnings: [] }],
    ['paper low', [0x10, 0x00, 0x03, 0x00], { kind: 'online', warnings: ['paper-low'] }],
    ['paper out', [0x18, 0x00, 0x0f, 0x00], { kind: 'blocked', reason: 'paper-out' }],
    ['cover open', [0x38, 0x00, 0x00, 0x00], { kind: 'blocked', reason: 'cover-open' }],
    ['cutter', [0x18, 0x08, 0x00, 0x00], { kind: 'blocked', reason: 'cutter' }],
    ['head hot', [0x18, 0x40, 0x00, 0x00], { kind: 'blocked', reason: 'head-hot' }],
    ['jam', [0x18, 0x04, 0x00, 0x00], { kind: 'blocked', reason: 'jam' }],
    ['feeding by button', [0x58, 0x00, 0x00, 0x00], { kind: 'blocked', reason: 'not-ready' }],
    ['unrecoverable', [0x18, 0x20, 0x00, 0x00], { kind: 'out-of-service', reason: 'unrecoverable-error' }],
  ])('golden: %s', (_, bytes, status) => {
    expect(deviceStatus(rawStatusOf(decodeAutoStatus(bytes)))).toEqual(status);
    expect(replyReader()(Uint8Array.from(bytes))).toEqual([{ kind: 'auto', bytes }]);
  });

  test('decode is the inverse of encode, whatever the reserved byte', () => {
    fc.assert(
      fc.property(autoStatus, fc.nat(0x0f), (status, reserved) => {
        const [printer, error, paper] = encodeAutoStatus(status);
        expect(decodeAutoStatus([printer, error, paper, reserved])).toEqual(status);
        expect([printer & 0x93, error & 0x90, paper & 0x90]).toEqual([0x10, 0, 0]);
      }),
    );
  });

  test('one that breaks off is garbled as a whole: none of its bytes passes for a report', () => {
    expect(replyReader()(Uint8Array.of(0x10, 0x00, 0x12))).toEqual([{ kind: 'unknown', byte: 0x10 }, { kind: 'unknown', byte: 0 }, { kind: 'now', byte: 0x12 }]);
    expect(replyReader()(Uint8Array.of(0x10, 0x00, 0x10, 0, 0, 0))).toEqual([{ kind: 'unknown', byte: 0x10 }, { kind: 'unknown', byte: 0 }, { kind: 'auto', bytes: [0x10, 0, 0, 0] }]);
    expect(replyReader()(Uint8Array.of(0x10, 0x00, 0x37, 0x25, 0x00))).toEqual([{ kind: 'unknown', byte: 0x10 }, { kind: 'unknown', byte: 0 }, { kind: 'cleared' }]);
  });
});

describe('the reply reader', () => {
  const stream = [0x12, 0x11, 0x37, 0x25, 0x00, 0x00, 0x18, 0x13, 0x00, 0x0f, 0x00, 0x13, 0x1a, 0x93];
  const replies = [{ kind: 'now', byte: 0x12 }, { kind: 'cleared' }, { kind: 'queued', byte: 0 }, { kind: 'auto', bytes: [0x18, 0, 0x0f, 0] }, { kind: 'now', byte: 0x1a }, { kind: 'unknown', byte: 0x93 }];

  test('tells replies apart by their fixed bits, however the stream is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 6 }), (cuts) => {
        const read = replyReader();
        const edges = [0, ...cuts.toSorted((left, right) => left - right), stream.length];
        const all = edges.slice(1).flatMap((edge, index) => read(Uint8Array.from(stream.slice(edges[index], edge))));
        expect(all).toEqual(replies);
      }),
    );
  });

  test('XON and XOFF may stand inside a clear response', () => {
    expect(replyReader()(Uint8Array.of(0x37, 0x13, 0x25, 0x11, 0x00))).toEqual([{ kind: 'cleared' }]);
    expect(Buffer.from(encodeCleared()).toString('hex')).toBe('372500');
  });

  test('a clear response that breaks off is not one', () => {
    expect(replyReader()(Uint8Array.of(0x37, 0x25, 0x12))).toEqual([{ kind: 'unknown', byte: 0x37 }, { kind: 'queued', byte: 0x25 }, { kind: 'now', byte: 0x12 }]);
    expect(replyReader()(Uint8Array.of(0x37, 0x37, 0x25, 0x00))).toEqual([{ kind: 'unknown', byte: 0x37 }, { kind: 'cleared' }]);
  });
});
