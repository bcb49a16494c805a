/**
 * Bundles the terminal's processes and the React windows into `dist/`, for the oldest Electron that runs them.
 *
 * | target | from | to |
 * |---|---|---|
 * | shell, preload | main/shell/main.ts, main/preload/preload.ts | dist/terminal/shell.cjs, preload.cjs: one file each, all but `electron` inside |
 * | core, its thread for backups | main/core/host.ts, main/core/backup-worker.ts | dist/terminal/core.mjs, backup-worker.mjs: packages inside, since a citizen waits while hundreds of their files are opened one by one |
 * | devices | devices/host.ts | dist/terminal/devices.mjs: packages stay in node_modules, many of them read files beside them |
 * | phone | main/phone/host.ts | dist/terminal/phone.mjs: the page for citizens' phones |
 * | site | main/site/host.ts | dist/terminal/site.mjs: the site's queue, for counters and boards; packages inside, since one of them asks with `require` for another that is an ES module, which Node 20 refuses |
 * | kiosk, console | renderer/kiosk, renderer/console | dist/kiosk, dist/console; of the kiosk's window two pages more, which come with its first screen drawn (`first-screen.ts`) |
 * | counter | renderer/counter | dist/counter: the pages of a site's windows, served by its machines |
 * | quarantine, phone-page | renderer/quarantine, renderer/phone | dist/quarantine, dist/phone |
 * | position | renderer/position | dist/position: where a phone sees its place in the queue, served by the site host |
 * | catalogue | renderer/catalogue | dist/catalogue: the design language, for `jinban ui` |
 * | board | renderer/board | dist/board: what hangs over the windows of a site, and stands before them |
 * | voice | voice-packs/, the system's speech engine | dist/voice: what boards say, a folder a voice |
 *
 * Core and devices are ES modules because some packages are that only, which Node 20's `require` refuses. A bundle lies
 * two folders below the project, as `main/core` does: relative paths to data hold in both.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build as viteBuild } from 'vite';
import type { InlineConfig } from 'vite';
import { never } from '../domain/result.ts';
import { systemSpeech } from '../main/core/speech.ts';
import { drawFirstScreens } from './first-screen.ts';
import { inProject } from './paths.ts';
import { say } from './say.ts';
import { makeScreenFonts, SCREEN_FONTS } from './screen-fonts/faces.ts';
import { bundleVoices } from './voice/make.ts';

/** Electron 33 is the oldest runtime: Node 20.18, Chromium 130. */
const nodeTarget = 'node20.18';
const chromiumTarget = 'chrome130';

const terminalSources = ['domain', 'main', 'devices', 'printers', 'sync', 'courier', 'crypto', 'wire', 'package.json'];
const windowSources = ['domain', 'renderer'];
/** Of windows that are drawn in our own font: the characters that it needs stand in the packs, too. */
const fontSources = [...windowSources, 'packs', 'build/screen-fonts'];

/** Packages that load a library of this machine: they stay files of their own. */
export const NATIVE = ['better-sqlite3-multiple-ciphers', 'serialport'];

type Target = {
  name: string;
  /** Relative to the project. A target whose entry is missing is left out. */
  entry: string;
  /** The file or folder in `dist/` it becomes. */
  output: string;
  /** The folders it may import from: when nothing in them changed, nothing is built. */
  sources: string[];
  kind: { kind: 'script' } | { kind: 'module'; inlined: boolean } | { kind: 'page'; base: string } | { kind: 'voices'; recorded: string };
};

