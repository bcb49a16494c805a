/** Each kind of block as pieces that a page can break between. */
import { circle, line, rectangle } from '../layout/commands.ts';
import type { Command } from '../layout/commands.ts';
import { layFields } from '../layout/fields.ts';
import type { Style } from '../layout/typesetter.ts';
import { plainDate } from '../layout/words.ts';
import { gap, together } from './flow.ts';
import type { Piece } from './flow.ts';
import type { Block, Field, PlainRow, Words } from './model.ts';
import { ACCENT, EDGE, englishOf, FAINT, GREY, INK, layText, layWords, PALE, settle, stack, WHITE, WIDTH } from './style.ts';
import type { Laid, Pen } from './style.ts';
import { WORDS } from './words.ts';

/** 国发〔1999〕25号: the seal of a county's department is at most 42 mm across. */
const SEAL = 119;
/** Space between a coloured box's edge and its text. */
const INSET = 18;
/** Highest the contacts may be to stand beside the seal; longer ones take the whole width above it. */
const CONTACTS = 300;
/** Pale enough that the date over it stays clear. */
const SEAL_INK = '#8A969E';

export function piecesOf(pen: Pen, block: Block): Piece[] {
  switch (block.kind) {
    case 'heading':
      return [gap(3 * pen.step, true), solid(layWords(pen, block.words, pen.heading, WIDTH), EDGE, true), gap(pen.step, true)];
    case 'paragraph':
      return [...lines(pen, block.text, pen.body, EDGE, WIDTH), gap(2 * pen.step)];
    case 'fields':
      return [...fieldPieces(pen, block.fields, WIDTH), gap(2 * pen.step)];
    case 'numbered':
      return [...block.items.flatMap((item, index) => numbered(pen, item, index + 1)), gap(2 * pen.step)];
    case 'materials':
      return [gap(2 * pen.step, true), ...materialTable(pen, block), gap(2 * pen.step)];
    case 'notice':
      return [gap(2 * pen.step, true), ...notice(pen, block), gap(3 * pen.step)];
    case 'by-hand':
      return [byHand(pen, block.words), gap(2 * pen.step)];
    case 'signing':
      return [gap(2 * pen.step, true), ...signing(pen, block), gap(3 * pen.step)];
  }
}

/** 简明说明: a framed box of its own, told from the legal text at a glance. */
export function plainBox(pen: Pen, rows: readonly PlainRow[]): Piece[] {
  const title = layWords(pen, WORDS.plain, { ...pen.heading, colour: WHITE }, WIDTH / 2);
  const source = layWords(pen, WORDS.plainSource, { ...pen.foot, colour: WHITE }, WIDTH / 2 - 3 * INSET);
  const label: Style = { ...pen.strong, colour: ACCENT };
  const column = Math.max(...rows.map((row) => layWords(pen, row.label, label, 130).width)) + INSET;
  const bar = title.height + 2 * pen.step;
  const head: Piece = {
    height: bar,
    draw(commands, y) {
      commands.push({ kind: 'path', path: rectangle(EDGE, y, WIDTH, bar), fill: ACCENT });
      title.place(commands, EDGE + INSET, y + (bar - title.height) / 2);
      source.place(commands, EDGE + WIDTH - INSET, y + (bar - source.height) / 2, 'right');
    },
  };
  const bodies = rows.map((row, index): Piece => {
    const name = layWords(pen, row.label, label, 130);
    const words = layWords(pen, row.words, pen.body, WIDTH - 2 * INSET - column);
    const height = Math.max(name.height, words.height) + 2 * pen.step;
    return {
      height,
      again: head,
      draw(commands, y) {
        commands.push({ kind: 'path', path: rectangle(EDGE, y - 0.3, WIDTH, height + 0.3), fill: PALE });
        if (index > 0) commands.push({ kind: 'path', path: line(EDGE + INSET, y, EDGE + WIDTH - INSET, y), stroke: FAINT, line: 0.6 });
        name.place(commands, EDGE + INSET, y + pen.step);
        words.place(commands, EDGE + INSET + column, y + pen.step);
      },
    };
  });
  const foot: Piece = { height: 2, draw: (commands, y) => commands.push({ kind: 'path', path: rectangle(EDGE, y - 0.3, WIDTH, 2), fill: ACCENT }) };
  return together([head, ...bodies, foot]);
}

