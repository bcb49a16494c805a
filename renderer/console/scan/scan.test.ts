import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CASES } from '../../../test/screens/console/cases.ts';
import { pagesOf } from './pages.ts';
import { MARGIN, scaleOf, stepped, turned } from './zoom.ts';

const sizes = fc.record({ width: fc.integer({ min: 100, max: 8000 }), height: fc.integer({ min: 100, max: 8000 }) });

describe('the size of a page', () => {
  test('fits within the window, touching it on one side', () => {
    fc.assert(fc.property(sizes, sizes, (page, window) => {
      const scale = scaleOf('fit', page, window);
      const [across, down] = [(page.width * scale) / (window.width - 2 * MARGIN), (page.height * scale) / (window.height - 2 * MARGIN)];
      expect(Math.max(across, down)).toBeCloseTo(1);
    }));
  });
  test('fills the width, or is what was asked for', () => {
    expect(scaleOf('width', { width: 500, height: 5000 }, { width: 1032, height: 500 })).toBe(2);
    expect(scaleOf(0.5, { width: 500, height: 5000 }, { width: 1032, height: 500 })).toBe(0.5);
    expect(scaleOf('fit', { width: 0, height: 0 }, { width: 1032, height: 500 })).toBe(1);
  });
  test('steps back to where it was, within bounds', () => {
    expect(stepped(stepped(1, 1), -1)).toBeCloseTo(1);
    expect([stepped(7.9, 1), stepped(0.051, -1)]).toEqual([8, 0.05]);
  });
  test('turns on its side and back', () => {
    const page = { width: 3, height: 4 };
    expect([0, 1, 2, 3].map((turn) => turned(page, turn).width)).toEqual([3, 4, 3, 4]);
  });
});

describe('the pages of a case', () => {
  test('lie in the order of the list and know which are here', () => {
    expect(pagesOf(CASES.onItsWay).map(({ material, page, pages, here }) => [material, page, pages, here])).toEqual([['third-party', 1, 1, true], ['location', 1, 2, false], ['location', 2, 2, false], ['meter', 1, 1, true]]);
  });
  test('are looked at by their thumbnails until they are here', () => {
    const { materials, here } = CASES.onItsWay;
    const [, first, second] = pagesOf(CASES.onItsWay);
    const thumbnail = materials.find(({ key }) => key === 'location')?.pages[0]?.thumbnail?.hash;
    expect([first?.here, first?.thumbnail, second?.thumbnail]).toEqual([false, thumbnail, null]);
    const none = pagesOf({ ...CASES.onItsWay, here: here.filter((hash) => hash !== thumbnail) })[1];
    expect(none?.thumbnail).toBeNull();
  });
  test('that the list does not know come last, by their key', () => {
    const { item, materials, here } = CASES.shop;
    const [first] = pagesOf({ item, here, materials: [{ ...materials[0]!, key: 'unlisted' }, ...materials] }).toReversed();
    expect(first).toMatchObject({ name: '清单外材料（unlisted）', standard: '' });
  });
});
