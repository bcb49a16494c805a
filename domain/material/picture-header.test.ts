import fc from 'fast-check';
import { page } from '../../test/rigs/citizen.ts';
import { describe, expect, test } from 'vitest';
import { fileHeader, isSane } from './picture-header.ts';

/** The beginning of a PNG, as ISO/IEC 15948 has it; and of a real JPEG. */
function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('what a file says of itself', () => {
  test('a picture of any size says its size', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (width, height) => {
      expect(fileHeader(png(width, height))).toEqual({ type: 'png', width, height });
      expect(fileHeader(page(width, height))).toEqual({ type: 'jpeg', width, height });
    }), { numRuns: 30 });
  });
  test('golden: SOF2 behind an application segment, with fill bytes', () => {
    expect(fileHeader(new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 4, 9, 9, 0xff, 0xff, 0xc2, 0, 11, 8, 0x01, 0x02, 0x03, 0x04, 1, 0, 0, 0]))).toEqual({ type: 'jpeg', width: 0x304, height: 0x102 });
    expect(fileHeader(new TextEncoder().encode('%PDF-1.4 …'))).toEqual({ type: 'pdf' });
  });
  test('whatever the bytes are, it answers and reads no further than they go', () => {
    const starts = [[], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [0x25, 0x50, 0x44, 0x46]];
    fc.assert(fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const header = fileHeader(new Uint8Array([...start, ...rest]));
      if (header !== null && header.type !== 'pdf') expect(Number.isInteger(header.width) && Number.isInteger(header.height)).toBe(true);
    }));
  });
  test('cut off within its header it is nothing', () => {
    for (const whole of [png(30, 30), page(30, 30)]) expect(fileHeader(whole.slice(0, 20))).toBeNull();
    for (const other of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg">', 'PK\u0003\u0004', 'MZ']) expect(fileHeader(new TextEncoder().encode(other))).toBeNull();
  });
  test('a bomb is no picture of a paper: too many dots, too long a side, or none', () => {
    expect(isSane({ type: 'jpeg', width: 8000, height: 6000 })).toBe(true);
    for (const [width, height] of [[65535, 65535], [9000, 9000], [30000, 10], [0, 10]] as const) expect(isSane({ type: 'png', width, height }), `${width}x${height}`).toBe(false);
  });
});
