/**
 * Compiles what the on-screen keyboard knows: `renderer/ui/keyboard/data/` and `renderer/ui/handwriting/data/`. The results are kept in the
 * repository, so that building and testing fetch nothing; `stamp.json` says from what they were made, and a test compares it with the compilers.
 * Sources: two npm packages, pinned by their hashes; two lists in `sources/`, each with its licence beside it.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fontkit from 'fontkit';
import { ok, type Result } from '../../domain/result.ts';
import { type FetchFailure, fetchNpmPackage, type PinnedPackage } from '../npm-package.ts';
import { inProject } from '../paths.ts';
import { compileParts, readSequences } from './parts.ts';
import { compileStrokes, type Medians } from './strokes.ts';
import { compileWords, readUnihan } from './words.ts';

/** jieba's dictionary (MIT), in the package that keeps it current. */
const WORD_LIST: PinnedPackage = { name: '@node-rs/jieba', version: '2.0.3', integrity: 'sha512-WfTweEAbwHNPV4BvbhyQfG5E4wUQWnjy7x9Li4yYgwm+c4hlkuREkMcpCS0tTo+eTyDIBZ/kFVylns2blPBZxg==' };
/** Make Me a Hanzi's medians (Arphic Public License). */
const STROKE_SET: PinnedPackage = { name: 'hanzi-writer-data', version: '2.0.1', integrity: 'sha512-nbQwM+MaryGoq7pBMIZLCd3lFq03nXuJuwku1+6UbjL58uU+9OULVcMkoNvNuJSoIV7f1bbPRfD4D/LQa5S7qg==' };

/** What the results depend on besides the packages. */
const COMPILERS = ['form-words.ts', 'main.ts', 'parts.ts', 'readings.ts', 'strokes.ts', 'words.ts', 'sources/ids.txt', 'sources/unihan.txt'];
const STAMP = inProject('build', 'typing', 'stamp.json');
const WORDS = inProject('renderer', 'ui', 'keyboard', 'data', 'words.txt');
const PARTS = inProject('renderer', 'ui', 'keyboard', 'data', 'parts.txt');
const STROKES = inProject('renderer', 'ui', 'handwriting', 'data', 'strokes.bin');

const LICENCES = inProject('renderer', 'kiosk', 'public', 'licences');
/** The Arphic Public License, section 2 a, asks for a notice of how and when a file was changed; it cannot stand in a binary one. */
const NOTICE = `Data of the on-screen keyboard, compiled by build/typing of Jinban, 2026.

strokes.bin  The strokes' middle lines of Make Me a Hanzi (hanzi-writer-data ${STROKE_SET.version}), from fonts of Arphic Technology Co., Ltd.
             Changed in 2026: five points a stroke, 256 steps a side, ordered by how common the characters are. Licence: arphic.txt
words.txt    Words and counts of jieba by Sun Junyi (MIT), as packed in @node-rs/jieba ${WORD_LIST.version}: jieba.txt
             Readings of single characters from Unihan: unicode.txt
parts.txt    Ideographic description sequences by Yi Bai: ids.txt. Strokes from Unihan: unicode.txt
`;

/** Hashes of the compilers and of the results: `made` as they are now, `stamped` as they were when the results were written. */
export async function typingStamp(): Promise<{ made: Record<string, string>; stamped: unknown }> {
  const { version } = JSON.parse(await readFile(inProject('node_modules', 'pinyin-pro', 'package.json'), 'utf8')) as { version: string };
  const made: Record<string, string> = { 'pinyin-pro': version };
  for (const file of [...COMPILERS.map((name) => inProject('build', 'typing', ...name.split('/'))), WORDS, PARTS, STROKES]) {
    made[path.relative(inProject(), file).replaceAll('\\', '/')] = createHash('sha256').update(await readFile(file)).digest('hex');
  }
  return { made, stamped: JSON.parse(await readFile(STAMP, 'utf8').catch(() => 'null')) };
}

/** Fetches the sources and writes the results. @returns what was written, or why a source could not be had */
export async function compileTyping(): Promise<Result<{ file: string; bytes: number }[], FetchFailure>> {
  const workplace = await mkdtemp(path.join(tmpdir(), 'jinban-typing-'));
  try {
    const words = await fetchNpmPackage(WORD_LIST, workplace);
    if (!words.ok) return words;
    const strokes = await fetchNpmPackage(STROKE_SET, workplace);
    if (!strokes.ok) return strokes;
    const list = await readFile(path.join(words.value, 'package', 'dict.txt'), 'utf8');
    const unihan = readUnihan(await readFile(inProject('build', 'typing', 'sources', 'unihan.txt'), 'utf8'));
    const sequences = readSequences(await readFile(inProject('build', 'typing', 'sources', 'ids.txt'), 'utf8'));
    const counts = new Map(list.split('\n').map((line) => line.split(' ')).map(([word = '', count = '0']) => [word, Number(count)]));
    const font = fontkit.openSync(inProject('node_modules', '@expo-google-fonts', 'noto-sans-sc', '400Regular', 'NotoSansSC_400Regular.ttf'));
    const drawn = (character: string) => 'hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
    const results: [string, string | Uint8Array][] = [
      [WORDS, compileWords(list, unihan, (character) => (drawn(character) ? (sequences.get(character)?.filter(drawn) ?? []) : []))],
      [PARTS, compileParts(sequences, unihan, (character) => counts.get(character) ?? 0, drawn)],
      [STROKES, compileStrokes((await readMedians(path.join(strokes.value, 'package'))).sort((a, b) => (counts.get(b.character) ?? 0) - (counts.get(a.character) ?? 0) || (a.character < b.character ? -1 : 1)))],
    ];
    for (const [file, content] of results) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    // The licences ask to go wherever the data goes: the window's bundle carries this folder as it is.
    await mkdir(LICENCES, { recursive: true });
    const licences: [string, string][] = [
      ['arphic.txt', path.join(strokes.value, 'package', 'ARPHICPL.TXT')], ['jieba.txt', path.join(words.value, 'package', 'LICENSE')],
      ['ids.txt', inProject('build', 'typing', 'sources', 'LICENCE-ids.txt')], ['unicode.txt', inProject('build', 'typing', 'sources', 'LICENCE-unicode.txt')],
    ];
    for (const [name, from] of licences) await copyFile(from, path.join(LICENCES, name));
    await writeFile(path.join(LICENCES, 'README.txt'), NOTICE);
    await writeFile(STAMP, `${JSON.stringify((await typingStamp()).made, null, 2)}\n`);
    return ok(results.map(([file, content]) => ({ file: path.relative(inProject(), file), bytes: Buffer.byteLength(content) })));
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

async function readMedians(folder: string): Promise<Medians[]> {
  const files = (await readdir(folder)).filter((name) => /^\p{Script=Han}\.json$/u.test(name)).sort();
  const set: Medians[] = [];
  for (const name of files) {
    const { medians } = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as { medians: [number, number][][] };
    set.push({ character: name.replace('.json', ''), strokes: medians });
  }
  return set;
}
