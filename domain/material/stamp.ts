import { civilDate } from '../calendar/civil-date.ts';
import type { CaseId } from '../ids.ts';

/**
 * What is burnt into every copy that is made here: what it was made for, on which day, and a number that the hall finds the case by. The case's official number
 * is not known while pages are taken, so the end of the case's own id stands for it: eight characters of its random part.
 */
export function stampText({ itemName, id, at }: { itemName: string; id: CaseId; at: number }): string {
  return `仅用于《${itemName}》申请 ${civilDate(at)} 编号${stampNumber(id)} 他用无效`;
}

export function stampNumber(id: CaseId): string {
  return `${id.slice(-8, -4)}-${id.slice(-4)}`;
}
