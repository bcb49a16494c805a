import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sentence } from '../../../domain/contracts/desk.ts';
import { matching, typedLetters, withSentence } from './sentences.tsx';

const sentence = (letters: string, itemCode = '', use: Sentence['use'] = 'correction'): Sentence => ({ id: '01KAT000000000000000000001', letters, itemCode, use, words: `${letters}的话` });

describe('a slash and letters', () => {
  test.each([['/hk', 3, 'hk'], ['请补 /HKB', 7, 'hkb'], ['请补/', 3, ''], ['/hk ', 4, null], ['/hk', 1, ''], ['1/2', 3, null], ['and/or', 6, null], ['', 0, null]] as const)('%j with the caret at %i asks for %j', (text, caret, letters) => {
    expect(typedLetters(text, caret)).toBe(letters);
  });
  test('find what begins so: the item\'s own first, the shortest next, none of another use', () => {
    const all = [sentence('hkbx'), sentence('hkb'), sentence('hk', 'item'), sentence('hkc', '', 'refusal'), sentence('a')];
    expect(matching(all, 'correction', 'hk').map(({ letters }) => letters)).toEqual(['hk', 'hkb', 'hkbx']);
  });
  test('become the sentence where they stood, and nothing else changes', () => {
    fc.assert(fc.property(fc.stringMatching(/^[^/]*$/), fc.stringMatching(/^[a-z]{0,6}$/), fc.string(), (before, letters, behind) => {
      const { text, caret } = withSentence(`${before}/${letters}${behind}`, before.length + 1 + letters.length, letters, '话');
      expect([text, text.slice(0, caret)]).toEqual([`${before}话${behind}`, `${before}话`]);
    }));
  });
});
