/** Packages the terminal: a folder with Electron, the bundles and every npm package they need, which runs on its own. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { NATIVE, SITE_PAGES } from './bundle.ts';
import { neededPackages } from './needed-packages.ts';
import { inProject } from './paths.ts';
import { say } from './say.ts';
import { prepareTerminal } from './terminal.ts';

/** Read as files when a paper is set: no import names them. */
const fontPackages = ['@expo-google-fonts/noto-sans-sc', '@expo-google-fonts/noto-serif-sc'];

/**
 * @property folder everything that goes to the machine; may be copied and renamed
 * @property executable the program in it, started with `--config FILE`
 * @property packs the item packs in it: plain files, which `terminal.yaml` names
 */
export type PackagedTerminal = { folder: string; executable: string; packs: string };

/**
 * Packages for this machine's system. Ends the verb when there is no Electron; throws when packaging fails.
 * @param output where the packaged folder is made; an earlier one in there is replaced
 */
export async function packageTerminal(output: string): Promise<PackagedTerminal> {
  const electron = await prepareTerminal();
  const staged = await mkdtemp(path.join(tmpdir(), 'jinban-package-'));
  let folder = '';
  try {
    await stage(staged);
    await build({
      projectDir: staged,
      targets: Platform.current().createTarget('dir'),
      config: {
        extends: inProject('electron-builder.yml'),
        directories: { output },
        electronVersion: electron.version,
        electronDist: electron.directory,
        async afterPack({ appOutDir }) {
          folder = appOutDir;
          await rm(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
        },
      },
    });
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
  return { folder, executable: path.join(folder, process.platform === 'win32' ? 'jinban.exe' : 'jinban'), packs: path.join(folder, 'packs') };
}

/** Lays out exactly what a terminal needs; electron-builder by itself would add what only the hall and the build use. */
async function stage(staged: string): Promise<void> {
  say('Gathering what the terminal needs');
  await mkdir(path.join(staged, 'dist'));
  for (const folder of ['dist/terminal', 'dist/kiosk', 'dist/quarantine', 'dist/phone', ...SITE_PAGES.map((page) => `dist/${page}`).filter((page) => existsSync(inProject(page))), 'packs']) await cp(inProject(folder), path.join(staged, folder), { recursive: true });
  // The other bundles have their packages inside, all but those that load a library.
  const bundles = ['devices.mjs', 'phone.mjs'].map((file) => inProject('dist', 'terminal', file));
  for (const folder of await neededPackages(bundles, [...fontPackages, ...NATIVE])) await cp(inProject(folder), path.join(staged, folder), { recursive: true, filter: isNeededAtRunTime });
  const { name, version, description, license, type, main } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<string, string>;
  await writeFile(path.join(staged, 'package.json'), JSON.stringify({ name, version, description, license, type, main }, null, 2));
}

/** Leaves out nested packages (they are listed themselves), other systems' binaries, C sources, and fonts no paper is set in. */
function isNeededAtRunTime(file: string): boolean {
  const name = path.relative(inProject('node_modules'), file).split(path.sep).join('/');
  if (name.endsWith('/node_modules')) return false;
  // Some name the part before the system: `prebuilds/HID_hidraw-linux-x64`.
  if (name.includes('/prebuilds/')) return new RegExp(`/prebuilds/([^/]*-)?${process.platform}-${process.arch}`).test(name);
  if (/^(better-sqlite3-multiple-ciphers\/(deps|src)|node-hid\/(hidapi|src)|koffi\/(doc|lib|vendor))$/.test(name)) return false;
  if (/^@expo-google-fonts\/[^/]+\/\d/.test(name)) return /\/(400Regular|500Medium|700Bold)(\/|$)/.test(name) && !name.endsWith('.png');
  return !/\.map$|\.d\.[mc]?ts$|\/(readme|changelog)\.md$/i.test(name);
}
