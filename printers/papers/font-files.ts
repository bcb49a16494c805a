/**
 * Where the fonts are: the bundled Noto families inside `node_modules`, and what the system adds for rarer characters.
 * Nothing is read here; the chain opens a file when a text first needs it.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The faces a layout may ask for: family and weight (400, 500, 700). */
export type Face = 'sans' | 'sans-medium' | 'sans-bold' | 'serif' | 'serif-medium' | 'serif-bold';

const FACES: Record<Face, { family: 'noto-sans-sc' | 'noto-serif-sc'; file: string }> = {
  sans: { family: 'noto-sans-sc', file: '400Regular/NotoSansSC_400Regular.ttf' },
  'sans-medium': { family: 'noto-sans-sc', file: '500Medium/NotoSansSC_500Medium.ttf' },
  'sans-bold': { family: 'noto-sans-sc', file: '700Bold/NotoSansSC_700Bold.ttf' },
  serif: { family: 'noto-serif-sc', file: '400Regular/NotoSerifSC_400Regular.ttf' },
  'serif-medium': { family: 'noto-serif-sc', file: '500Medium/NotoSerifSC_500Medium.ttf' },
  'serif-bold': { family: 'noto-serif-sc', file: '700Bold/NotoSerifSC_700Bold.ttf' },
};

/**
 * Fonts for the rarer planes, by file name in lower case: HanaMin A and B (Debian `fonts-hanazono`), SimSun-ExtB (Windows),
 * Plangothic. Only outlines of the TrueType kind: pdfkit's subsets of CFF collections are known to lose glyphs.
 */
const SYSTEM_FONTS = ['hanamina.ttf', 'hanaminb.ttf', 'plangothicp1-regular.ttf', 'plangothicp2-regular.ttf', 'simsunb.ttf', 'simsunextg.ttf'];

const SYSTEM_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', 'C:\\Windows\\Fonts'];

/** Deepest folder below a font folder that is looked into: Debian nests three (`truetype/hanazono/…`). */
const SYSTEM_DEPTH = 3;

/**
 * Path of a bundled face. Node finds the package from this file; a bundled process (one file in `dist/`, packed or not) finds
 * the same `node_modules` beside one of its own folders.
 * @throws Error when the packages are not installed: nothing can be printed then.
 */
export function bundledFont(face: Face): string {
  const { family, file } = FACES[face];
  const name = `@expo-google-fonts/${family}`;
  const from = here();
  try {
    const packed = join(dirname(createRequire(from).resolve(`${name}/package.json`)), file);
    if (existsSync(packed)) return packed;
  } catch {
    // Not resolvable from here: look upwards from where this process lives.
  }
  for (const start of [dirname(from), resourcesFolder(), process.cwd()]) {
    for (const folder of upwards(start)) {
      const candidate = join(folder, 'node_modules', name, file);
      if (existsSync(candidate)) return candidate;
    }
  }
  throw new Error(`font package ${name} is not installed`);
}

/** Paths of the further fonts this machine has, in the order of `SYSTEM_FONTS`; empty when it has none. */
export function systemFonts(folders: readonly string[] = SYSTEM_FOLDERS): string[] {
  const found = new Map<string, string>();
  for (const folder of folders) collect(folder, SYSTEM_DEPTH, found);
  return SYSTEM_FONTS.flatMap((name) => found.get(name) ?? []);
}

function collect(folder: string, depth: number, found: Map<string, string>): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = entry.name.toLowerCase();
    if (entry.isDirectory() && depth > 0) collect(path, depth - 1, found);
    else if (SYSTEM_FONTS.includes(name) && !found.has(name)) found.set(name, path);
  }
}

function here(): string {
  return fileURLToPath(import.meta.url);
}

/** Electron's folder of a packed program; elsewhere the working folder. */
function resourcesFolder(): string {
  const path: unknown = Reflect.get(process, 'resourcesPath');
  return typeof path === 'string' ? path : process.cwd();
}

function upwards(start: string): string[] {
  const folders: string[] = [];
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    folders.push(folder, join(folder, 'app'), join(folder, 'app.asar'));
    if (dirname(folder) === folder) return folders;
  }
}
