/**
 * The top of a paper: whose it is, what it is, and the one date or number that counts. A receipt and a legal paper must not be
 * taken for each other: the receipt has a bar, a title on the left and a warning; the legal paper is centred over a double rule.
 */
import { A4, line, rectangle, roundedRectangle } from '../layout/commands.ts';
import { qrCode } from '../layout/qr.ts';
import type { Style } from '../layout/typesetter.ts';
import type { Piece } from './flow.ts';
import type { Paper } from './model.ts';
import { ACCENT, EDGE, INK, layFitted, layText, layWords, PALE, PROVISIONAL, stack, WHITE, WIDTH } from './style.ts';
import type { Pen } from './style.ts';
import { WORDS } from './words.ts';

/** Side of the QR with its quiet zone, 34 mm wide: a module is 0.7 mm, which the cheapest scanners read. */
const QR = 96;

export function headPiece(pen: Pen, paper: Paper): Piece {
  return paper.head.kind === 'receipt' ? receiptHead(pen, paper, paper.head) : legalHead(pen, paper, paper.head);
}

function receiptHead(pen: Pen, paper: Paper, head: Extract<Paper['head'], { kind: 'receipt' }>): Piece {
  const keep = layWords(pen, WORDS.applicantsCopy, pen.label, WIDTH / 3);
  const hall = layFitted(pen, head.hall, { face: 'sans-bold', size: pen.scale.heading, colour: ACCENT, spacing: 1 }, WIDTH - keep.width - 20, [pen.scale.heading, pen.scale.body, pen.scale.label]);
  const title = layWords(pen, paper.title, titleStyle(pen, 2), WIDTH);
  const pill = layWords(pen, head.warning, { face: 'sans-bold', size: pen.scale.body, colour: ACCENT, leading: 1.3 }, WIDTH / 2);
  const top = Math.max(hall.height, keep.height) + 2 * pen.step;
  const beside = title.width + pill.width + 30 <= WIDTH;
  const height = top + title.height + (beside ? 0 : pill.height + 3 * pen.step) + 2 * pen.step;
  return {
    height: height + 3 * pen.step,
    glue: true,
    draw(commands, y) {
      commands.push({ kind: 'path', path: rectangle(0, 0, A4.width, 7), fill: ACCENT });
      hall.place(commands, EDGE, y);
      keep.place(commands, EDGE + WIDTH, y, 'right');
      title.place(commands, EDGE, y + top);
      const pillTop = beside ? y + top + (title.height - pill.height) / 2 : y + top + title.height + pen.step;
      const left = beside ? EDGE + WIDTH - pill.width - 24 : EDGE;
      commands.push({ kind: 'path', path: roundedRectangle(left, pillTop - 4, pill.width + 24, pill.height + 8, Math.min(12, pill.height / 2 + 4)), stroke: ACCENT, line: 0.9 });
      pill.place(commands, left + 12, pillTop);
      commands.push({ kind: 'path', path: line(EDGE, y + height, EDGE + WIDTH, y + height), stroke: INK, line: 1.1 });
    },
  };
}

function legalHead(pen: Pen, paper: Paper, head: Extract<Paper['head'], { kind: 'legal' }>): Piece {
  const size = pen.scale.heading + 2;
  const department = layFitted(pen, head.department, { face: 'sans-bold', size, colour: ACCENT, spacing: 1.5, leading: 1.35 }, WIDTH, [size, pen.scale.heading, pen.scale.body]);
  const title = layWords(pen, paper.title, titleStyle(pen, 4), WIDTH);
  const all = stack(department, pen.step, title);
  const number = layText(pen, head.paperNumber, pen.label, WIDTH / 2 - pen.step);
  const hall = layText(pen, head.hall, pen.label, WIDTH / 2 - pen.step);
  const height = all.height + pen.step + Math.max(number.height, hall.height) + pen.step;
  return {
    height: height + 3 * pen.step,
    glue: true,
    draw(commands, y) {
      all.place(commands, A4.width / 2, y, 'centre');
      hall.place(commands, EDGE, y + all.height + pen.step);
      number.place(commands, EDGE + WIDTH, y + all.height + pen.step, 'right');
      commands.push({ kind: 'path', path: line(EDGE, y + height, EDGE + WIDTH, y + height), stroke: ACCENT, line: 1.8 });
      commands.push({ kind: 'path', path: line(EDGE, y + height + 3, EDGE + WIDTH, y + height + 3), stroke: ACCENT, line: 0.5 });
    },
  };
}

function titleStyle(pen: Pen, spacing: number): Style {
  return { face: 'serif-bold', size: pen.scale.title, colour: INK, spacing, leading: 1.3 };
}

export function cardPiece(pen: Pen, { card }: Paper): Piece {
  const provisional = card.provisional !== null;
  const colour = provisional ? PROVISIONAL : ACCENT;
  const room = WIDTH - QR - 44;
  const label = layWords(pen, card.label, { ...pen.strong, colour, leading: 1.3 }, room);
  const aside = card.provisional === null ? [] : [layWords(pen, card.provisional, { ...pen.label, colour }, room)];
  const value = layFitted(pen, card.value, { face: 'sans-bold', size: pen.scale.key[0] as number, colour: provisional ? PROVISIONAL : INK, leading: 1.25 }, room, pen.scale.key);
  const dashes = pen.step;
  const noteLabel = layWords(pen, card.note.label, pen.label, room / 2);
  const noteValue = layText(pen, card.note.value, { ...pen.strong, leading: 1.4 }, room - noteLabel.width - 12);
  const note = Math.max(noteLabel.height, noteValue.height);
  const inside = label.height + aside.reduce((sum, { height }) => sum + height, 0) + pen.step + value.height + dashes + pen.step + note;
  const height = Math.max(QR + 12, inside + 5 * pen.step);
  return {
    height: height + 3 * pen.step,
    draw(commands, y) {
      const outline = roundedRectangle(EDGE, y, WIDTH, height, 6);
      commands.push(provisional ? { kind: 'path', path: outline, stroke: PROVISIONAL, line: 1.6, dash: [6, 4] } : { kind: 'path', path: outline, fill: PALE });
      const x = EDGE + 18;
      const head = stack(label, ...aside, pen.step, value);
      const top = y + (height - inside) / 2;
      head.place(commands, x, top);
      const under = top + head.height;
      if (provisional) commands.push({ kind: 'path', path: line(x, under + 1, x + value.width, under + 1), stroke: PROVISIONAL, line: 0.9, dash: [2, 2.5] });
      noteLabel.place(commands, x, under + dashes + pen.step);
      noteValue.place(commands, x + noteLabel.width + 12, under + dashes + pen.step + (pen.label.size - pen.strong.size) * 0.65);
      const left = EDGE + WIDTH - QR - 6;
      const qrTop = y + (height - QR) / 2;
      commands.push({ kind: 'path', path: rectangle(left, qrTop, QR, QR), fill: WHITE });
      commands.push(qrCode(card.code, left, qrTop, QR));
    },
  };
}
