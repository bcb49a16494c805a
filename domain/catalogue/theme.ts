/** 一件事: several items that one event in somebody's life brings together, told as one journey. */
import { z } from 'zod';
import type { Item } from '../item/types.ts';
import { CivilDate } from '../time.ts';

export const Theme = z.strictObject({
  /** The county's own; opaque. */
  code: z.string().regex(/^[A-Z][A-Z0-9-]{2,30}$/),
  version: z.int().min(1),
  state: z.enum(['active', 'cancelled']),
  effectiveFrom: CivilDate,
  effectiveTo: CivilDate.nullable(),
  /** 开一家小店 */
  name: z.string().min(1).max(60),
  summary: z.string().min(1).max(120),
  /** What the citizen does from the first to the last door, in plain words. */
  journey: z.string().min(1).max(1000),
  /** In the order in which they are done. `note`: why it is part of the journey, or when it may be left out. */
  items: z.array(z.strictObject({ code: z.string().length(31), note: z.string().max(200) })).min(2).max(20)
    .refine((items) => new Set(items.map(({ code }) => code)).size === items.length, 'an item twice'),
});
export type Theme = z.infer<typeof Theme>;

/** A material of the journey, and which of its items ask for it: brought once, it serves all of them. */
export type SharedMaterial = { name: string; required: boolean; codes: string[] };

/**
 * What the journey asks for, each paper once: materials of one name are one paper, whatever their keys. Those that most items ask for come first,
 * then in the order of the journey.
 */
export function sharedMaterials(theme: Pick<Theme, 'items'>, items: readonly Item[]): SharedMaterial[] {
  const papers = new Map<string, SharedMaterial>();
  for (const { code } of theme.items) {
    for (const { name, required } of items.find((item) => item.code === code)?.materials ?? []) {
      const key = name.replaceAll(/\s/gu, '');
      const paper = papers.get(key) ?? { name, required: false, codes: [] };
      papers.set(key, { name: paper.name, required: paper.required || required, codes: paper.codes.includes(code) ? paper.codes : [...paper.codes, code] });
    }
  }
  return [...papers.values()].toSorted((left, right) => right.codes.length - left.codes.length);
}