/** Every target. The kiosk is served from its own scheme's root or a file; the console by the hall under /console/, the counter by a site's machines under /counter/. */
export const targets: Target[] = [
  { name: 'shell', entry: 'main/shell/main.ts', output: 'terminal/shell.cjs', sources: terminalSources, kind: { kind: 'script' } },
  { name: 'preload', entry: 'main/preload/preload.ts', output: 'terminal/preload.cjs', sources: terminalSources, kind: { kind: 'script' } },
  { name: 'core', entry: 'main/core/host.ts', output: 'terminal/core.mjs', sources: terminalSources, kind: { kind: 'module', inlined: true } },
  { name: 'backup-worker', entry: 'main/core/backup-worker.ts', output: 'terminal/backup-worker.mjs', sources: terminalSources, kind: { kind: 'module', inlined: true } },
  { name: 'devices', entry: 'devices/host.ts', output: 'terminal/devices.mjs', sources: terminalSources, kind: { kind: 'module', inlined: false } },
  { name: 'phone', entry: 'main/phone/host.ts', output: 'terminal/phone.mjs', sources: terminalSources, kind: { kind: 'module', inlined: false } },
  { name: 'site', entry: 'main/site/host.ts', output: 'terminal/site.mjs', sources: terminalSources, kind: { kind: 'module', inlined: true } },
  { name: 'kiosk', entry: 'renderer/kiosk/index.html', output: 'kiosk', sources: [...fontSources, 'build/first-screen.ts'], kind: { kind: 'page', base: './' } },
  { name: 'quarantine', entry: 'renderer/quarantine/index.html', output: 'quarantine', sources: windowSources, kind: { kind: 'page', base: './' } },
  { name: 'phone-page', entry: 'renderer/phone/index.html', output: 'phone', sources: windowSources, kind: { kind: 'page', base: './' } },
  { name: 'position', entry: 'renderer/position/index.html', output: 'position', sources: windowSources, kind: { kind: 'page', base: '/position/' } },
  { name: 'console', entry: 'renderer/console/index.html', output: 'console', sources: windowSources, kind: { kind: 'page', base: '/console/' } },
  { name: 'counter', entry: 'renderer/counter/index.html', output: 'counter', sources: windowSources, kind: { kind: 'page', base: '/counter/' } },
  { name: 'catalogue', entry: 'renderer/catalogue/index.html', output: 'catalogue', sources: fontSources, kind: { kind: 'page', base: './' } },
  { name: 'board', entry: 'renderer/board/index.html', output: 'board', sources: fontSources, kind: { kind: 'page', base: '/board/' } },
  { name: 'voice', entry: 'build/voice/make.ts', output: 'voice', sources: ['build/voice', 'domain/queue/numbers.ts', 'domain/queue/sound.ts', 'domain/queue/voice-pack.ts', 'main/core/speech.ts', 'voice-packs'], kind: { kind: 'voices', recorded: 'voice-packs' } },
];

/** Pages that a machine of a site serves: to counters, boards and phones. */
export const SITE_PAGES = ['counter', 'board', 'position', 'voice'];

/** What became of each target: `unchanged` since its last build, or `missing` its entry file. */
export type BundleOutcome = { target: string; outcome: 'built' | 'unchanged' | 'missing' };

/**
 * Brings the named targets in `dist/` up to date (all of them by default). Throws when the sources do not bundle.
 * @param names names of `targets`
 */
export async function bundle(names?: string[]): Promise<BundleOutcome[]> {
  const wanted = targets.filter((target) => names?.includes(target.name) ?? true);
  const hashes = new Map<string, Promise<string>>();
  const outcomes: BundleOutcome[] = [];
  for (const target of wanted) {
    const key = target.sources.join();
    const hash = hashes.get(key) ?? hashOf(target.sources);
    hashes.set(key, hash);
    outcomes.push({ target: target.name, outcome: await bringUpToDate(target, await hash) });
  }
  return outcomes;
}

