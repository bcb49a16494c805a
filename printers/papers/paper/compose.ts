/** A paper's contents → drawing commands of every page. */
import { A4, line } from '../layout/commands.ts';
import type { Sheet } from '../layout/commands.ts';
import type { Typesetter } from '../layout/typesetter.ts';
import { piecesOf, plainBox } from './blocks.ts';
import { flow } from './flow.ts';
import type { Page, Piece } from './flow.ts';
import { cardPiece, headPiece } from './head.ts';
import type { Block, Paper } from './model.ts';
import { EDGE, FAINT, layText, layWords, penOf, WIDTH } from './style.ts';
import type { Pen } from './style.ts';
import { WORDS } from './words.ts';

/** Top of the first page's head, points. */
const TOP = 34;
/** How far apart blocks may stand, widest first: as wide as the fewest pages allow. */
const AIRS = [1.5, 1.25, 1, 0.8, 0.65, 0.5];

export function composePaper(paper: Paper, set: Typesetter): Sheet[] {
  const setAt = (index: number) => setPaper(penOf(paper.look, set, AIRS[index] as number), paper);
  let best = setAt(AIRS.length - 1);
  // Wider never takes fewer pages, so halving finds the widest that takes no more.
  for (let low = 0, high = AIRS.length - 1; low < high; ) {
    const middle = (low + high) >> 1;
    const sheets = setAt(middle);
    if (sheets.length > best.length) low = middle + 1;
    else {
      best = sheets;
      high = middle;
    }
  }
  return best;
}

function setPaper(pen: Pen, paper: Paper): Sheet[] {
  const foot = layFoot(pen, paper, 1, 1).height;
  const running = layText(pen, `${paper.title.zh}　${paper.number}`, pen.foot, WIDTH);
  const pieces = [headPiece(pen, paper), cardPiece(pen, paper), ...paper.body.flatMap((block, index) => heldTo(paper.body[index + 1], piecesOf(pen, block))), ...plainBox(pen, paper.plain)];
  const pages = flow(pieces, TOP, TOP + running.height + 4 * pen.step, A4.height - 24 - foot - 3 * pen.step);
  pages.forEach((page, index) => {
    if (index > 0) {
      running.place(page.commands, EDGE, TOP);
      const y = TOP + running.height + pen.step;
      page.commands.push({ kind: 'path', path: line(EDGE, y, EDGE + WIDTH, y), stroke: FAINT, line: 0.6 });
    }
    drawFoot(pen, page, paper, index + 1, pages.length);
  });
  return pages.map(({ commands }) => ({ ...A4, commands }));
}

/** A seal never stands on a page without a line of what it seals. */
function heldTo(next: Block | undefined, pieces: Piece[]): Piece[] {
  const last = pieces.findLastIndex((piece) => !piece.gap);
  return next?.kind !== 'signing' ? pieces : pieces.map((piece, index) => (index < last ? piece : { ...piece, glue: true }));
}

function layFoot(pen: Pen, paper: Paper, page: number, pages: number) {
  const count = layWords(pen, WORDS.pageOf(page, pages), pen.foot, WIDTH / 3);
  const token = layWords(pen, { zh: `${WORDS.token.zh} ${paper.token}`, en: WORDS.token.en }, pen.foot, WIDTH - count.width - 16);
  const small = { ...pen.foot, size: 7 };
  const hash = layText(pen, `${WORDS.hash.zh} ${paper.actionHash.match(/.{1,8}/g)?.join(' ') ?? ''}`, small, WIDTH);
  return { count, token, hash, height: Math.max(count.height, token.height) + hash.height };
}

function drawFoot(pen: Pen, { commands }: Page, paper: Paper, page: number, pages: number): void {
  const { count, token, hash, height } = layFoot(pen, paper, page, pages);
  const y = A4.height - 24 - height;
  commands.push({ kind: 'path', path: line(EDGE, y - pen.step, EDGE + WIDTH, y - pen.step), stroke: FAINT, line: 0.6 });
  token.place(commands, EDGE, y);
  count.place(commands, EDGE + WIDTH, y, 'right');
  hash.place(commands, EDGE, y + height - hash.height);
}
