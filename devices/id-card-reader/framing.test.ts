import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANSWER_BOUNDS, encodeFrame, FrameReader, PREAMBLE, xor } from './framing.ts';
import type { Framed } from './framing.ts';

const body = fc.uint8Array({ minLength: 3, maxLength: 40 });
const frame = (bytes: Uint8Array): Framed => ({ kind: 'frame', body: bytes });
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Feeds in pieces of the given sizes, the rest at once. */
function feed(bytes: Uint8Array, sizes: readonly number[]): Framed[] {
  const reader = new FrameReader(ANSWER_BOUNDS);
  const out: Framed[] = [];
  let at = 0;
  for (const size of sizes) {
    out.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...out, ...reader.push(bytes.subarray(at))];
}

describe('encodeFrame', () => {
  test('the XOR from the length to the checksum is 0 and the length counts body and checksum', () => {
    fc.assert(
      fc.property(body, (bytes) => {
        const encoded = encodeFrame(bytes);
        expect(xor(encoded.subarray(5))).toBe(0);
        expect(encoded[5]! * 256 + encoded[6]!).toBe(bytes.length + 1);
        expect(encoded.length).toBe(7 + bytes.length + 1);
      }),
    );
  });
});

describe('FrameReader', () => {
  test('frames come whole and in order however they are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(20), { maxLength: 40 }), (bodies, sizes) => {
        expect(feed(join(...bodies.map(encodeFrame)), sizes)).toEqual(bodies.map(frame));
      }),
    );
  });

  test('one byte at a time', () => {
    const bytes = encodeFrame(Uint8Array.of(0, 0, 0x90));
    expect(feed(bytes, Array.from(bytes, () => 1))).toEqual([frame(Uint8Array.of(0, 0, 0x90))]);
  });

  test('noise before a frame is dropped, also noise that begins like a preamble', () => {
    const noise = fc.uint8Array({ maxLength: 30 }).filter((bytes) => !bytes.includes(0x69));
    fc.assert(
      fc.property(noise, body, (bytes, inner) => {
        expect(feed(join(bytes, encodeFrame(inner)), [])).toEqual([frame(inner)]);
      }),
    );
    expect(feed(join(Uint8Array.of(0xaa, 0xaa, 0xaa, 0xaa, 0x96), encodeFrame(Uint8Array.of(1, 2, 3))), [])).toEqual([frame(Uint8Array.of(1, 2, 3))]);
  });

  test('a preamble inside a body belongs to the body', () => {
    const inner = join(Uint8Array.of(0, 0, 0x90), encodeFrame(Uint8Array.of(0, 0, 0x80)));
    expect(feed(encodeFrame(inner), [])).toEqual([frame(inner)]);
  });

  test('a flipped byte is never a frame, and the frame behind it is found', () => {
    fc.assert(
      fc.property(body, body, fc.nat(), fc.integer({ min: 1, max: 255 }), (first, second, position, flip) => {
        const damaged = encodeFrame(first);
        // The length itself is left alone: damage to it is the next test.
        const at = 7 + (position % (damaged.length - 7));
        damaged[at] = damaged[at]! ^ flip;
        const out = feed(join(damaged, encodeFrame(second)), []);
        expect(out[0]).toEqual({ kind: 'garbled', why: 'bad-checksum' });
        expect(out.at(-1)).toEqual(frame(second));
      }),
    );
  });

  test.each([0, 1, 3, 0x090b, 0xffff])('a length of %i is bad and the frame behind it is found', (length) => {
    const head = join(PREAMBLE, Uint8Array.of(length >> 8, length & 0xff));
    const out = feed(join(head, encodeFrame(Uint8Array.of(0, 0, 0x90))), []);
    expect(out).toEqual([{ kind: 'garbled', why: 'bad-length' }, frame(Uint8Array.of(0, 0, 0x90))]);
  });

  test('a length that is too great but possible swallows nothing: the frames inside are found once it is full', () => {
    const head = join(PREAMBLE, Uint8Array.of(0, 22));
    const inner = Uint8Array.of(0, 0, 0x80);
    expect(feed(join(head, encodeFrame(inner), encodeFrame(inner)), [])).toEqual([{ kind: 'garbled', why: 'bad-checksum' }, frame(inner), frame(inner)]);
  });

  test('a frame that is cut off is no frame, and is reported once', () => {
    const reader = new FrameReader(ANSWER_BOUNDS);
    expect(reader.push(encodeFrame(Uint8Array.of(0, 0, 0x90)).subarray(0, -1))).toEqual([]);
    expect(reader.reset()).toBe(true);
    expect(reader.reset()).toBe(false);
    expect(reader.push(Uint8Array.of(0x94))).toEqual([]);
    expect(reader.push(encodeFrame(Uint8Array.of(0, 0, 0x80)))).toEqual([frame(Uint8Array.of(0, 0, 0x80))]);
  });

  test.each([
    [1, 10],
    [10, 4],
    [4, 0x10000],
    [4.5, 10],
  ])('bounds %d … %d are refused', (shortest, longest) => {
    expect(() => new FrameReader({ shortest, longest })).toThrow(RangeError);
  });
});
