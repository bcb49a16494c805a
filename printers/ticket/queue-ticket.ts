import type { Ticket } from '../../domain/documents/types.ts';
import type { MissedRule } from '../../domain/queue/types.ts';
import { centre, chinaClock, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block, Size } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

type QueueTicket = Extract<Ticket, { kind: 'queue-ticket' }>;

/** The four signs of a number fill half of the wider paper, and most of the narrower: read from a seat away. */
const CODE: Size = { width: 6, height: 6 };
/** An address is longer than a token: three quarters of a millimetre a module fit both papers. */
const QR_MODULE = 6;

/** 排队号: the number first, then where and how long, and what to do when it was called and nobody came. It says nobody's name, and nothing of why somebody goes first. */
export function queueTicket(ticket: QueueTicket): Block[] {
  const { wait } = ticket;
  return [
    centre(ticket.hall, [DOUBLE, TALL], true),
    space(14),
    centre('排 队 号', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    space(10),
    centre(ticket.code, [CODE, DOUBLE], true),
    space(12),
    centre(ticket.business, [DOUBLE, TALL], true),
    ...(ticket.appointment === null ? [] : [space(LEADING), centre(`预约 ${chinaClock(ticket.appointment.from)}－${chinaClock(ticket.appointment.until)}，到号优先`, [TALL, NORMAL], true)]),
    { kind: 'rule', weight: 'hair' },
    ...spaced([
      row('窗　　口', ticket.windows.length === 0 ? '听叫号，看屏幕' : `${ticket.windows.join('、')} 号`),
      ...(wait === null ? [] : [row('前面等候', `${wait.ahead} 人`), row('大约等候', minutes(wait))]),
      row('取号时间', chinaTime(ticket.at)),
      row('取号网点', ticket.site),
    ]),
    { kind: 'rule', weight: 'hair' },
    ...(ticket.alone ? [space(LEADING), left('取号时机器之间暂时没有连通：这个号有效，可能由工作人员人工叫号，请留意。')] : []),
    ...(ticket.position === null ? [] : [space(12), { kind: 'qr', data: ticket.position, module: QR_MODULE, correction: 'M' } as const, space(16), centre('手机连大厅 Wi-Fi 扫码，看前面还有几位', [NORMAL], true)]),
    space(LEADING),
    left('叫到您时，屏幕和广播会报号和窗口。时间是估计的，请不要走远。'),
    space(LEADING),
    left(`过号怎么办：${missedWords(ticket.missed)}`),
    { kind: 'rule', weight: 'heavy' },
    centre('当日有效', [NORMAL], true),
    space(LEADING),
    centre(`咨询 ${ticket.phone}`, [NORMAL], true),
    space(40),
    { kind: 'cut' },
  ];
}

function minutes({ least, most }: NonNullable<QueueTicket['wait']>): string {
  if (least === null || most === null) return '现在没有窗口办这项，等开窗口';
  if (most === 0) return '马上到您';
  return least === most ? `约 ${most} 分钟` : `约 ${least}－${most} 分钟`;
}

function missedWords(rule: MissedRule): string {
  switch (rule.kind) {
    case 'after':
      return `到窗口或找工作人员说一声，再过 ${rule.tickets} 位叫您。过号超过 ${rule.times} 次，请重新取号。`;
    case 'end':
      return `到窗口或找工作人员说一声，排到最后再叫您。过号超过 ${rule.times} 次，请重新取号。`;
    case 'void':
      return '这个号就作废了，请重新取号。';
  }
}
