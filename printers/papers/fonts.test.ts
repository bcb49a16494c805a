import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundledFont, systemFonts } from './font-files.ts';
import type { Face } from './font-files.ts';
import { openFontChain } from './fonts.ts';

const FACES: Face[] = ['sans', 'sans-medium', 'sans-bold', 'serif', 'serif-medium', 'serif-bold'];
const bundled = openFontChain({ further: [] });
/** Stands for a font of the rarer planes: it has letters that Noto Sans SC lacks. */
const DEJAVU = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';

function missing(text: string, chain = bundled): string[] {
  const cut = chain.cut(text, 'sans');
  return cut.ok ? [] : cut.error.codePoints;
}

describe('coverage of the bundled faces', () => {
  test.each(FACES)('%s has the rare characters of names and places, and every sign our layouts write', (face) => {
    const cut = bundled.cut('漹㛃𬭛 㐱䶮䲜 〇·•—…“”‘’％℃￥№※，。、；：？！（）《》〔〕「」［］／０９ABZabz019-+*@#', face);
    expect(cut).toMatchObject({ ok: true });
    expect(cut.ok && cut.value.map(({ font }) => font)).toEqual([face]);
  });

  test('𠮷 U+20BB7 is in no bundled face: it is named, not dropped', () => {
    for (const face of FACES) expect(bundled.cut('𠮷野家', face)).toEqual({ ok: false, error: { kind: 'missing-glyph', codePoints: ['U+20BB7'] } });
  });

  test('every missing character is named once, in the order of the text', () => {
    expect(missing('𠮷a𠮷\u{2A6D6}b')).toEqual(['U+20BB7', 'U+2A6D6']);
  });
});

describe('characters without a shape of their own stop the print', () => {
  test.each([
    ['private use, which old cards carry', '\u{E815}', 'U+E815'],
    ['variation selector', '葛\u{E0100}', 'U+E0100'],
    ['combining mark', 'e\u0301', 'U+0301'],
    ['zero-width space', '王\u200B', 'U+200B'],
    ['lone surrogate', '王\uD842', 'U+D842'],
    ['line separator', '王\u2028', 'U+2028'],
    ['a script that joins its letters', 'قەشقەر', 'U+0642'],
    ['a script that stacks its letters', 'བོད', 'U+0F56'],
  ])('%s', (_, text, name) => {
    expect(missing(text)).toContain(name);
  });

  test('…also where a further font has a glyph for it', () => {
    const chain = openFontChain({ further: [DEJAVU] });
    expect(missing('ق', chain)).toEqual(['U+0642']);
  });
});

describe('runs', () => {
  test('a character that only a further font has makes a run of its own', () => {
    const cut = openFontChain({ further: [DEJAVU] }).cut('甲ʬ乙', 'sans');
    expect(cut.ok && cut.value.map(({ font, text }) => [font, text])).toEqual([
      ['sans', '甲'],
      [DEJAVU, 'ʬ'],
      ['sans', '乙'],
    ]);
  });

  test('runs put together are the text, and their widths the sum of their characters', () => {
    const letters = fc.constantFrom(...'漹㛃𬭛一二三ABCabc123·，。 ');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), fc.constantFrom(...FACES), (characters, face) => {
        const cut = bundled.cut(characters.join(''), face);
        if (!cut.ok) throw new Error('all of these have glyphs');
        expect(cut.value.map(({ text }) => text).join('')).toBe(characters.join(''));
        const font = cut.value[0] === undefined ? null : bundled.font(cut.value[0].font);
        const width = characters.reduce((sum, character) => sum + (font?.glyph(character.codePointAt(0) as number)?.advance ?? 0), 0);
        expect(cut.value.reduce((sum, run) => sum + run.width, 0)).toBeCloseTo(width, 6);
      }),
    );
  });
});

describe('files', () => {
  test('every face is found', () => {
    for (const face of FACES) expect(bundledFont(face)).toMatch(/\.ttf$/);
  });

  test('further fonts are found below the system folders in the order of trust, each once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jinban-fonts-'));
    try {
      mkdirSync(join(folder, 'truetype', 'hanazono'), { recursive: true });
      for (const name of ['truetype/hanazono/HanaMinB.ttf', 'truetype/hanazono/HanaMinA.ttf', 'HanaMinA.ttf', 'truetype/other.ttf']) writeFileSync(join(folder, name), '');
      expect(systemFonts([folder, join(folder, 'none')]).map((path) => path.split('/').at(-1))).toEqual(['HanaMinA.ttf', 'HanaMinB.ttf']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
