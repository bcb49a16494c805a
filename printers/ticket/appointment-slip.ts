import type { Ticket } from '../../domain/documents/types.ts';
import { centre, chinaClock, chinaDay, chinaTime, LEADING, left, row, space, spaced } from './blocks.ts';
import type { Block } from './layout.ts';
import { DOUBLE, NORMAL, TALL } from './layout.ts';

/** 预约单: the day and the time first, since that is what the paper is looked at for; then when to be there, and what to bring. It says nobody's name. */
export function appointmentSlip(slip: Extract<Ticket, { kind: 'appointment-slip' }>): Block[] {
  const { bring } = slip;
  return [
    centre(slip.hall, [DOUBLE, TALL], true),
    space(14),
    centre('预 约 单', [NORMAL], false),
    { kind: 'rule', weight: 'heavy' },
    space(10),
    centre(chinaDay(slip.from), [TALL, NORMAL], true),
    space(LEADING),
    centre(`${chinaClock(slip.from)}－${chinaClock(slip.until)}`, [DOUBLE, TALL], true),
    space(12),
    centre(slip.business, [DOUBLE, TALL], true),
    { kind: 'rule', weight: 'hair' },
    ...spaced([row('预约编号', slip.number), row('地　　点', slip.site), row('取号时间', `${chinaClock(slip.opens)}－${chinaClock(slip.closes)}`), ...(slip.cancelUntil === null ? [] : [row('取消截止', chinaTime(slip.cancelUntil))])]),
    { kind: 'rule', weight: 'hair' },
    space(LEADING),
    left('到时用预约的身份证或手机号取号，到号优先。错过取号时间，也能像大家一样取号。'),
    space(LEADING),
    left(slip.cancelUntil === null ? '来不了请打下面的电话说一声。' : '来不了请提前取消：自助机“取号”里点“预约改天来”、“我的预约”，刷身份证；或打下面的电话。'),
    ...(bring === null ? [] : [{ kind: 'rule', weight: 'hair' } as const, space(LEADING), left(`办理：${bring.item}`), space(LEADING), ...(bring.materials.length === 0 ? [left('不用带材料。')] : [left('请带：'), ...bring.materials.map((name, index) => left(`${index + 1}. ${name}`))])]),
    { kind: 'rule', weight: 'heavy' },
    centre(`咨询 ${slip.phone}`, [NORMAL], true),
    space(40),
    { kind: 'cut' },
  ];
}
