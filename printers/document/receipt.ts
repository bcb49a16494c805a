/**
 * 收件材料接收凭证: what the citizen takes away after handing in. It must look unlike an acceptance notice (受理通知书), because
 * it starts no legal clock; a provisional number must look unlike an official one.
 */
import type { PaperDocument } from '../../domain/documents/types.ts';
import { A4, line, rectangle, roundedRectangle } from './layout/commands.ts';
import type { Command, Sheet } from './layout/commands.ts';
import { qrCode } from './layout/qr.ts';
import type { Style, Typesetter } from './layout/typesetter.ts';
import { chinaTime } from './layout/words.ts';
import { drawFooter, drawNotice, drawSteps } from './receipt-parts.ts';
import { ACCENT, BODY, EDGE, FAINT, GREY, INK, PALE, PROVISIONAL, WIDTH } from './receipt-style.ts';
import { receiptCode } from './receipt-code.ts';

export type HandInReceipt = Extract<PaperDocument, { kind: 'hand-in-receipt' }>;

/** Where the table must stop so that notice, steps and footer fit below it, on the last page. */
const TABLE_END = 500;
/** Where the table must stop on a page that is not the last. */
const PAGE_END = A4.height - 70;

export function composeReceipt(document: HandInReceipt, set: Typesetter): Sheet[] {
  const first: Command[] = [];
  let y = drawHead(first, document, set);
  y = drawNumber(first, document, set, y);
  y = drawFacts(first, document, set, y);
  const pages = drawMaterials(first, document, set, y);
  const last = pages.at(-1) as { commands: Command[]; y: number };
  const below = drawNotice(last.commands, document, set, last.y + 14);
  drawSteps(last.commands, document, set, below + 14);
  pages.forEach((page, index) => drawFooter(page.commands, document, set, index + 1, pages.length));
  return pages.map(({ commands }) => ({ ...A4, commands }));
}

function drawHead(commands: Command[], document: HandInReceipt, set: Typesetter): number {
  commands.push({ kind: 'path', path: rectangle(0, 0, A4.width, 7), fill: ACCENT });
  const hall = set.fit(document.hall, { face: 'sans-bold', size: 12, colour: ACCENT, spacing: 1 }, WIDTH - 80, 1, [12, 10, 8]);
  set.place(commands, hall.lines, hall.style, EDGE, 52 - hall.lines.length * hall.style.size * 1.5);
  set.write(commands, '申请人留存', { ...BODY, size: 9, colour: GREY }, EDGE + WIDTH, 48, 'right');
  set.write(commands, '收件材料接收凭证', { face: 'serif-bold', size: 27, colour: INK, spacing: 2.5 }, EDGE, 88);
  set.write(commands, '不是受理通知书', { face: 'sans-bold', size: 10.5, colour: ACCENT }, EDGE + WIDTH - 9, 84, 'right');
  const mark = set.width('不是受理通知书', { face: 'sans-bold', size: 10.5, colour: ACCENT });
  commands.push({ kind: 'path', path: roundedRectangle(EDGE + WIDTH - mark - 18, 69.5, mark + 18, 21, 10.5), stroke: ACCENT, line: 0.9 });
  commands.push({ kind: 'path', path: line(EDGE, 103, EDGE + WIDTH, 103), stroke: INK, line: 1.1 });
  return 117;
}

/** The number, large, beside the QR. A provisional one stands in a broken frame under its own words. */
function drawNumber(commands: Command[], document: HandInReceipt, set: Typesetter, y: number): number {
  const height = 112;
  const side = 100;
  const { provisional } = document;
  commands.push(
    provisional
      ? { kind: 'path', path: roundedRectangle(EDGE, y, WIDTH, height, 6), stroke: PROVISIONAL, line: 1.6, dash: [6, 4] }
      : { kind: 'path', path: roundedRectangle(EDGE, y, WIDTH, height, 6), fill: PALE },
  );
  const colour = provisional ? PROVISIONAL : ACCENT;
  set.write(commands, provisional ? '临时编号' : '收件编号', { face: 'sans-bold', size: 11, colour }, EDGE + 18, y + 27);
  if (provisional) set.write(commands, '材料送达大厅后换发正式编号', { ...BODY, size: 9.5, colour: PROVISIONAL }, EDGE + 72, y + 27);
  const room = WIDTH - side - 44;
  const number = set.fit(document.number, { face: 'sans-bold', size: 27, colour: provisional ? PROVISIONAL : INK, leading: 1.2 }, room, 1, [27, 24, 21, 18, 15, 12]);
  const top = y + 58 - (number.lines.length * number.style.size * 1.2) / 2 + 2;
  set.place(commands, number.lines, number.style, EDGE + 18, top);
  if (provisional) commands.push({ kind: 'path', path: line(EDGE + 18, y + 79, EDGE + 18 + Math.min(room, number.lines[0]?.width ?? 0), y + 79), stroke: PROVISIONAL, line: 0.9, dash: [2, 2.5] });
  set.write(commands, `收件时间　${chinaTime(document.at)}`, { ...BODY, size: 10, colour: INK }, EDGE + 18, y + 98);
  commands.push({ kind: 'path', path: rectangle(EDGE + WIDTH - side - 6, y + 6, side, side), fill: '#FFFFFF' });
  commands.push(qrCode(receiptCode(document.token, document.actionHash), EDGE + WIDTH - side - 6, y + 6, side));
  return y + height + 14;
}

