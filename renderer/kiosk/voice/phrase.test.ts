import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speech } from '../text.ts';
import { languageNamed } from '../texts/languages.ts';
import { forTheEar, languageOf, pieces, sentence } from './for-the-ear.ts';
import { change, type Facts, phrase } from './phrase.ts';

const chinese = speech(languageNamed('zh-CN'));
const english = speech(languageNamed('en'));
const plain: Facts = { role: 'text', name: '', group: '', described: [], wrong: false, chosen: null, off: false, value: null, position: null };

describe('one thing as it is said', () => {
  test('a choice: its question once, what it is, whether it is chosen, and which of how many', () => {
    const facts: Facts = { ...plain, role: 'radio', name: '沙溪镇', group: '现在居住的乡镇（街道）', chosen: false, position: { at: 7, of: 12 } };
    expect(phrase(facts, chinese, true)).toBe('现在居住的乡镇（街道）。沙溪镇，选项，没有选。第 7 个，共 12 个。');
    expect(phrase({ ...facts, name: 'Yes', group: 'Do you live here?', chosen: true, position: { at: 1, of: 2 } }, english, false)).toBe('Do you live here? Yes, choice, chosen. 1 of 2.');
  });

  test('a field: what is typed, that it is wrong and why, and how to type with the keypad', () => {
    const facts: Facts = { ...plain, role: 'field', name: '您的电话', described: ['手机号码少一位'], wrong: true, value: '1380000123' };
    expect(phrase(facts, chinese, true)).toBe('您的电话，输入框，已填 1380000123，填得不对。手机号码少一位。按 5 开始填。');
    expect(phrase({ ...facts, value: '', wrong: false, described: [] }, chinese, false)).toBe('您的电话，输入框，还没有填。');
    expect(change(facts, chinese)).toBe('您的电话，已填 1380000123，填得不对。手机号码少一位。');
  });

  test('a switch and a button that does not work now', () => {
    expect(phrase({ ...plain, role: 'toggle', name: '大字', chosen: true }, chinese, true)).toBe('大字，开关，已打开。');
    expect(phrase({ ...plain, role: 'button', name: '退出', off: true }, chinese, true)).toBe('退出，按钮，现在不能用。');
  });
});

describe('words for the ear', () => {
  test('long numbers go one figure at a time; short ones, clocks and amounts do not', () => {
    expect(forTheEar('电话 13800001234', chinese.t)).toBe('电话 1 3 8 0 0 0 0 1 2 3 4');
    expect(forTheEar('区号 0575', chinese.t)).toBe('区号 0 5 7 5');
    expect(forTheEar('第 12 个，09:05，2026年', chinese.t)).toBe('第 12 个，09:05，2026年');
  });

  test('what is masked is said to be masked, and stays so', () => {
    expect(forTheEar('王**', chinese.t)).toBe('王 隐去 2 位');
    expect(forTheEar('33**************16', chinese.t)).toBe('33 隐去 14 位 16');
  });

  test('a text becomes pieces of one language each, and nothing of it is lost', () => {
    expect(pieces('请拨打电话。请稍候。')).toEqual(['请拨打电话。请稍候。']);
    expect(pieces('Elder card. 老年人优待证。')).toEqual(['Elder card.', '老年人优待证。']);
    expect(languageOf('老年人优待证', 'en')).toBe('zh-CN');
    expect(languageOf('Choose a town.', 'en')).toBe('en');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'请看。 !abc1.5，\n'), maxLength: 400 }), (text) => {
        expect(pieces(text).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        for (const piece of pieces(text)) expect(piece.length).toBeLessThanOrEqual(240);
      }),
    );
  });

  test('parts are joined with pauses, and no sign stands twice', () => {
    expect(sentence(['请选择：', '是'], 'zh-CN')).toBe('请选择：是。');
    expect(sentence(['Done.', ''], 'en')).toBe('Done.');
    expect(sentence(['', ' '], 'zh-CN')).toBe('');
  });
});
