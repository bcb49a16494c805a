import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORNERS, cornerPlace, type Crop, moveCorner, shrink, USUAL, WHOLE } from './crop.ts';

const sane = (crop: Crop) => {
  expect(crop.left).toBeGreaterThanOrEqual(0);
  expect(crop.top).toBeGreaterThanOrEqual(0);
  expect(crop.right).toBeLessThanOrEqual(1);
  expect(crop.bottom).toBeLessThanOrEqual(1);
  expect(crop.right - crop.left).toBeGreaterThanOrEqual(0.0999);
  expect(crop.bottom - crop.top).toBeGreaterThanOrEqual(0.0999);
};

describe('cutting a document out of a picture', () => {
  test('a corner goes where the finger goes and the opposite one stays', () => {
    const moved = moveCorner(USUAL, 'top-left', 0.2, 0.3);
    expect(moved).toEqual({ left: 0.2, top: 0.3, right: 0.96, bottom: 0.96 });
    expect(cornerPlace(moved, 'bottom-right')).toEqual({ x: 0.96, y: 0.96 });
  });

  test('whatever fingers do, the cut-out stays inside the picture and large enough', () => {
    const step = fc.oneof(
      fc.record({ corner: fc.constantFrom(...CORNERS), x: fc.double({ min: -2, max: 3, noNaN: true }), y: fc.double({ min: -2, max: 3, noNaN: true }) }),
      fc.constantFrom(0.03, -0.03),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let crop: Crop = WHOLE;
        for (const one of steps) {
          crop = typeof one === 'number' ? shrink(crop, one) : moveCorner(crop, one.corner, one.x, one.y);
          sane(crop);
        }
      }),
    );
  });
});
