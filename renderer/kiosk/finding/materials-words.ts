import type { ItemCard } from '../../../domain/contracts/kiosk.ts';
import type { Speech } from '../text.ts';

/** `2 份材料`, or `2–5 份材料` where the situation decides. */
export function materialsWords({ least, most }: ItemCard['materials'], t: Speech['t']): string {
  return least === most ? t('item.materials', { count: most }) : t('item.materials.between', { least, most });
}
