/** The lower half of the hand-in receipt: legal notice, what happens next, footer. */
import { A4, circle, line, rectangle, roundedRectangle } from './layout/commands.ts';
import type { Command } from './layout/commands.ts';
import type { Style, Typesetter } from './layout/typesetter.ts';
import type { HandInReceipt } from './receipt.ts';
import { ACCENT, BODY, EDGE, FAINT, GREY, INK, PALE, WIDTH } from './receipt-style.ts';

/** 行政许可法 Art. 32 (4) and Art. 82: five working days, counted from receipt, to accept, refuse or ask once for everything missing. */
const ANSWER_DAYS = 5;

export function drawNotice(commands: Command[], document: HandInReceipt, set: Typesetter, y: number): number {
  const heading: Style = { face: 'sans-bold', size: 11.5, colour: INK };
  const inner = WIDTH - 32;
  const paragraphs = [
    '本凭证只证明上列材料已由自助终端收到（收件）。它不是受理通知书，不表示申请已被受理，法定办理期限不从收件时起算，自受理之日起算。',
    `大厅应当自收到材料之日起${ANSWER_DAYS}个工作日内告知您：受理、不予受理，或者一次性告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理。`,
    ...(document.provisional ? ['打印本凭证时终端没有可用的正式编号。材料已加密保存，送达大厅后换发正式编号；在此之前凭临时编号或本页二维码查询。'] : []),
  ].map((text) => set.wrap(text, BODY, inner));
  const height = 14 + 20 + paragraphs.reduce((sum, lines) => sum + lines.length * 15 + 4, 0) + 6;
  commands.push({ kind: 'path', path: rectangle(EDGE, y, WIDTH, height), fill: PALE });
  commands.push({ kind: 'path', path: rectangle(EDGE, y, 4, height), fill: ACCENT });
  set.write(commands, '收件不等于受理', heading, EDGE + 18, y + 22);
  let top = y + 31;
  for (const lines of paragraphs) top = set.place(commands, lines, BODY, EDGE + 18, top) + 4;
  return y + height;
}

/** Three steps on a line: where the case is now, and by when the others come. */
export function drawSteps(commands: Command[], document: HandInReceipt, set: Typesetter, y: number): void {
  const unit = document.dayUnit === 'working' ? '个工作日' : '天';
  const days = (count: number) => (count === 0 ? '即时办结' : `${count}${unit}`);
  const steps: [string, string][] = [
    ['今天　收件', '材料已收到，您不必等候'],
    [`${ANSWER_DAYS}个工作日内　告知`, '受理、补正或不予受理'],
    [`受理后　承诺${days(document.promisedDays)}`, `法定期限　${days(document.statutoryDays)}`],
  ];
  set.write(commands, '接下来', { face: 'sans-bold', size: 11.5, colour: INK }, EDGE, y + 12);
  const column = WIDTH / 3;
  const axis = y + 34;
  commands.push({ kind: 'path', path: line(EDGE + 10, axis, EDGE + 2 * column + 10, axis), stroke: FAINT, line: 1.4 });
  steps.forEach(([title, words], index) => {
    const x = EDGE + index * column;
    const done = index === 0;
    commands.push({ kind: 'path', path: circle(x + 10, axis, 9), fill: done ? ACCENT : '#FFFFFF', stroke: ACCENT, line: 1.3 });
    set.write(commands, String(index + 1), { face: 'sans-bold', size: 10, colour: done ? '#FFFFFF' : ACCENT }, x + 10, axis + 3.6, 'centre');
    set.write(commands, title, { face: 'sans-bold', size: 10, colour: INK }, x, axis + 27);
    set.write(commands, words, { ...BODY, size: 9.5, colour: GREY }, x, axis + 43);
  });
}

export function drawFooter(commands: Command[], document: HandInReceipt, set: Typesetter, page: number, pages: number): void {
  const y = A4.height - 92;
  const small: Style = { ...BODY, size: 8.5, colour: GREY };
  commands.push({ kind: 'path', path: line(EDGE, A4.height - 46, EDGE + WIDTH, A4.height - 46), stroke: FAINT, line: 0.6 });
  set.write(commands, `查询码 ${document.token}`, small, EDGE, A4.height - 32);
  set.write(commands, `第 ${page} 页，共 ${pages} 页`, small, EDGE + WIDTH, A4.height - 32, 'right');
  if (page !== pages) return;
  commands.push({ kind: 'path', path: roundedRectangle(EDGE, y - 34, WIDTH, 46, 4), stroke: FAINT, line: 0.8 });
  const half = WIDTH / 2;
  const phones: [string, string, number][] = [
    ['咨询电话', document.phone, EDGE + 16],
    ['投诉电话', document.complaintPhone, EDGE + half + 16],
  ];
  for (const [label, phone, x] of phones) {
    set.write(commands, label, { ...BODY, size: 9.5, colour: GREY }, x, y - 7);
    const fitted = set.fit(phone === '' ? '—' : phone, { face: 'sans-bold', size: 14, colour: INK, leading: 1.2 }, half - 78, 1, [14, 11, 9, 7.5]);
    set.place(commands, fitted.lines, fitted.style, x + 54, y - 11 - (fitted.lines.length * fitted.style.size * 1.2) / 2);
  }
  const hash = document.actionHash.match(/.{1,8}/g)?.join(' ') ?? '';
  set.write(commands, '收件记录校验值（SHA-256）', { ...small, size: 7.5 }, EDGE, y + 24);
  set.write(commands, hash, { ...small, size: 7.5 }, EDGE + 108, y + 24);
}
