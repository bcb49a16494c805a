/**
 * Sets text: measures, breaks lines by the rules of Chinese composition, and notes every character that no font has.
 * Layouts run to their end even when a glyph is missing, so that all missing ones are reported at once; then nothing is drawn.
 */
import type { Face, FontChain, MissingGlyph, Run } from '../fonts.ts';
import type { Colour, Command } from './commands.ts';

export type Style = {
  face: Face;
  /** Points. */
  size: number;
  colour: Colour;
  /** Points added after every character. Left out: 0. */
  spacing?: number;
  /** Distance of baselines as a multiple of the size. Left out: 1.5. */
  leading?: number;
};

export type Line = { runs: Run[]; width: number };

/** Characters that must not begin a line (避头): closing marks, pauses, units. Source: 中文排版需求 (W3C clreq) §3.1.3. */
const NOT_FIRST = new Set('，。、；：？！）》〉」』】〕〗…—～·％‰℃,.;:!?)]}%”’');
/** Characters that must not end a line (避尾): opening marks. */
const NOT_LAST = new Set('（《〈「『【〔〖([{“‘￥¥№');
/** Letters and digits that stay together as one word. */
const WORD = /[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{Nd}_@#&+/\\'-]/u;

export class Typesetter {
  readonly #fonts: FontChain;
  readonly #missing = new Set<string>();

  constructor(fonts: FontChain) {
    this.#fonts = fonts;
  }

  /** Null when every character set so far can be drawn. */
  missing(): MissingGlyph | null {
    return this.#missing.size === 0 ? null : { kind: 'missing-glyph', codePoints: [...this.#missing] };
  }

  /** Width of one line in points, without the spacing after its last character. */
  width(text: string, style: Style): number {
    return this.line(text, style).width;
  }

  line(text: string, style: Style): Line {
    const runs = this.#cut(text, style.face);
    const characters = runs.reduce((sum, run) => sum + [...run.text].length, 0);
    const letters = runs.reduce((sum, run) => sum + run.width, 0) * style.size;
    return { runs, width: letters + (style.spacing ?? 0) * Math.max(0, characters - 1) };
  }

  /** Lines no wider than `width` points. Line breaks in the text are kept; an empty text is one empty line. */
  wrap(text: string, style: Style, width: number): Line[] {
    return text.split(/\r\n|\r|\n/).flatMap((paragraph) => this.#fill(paragraph.replaceAll('\t', ' '), style, width));
  }

  /** Like `wrap`, with lines of about one length: for centred paragraphs, which must not end in two lone characters. */
  balance(text: string, style: Style, width: number): Line[] {
    const lines = this.wrap(text, style, width);
    const even = this.width(text, style) / lines.length;
    for (let narrow = even; narrow < width; narrow += style.size) {
      const narrower = this.wrap(text, style, narrow);
      if (narrower.length <= lines.length) return narrower;
    }
    return lines;
  }

  /** Commands for lines set from the left edge `x`; `y` is the top of the first line box. Returns the bottom of the last. */
  place(commands: Command[], lines: readonly Line[], style: Style, x: number, y: number, align: 'left' | 'centre' | 'right' = 'left'): number {
    const step = style.size * (style.leading ?? 1.5);
    lines.forEach((line, index) => {
      const start = align === 'left' ? x : align === 'centre' ? x - line.width / 2 : x - line.width;
      // The ideographic em box sits 0.88 above and 0.12 below the baseline; it is centred in the line box.
      this.#draw(commands, line, style, start, y + index * step + (step - style.size) / 2 + style.size * 0.88);
    });
    return y + lines.length * step;
  }

  /** One line at a baseline. */
  write(commands: Command[], text: string, style: Style, x: number, baseline: number, align: 'left' | 'centre' | 'right' = 'left'): void {
    const line = this.line(text, style);
    this.#draw(commands, line, style, align === 'left' ? x : align === 'centre' ? x - line.width / 2 : x - line.width, baseline);
  }

  /** The largest of `sizes` (descending) at which `text` fits into `lines` lines of `width`; the smallest when none does. */
  fit(text: string, style: Style, width: number, lines: number, sizes: readonly number[]): { style: Style; lines: Line[] } {
    let last: { style: Style; lines: Line[] } | undefined;
    for (const size of sizes) {
      const sized = { ...style, size };
      last = { style: sized, lines: this.wrap(text, sized, width) };
      if (last.lines.length <= lines) return last;
    }
    return last ?? { style, lines: this.wrap(text, style, width) };
  }

  #cut(text: string, face: Face): Run[] {
    const cut = this.#fonts.cut(text, face);
    if (cut.ok) return cut.value;
    for (const codePoint of cut.error.codePoints) this.#missing.add(codePoint);
    return [];
  }

  #draw(commands: Command[], line: Line, style: Style, x: number, y: number): void {
    const spacing = style.spacing ?? 0;
    let left = x;
    for (const run of line.runs) {
      const width = run.width * style.size;
      commands.push({ kind: 'text', x: left, y, text: run.text, font: run.font, size: style.size, width, colour: style.colour, spacing, angle: 0 });
      left += width + spacing * [...run.text].length;
    }
  }

  #fill(text: string, style: Style, width: number): Line[] {
    const lines: Line[] = [];
    let held = '';
    let heldWidth = 0;
    const spacing = style.spacing ?? 0;
    const measure = (piece: string) => this.width(piece, style) + spacing;
    const flush = () => {
      lines.push(this.line(held.trimEnd(), style));
      held = '';
      heldWidth = 0;
    };
    for (const piece of pieces(text)) {
      const pieceWidth = measure(piece);
      if (heldWidth + measure(piece.trimEnd()) - spacing <= width) {
        held += piece;
        heldWidth += pieceWidth;
        continue;
      }
      if (held !== '') flush();
      if (pieceWidth - spacing <= width) {
        held = piece;
        heldWidth = pieceWidth;
        continue;
      }
      // A word longer than a line (a hash, an identifier) breaks between any two characters.
      for (const character of piece) {
        const characterWidth = measure(character);
        if (held !== '' && heldWidth + characterWidth - spacing > width) flush();
        held += character;
        heldWidth += characterWidth;
      }
    }
    if (held !== '' || lines.length === 0) flush();
    return lines;
  }
}

/** Cuts a text where a line may break: after every piece. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let held = '';
  let previous = '';
  for (const character of text) {
    const joined =
      held === '' ||
      NOT_FIRST.has(character) ||
      character === ' ' ||
      NOT_LAST.has(previous) ||
      (WORD.test(character) && (WORD.test(previous) || previous === '.' || previous === ',' || previous === ':'));
    if (!joined) {
      found.push(held);
      held = '';
    }
    held += character;
    previous = character;
  }
  if (held !== '') found.push(held);
  return found;
}
