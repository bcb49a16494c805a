import type { BlobReference, Material } from '../../../domain/action/payload.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { type PageSource, pageTrust } from '../../../domain/material/trust.ts';
import { t } from '../texts.ts';

/** One page to look at. `here`: the hall holds it already. `thumbnail`: the small picture of it that the hall holds, which came before it. `page` counts from 1 within its material. */
export type Page = { material: string; name: string; standard: string; trust: Material['trust']; /** How it came in; null where the terminal did not say. */ from: PageSource | null; hash: string; mediaType: BlobReference['mediaType']; page: number; pages: number; here: boolean; thumbnail: string | null };

/** Every page of a case in the order of the item's list; what the list does not know comes last. */
export function pagesOf({ item, materials, here }: Pick<ConsoleCase, 'item' | 'materials' | 'here'>): Page[] {
  const held = new Set(here);
  const place = (key: string) => {
    const at = item.materials.findIndex((one) => one.key === key);
    return at < 0 ? item.materials.length : at;
  };
  return materials.toSorted((left, right) => place(left.key) - place(right.key)).flatMap((material) => {
    const listed = item.materials.find(({ key }) => key === material.key);
    return material.pages.map((blob, index) => ({
      material: material.key, name: listed?.name ?? t('case.unnamed', { key: material.key }), standard: listed?.acceptance ?? '', trust: material.trust === 'C' || material.trust === 'D' ? pageTrust(blob) : material.trust, from: blob.from ?? null,
      hash: blob.hash, mediaType: blob.mediaType, page: index + 1, pages: material.pages.length, here: held.has(blob.hash), thumbnail: blob.thumbnail !== undefined && held.has(blob.thumbnail.hash) ? blob.thumbnail.hash : null,
    }));
  });
}