function solid(laid: Laid, x: number, glue = false): Piece {
  return { height: laid.height, glue, draw: (commands, y) => laid.place(commands, x, y) };
}

/** Lines of a text, parted anywhere but after the first and before the last. */
function lines(pen: Pen, text: string, style: Style, x: number, width: number): Piece[] {
  const all = settle(pen, text, style, width);
  const height = style.size * (style.leading ?? 1.5);
  return all.map((each, index) => ({
    height,
    glue: all.length > 1 && (index === 0 || index === all.length - 2),
    draw: (commands, y) => void pen.set.place(commands, [each], style, x, y),
  }));
}

function fieldPieces(pen: Pen, fields: readonly Field[], width: number): Piece[] {
  const label = { ...pen.label, leading: 1.3 };
  const styles = { label, value: { ...pen.body, leading: 1.4 }, padding: Math.max(0.18, pen.step * 0.075), ...(pen.english ? { english: englishOf(pen, label) } : {}) };
  const rows = layFields(fields.map((field) => ({ label: field.label.zh, english: field.label.en, value: field.value })), pen.set, width, styles);
  return rows.map((row) => ({ height: row.height, draw: (commands, y) => row.draw(commands, EDGE, y, FAINT) }));
}

function numbered(pen: Pen, item: { head: string; text: string }, number: number): Piece[] {
  const indent = pen.scale.body * 2.2;
  const radius = pen.scale.body * 0.85;
  const [first, ...rest] = lines(pen, item.head, pen.strong, EDGE + indent, WIDTH - indent);
  const mark: Style = { ...pen.strong, colour: WHITE };
  const begin: Piece[] = first === undefined ? [] : [{
    height: first.height,
    glue: true,
    draw(commands, y) {
      commands.push({ kind: 'path', path: circle(EDGE + radius, y + first.height / 2, radius), fill: ACCENT });
      pen.set.write(commands, String(number), mark, EDGE + radius, y + first.height / 2 + mark.size * 0.36, 'centre');
      first.draw(commands, y);
    },
  }];
  return [...begin, ...rest.map((piece) => ({ ...piece, glue: true })), ...lines(pen, item.text, pen.body, EDGE + indent, WIDTH - indent), gap(2 * pen.step)];
}

function materialTable(pen: Pen, block: Extract<Block, { kind: 'materials' }>): Piece[] {
  const white: Style = { ...pen.label, face: 'sans-bold', colour: WHITE };
  const pagesRight = EDGE + WIDTH - 12;
  const nameLeft = EDGE + pen.scale.label * 5;
  const cells: [Words, number, 'left' | 'centre' | 'right'][] = [
    [WORDS.ordinal, (EDGE + nameLeft) / 2, 'centre'],
    [block.heading, nameLeft, 'left'],
    [WORDS.pages, pagesRight, 'right'],
  ];
  const heads = cells.map(([words, x, align]) => ({ laid: layWords(pen, words, white, WIDTH / 2), x, align }));
  const height = Math.max(...heads.map(({ laid }) => laid.height)) + 1.5 * pen.step;
  const header: Piece = {
    height,
    glue: true,
    draw(commands, y) {
      commands.push({ kind: 'path', path: rectangle(EDGE, y, WIDTH, height), fill: ACCENT });
      for (const { laid, x, align } of heads) laid.place(commands, x, y + (height - laid.height) / 2, align);
    },
  };
  const row: Style = { ...pen.body, leading: 1.45 };
  const rows = block.materials.map((material, index): Piece => {
    const name = layText(pen, material.name === '' ? '—' : material.name, row, WIDTH - pen.scale.label * 5 - pen.scale.body * 5);
    const rowHeight = name.height + 1.5 * pen.step;
    return {
      height: rowHeight,
      again: header,
      draw(commands, y) {
        const top = y + 0.75 * pen.step;
        layText(pen, String(index + 1), { ...row, colour: GREY }, 60).place(commands, (EDGE + nameLeft) / 2, top, 'centre');
        name.place(commands, nameLeft, top);
        layText(pen, String(material.pages), row, 60).place(commands, pagesRight, top, 'right');
        commands.push({ kind: 'path', path: line(EDGE, y + rowHeight, EDGE + WIDTH, y + rowHeight), stroke: FAINT, line: 0.6 });
      },
    };
  });
  const sheets = block.materials.reduce((sum, material) => sum + material.pages, 0);
  const words = block.materials.length === 0 ? WORDS.noMaterials : WORDS.total(block.materials.length, sheets);
  const total = layWords(pen, words, { ...pen.strong, leading: 1.4 }, WIDTH);
  const sum: Piece = { height: total.height + 2 * pen.step, again: header, draw: (commands, y) => total.place(commands, pagesRight, y + pen.step, 'right') };
  // The sum never stands on a page without a row.
  return [header, ...rows.map((piece, index) => ({ ...piece, glue: index === rows.length - 1 })), sum];
}

