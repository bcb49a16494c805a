import { readFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';
import { describe, expect, test } from 'vitest';
import { readPinyinDictionary } from '../../renderer/ui/keyboard/pinyin.ts';
import { inProject } from '../paths.ts';
import { FORM_WORDS } from './form-words.ts';
import { typingStamp } from './main.ts';
import { compileParts, readSequences } from './parts.ts';
import { compileStrokes } from './strokes.ts';
import { compileWords, readUnihan } from './words.ts';

describe('what the keyboard knows', () => {
  test('was compiled by these compilers from these sources: otherwise run ./jinban typing', async () => {
    const { made, stamped } = await typingStamp();
    expect(made).toEqual(stamped);
  });

  test('every word of the county\'s forms can be typed', () => {
    const dictionary = readPinyinDictionary(readFileSync(inProject('renderer', 'ui', 'keyboard', 'data', 'words.txt'), 'utf8'));
    for (const word of FORM_WORDS.filter((text) => text.length > 1)) {
      const letters = pinyin(word, { toneType: 'none', type: 'array', v: true }).join('');
      expect(dictionary.suggest(letters).slice(0, 4).map(({ text }) => text), letters).toContain(word);
    }
  });
});

describe('compilers', () => {
  const unihan = readUnihan('# head\n张\t7\tzhang\n长\t4\tzhang\n漹\t14\tyan\n');

  test('words: initials, readings, the commoner first; a polyphone goes where words read it', () => {
    const text = compileWords('长江 900 ns\n长大 90 v\n紧张 500 a\n长 100 a\nabc 9 x\n', unihan, () => ['氵', '焉']);
    const lines = text.split('\n');
    expect(lines.find((line) => line.startsWith('cj\t'))).toMatch(/^cj\tchang'jiang .长江$/u);
    expect(lines.find((line) => line.startsWith('zd\t'))).toMatch(/\tzhang'da .长大$/u);
    expect(lines.find((line) => line.startsWith('chang\t'))).toContain('长');
    expect(text).toContain('张紧张');
    expect(text).toContain('漹氵+焉');
  });

  test('parts: the first sequence without its signs, commonest character first, only drawable keys', () => {
    const sequences = readSequences('李\t⿱木子(.,H)\n囝\t⿴囗子\n一\t#(H)(.);{一}#(T)\n');
    expect([...sequences]).toEqual([['李', ['木', '子']], ['囝', ['囗', '子']]]);
    const text = compileParts(sequences, unihan, (character) => (character === '囝' ? 9 : 0), (character) => character !== '木');
    expect(text).toBe('子0 囗0\n囝0囗子\n李0木子\n');
  });

  test('strokes: five points at equal distances, y downwards', () => {
    const bytes = compileStrokes([{ character: '一', strokes: [[[0, 388], [1024, 388]]] }]);
    expect([...bytes]).toEqual([3, 0, 0, 0, 0xe4, 0xb8, 0x80, 1, 0, 128, 64, 128, 128, 128, 191, 128, 255, 128]);
  });
});
