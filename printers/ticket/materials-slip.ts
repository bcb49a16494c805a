import type { Ticket } from '../../domain/documents/types.ts';
import { ORIGINALS } from '../../domain/item/dictionaries.ts';
import { centre, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

type MaterialsSlip = Extract<Ticket, { kind: 'materials-slip' }>;

const HERE: Readonly<Record<MaterialsSlip['here'], string>> = {
  works: '可以在本自助机提交申请', 'works-result-later': '可以在本自助机提交申请，结果以后取', 'not-here': '本自助机现在不能办，请到下面的地点',
};

/** 材料清单: the one paper to take home before coming with everything. Each material can be ticked off; what it was made for stands above it. */
export function materialsSlip(slip: MaterialsSlip): Block[] {
  const needed = slip.materials.filter(({ condition }) => condition === '').length;
  return [
    centre(slip.hall, [DOUBLE, TALL], true),
    space(14),
    centre('材 料 清 单', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    centre(slip.item, [DOUBLE, TALL], true),
    space(10),
    ...(slip.situation.length === 0 ? [left('没有选情形，列的是全部材料，请按说明看自己要哪些。')] : spaced(slip.situation.map(({ question, answer }) => row(question, answer)))),
    { kind: 'rule', weight: 'hair' },
    ...(slip.materials.length === 0 ? [left('不需要提交材料，带上身份证就可以。')] : slip.materials.flatMap((material, index): Block[] => [
      { kind: 'text', text: `□ ${index + 1}. ${material.name}`, align: 'left', bold: true, sizes: [NORMAL] },
      left(`   ${[ORIGINALS[material.original], ...(material.copies > 0 ? [`${material.copies}份`] : []), material.issuer].join('，')}`),
      ...(material.condition === '' ? [] : [left(`   ${material.condition}`)]),
      space(LEADING),
    ])),
    ...(slip.notBrought.length === 0 ? [] : [
      { kind: 'text' as const, text: '不用带，大厅自己查', align: 'left' as const, bold: true, sizes: [NORMAL] },
      ...slip.notBrought.map(({ name, held }) => left(`   ${name}（${held}）`)), space(LEADING),
    ]),
    { kind: 'rule', weight: 'hair' },
    ...(slip.materials.length === 0 ? [] : [left(`共 ${slip.materials.length} 样${needed < slip.materials.length ? `，其中 ${needed} 样必须带` : '，都要带'}。另请带上本人身份证。`), space(LEADING)]),
    ...spaced([row('在 本 机', HERE[slip.here]), row('地　　点', slip.place), row('时　　间', slip.hours), row('咨询电话', slip.itemPhone)]),
    { kind: 'rule', weight: 'hair' },
    ...spaced([row('打印时间', chinaTime(slip.at)), row('打印网点', slip.site), row('事项编码', slip.itemCode), row('指南版本', `第 ${slip.version} 版`)]),
    left('以打印当天公布的指南为准。这不是受理凭证。'),
    { kind: 'rule', weight: 'heavy' },
    centre(`服务电话 ${slip.phone}`, [NORMAL], true),
    space(40),
    { kind: 'cut' },
  ];
}
