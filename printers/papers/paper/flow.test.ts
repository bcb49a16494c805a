import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flow, gap, together } from './flow.ts';
import type { Piece } from './flow.ts';

const TOP = 10;
const FURTHER = 20;
const BOTTOM = 120;

type Placed = { name: string; page: number; top: number; bottom: number };

/** Pieces that write down where they were drawn. The page of each is found by the list it was drawn into. */
function set(pieces: { name: string; height: number; glue?: boolean; again?: string; gap?: boolean }[]): Placed[] {
  const marks = new Map<unknown, Placed[]>();
  const piece = ({ name, height, again, ...rest }: (typeof pieces)[number]): Piece => ({
    height,
    ...rest,
    ...(again === undefined ? {} : { again: piece({ name: again, height: 8 }) }),
    draw(commands, y) {
      marks.set(commands, [...(marks.get(commands) ?? []), { name, page: 0, top: y, bottom: y + height }]);
    },
  });
  return flow(pieces.map(piece), TOP, FURTHER, BOTTOM).flatMap(({ commands }, page) => (marks.get(commands) ?? []).map((mark) => ({ ...mark, page })));
}

describe('pages', () => {
  const pieces = fc.array(fc.record({ height: fc.integer({ min: 1, max: 90 }), glue: fc.boolean() }), { maxLength: 40 }).map((list) => list.map((each, index) => ({ ...each, name: String(index) })));

  test('hold every piece once, in order, none below the bottom, none over another', () => {
    fc.assert(
      fc.property(pieces, (list) => {
        const placed = set(list);
        expect(placed.map(({ name }) => name)).toEqual(list.map(({ name }) => name));
        placed.forEach((each, index) => {
          expect(each.bottom).toBeLessThanOrEqual(BOTTOM);
          const before = placed[index - 1];
          if (before === undefined) return;
          if (before.page === each.page) expect(each.top).toBeGreaterThanOrEqual(before.bottom);
          else expect(each.page).toBe(before.page + 1);
        });
      }),
    );
  });

  test('keep glued pieces together unless they are higher than a page', () => {
    expect(set([{ name: 'a', height: 80 }, { name: 'b', height: 20, glue: true }, { name: 'c', height: 30 }]).map(({ name, page }) => name + page)).toEqual(['a0', 'b1', 'c1']);
    expect(set([{ name: 'a', height: 70, glue: true }, { name: 'b', height: 70 }]).map(({ name, page }) => name + page)).toEqual(['a0', 'b1']);
  });

  test('begin with the head of a table that goes on, and with no gap', () => {
    const rows = Array.from({ length: 4 }, (_, index) => ({ name: String(index), height: 40, again: 'head' }));
    expect(set(rows).map(({ name, page }) => name + page)).toEqual(['00', '10', 'head1', '21', '31']);
    expect(set([{ name: 'a', height: 105 }, { name: 'gap', height: 10, gap: true, glue: true }, { name: 'b', height: 20 }]).find(({ name }) => name === 'b')?.top).toBe(FURTHER);
  });
});

test('what is put together stays so, and the last piece stands free', () => {
  expect(together([gap(1), gap(2), gap(3)]).map(({ glue }) => glue)).toEqual([true, true, false]);
});
