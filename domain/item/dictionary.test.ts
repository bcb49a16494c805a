import { expect, test } from 'vitest';
import dictionary from '../../packs/xinchang/fields.json' with { type: 'json' };
import { packItem } from '../../test/fixtures/pack-item.ts';
import { dictionaryFaults, FieldDictionary, knownFrom, offersFor } from './dictionary.ts';
import type { Item } from './types.ts';

const shop = packItem('business-registration');
const water = packItem('water-permit');
const { elements } = FieldDictionary.parse(dictionary);

test('what was given for one item is offered for the next, with where it came from', () => {
  const known = knownFrom(shop, { phone: '13800001234', town: '330624112', premises: '样板路8号' });
  expect(known).toEqual({ 'contact-phone': { value: '13800001234', from: shop.name }, town: { value: '330624112', from: shop.name } });
  expect(offersFor(water, {}, known)).toEqual({ phone: { value: '13800001234', from: shop.name }, town: { value: '330624112', from: shop.name } });
});
test('no answer is replaced, no wrong value is carried, and no option that the field does not have', () => {
  const known = knownFrom(shop, { phone: '13800001234', town: '330624112' });
  expect(offersFor(water, { phone: '139', town: '330624112' }, known)).toEqual({});
  expect(knownFrom(shop, { phone: '138', town: '', premises: null })).toEqual({});
  expect(offersFor(water, {}, { town: { value: '999999999', from: shop.name } })).toEqual({});
});
test('a dictionary and items that part ways are told apart', () => {
  const other = (change: (item: Item) => Item) => dictionaryFaults({ elements }, [change(water)]).map(({ kind }) => kind);
  const withField = (more: object) => (item: Item): Item => ({ ...item, form: { ...item.form, sections: item.form.sections.map((section) => ({ ...section, fields: section.fields.map((field) => (field.name === 'phone' ? { ...field, ...more } : field)) })) } });
  expect([other((item) => item), other(withField({ widget: 'text' })), other(withField({ element: 'nothing' }))]).toEqual([[], ['element-differs'], ['element-unknown']]);
  expect(dictionaryFaults({ elements: [...elements, ...elements] }, []).map(({ kind }) => kind)).toEqual(elements.map(() => 'element-repeated'));
});
