import type { MaterialPromise } from '../action/payload.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import type { Item, ItemMaterial } from '../item/types.ts';

/** Which of the two promises may stand in a material's place. */
export type PromiseKind = MaterialPromise['kind'];

type Named = Pick<Item, 'name'>;

/**
 * 告知承诺: the words that are promised instead of a paper, as the screen shows them and as they are hashed. Made of the item alone, so that whoever has the
 * item in its version can make them again and hold the hash against them. null: the item takes no promise for it.
 */
export function commitmentText(item: Named, { name, commitment }: ItemMaterial): string | null {
  if (commitment === undefined) return null;
  return `告知承诺\n申请事项：${item.name}\n不交的材料：${name}\n我承诺：${commitment.words}\n承诺不实的后果：${commitment.consequence}\n依据：${commitment.basis}`;
}

/** 容缺: the words that promise a paper for a later day. null: the item wants it at once. @param by the last day, as `deferredUntil` gives it */
export function deferralText(item: Named, { name, deferrable }: ItemMaterial, by: string): string | null {
  if (deferrable === undefined) return null;
  return `容缺后补\n申请事项：${item.name}\n以后补交的材料：${name}\n我承诺最晚在${dayWords(by)}补交。\n到期没有补交的后果：${deferrable.consequence}\n依据：${deferrable.basis}`;
}

/** The last day on which a deferred material may come: natural days after the day of the promise, so that nobody needs a calendar of holidays to know it. */
export function deferredUntil(today: string, { deferrable }: Pick<ItemMaterial, 'deferrable'>): string | null {
  return deferrable === undefined ? null : addNaturalDays(today, deferrable.days);
}

/** The text of a promise that was made, made again from the item; null when the item knows none of it. */
export function promiseText(item: Named & Pick<Item, 'materials'>, promise: MaterialPromise): string | null {
  const material = item.materials.find(({ key }) => key === promise.key);
  if (material === undefined) return null;
  return promise.kind === 'commitment' ? commitmentText(item, material) : deferralText(item, material, promise.by);
}

function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