function notice(pen: Pen, block: Extract<Block, { kind: 'notice' }>): Piece[] {
  const heading = layWords(pen, block.heading, pen.heading, WIDTH - 2 * INSET);
  const inner: Laid[] = block.paragraphs.map((text) => layText(pen, text, pen.body, WIDTH - 2 * INSET));
  const parts = [heading, ...inner];
  return together(
    parts.map((part, index): Piece => {
      const above = index === 0 ? 3 * pen.step : pen.step;
      const height = above + part.height + (index === parts.length - 1 ? 3 * pen.step : 0);
      return {
        height,
        draw(commands, y) {
          commands.push({ kind: 'path', path: rectangle(EDGE, y - 0.3, WIDTH, height + 0.3), fill: PALE });
          commands.push({ kind: 'path', path: rectangle(EDGE, y - 0.3, 4, height + 0.3), fill: ACCENT });
          part.place(commands, EDGE + INSET, y + above);
        },
      };
    }),
  );
}

function byHand(pen: Pen, words: Words): Piece {
  const laid = layWords(pen, words, pen.label, WIDTH * 0.6);
  const height = Math.max(laid.height, pen.scale.body * 1.8);
  return {
    height,
    draw(commands, y) {
      laid.place(commands, EDGE, y + height - laid.height);
      const right = Math.min(EDGE + WIDTH, EDGE + laid.width + 190);
      commands.push({ kind: 'path', path: line(EDGE + laid.width + 10, y + height, right, y + height), stroke: INK, line: 0.8 });
    },
  };
}

function signing(pen: Pen, block: Extract<Block, { kind: 'signing' }>): Piece[] {
  const rightWidth = pen.large ? 190 : 170;
  const narrow = fieldPieces(pen, block.contacts, WIDTH - rightWidth - 24);
  const aside = narrow.reduce((sum, piece) => sum + piece.height, 0) <= CONTACTS;
  const contacts = aside ? narrow : [];
  const formal: Style = { face: 'serif-medium', size: pen.scale.body + 2, colour: INK, leading: 1.4 };
  const names = stack(layText(pen, block.department, formal, rightWidth), 2 * pen.step, layText(pen, plainDate(block.date), formal, rightWidth));
  const seal = layWords(pen, WORDS.seal, { ...pen.label, leading: 1.2 }, SEAL);
  const beside = Math.max(SEAL, names.height);
  const left = contacts.reduce((sum, piece) => sum + piece.height, 0);
  const piece: Piece = {
    height: Math.max(left, beside + pen.step + seal.height),
    draw(commands: Command[], y: number) {
      let top = y;
      for (const contact of contacts) {
        contact.draw(commands, top);
        top += contact.height;
      }
      const x = EDGE + WIDTH - rightWidth / 2;
      const middle = y + beside / 2;
      // 骑年压月: the seal will lie over the body's name and the date, which has Arabic figures (GB/T 9704-2012, 成文日期).
      commands.push({ kind: 'path', path: circle(x, middle, SEAL / 2), stroke: SEAL_INK, line: 0.8, dash: [4, 3] });
      names.place(commands, x, middle - names.height / 2, 'centre');
      seal.place(commands, x, y + beside + pen.step, 'centre');
    },
  };
  return aside ? [piece] : [...fieldPieces(pen, block.contacts, WIDTH), gap(2 * pen.step, true), piece];
}
