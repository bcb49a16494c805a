/**
 * Frames of the SAM_V protocol, the same in both directions: preamble AA AA AA 96 69, a big-endian length, that many bytes of which
 * the last is a checksum. The XOR over length, body and checksum is 0. Source: SAM_V communication protocol, frame format.
 */
export const PREAMBLE = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const HEADER = PREAMBLE.length + 2;

/** The length field counts body and checksum. An answer is at least three status bytes; the longest is text, photo and two fingerprints. */
export const ANSWER_BOUNDS = { shortest: 4, longest: 0x090a } as const;
/** A command is at least CMD and PARA. */
export const COMMAND_BOUNDS = { shortest: 3, longest: 0x090a } as const;

export type Framed =
  /** `body` is what stands between length and checksum. */
  | { kind: 'frame'; body: Uint8Array }
  | { kind: 'garbled'; why: 'bad-length' | 'bad-checksum' };

/** XOR of all bytes. */
export function xor(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

export function encodeFrame(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER + body.length + 1);
  frame.set(PREAMBLE);
  frame[5] = (body.length + 1) >> 8;
  frame[6] = (body.length + 1) & 0xff;
  frame.set(body, HEADER);
  frame[frame.length - 1] = xor(frame.subarray(PREAMBLE.length, -1));
  return frame;
}

/**
 * Cuts a stream of chunks into frames. Noise before a preamble is dropped. Inside a frame the length is trusted, since a photo may
 * hold the preamble's bytes; a frame that turns out bad is searched again from its second byte, so that a damaged length does not
 * swallow the good frame behind it.
 */
export class FrameReader {
  readonly #bounds: { shortest: number; longest: number };
  #held = new Uint8Array(0);

  /** @param bounds of the length field; a length outside them is `bad-length` */
  constructor(bounds: { shortest: number; longest: number }) {
    if (!Number.isInteger(bounds.shortest) || !Number.isInteger(bounds.longest) || bounds.shortest < 2 || bounds.longest < bounds.shortest || bounds.longest > 0xffff) {
      throw new RangeError('frame bounds must be 2 ≤ shortest ≤ longest ≤ 65535');
    }
    this.#bounds = bounds;
  }

  push(chunk: Uint8Array): Framed[] {
    const held = new Uint8Array(this.#held.length + chunk.length);
    held.set(this.#held);
    held.set(chunk, this.#held.length);
    const out: Framed[] = [];
    let at = 0;
    for (;;) {
      const next = this.#next(held, preambleStart(held, at));
      at = next.at;
      if (next.framed === null) break;
      out.push(next.framed);
    }
    this.#held.fill(0);
    // Once for all frames: a hostile stream of beginnings would else be copied for each of them.
    this.#held = held.slice(at);
    held.fill(0);
    return out;
  }

  /** Forgets what is held, overwriting it. @returns whether a frame had begun and is now lost */
  reset(): boolean {
    const begun = this.#held.length >= PREAMBLE.length;
    this.#held.fill(0);
    this.#held = new Uint8Array(0);
    return begun;
  }

  /** What stands at `start`, and where to go on; null while more must come. */
  #next(held: Uint8Array, start: number): { framed: Framed | null; at: number } {
    if (held.length < start + HEADER) return { framed: null, at: start };
    const length = held[start + 5]! * 256 + held[start + 6]!;
    if (length < this.#bounds.shortest || length > this.#bounds.longest) return { framed: { kind: 'garbled', why: 'bad-length' }, at: start + 1 };
    const end = start + HEADER + length;
    if (held.length < end) return { framed: null, at: start };
    if (xor(held.subarray(start + PREAMBLE.length, end)) !== 0) return { framed: { kind: 'garbled', why: 'bad-checksum' }, at: start + 1 };
    return { framed: { kind: 'frame', body: held.slice(start + HEADER, end - 1) }, at: end };
  }
}

/** Where the first preamble from `from` on, or the start of one at the very end, stands; the length when there is none. */
function preambleStart(bytes: Uint8Array, from: number): number {
  for (let start = from; start < bytes.length; start += 1) {
    let matched = 0;
    while (matched < PREAMBLE.length && start + matched < bytes.length && bytes[start + matched] === PREAMBLE[matched]) matched += 1;
    if (matched === PREAMBLE.length || start + matched === bytes.length) return start;
  }
  return bytes.length;
}
