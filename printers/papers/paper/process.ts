/** The process of an item, drawn from its definition as on the screens (`domain/approval/picture.ts`). */
import { drawProcessDown } from '../../../domain/approval/picture.ts';
import { flowOf } from '../../../domain/approval/process.ts';
import type { Item } from '../../../domain/item/types.ts';
import { fixed, line, roundedRectangle } from '../layout/commands.ts';
import type { Piece } from './flow.ts';
import { ACCENT, EDGE, GREY, layFitted, PALE, type Pen, WIDTH } from './style.ts';

/** Points. Three steps stand side by side on a page; more of them become narrower. */
const STEP = { width: 156, height: 36 };
const GAP = { across: 16, down: 10, lane: 8, end: 22 };
const INSET = 8;

export function processPiece(pen: Pen, item: Pick<Item, 'steps'>): Piece[] {
  const steps = flowOf(item);
  const wide = drawProcessDown(steps, { step: STEP, ...GAP });
  // What stands side by side takes the page's width and no more.
  const picture = wide.width <= WIDTH ? wide : drawProcessDown(steps, { step: { ...STEP, width: (STEP.width * WIDTH) / wide.width - GAP.down }, ...GAP, down: (GAP.down * WIDTH) / wide.width, lane: (GAP.lane * WIDTH) / wide.width });
  const left = EDGE + (WIDTH - picture.width) / 2;
  return [{
    height: picture.height,
    draw(commands, top) {
      for (const { points } of picture.lines) {
        const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${fixed(left + x)} ${fixed(top + y)}`).join('');
        const last = points.at(-1);
        commands.push({ kind: 'path', path, stroke: GREY, line: 0.9 });
        if (last !== undefined) commands.push({ kind: 'path', path: line(left + last.x - 3, top + last.y - 5, left + last.x, top + last.y) + line(left + last.x, top + last.y, left + last.x + 3, top + last.y - 5), stroke: GREY, line: 0.9 });
      }
      for (const node of picture.nodes) {
        const middle = left + node.x + node.width / 2;
        const step = steps.find(({ key }) => key === node.key);
        const width = step === undefined ? 70 : node.width;
        commands.push({ kind: 'path', path: roundedRectangle(middle - width / 2, top + node.y, width, node.height, step === undefined ? node.height / 2 : 5), ...(step === undefined ? { fill: ACCENT } : { fill: PALE, stroke: ACCENT, line: 0.8 }) });
        const words = step === undefined ? [{ text: node.kind === 'start' ? '申请' : '办结', style: { ...pen.strong, colour: '#FFFFFF' } }] : [{ text: step.name, style: pen.strong }, { text: step.days > 0 ? `${step.who} · ${step.days}日` : step.who, style: pen.foot }];
        const laid = words.map(({ text, style }) => layFitted(pen, text, { ...style, leading: 1.3 }, width - INSET, [style.size, style.size - 1.5, style.size - 3]));
        let y = top + node.y + (node.height - laid.reduce((sum, { height }) => sum + height, 0)) / 2;
        for (const each of laid) {
          each.place(commands, middle, y, 'centre');
          y += each.height;
        }
      }
    },
  }];
}
