/**
 * Lines of the board's protocol (README.md, “Lines”), the same in both directions: `$`, a body of printable ASCII, `*`, four hexadecimal digits of CRC, LF.
 * A `$` begins a line wherever it stands, so a receiver that lost its place finds it again at the next one.
 */
const START = 0x24;
const STAR = 0x2a;
const CR = 0x0d;
const LF = 0x0a;
const CHECK = 4;

/** Longest body, bytes: what a small controller can hold twice. */
export const LONGEST_BODY = 160;

export type Framed = { kind: 'line'; body: string } | { kind: 'garbled'; why: 'too-long' | 'no-checksum' | 'bad-checksum' | 'bad-character' };

/**
 * CRC-16/CCITT-FALSE: polynomial 0x1021, from 0xFFFF, not reflected. It finds every burst up to 16 bits and every one or two wrong bits in a line of this
 * length; the XOR of NMEA 0183 misses two characters that changed places, and two wrong bits in one column. Ten lines without a table in a controller.
 */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc;
}

/** @throws RangeError for a body that no line can hold: a bug of the caller */
export function encodeLine(body: string): Uint8Array {
  const bytes = new TextEncoder().encode(body);
  if (!/^[ -#%-)+-~]+$/.test(body) || bytes.length > LONGEST_BODY) throw new RangeError('a body is 1 to 160 printable ASCII characters without $ and *');
  return new TextEncoder().encode(`$${body}*${crc16(bytes).toString(16).toUpperCase().padStart(CHECK, '0')}\n`);
}

/** Cuts chunks into lines. What stands outside of lines is dropped without a word: boot messages, noise, the padding of reports. */
export class LineReader {
  /** What came since the last `$`; null between lines. */
  #held: number[] | null = null;

  push(chunk: Uint8Array): Framed[] {
    const out: Framed[] = [];
    for (const byte of chunk) {
      if (byte === START) {
        if (this.#held !== null) out.push({ kind: 'garbled', why: 'no-checksum' });
        this.#held = [];
      } else if (this.#held === null || byte === CR) continue;
      else if (byte === LF) this.#end(out, check(this.#held));
      else if (byte < 0x20 || byte > 0x7e) this.#end(out, { kind: 'garbled', why: 'bad-character' });
      else if (this.#held.push(byte) > LONGEST_BODY + 1 + CHECK) this.#end(out, { kind: 'garbled', why: 'too-long' });
    }
    return out;
  }

  #end(out: Framed[], framed: Framed): void {
    this.#held?.fill(0);
    this.#held = null;
    out.push(framed);
  }
}

function check(held: number[]): Framed {
  const star = held.length - CHECK - 1;
  if (star < 1 || held.indexOf(STAR) !== star) return { kind: 'garbled', why: 'no-checksum' };
  const said = String.fromCharCode(...held.slice(star + 1));
  const body = Uint8Array.from(held.slice(0, star));
  if (!/^[0-9A-F]{4}$/.test(said) || Number.parseInt(said, 16) !== crc16(body)) return { kind: 'garbled', why: 'bad-checksum' };
  return { kind: 'line', body: String.fromCharCode(...body) };
}
