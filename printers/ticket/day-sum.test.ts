import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../domain/documents/types.ts';
import { composeTicket } from './compose.ts';
import { daySum } from './day-sum.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine } from './test-rig.ts';

type DaySum = Extract<Ticket, { kind: 'day-sum' }>;

const SUM: DaySum = {
  kind: 'day-sum', hall: '嘉禾县政务服务中心', site: '石桥镇便民服务中心', machine: 'T330624-0007', day: '2026-08-01', at: '2026-08-01T10:05:00.000Z',
  papers: [{ paper: 'hand-in-slip', printed: 31, notPrinted: 2, unknown: 0 }, { paper: 'certificate', printed: 6, notPrinted: 1, unknown: 0 }],
  blanks: [{ name: '营业执照（正本）专用纸', loaded: 200, left: 141, used: 56, void: 3, inDoubt: 0, next: '浙A00012404' }],
};
const words = (sum: DaySum) => daySum(sum).flatMap((block) => ('text' in block ? [block.text] : block.kind === 'row' ? [`${block.name.replaceAll('　', '').replaceAll(' ', '')} ${block.value}`] : []));

describe('the slip with the sums of the day', () => {
  test('says each figure, and that all is settled', () => {
    const said = words(SUM);
    for (const line of ['日期 2026-08-01', '收件小票 印出 31　未印出 2　待查 0', '证件 印出 6　未印出 1　待查 0', '装入 200 张', '剩余 141 张', '下一张号 浙A00012404', '没有待查，请核对后签字']) expect(said).toContain(line);
  });

  test.each<[string, DaySum]>([
    ['a print', { ...SUM, papers: [{ paper: 'certificate', printed: 6, notPrinted: 1, unknown: 1 }] }],
    ['a blank', { ...SUM, blanks: SUM.blanks.map((blank) => ({ ...blank, inDoubt: 1 })) }],
  ])('says that there is something to settle while %s is in doubt', (_, sum) => {
    expect(words(sum)).toContain('有待查，请先查清');
    expect(words(sum)).not.toContain('没有待查，请核对后签字');
  });

  test('says so when nothing was printed and there are no blanks, and fits every model', () => {
    expect(words({ ...SUM, papers: [], blanks: [] })).toContain('今天没有打印。');
    for (const model of PRINTER_MODELS.values()) expect(composeTicket(SUM, model, drawLine).ok).toBe(true);
  });
});
