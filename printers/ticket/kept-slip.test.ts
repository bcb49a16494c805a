import { expect, test } from 'vitest';
import type { Ticket } from '../../domain/documents/types.ts';
import { composeTicket } from './compose.ts';
import { keptSlip } from './kept-slip.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine } from './test-rig.ts';

const SLIP: Extract<Ticket, { kind: 'kept-slip' }> = {
  kind: 'kept-slip', hall: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000', at: '2026-11-27T01:30:00.000Z', item: '个体工商户设立登记', until: '2026-12-27',
  code: `JBK1:${'A0$ '.repeat(361)}A.`, left: ['经营范围'], pages: 2, number: null,
};

test('the slip says what else it takes, until when, that nothing is handed in, and what is not in it', () => {
  const said = keptSlip(SLIP).flatMap((block) => ('text' in block ? [block.text] : block.kind === 'row' ? [block.value] : [])).join('\n');
  for (const words of ['个体工商户设立登记', '2026年12月27日', '还没有提交', '身份证', '6 位数字', '没有人能帮您找回', '经营范围', '照片不在里面']) expect(said).toContain(words);
  const plain = keptSlip({ ...SLIP, left: [], pages: 0 }).flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
  expect([plain.includes('装不下'), plain.includes('照片'), plain.includes('窗口')]).toEqual([false, false, false]);
  const atCounter = keptSlip({ ...SLIP, number: 'A027' }).flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
  for (const words of ['叫到 A027 号', '工作人员扫码', '身份证', '6 位数字', '也可以在自助机继续办理']) expect(atCounter).toContain(words);
});

test('the largest code fits every model with its white around it, three dots a module at least', () => {
  // Version 25 has 117 modules a side, and four of white at each.
  for (const model of PRINTER_MODELS.values()) {
    const made = composeTicket(SLIP, model, drawLine);
    if (!made.ok) throw new Error(made.error.codePoints.join());
    const modules = made.value.flatMap((command) => (command.type === 'qr-module' ? [command.value] : command.type === 'raster' && command.value.height > 300 ? [command.value.width / 117] : []));
    for (const module of modules) expect([module >= 3, module * 125 <= model.dots]).toEqual([true, true]);
  }
});
