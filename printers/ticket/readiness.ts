import type { Ticket } from '../../domain/documents/types.ts';
import { deviceName, reasonWords } from '../../domain/fleet/device-words.ts';
import { centre, chinaTime, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

type Readiness = Extract<Ticket, { kind: 'readiness' }>;

/** 开机自检报告: how every device of this machine is now, for the caretaker's folder. That it lies in the hand says the rest of the ticket printer. */
export function readiness(report: Readiness): Block[] {
  const faults = report.devices.filter(({ status }) => status.kind !== 'online').length;
  return [
    centre(report.hall, [DOUBLE, TALL], true),
    space(14),
    centre('自 检 报 告', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    ...spaced([row('时　　间', chinaTime(report.at)), row('网　　点', report.site), row('机　　器', report.machine), row('程　　序', report.program)]),
    { kind: 'rule', weight: 'hair' },
    ...spaced(report.devices.map(({ device, status }) => row(deviceName(device), stateWords(status)))),
    { kind: 'rule', weight: 'hair' },
    ...spaced([row('与 大 厅', report.online ? '已联网' : '未联网'), row('待送办件', `${report.waiting} 件`), row('存　　储', ROOM[report.room])]),
    space(12),
    { kind: 'banner', text: faults === 0 ? '可以开门服务' : `${faults} 个设备不能用` },
    space(40),
    { kind: 'cut' },
  ];
}

const ROOM: Record<Readiness['room'], string> = { enough: '够用', 'no-scans': '快满，不能拍材料', full: '已满，不能受理' };

function stateWords(status: Readiness['devices'][number]['status']): string {
  if (status.kind !== 'online') return `不能用：${reasonWords(status.reason)}`;
  return status.warnings.length === 0 ? '正常' : `能用：${status.warnings.map(reasonWords).join('、')}`;
}
