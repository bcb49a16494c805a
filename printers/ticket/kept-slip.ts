import type { Ticket } from '../../domain/documents/types.ts';
import { centre, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

/** As large as the paper has room for: what a dense code needs to be read from a paper that was folded. */
const QR_MODULE = 4;

/** 续办凭条: what was filled in goes home sealed. It says what else is needed, until when, and what is not in it. */
export function keptSlip(slip: Extract<Ticket, { kind: 'kept-slip' }>): Block[] {
  return [
    centre(slip.hall, [DOUBLE, TALL], true),
    space(14),
    centre('续 办 凭 条', [DOUBLE, TALL], true),
    { kind: 'rule', weight: 'heavy' },
    ...spaced([row('事　　项', slip.item), row('保存时间', chinaTime(slip.at)), row('有效期至', dayWords(slip.until)), row('保存网点', slip.site)]),
    { kind: 'rule', weight: 'hair' },
    space(12),
    { kind: 'qr', data: slip.code, module: QR_MODULE, correction: 'M' },
    space(16),
    centre('还没有提交，办理时限没有开始计算', [NORMAL], true),
    space(LEADING),
    ...(slip.number === null ? [] : [atCounter(slip.number), space(LEADING)]),
    left(`${slip.number === null ? '' : '也可以在自助机'}继续办理：到本县任一台有扫码窗的自助机，点首页上“续办凭条”那个按钮，带上本条、您的身份证，输入您设的 6 位数字。不用联网。`),
    space(LEADING),
    left('数字没有人能帮您找回。忘了就请重新填写。'),
    ...(slip.pages === 0 ? [] : [space(LEADING), left('拍好的材料照片不在里面，下次请重新拍。')]),
    ...(slip.left.length === 0 ? [] : [space(LEADING), left(`二维码装不下，没有保存：${slip.left.join('、')}。下次请重新填写。`)]),
    { kind: 'rule', weight: 'heavy' },
    centre(`咨询 ${slip.phone}`, [NORMAL], true),
    space(40),
    { kind: 'cut' },
  ];
}

function atCounter(number: string): Block {
  return { kind: 'text', text: `到窗口办：叫到 ${number} 号，带上本条和您的身份证，告诉窗口您设的 6 位数字。工作人员扫码后，填好的内容就在窗口打开，不用重填。`, align: 'left', bold: true, sizes: [NORMAL] };
}

function dayWords(date: string): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
}
