import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexValues, layoutOf, sqlValue, textKey, valueAt } from './sql.ts';
import { sampleSchema } from './test-schema.ts';

const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
/** Units on both sides of every place where UTF-16 and UTF-8 order part. */
const awkward = fc.array(fc.constantFrom('', 'a', '中', '\ud7ff', '\ue000', '\ufffd', '\uffff', '\u{10000}', '\u{2b81d}', '\u{10fffe}', '\u{10ffff}', '\u0000', '\u0001'), { maxLength: 6 }).map((parts) => parts.join(''));

describe('textKey', () => {
  test('the order of the bytes is the order of the strings', () => {
    fc.assert(fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' })), fc.oneof(awkward, fc.string({ unit: 'binary' })), (left, right) => {
      fc.pre(left.isWellFormed() && right.isWellFormed());
      expect(Math.sign(Buffer.compare(Buffer.from(textKey(left)), Buffer.from(textKey(right))))).toBe(order(left, right));
    }), { numRuns: 2000 });
  });
  test('ordinary text stays as it is; a lone surrogate is refused', () => {
    expect(textKey('新昌县 T330624-0001')).toBe('新昌县 T330624-0001');
    expect(() => textKey('\ud800')).toThrow(TypeError);
  });
});

describe('sqlValue', () => {
  test('holds only what is of the kind', () => {
    expect([sqlValue('number', -0.5), sqlValue('boolean', true), sqlValue('string', 'x')]).toEqual([-0.5, 1, 'x']);
    expect([sqlValue('number', '1'), sqlValue('number', Number.NaN), sqlValue('boolean', 0), sqlValue('string', null), sqlValue('string', undefined)]).toEqual(Array(5).fill(undefined));
  });
});

describe('the layout', () => {
  const layout = layoutOf('test', 'samples', sampleSchema);
  test('has a column for every indexed path and the documents time in every table', () => {
    expect(layout.indexed.map(({ path, kind }) => [path.join('.'), kind])).toEqual([['name', 'string'], ['member', 'boolean'], ['age', 'number'], ['nested.place', 'string']]);
    expect(layout.indexes.map((index) => index.map(({ name }) => name))).toContainEqual(['deleted', 'at:member', 'at:age', 'id']);
  });
  test('a missing value is NULL', () => {
    expect(indexValues(layout, { name: 'a', member: false, nested: {} })).toEqual(['a', 0, null, null]);
    expect(valueAt({ nested: null }, ['nested', 'place'])).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});