async function bringUpToDate(target: Target, hash: string): Promise<BundleOutcome['outcome']> {
  if (!existsSync(inProject(target.entry))) return 'missing';
  const output = inProject('dist', target.output);
  const stamp = inProject('dist', '.stamps', target.name);
  const stamped = await readFile(stamp, 'utf8').catch(() => '');
  if (stamped === hash && existsSync(output)) return 'unchanged';
  say(`Bundling ${target.name}`);
  await mkdir(path.dirname(output), { recursive: true });
  await mkdir(path.dirname(stamp), { recursive: true });
  // Built aside and moved into place, so that a terminal that starts meanwhile never finds half a bundle.
  const workplace = await mkdtemp(inProject('dist', '.bundle-'));
  let isWhole = true;
  try {
    if (target.kind.kind === 'voices') isWhole = await makeVoices(workplace, target.kind.recorded);
    else {
      if (target.sources.includes('build/screen-fonts')) await makeScreenFonts();
      await bundleWithVite(target, workplace);
    }
    await rm(output, { recursive: true, force: true });
    if (target.kind.kind === 'page' || target.kind.kind === 'voices') await rename(workplace, output);
    else for (const file of [target.output, licencesOf(target)]) await rename(path.join(workplace, path.basename(file)), inProject('dist', file));
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
  if (isWhole) await writeFile(stamp, hash);
  return 'built';
}

/** @returns false: this machine has no speech engine; boards show and chime, and the next build tries again */
async function makeVoices(workplace: string, recorded: string): Promise<boolean> {
  const engine = systemSpeech();
  try {
    const made = await bundleVoices(workplace, inProject(recorded), engine);
    if (!made.ok) say('There is no espeak-ng here: boards of a queue will show and chime, and not speak.');
    return made.ok;
  } finally {
    engine.close();
  }
}

async function bundleWithVite(target: Target, workplace: string): Promise<void> {
  // Whoever bundles, a test runner too, gets what is shipped: React's development build carries the paths of this machine.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await viteBuild(configFor(target, workplace));
    if (target.name === 'kiosk') await drawFirstScreens(workplace);
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
}

function configFor(target: Target, outDir: string): InlineConfig {
  const shared: InlineConfig = { configFile: false, envDir: false, logLevel: 'warn', clearScreen: false, publicDir: false };
  const entry = inProject(target.entry);
  switch (target.kind.kind) {
    case 'page':
      return {
        ...shared,
        root: path.dirname(entry),
        base: target.kind.base,
        plugins: [react()],
        resolve: { alias: { [SCREEN_FONTS.name]: SCREEN_FONTS.folder } },
        publicDir: path.join(path.dirname(entry), 'public'),
        // Fonts are files of their own: inlined they would delay the first screen.
        build: { outDir, emptyOutDir: true, target: chromiumTarget, assetsInlineLimit: 0, chunkSizeWarningLimit: 4_000, license: { fileName: licencesOf(target) } },
      };
    case 'script':
      return { ...shared, root: inProject(), ssr: { noExternal: true }, build: processBuild(target, outDir, 'cjs', ['electron']) };
    case 'module':
      return { ...shared, root: inProject(), ...(target.kind.inlined ? { ssr: { noExternal: true, external: NATIVE } } : {}), build: processBuild(target, outDir, 'esm', ['electron']) };
    case 'voices':
      throw new Error('voices are no bundle of Vite');
    default:
      return never(target.kind);
  }
}

/** Where the licences of the packages that are inside a bundle go with it, relative to `dist/`, or for a page to its own folder. */
function licencesOf({ kind, output }: Target): string {
  return kind.kind === 'page' ? 'licences/packages.md' : `${output}.licences.md`;
}

/** One file without source splitting, readable as it is: a technician's stack trace names its lines. */
function processBuild(target: Target, outDir: string, format: 'cjs' | 'esm', external: string[]): NonNullable<InlineConfig['build']> {
  return {
    outDir,
    license: { fileName: path.basename(licencesOf(target)) },
    ssr: inProject(target.entry),
    target: nodeTarget,
    minify: false,
    rolldownOptions: {
      external: [...external, ...builtinModules, /^node:/],
      output: { format, entryFileNames: path.basename(target.output), codeSplitting: false },
    },
  };
}

/** A hash over what decides a bundle: its sources' texts, the packages' versions and this file. */
async function hashOf(folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  const files = [inProject('package-lock.json'), import.meta.filename];
  for (const folder of folders) files.push(...(await filesBelow(inProject(folder))));
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${path.relative(inProject(), file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  if (statSync(folder).isFile()) return [folder];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
