/** `jinban package`: builds the terminal as a folder that runs on its own, in out/package. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { neededPackages } from '../needed-packages.ts';
import { inProject } from '../paths.ts';
import { say } from '../say.ts';
import { prepareTerminal } from '../terminal.ts';

/** Read as files when a paper is set: no import names them. */
const fontPackages = ['@expo-google-fonts/noto-sans-sc', '@expo-google-fonts/noto-serif-sc'];

const electron = await prepareTerminal();
const staged = inProject('out', 'package-app');
await stage();
await build({
  projectDir: staged,
  targets: Platform.current().createTarget('dir'),
  config: {
    extends: inProject('electron-builder.yml'),
    electronVersion: electron.version,
    electronDist: electron.directory,
    afterPack: ({ appOutDir }) => rm(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
  },
});
process.stdout.write(`${inProject('out', 'package')}\n`);

/** Lays out exactly what a terminal needs; electron-builder by itself would add what only the hall and the build use. */
async function stage(): Promise<void> {
  say('Gathering what the terminal needs');
  await rm(staged, { recursive: true, force: true });
  await mkdir(staged, { recursive: true });
  for (const folder of ['dist/terminal', 'dist/kiosk', 'packs']) await cp(inProject(folder), path.join(staged, folder), { recursive: true });
  const bundles = ['core.mjs', 'devices.mjs'].map((file) => inProject('dist', 'terminal', file));
  for (const folder of await neededPackages(bundles, fontPackages)) await cp(inProject(folder), path.join(staged, folder), { recursive: true, filter: isNeededAtRunTime });
  const { name, version, description, license, type, main } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<string, string>;
  await writeFile(path.join(staged, 'package.json'), JSON.stringify({ name, version, description, license, type, main }, null, 2));
}

/** Leaves out nested packages (they are listed themselves), other systems' binaries, C sources, and fonts no paper is set in. */
function isNeededAtRunTime(file: string): boolean {
  const name = path.relative(inProject('node_modules'), file).split(path.sep).join('/');
  if (name.endsWith('/node_modules')) return false;
  if (name.includes('/prebuilds/')) return name.includes(`/prebuilds/${process.platform}-${process.arch}`);
  if (/^better-sqlite3-multiple-ciphers\/(deps|src)$/.test(name)) return false;
  if (/^@expo-google-fonts\/[^/]+\/\d/.test(name)) return /\/(400Regular|500Medium|700Bold)(\/|$)/.test(name);
  return !/\.map$|\.d\.[mc]?ts$|\/(readme|changelog)\.md$/i.test(name);
}
