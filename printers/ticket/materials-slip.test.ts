import { describe, expect, test } from 'vitest';
import { Ticket } from '../../domain/documents/types.ts';
import { composeTicket, documentOf } from './compose.ts';
import { PRINTER_MODELS } from './model.ts';
import { drawLine } from './test-rig.ts';

const SLIP: Extract<Ticket, { kind: 'materials-slip' }> = {
  kind: 'materials-slip', hall: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000', at: '2026-11-27T01:30:00.000Z', here: 'works', situation: [{ question: '谁来经营？', answer: '家里人一起' }],
  item: '个体工商户设立登记', itemCode: '11330624002600026L4000131001001', version: 3, place: '新昌县行政服务中心 一楼', hours: '法定工作日 上午8:30—12:00', itemPhone: '0575-86000126',
  notBrought: [{ name: '营业执照', held: '示例县市场监督管理局' }],
  materials: [{ name: '经营者居民身份证', original: 'copy', copies: 1, issuer: '公安机关', condition: '' }, { name: '前置许可文件', original: 'original', copies: 0, issuer: '批准该项目的机关', condition: '要先批准的项目才需要' }],
};
const words = (slip: typeof SLIP) => documentOf(Ticket.parse(slip)).map((block) => [('name' in block ? block.name : ''), ('text' in block ? block.text : ''), ('value' in block ? block.value : '')].join(' ')).join('\n');

describe('材料清单', () => {
  test('says for which item and situation, each material with copies and issuer, where, when, whom to call, and as of when', () => {
    const text = words(SLIP);
    for (const fact of ['个体工商户设立登记', '谁来经营？  家里人一起', '□ 1. 经营者居民身份证', '复印件，1份，公安机关', '□ 2. 前置许可文件', '要先批准的项目才需要', '共 2 样，其中 1 样必须带', '另请带上本人身份证', '新昌县行政服务中心 一楼', '0575-86000126', '2026年11月27日 09:30', '第 3 版', '可以在本自助机提交申请', '不是受理凭证', '0575-86000000']) expect(text).toContain(fact);
    expect(text).not.toContain('没有选情形');
  });
  test('no answers, no materials, not here: each is said in words', () => {
    expect(words({ ...SLIP, situation: [] })).toContain('没有选情形，列的是全部材料');
    expect(words({ ...SLIP, materials: [] })).toContain('不需要提交材料');
    expect(words({ ...SLIP, materials: SLIP.materials.slice(0, 1) })).toContain('共 1 样，都要带');
    expect(words({ ...SLIP, here: 'not-here' })).toContain('本自助机现在不能办');
  });
  test('fits every model, and ends with its cut or tear-off', () => {
    for (const model of PRINTER_MODELS.values()) {
      const composed = composeTicket(SLIP, model, drawLine);
      expect(composed.ok && ['feed', 'feed-and-cut'].includes(composed.value.at(-1)?.type ?? '')).toBe(true);
    }
  });
});
