import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { buildIndex, searchClose, searchItems } from './search.ts';
import { isOnShelf, shelvesOf } from './shelves.ts';
import { alike } from './sounds.ts';

const items = { elder: packItem('elder-card'), business: packItem('business-registration'), water: packItem('water-permit') };
const index = buildIndex(Object.values(items));
const nameOf = (code: string) => Object.entries(items).find(([, item]) => item.code === code)?.[0];
const close = (query: string) => searchClose(index, query).map(nameOf);

describe('what sounds or is written nearly so', () => {
  test.each([
    ['zengjian', '证件办理 with z for zh', 'elder'], ['laolianzheng', 'n and l', 'elder'], ['laonianzen', 'zh and z, eng and en', 'elder'], ['yinyezhizhao', 'in and ing', 'business'],
    ['老年正', 'another letter of the same sound', 'elder'], ['营业知照', 'the same within', 'business'], ['去水许可', 'the same', 'water'],
    ['laonienzheng', 'one wrong letter', 'elder'], ['laonanzheng', 'one letter missing', 'elder'], ['yingyyezhizhao', 'one letter too many', 'business'], ['kaidiann', 'at the end', 'business'],
    ['老牛证', 'one wrong character', 'elder'], ['个体工大商户', 'one character too many', 'business'],
  ])('%s (%s)', (query, _how, wanted) => {
    expect(searchItems(index, query)).toEqual([]);
    expect(close(query)[0]).toBe(wanted);
  });
  test('too little, or something else altogether, is close to nothing', () => {
    for (const query of ['', 'z', 'lnz', '证', 'xyzzy', '火星移民', 'hello world', 'a'.repeat(40)]) expect(close(query)).toEqual([]);
  });
  test('syllables that are taken for each other, both ways', () => {
    expect(alike('zheng').sort()).toEqual(['zen', 'zeng', 'zhen']);
    expect(alike('lan').sort()).toEqual(['lang', 'nan', 'nang', 'ran', 'rang']);
    expect(alike('e')).toEqual([]);
    for (const one of ['zheng', 'nin', 'fu', 'shang']) for (const other of alike(one)) expect(alike(other)).toContain(one);
  });
});

describe('shelves', () => {
  const shelves = shelvesOf(Object.values(items));
  test('count what stands on them, fullest first, each item once a shelf', () => {
    expect(shelves.all).toBe(3);
    expect(shelves.office.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(shelves.audience[0]).toEqual({ name: 'person', count: 3 });
    expect(shelves.topic.find(({ name }) => name === '准营准办')).toEqual({ name: '准营准办', count: 1 });
    for (const by of ['topic', 'office', 'audience'] as const) for (const { name, count } of shelves[by]) expect(Object.values(items).filter((item) => isOnShelf(item, { by, name })).length).toBe(count);
  });
});