function drawFacts(commands: Command[], document: HandInReceipt, set: Typesetter, y: number): number {
  const half = (WIDTH - 20) / 2;
  const right = EDGE + half + 20;
  const rows: [string, string, number, number][][] = [
    [['办理事项', document.item, EDGE, WIDTH]],
    [['事项编码', document.itemCode, EDGE, WIDTH]],
    [['申请人', document.person, EDGE, half], ['证件号码', document.maskedNumber, right, half]],
    [['收件网点', document.site, EDGE, half], ['收件终端', document.machine, right, half]],
  ];
  const label: Style = { ...BODY, size: 9.5, colour: GREY };
  const value: Style = { face: 'sans-bold', size: 10.5, colour: INK, leading: 1.4 };
  for (const row of rows) {
    let bottom = y;
    for (const [name, text, x, width] of row) {
      set.place(commands, set.wrap(name, { ...label, leading: 14.7 / 9.5 }, 60), { ...label, leading: 14.7 / 9.5 }, x, y);
      bottom = Math.max(bottom, set.place(commands, set.wrap(text === '' ? '—' : text, value, width - 62), value, x + 62, y));
    }
    y = bottom + 5;
  }
  return y + 5;
}

/** The table of materials; runs on to further pages when it is long. Answers the pages with the y below the table. */
function drawMaterials(first: Command[], document: HandInReceipt, set: Typesetter, y: number): { commands: Command[]; y: number }[] {
  const pages = [{ commands: first, y }];
  let page = pages[0] as { commands: Command[]; y: number };
  const nameWidth = WIDTH - 44 - 60 - 12;
  const sheets = document.materials.reduce((sum, material) => sum + material.pages, 0);
  const head: Style = { face: 'sans-bold', size: 9.5, colour: '#FFFFFF' };

  const header = () => {
    page.commands.push({ kind: 'path', path: rectangle(EDGE, page.y, WIDTH, 21), fill: ACCENT });
    set.write(page.commands, '序号', head, EDGE + 24, page.y + 14.2, 'centre');
    set.write(page.commands, '已接收的材料', head, EDGE + 50, page.y + 14.2);
    set.write(page.commands, '页数', head, EDGE + WIDTH - 12, page.y + 14.2, 'right');
    page.y += 21;
  };
  const turn = () => {
    page = { commands: [], y: 56 };
    pages.push(page);
    const lines = set.wrap(`${document.number}　材料清单（续）`, { ...BODY, colour: GREY }, WIDTH);
    page.y = set.place(page.commands, lines, { ...BODY, colour: GREY }, EDGE, page.y) + 8;
    header();
  };

  header();
  document.materials.forEach((material, index) => {
    const lines = set.wrap(material.name === '' ? '—' : material.name, BODY, nameWidth);
    const height = lines.length * 15 + 6;
    if (page.y + height > PAGE_END) turn();
    set.write(page.commands, String(index + 1), { ...BODY, colour: GREY }, EDGE + 24, page.y + 14.3, 'centre');
    set.place(page.commands, lines, BODY, EDGE + 50, page.y + 3);
    set.write(page.commands, String(material.pages), BODY, EDGE + WIDTH - 12, page.y + 14.3, 'right');
    page.y += height;
    page.commands.push({ kind: 'path', path: line(EDGE, page.y, EDGE + WIDTH, page.y), stroke: FAINT, line: 0.6 });
  });
  if (page.y + 22 > PAGE_END) turn();
  const total = document.materials.length === 0 ? '本次没有提交材料' : `合计 ${document.materials.length} 份，${sheets} 页`;
  set.write(page.commands, total, { face: 'sans-bold', size: 10, colour: INK }, EDGE + WIDTH - 12, page.y + 15, 'right');
  page.y += 22;
  if (page.y > TABLE_END) {
    page = { commands: [], y: 56 };
    pages.push(page);
  }
  return pages;
}
