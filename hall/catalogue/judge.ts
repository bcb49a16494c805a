import { type Finding, findingsOf } from '../../domain/catalogue/findings.ts';
import type { ItemText } from '../../domain/contracts/catalogue.ts';
import type { Read } from '../db/schema.ts';
import type { Ground } from '../ground.ts';
import { newestItems, today } from './versions.ts';

/** What is found in each of these texts, held against today and against the items that they name. When versions begin and end is the publication's business. */
export async function judgeTexts(ground: Ground, read: Read, texts: readonly ItemText[]): Promise<Finding[][]> {
  const others = await newestItems(read, ground.division, [...new Set(texts.flatMap(namedCodes))]);
  return texts.map((text) => findingsOf(text, { today: today(ground), others: others.filter(({ code }) => code !== text['code']) }));
}

/** The items that a text says a paper was collected by. */
function namedCodes({ materials }: ItemText): string[] {
  const entries: unknown[] = Array.isArray(materials) ? materials : [];
  return entries.flatMap((entry) => {
    const collected = memberOf(entry, 'collectedBy');
    const code = memberOf(collected, 'key');
    return memberOf(collected, 'kind') === 'item' && typeof code === 'string' ? [code] : [];
  });
}

/** A member of what may be no object at all. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
