/**
 * The fonts of screens in two halves: a small file with every character that stands in our own sources and packs, and the whole font for all others, as a name has them. A window opens the whole one when such a
 * character is shown first: three files of ten megabytes took a fifth of a second from every start, and their memory from every window.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fontkit from 'fontkit';
import subsetFont from 'subset-font';
import { inProject } from '../paths.ts';

/** Where styles of a page find `faces.css` and its files, by this name. */
export const SCREEN_FONTS = { name: '@screen-fonts', folder: inProject('.cache', 'screen-fonts') };

const FAMILY = 'Jinban Sans';
const WEIGHTS = [
  { weight: 400, file: '400Regular/NotoSansSC_400Regular.ttf' },
  { weight: 500, file: '500Medium/NotoSansSC_500Medium.ttf' },
  { weight: 700, file: '700Bold/NotoSansSC_700Bold.ttf' },
] as const;
const PACKAGE = inProject('node_modules', '@expo-google-fonts', 'noto-sans-sc');
/** Whatever a screen says of itself stands below these. */
const SOURCES = ['renderer', 'packs', 'domain'];

/** Makes the faces unless they are there for the same characters and the same font. */
export async function makeScreenFonts({ folder }: { folder: string } = SCREEN_FONTS): Promise<void> {
  const said = await charactersOf(SOURCES.map((source) => inProject(source)));
  const { version } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const stamp = createHash('sha256').update(`${version} ${said.join('')}`).update(await readFile(import.meta.filename)).digest('hex');
  if (existsSync(folder) && (await readFile(path.join(folder, 'stamp'), 'utf8').catch(() => '')) === stamp) return;
  // Made aside and moved into place: a build that is cut off leaves no half of it.
  const workplace = `${folder}.new`;
  await rm(workplace, { recursive: true, force: true });
  await mkdir(workplace, { recursive: true });
  const faces: { whole: string; common: string }[] = [];
  for (const { weight, file } of WEIGHTS) {
    const font = await readFile(path.join(PACKAGE, file));
    const drawn = charactersIn(font);
    const common = said.filter((character) => drawn.has(character));
    await writeFile(path.join(workplace, commonFile(weight)), await subsetFont(font, common.join(''), { targetFormat: 'sfnt' }));
    // What the font has not is looked for in the system's at once.
    faces.push({ whole: face(weight, `@expo-google-fonts/noto-sans-sc/${file}`, inOrder(drawn)), common: face(weight, `./${commonFile(weight)}`, common) });
  }
  // Of two faces for one character the last counts (CSS Fonts 4, 5.2).
  await writeFile(path.join(workplace, 'faces.css'), [...faces.map(({ whole }) => whole), ...faces.map(({ common }) => common)].join(''));
  await writeFile(path.join(workplace, 'stamp'), stamp);
  await rm(folder, { recursive: true, force: true });
  await rename(workplace, folder);
}

export const commonFile = (weight: number) => `common-${weight}.ttf`;

/** Those that a font draws. */
export function charactersIn(font: Buffer): Set<string> {
  const opened = fontkit.create(font);
  if ('fonts' in opened) throw new Error('a collection of fonts, where one was expected');
  return new Set(opened.characterSet.map((number) => String.fromCodePoint(number)));
}

const face = (weight: number, url: string, characters: readonly string[]) => `@font-face {
  font-family: '${FAMILY}';
  font-weight: ${weight};
  font-display: block;
  src: url('${url}') format('truetype');
  unicode-range: ${rangesOf(characters).join(', ')};
}
`;

/** Every character of the texts below, in order of their numbers; printable ASCII always. */
export async function charactersOf(folders: readonly string[]): Promise<string[]> {
  const found = new Set(Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)));
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      // Tests hold rare names, lists of the keyboard every character there is.
      if (!entry.isFile() || !/\.(tsx?|json|yaml|html|css)$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
      for (const character of await readFile(path.join(entry.parentPath, entry.name), 'utf8')) if (character > '\u007F') found.add(character);
    }
  }
  return inOrder(found);
}

const inOrder = (characters: Iterable<string>) => [...characters].toSorted((one, other) => numberOf(one) - numberOf(other));
const numberOf = (character: string) => character.codePointAt(0) ?? 0;

/** `U+4E00-4E03` for characters that stand side by side. */
export function rangesOf(characters: readonly string[]): string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const character of characters) {
    const number = numberOf(character);
    const open = ranges.at(-1);
    if (open !== undefined && open.last === number - 1) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  const hex = (number: number) => number.toString(16).toUpperCase();
  return ranges.map(({ first, last }) => (first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`));
}
