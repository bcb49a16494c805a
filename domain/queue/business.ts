/** Which of a site's businesses an item is done in: the one that names it, else the first that names none. null: it is done at none of them. */
export function businessOf<Line extends { items: readonly string[] }>(lines: readonly Line[], item: string): Line | null {
  return lines.find(({ items }) => items.includes(item)) ?? lines.find(({ items }) => items.length === 0) ?? null;
}
