import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fontkit from 'fontkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProject } from '../paths.ts';
import { charactersIn, charactersOf, commonFile, makeScreenFonts, rangesOf } from './faces.ts';

let folder: string;
beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'jinban-fonts-')), 'faces');
  await makeScreenFonts({ folder });
});
afterAll(() => rm(path.dirname(folder), { recursive: true, force: true }));

const common = (weight: number) => readFile(path.join(folder, commonFile(weight)));
const whole = (file: string) => readFile(inProject('node_modules', '@expo-google-fonts', 'noto-sans-sc', file));
const WHOLE = { 400: '400Regular/NotoSansSC_400Regular.ttf', 500: '500Medium/NotoSansSC_500Medium.ttf', 700: '700Bold/NotoSansSC_700Bold.ttf' } as const;

function opened(bytes: Buffer): fontkit.Font {
  const font = fontkit.create(bytes);
  if ('fonts' in font) throw new Error('one font was expected');
  return font;
}

describe.each([400, 500, 700] as const)('the common face of weight %d', (weight) => {
  test('has every character of our sources and packs that the whole font has, and is a twentieth of it', async () => {
    const all = charactersIn(await whole(WHOLE[weight]));
    const said = await charactersOf(['renderer', 'packs', 'domain'].map((source) => inProject(source)));
    const wanted = said.filter((character) => all.has(character));
    expect(wanted.length).toBeGreaterThan(1000);
    const drawn = charactersIn(await common(weight));
    expect(wanted.filter((character) => !drawn.has(character))).toEqual([]);
    expect((await common(weight)).length).toBeLessThan((await whole(WHOLE[weight])).length / 20);
  });

  test('draws each as the whole font does, on the same line', async () => {
    const [small, large] = [opened(await common(weight)), opened(await whole(WHOLE[weight]))];
    expect([small.ascent, small.descent, small.lineGap, small.unitsPerEm]).toEqual([large.ascent, large.descent, large.lineGap, large.unitsPerEm]);
    for (const character of '近办要办哪件事？“请”Ag7·') {
      const [here, there] = [small, large].map((font) => font.glyphForCodePoint(character.codePointAt(0) ?? 0));
      expect([here?.advanceWidth, here?.path.toSVG()], character).toEqual([there?.advanceWidth, there?.path.toSVG()]);
    }
  });
});

test('a page asks for the whole font only for what the common face has not: the common ones stand last, each with its ranges', async () => {
  const css = await readFile(path.join(folder, 'faces.css'), 'utf8');
  const urls = [...css.matchAll(/url\('([^']+)'\)/g)].map(([, url]) => url);
  expect(urls).toEqual([...Object.values(WHOLE).map((file) => `@expo-google-fonts/noto-sans-sc/${file}`), ...[400, 500, 700].map((weight) => `./${commonFile(weight)}`)]);
  expect([...css.matchAll(/unicode-range: (U\+\S+)/g)]).toHaveLength(6);
});

test('faces that are there are kept, and made anew when their stamp is another', async () => {
  const css = path.join(folder, 'faces.css');
  const made = (await stat(css)).mtimeMs;
  await makeScreenFonts({ folder });
  expect((await stat(css)).mtimeMs).toBe(made);
  await writeFile(path.join(folder, 'stamp'), 'of another font');
  await makeScreenFonts({ folder });
  expect((await stat(css)).mtimeMs).toBeGreaterThan(made);
});

test.each([
  [[], []],
  [['a'], ['U+61']],
  [['a', 'b', 'c', 'e'], ['U+61-63', 'U+65']],
  [['人', '𠮷'], ['U+4EBA', 'U+20BB7']],
])('ranges of %j are %j', (characters, ranges) => expect(rangesOf(characters)).toEqual(ranges));

test('rare names in tests, and lists of the keyboard, are no characters of screens', async () => {
  const said = new Set(await charactersOf([inProject('renderer'), inProject('packs'), inProject('domain')]));
  expect([said.has('要'), said.has('~'), said.has('𱍐')]).toEqual([true, true, false]);
});
