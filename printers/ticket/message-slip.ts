import type { Ticket } from '../../domain/documents/types.ts';
import { centre, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

/** 1 mm a module, as on the hand-in slip. */
const QR_MODULE = 8;

/** 留言凭条: the only way back to a message that was written without a card. It says whose number it is not, and who gives that. */
export function messageSlip(slip: Extract<Ticket, { kind: 'message-slip' }>): Block[] {
  return [
    centre(slip.hall, [DOUBLE, TALL], true),
    space(14),
    centre(`${slip.of} 留 言 凭 条`, [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    centre('本机留言号', [NORMAL], false),
    space(6),
    centre(slip.reference, [DOUBLE, TALL], true),
    space(10),
    centre('大厅编号和答复期限由大厅给出，扫码可查', [NORMAL], false),
    { kind: 'rule', weight: 'hair' },
    ...spaced([
      row('事　　由', slip.about === '' ? '未指明' : slip.about),
      row('留言时间', chinaTime(slip.at)),
      row('留言网点', slip.site),
      row('传送状态', slip.online ? '本机已联网，正在送往政务服务中心' : '暂时联系不上政务服务中心，留言加密存在本机，联系上后自动送往'),
    ]),
    { kind: 'rule', weight: 'hair' },
    space(12),
    { kind: 'qr', data: slip.token, module: QR_MODULE, correction: 'M' },
    space(16),
    centre('在本机“查进度”扫码看答复', [NORMAL], true),
    centre(slip.token, [NORMAL], false),
    space(12),
    left('拿到本条的人都能看到答复，请收好。'),
    { kind: 'rule', weight: 'heavy' },
    centre(`咨询 ${slip.phone}`, [NORMAL], true),
    space(LEADING),
    centre(`监督 ${slip.complaintPhone}　热线 12345`, [NORMAL], true),
    space(40),
    { kind: 'cut' },
  ];
}
