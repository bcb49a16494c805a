/** Limits and counts of days as they are said on papers. */
import type { DayCount, Remedies } from '../../domain/documents/legal.ts';
import type { Words } from './paper/model.ts';

/** `6个月`, `15日`. */
export function within({ within: count, unit }: Remedies['litigation']): Words {
  return unit === 'months' ? { zh: `${count}个月`, en: `${count} months` } : { zh: `${count}日`, en: `${count} days` };
}

/** `15个工作日`, `30天`; no days: on the spot. */
export function limit(days: number, unit: DayCount['unit']): Words {
  if (days === 0) return { zh: '即时办结', en: 'on the spot' };
  return unit === 'working' ? { zh: `${days}个工作日`, en: `${days} working days` } : { zh: `${days}天`, en: `${days} days` };
}

export function done(days: number, unit: DayCount['unit']): Words {
  const { zh, en } = limit(days, unit);
  return days === 0 ? { zh: '承诺即时办结', en: 'decided on the spot' } : { zh: `承诺${zh}办完`, en: `done within ${en}, as promised` };
}
