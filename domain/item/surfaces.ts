import { z } from 'zod';
import { DAY_UNITS } from './dictionaries.ts';
import { type Item, Limit } from './types.ts';

/**
 * What another surface tells of an item: the leaflet of the window, or the portal's page. A pack may hold them in `window.json`, typed off as they hang
 * there, so that what people read in two places is compared and not believed.
 */
export const SurfaceText = z.strictObject({
  /** 实施编码 */
  code: z.string().length(31),
  surface: z.enum(['window', 'portal']),
  /** Where and when it was typed off: 一次性告知单，2026年3月版 */
  seen: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  /** Names of the materials, in the surface's own words. */
  materials: z.array(z.string().min(1).max(100)).max(60),
  statutory: Limit.pick({ days: true, unit: true }),
  promised: Limit.pick({ days: true, unit: true }),
});
export type SurfaceText = z.infer<typeof SurfaceText>;
export const SurfaceTexts = z.array(SurfaceText).max(2000);

/** One difference: what the terminal tells and what the other surface does; null where one of them tells nothing. */
export type SurfaceDifference = { path: string; label: string; surface: SurfaceText['surface']; seen: string; terminal: string | null; other: string | null };

export const SURFACES: Readonly<Record<SurfaceText['surface'], string>> = { window: '窗口', portal: '网上' };

/** No two skins: everything in which the surfaces of one item differ. Blanks and the width of brackets are no difference. */
export function compareSurfaces(item: Item, texts: readonly SurfaceText[]): SurfaceDifference[] {
  return texts.filter(({ code }) => code === item.code).flatMap((text) => {
    const differ = (path: string, label: string, terminal: string | null, other: string | null): SurfaceDifference[] => (
      plain(terminal) === plain(other) ? [] : [{ path, label, surface: text.surface, seen: text.seen, terminal, other }]
    );
    const theirs = new Map(text.materials.map((name) => [plain(name), name]));
    const ours = new Set(item.materials.map(({ name }) => plain(name)));
    return [
      ...differ('name', '事项名称', item.name, text.name),
      ...differ('statutory.days', '法定办结时限', limitWords(item.statutory), limitWords(text.statutory)),
      ...differ('promised.days', '承诺办结时限', limitWords(item.promised), limitWords(text.promised)),
      // What nobody brings stands on no list of what to bring.
      ...item.materials.filter(({ notBrought }) => notBrought !== true).flatMap(({ key, name }) => differ(`materials.${key}`, '材料', name, theirs.get(plain(name)) ?? null)),
      ...text.materials.filter((name) => !ours.has(plain(name))).flatMap((name) => differ('materials', '材料', null, name)),
    ];
  });
}

/** `15个工作日` */
export function limitWords({ days, unit }: Pick<Limit, 'days' | 'unit'>): string {
  return `${days}${DAY_UNITS[unit].words}`;
}

function plain(text: string | null): string {
  return text === null ? '' : text.normalize('NFKC').replace(/[\s《》“”"]/g, '');
}
