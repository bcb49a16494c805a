import type { TestPrint } from '../../domain/documents/types.ts';
import { centre, chinaTime, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { NORMAL } from './layout.ts';

/** 维护测试: short, since paper is what was just refilled. From its first line to the cut it goes through all that a slip needs. */
export function maintenanceSlip({ hall, site, machine, at }: TestPrint): Block[] {
  return [
    centre('维 护 测 试', [NORMAL], true),
    { kind: 'rule', weight: 'heavy' },
    ...spaced([row('时　　间', chinaTime(at)), row('大　　厅', hall), row('网　　点', site), row('机　　器', machine)]),
    space(12),
    { kind: 'banner', text: '不是办件凭证' },
    space(40),
    { kind: 'cut' },
  ];
}
