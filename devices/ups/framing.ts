/** Lines of NUT's network protocol: bytes up to LF. A CR before it is passed over, as `upsd` itself passes it over. */
const LF = 0x0a;
const CR = 0x0d;

/** Longest line that is taken. `upsd` cuts its own answers at 512 bytes. */
export const LONGEST_LINE = 1024;

export type Framed = { kind: 'line'; text: string } | { kind: 'garbled' };

/** Cuts chunks into lines. One that is too long, or no UTF-8, or holds a control character, is `garbled`. */
export class LineReader {
  #held: number[] = [];
  #tooLong = false;

  push(chunk: Uint8Array): Framed[] {
    const out: Framed[] = [];
    for (const byte of chunk) {
      if (byte === LF) out.push(this.#end());
      else if (this.#held.length < LONGEST_LINE) this.#held.push(byte);
      else if (!this.#tooLong) {
        this.#tooLong = true;
        // At once: a sender without line ends would never be told off otherwise.
        out.push({ kind: 'garbled' });
      }
    }
    return out.filter((framed) => framed.kind === 'garbled' || framed.text !== '');
  }

  #end(): Framed {
    const [held, tooLong] = [this.#held, this.#tooLong];
    this.#held = [];
    this.#tooLong = false;
    // It was told when it became too long.
    if (tooLong) return { kind: 'line', text: '' };
    const bytes = Uint8Array.from(held.at(-1) === CR ? held.slice(0, -1) : held);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return isText(text) ? { kind: 'line', text } : { kind: 'garbled' };
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      return { kind: 'garbled' };
    }
  }
}

function isText(text: string): boolean {
  return ![...text].some((letter) => letter < ' ' || letter === '\u007f');
}
