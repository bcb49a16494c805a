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
    this.#held = held;
    const out: Framed[] = [];
    for (let framed = this.#next(); framed !== null; framed = this.#next()) out.push(framed);
    return out;
  }

  /** Forgets what is held, overwriting it. @returns whether a frame had begun and is now lost */
  reset(): boolean {
    const begun = this.#held.length >= PREAMBLE.length;
    this.#held.fill(0);
    this.#held = new Uint8Array(0);
    return begun;
  }

  #next(): Framed | null {
    this.#drop(preambleStart(this.#held));
    if (this.#held.length < HEADER) return null;
    const length = this.#held[5]! * 256 + this.#held[6]!;
    if (length < this.#bounds.shortest || length > this.#bounds.longest) {
      this.#drop(1);
      return { kind: 'garbled', why: 'bad-length' };
    }
    if (this.#held.length < HEADER + length) return null;
    if (xor(this.#held.subarray(PREAMBLE.length, HEADER + length)) !== 0) {
      this.#drop(1);
      return { kind: 'garbled', why: 'bad-checksum' };
    }
    const body = this.#held.slice(HEADER, HEADER + length - 1);
    this.#drop(HEADER + length);
    return { kind: 'frame', body };
  }

  #drop(count: number): void {
    if (count === 0) return;
    const rest = this.#held.slice(count);
    this.#held.fill(0);
    this.#held = rest;
  }
}

/** Where the first preamble, or the start of one at the very end, stands; the length when there is none. */
function preambleStart(bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; start += 1) {
    let matched = 0;
    while (matched < PREAMBLE.length && start + matched < bytes.length && bytes[start + matched] === PREAMBLE[matched]) matched += 1;
    if (matched === PREAMBLE.length || start + matched === bytes.length) return start;
  }
  return bytes.length;
}
