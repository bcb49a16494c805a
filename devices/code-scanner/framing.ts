/** Longest code that is taken, bytes. The largest QR code holds 2953. */
export const LONGEST = 4096;

/** `garbled`: of scanners whose codes come in parts, one with a part that is missing or makes no sense. */
export type Framed = { kind: 'code'; bytes: Uint8Array } | { kind: 'too-long' } | { kind: 'garbled' };

/** Cuts what a scanner sends into codes. */
export type CodeCutter = {
  push(chunk: Uint8Array): Framed[];
  /** Whether a code has begun and not ended. */
  readonly begun: boolean;
  /** Ends the code that has begun; null when none has. */
  end(): Framed | null;
};

const CR = 0x0d;
const LF = 0x0a;

/**
 * The codes of a scanner that sends text. Each ends with CR, LF or both, as every scanner's manual offers; one without an end ends by silence, which `end` says.
 * Bytes beyond the longest code are dropped up to the next end, so a device that never stops costs nothing.
 */
export class CodeReader implements CodeCutter {
  #held: number[] = [];
  #tooLong = false;

  push(chunk: Uint8Array): Framed[] {
    const out: Framed[] = [];
    for (const byte of chunk) {
      if (byte === CR || byte === LF) {
        const framed = this.end();
        if (framed !== null) out.push(framed);
      } else if (this.#held.length < LONGEST) this.#held.push(byte);
      else this.#tooLong = true;
    }
    return out;
  }

  get begun(): boolean {
    return this.#held.length > 0;
  }

  end(): Framed | null {
    const [bytes, tooLong] = [this.#held, this.#tooLong];
    this.#held = [];
    this.#tooLong = false;
    if (tooLong) return { kind: 'too-long' };
    return bytes.length === 0 ? null : { kind: 'code', bytes: Uint8Array.from(bytes) };
  }
}
