import type { Ticket } from '../../domain/documents/types.ts';
import type { Paper } from '../../domain/print-ledger/types.ts';
import { centre, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

type DaySum = Extract<Ticket, { kind: 'day-sum' }>;

/** As the caretaker's screen calls them. */
const PAPERS: Record<Paper, string> = { 'hand-in-slip': '收件小票', 'hand-in-receipt': '收件回执', certificate: '证　　件', 'materials-slip': '材料清单', guide: '办事指南', 'message-slip': '留言小票', 'kept-slip': '续办凭条', 'queue-ticket': '排 队 号', 'appointment-slip': '预 约 单' };

/** 日终打印结算: what this machine printed in a day, and how its numbered blanks stand. For the caretaker's folder; it names no citizen. */
export function daySum(sum: DaySum): Block[] {
  const open = sum.papers.reduce((count, { unknown }) => count + unknown, 0) + sum.blanks.reduce((count, { inDoubt }) => count + inDoubt, 0);
  return [
    centre(sum.hall, [DOUBLE, TALL], true),
    space(14),
    centre('日 终 打 印 结 算', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    ...spaced([row('日　　期', sum.day), row('打印时间', chinaTime(sum.at)), row('网　　点', sum.site), row('机　　器', sum.machine)]),
    { kind: 'rule', weight: 'hair' },
    ...(sum.papers.length === 0 ? [left('今天没有打印。')] : spaced(sum.papers.map(({ paper, printed, notPrinted, unknown }) => row(PAPERS[paper], `印出 ${printed}　未印出 ${notPrinted}　待查 ${unknown}`)))),
    ...sum.blanks.flatMap((blank): Block[] => [
      { kind: 'rule', weight: 'hair' },
      centre(blank.name, [NORMAL], true),
      space(LEADING),
      ...spaced([
        row('装　　入', `${blank.loaded} 张`),
        row('已 使 用', `${blank.used} 张`),
        row('作　　废', `${blank.void} 张`),
        row('待　　查', `${blank.inDoubt} 张`),
        row('剩　　余', `${blank.left} 张`),
        row('下一张号', blank.next ?? '无'),
      ]),
    ]),
    space(12),
    { kind: 'banner', text: open === 0 ? '没有待查，请核对后签字' : '有待查，请先查清' },
    space(24),
    left('管理员签字'),
    space(60),
    { kind: 'rule', weight: 'hair' },
    space(40),
    { kind: 'cut' },
  ];
}
