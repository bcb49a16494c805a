/** Pieces of known height, set beneath each other, page after page. */
import type { Command } from '../layout/commands.ts';

export type Piece = {
  height: number;
  /** `y` is the top. */
  draw(commands: Command[], y: number): void;
  /** Stays on one page with the next piece. */
  glue?: boolean;
  /** Mere distance: nothing at the top of a page. */
  gap?: boolean;
  /** Drawn again above this piece when it begins a page: the head of a table. */
  again?: Piece;
};

export type Page = { commands: Command[] };

export const gap = (height: number, glue = false): Piece => ({ height, gap: true, glue, draw: () => undefined });

/** The same pieces, none of which is parted from the next; the last stands free. */
export function together(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, index) => (index === pieces.length - 1 ? piece : { ...piece, glue: true }));
}

/**
 * @param first top of the first page, `further` of the others, `bottom` of all
 * Glued pieces that are higher than a page are parted after all: nothing is lost and nothing overflows.
 */
export function flow(pieces: readonly Piece[], first: number, further: number, bottom: number): Page[] {
  const pages: Page[] = [{ commands: [] }];
  let y = first;
  let fresh = true;

  function turn(): void {
    pages.push({ commands: [] });
    y = further;
    fresh = true;
  }

  function put(piece: Piece): void {
    if (fresh && piece.gap) return;
    const { commands } = pages.at(-1) as Page;
    if (fresh && pages.length > 1 && piece.again !== undefined) {
      piece.again.draw(commands, y);
      y += piece.again.height;
    }
    piece.draw(commands, y);
    y += piece.height;
    fresh = false;
  }

  for (const unit of units(pieces)) {
    const height = unit.reduce((sum, piece) => sum + piece.height, 0);
    if (!fresh && y + height > bottom && !unit.every((piece) => piece.gap)) {
      if (height <= bottom - further) turn();
    }
    for (const piece of unit) {
      if (!fresh && !piece.gap && y + piece.height > bottom) turn();
      put(piece);
    }
  }
  return pages;
}

function units(pieces: readonly Piece[]): Piece[][] {
  const found: Piece[][] = [];
  let open: Piece[] = [];
  for (const piece of pieces) {
    open.push(piece);
    if (piece.glue) continue;
    found.push(open);
    open = [];
  }
  if (open.length > 0) found.push(open);
  return found;
}
