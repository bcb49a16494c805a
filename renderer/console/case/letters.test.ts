import { describe, expect, test } from 'vitest';
import { business, CASES, elderCard } from '../../../test/screens/console/cases.ts';
import { asksOf, fieldTemplates, materialTemplates, refusalTemplates, targetKey } from './letters.ts';

describe('what a correction asks for', () => {
  const draft = new Map([[targetKey('material', 'identity'), ' 请重拍。 '], [targetKey('form', 'scope'), '请写全。'], [targetKey('form', 'premises'), '']]);
  test('reads in the order of the form and the list, trimmed', () => {
    expect(asksOf(draft, CASES.shop)).toEqual([
      { target: 'form', key: 'premises', label: '经营场所详细地址', words: '' },
      { target: 'form', key: 'scope', label: '经营范围', words: '请写全。' },
      { target: 'material', key: 'identity', label: '经营者居民身份证', words: '请重拍。' },
    ]);
  });
  test('holds only what the form shows and the item has', () => {
    expect(asksOf(new Map([[targetKey('form', 'familyMembers'), 'x'], [targetKey('material', 'none-such'), 'x']]), CASES.shop)).toEqual([]);
  });
});

describe('ready sentences', () => {
  test('name the thing, and tell how it is accepted', () => {
    expect(fieldTemplates('经营范围')[0]?.words).toBe('“经营范围”写得不清楚，请重新填写。');
    expect(materialTemplates('身份证', '正反两面都拍。', true)[0]?.words).toBe('“身份证”拍得不清楚，请重新拍摄：正反两面都拍。');
    expect(materialTemplates('身份证', '', true)[0]?.words).toBe('“身份证”拍得不清楚，请重新拍摄。');
  });
  test('ask for what was not handed in, and for nothing else of it', () => {
    expect(materialTemplates('身份证', '正反两面都拍。', false)).toEqual([{ name: '没有交', words: '没有交“身份证”，请补交：正反两面都拍。' }]);
  });
  test('no sentence is longer than the contract lets through', () => {
    const longest = [elderCard, business].flatMap((item) => item.materials.flatMap(({ name, acceptance }) => materialTemplates(name, acceptance, true).map(({ words }) => words.length)));
    expect(Math.max(...longest)).toBeLessThanOrEqual(500);
  });
  test('a correction that never came is a reason only while one is awaited', () => {
    expect(refusalTemplates(business, 'correction-asked')[0]?.name).toBe('逾期没有补正');
    expect(refusalTemplates(business, 'handed-in').map(({ name }) => name)).not.toContain('逾期没有补正');
  });
});
