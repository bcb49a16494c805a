import type { Ticket } from '../../domain/documents/types.ts';
import { centre, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

type HandInSlip = Extract<Ticket, { kind: 'hand-in-slip' }>;

/** Dots of a QR module: 1 mm at 203 dpi, which old phones read at arm's length and which wears well in a pocket. */
const QR_MODULE = 8;

/**
 * 收件凭条. The number and what it is not are the two things seen first: a citizen must not take this paper for the acceptance
 * notice (受理通知书), from which alone the legal time runs (行政许可法 第三十二条, 第四十二条).
 */
export function handInSlip(slip: HandInSlip): Block[] {
  return [
    centre(slip.hall, [DOUBLE, TALL], true),
    space(14),
    centre('收 件 凭 条', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    centre(slip.provisional ? '临时编号' : '办件编号', [NORMAL], false),
    space(6),
    centre(slip.number, [DOUBLE, TALL], true),
    ...(slip.provisional ? [space(10), centre('联网后换发正式编号，扫码可查', [NORMAL], false)] : [space(8)]),
    { kind: 'rule', weight: 'hair' },
    ...spaced([
      row('事　　项', slip.item),
      row('申 请 人', slip.person),
      row('收件时间', chinaTime(slip.at)),
      row('收件网点', slip.site),
      row('材　　料', `共 ${slip.materials} 份`),
      ...(slip.deferred ?? []).map(({ name, by }) => row('以后补交', `${name}，最晚 ${by}`)),
      row('传送状态', slip.online ? '本机已联网，正在送往政务服务中心' : '暂时联系不上政务服务中心，材料加密存在本机，联系上后自动送往'),
    ]),
    space(16),
    { kind: 'banner', text: '这不是受理通知书' },
    space(14),
    left('本凭条只说明材料已经收到。是否受理，由政务服务中心审查后另行告知；法定办理时限自受理之日起算。'),
    { kind: 'rule', weight: 'hair' },
    space(12),
    { kind: 'qr', data: slip.token, module: QR_MODULE, correction: 'M' },
    space(16),
    centre('扫码查询办理进度', [NORMAL], true),
    centre(slip.token, [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    centre(`咨询电话 ${slip.phone}`, [NORMAL], true),
    space(LEADING),
    centre('请妥善保管', [NORMAL], false),
    space(40),
    { kind: 'cut' },
  ];
}
