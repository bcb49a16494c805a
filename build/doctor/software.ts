/** Checks of the programs and packages on this machine. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { bundledFont, systemFonts } from '../../printers/papers/font-files.ts';
import { displayMend } from '../display.ts';
import { electronMend, resolveElectron } from '../electron-runtime.ts';
import type { ElectronRuntime } from '../electron-runtime.ts';
import { probeSqliteBinding, resolveSqliteBinding, sqliteBindingMend } from '../native.ts';
import { describeRunFailure, run } from '../run.ts';
import { fine, lacking, warning } from './check.ts';
import type { Check } from './check.ts';

/** Node, Electron with what it is linked to, and the SQLite binding it loads. */
export async function checkRuntimes(): Promise<Check[]> {
  const node = fine('Node.js', process.versions.node);
  const electron = await resolveElectron();
  if (!electron.ok) return [node, lacking('Electron', electron.error.tried.join('; '), electronMend)];
  const { version, directory } = electron.value;
  return [node, fine('Electron', `${version} in ${directory}`), await checkLibraries(electron.value), await checkBinding(electron.value)];
}

async function checkLibraries({ executable }: ElectronRuntime): Promise<Check> {
  const name = 'Electron libraries';
  if (process.platform !== 'linux') return fine(name, 'come with it');
  const linked = await run('ldd', [executable]);
  if (!linked.ok) return warning(name, describeRunFailure(linked.error), 'Start the terminal to see whether one is missing.');
  const missing = [...linked.value.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1]);
  if (missing.length === 0) return fine(name, 'all found');
  return lacking(name, `missing ${missing.join(', ')}`, 'Run ./jinban terminal as root, which installs them, or install the packages that hold them.');
}

async function checkBinding(electron: ElectronRuntime): Promise<Check> {
  const name = 'encrypted SQLite';
  const binding = await resolveSqliteBinding(electron.version);
  if (!binding.ok) return lacking(name, binding.error.reason, sqliteBindingMend);
  const works = await probeSqliteBinding(electron.executable, binding.value.path);
  if (!works.ok) return lacking(name, works.error.reason, sqliteBindingMend);
  return fine(name, binding.value.path === null ? 'the binary of its npm package' : binding.value.path);
}

/** A screen to draw on: this machine's own, or one in memory. */
export async function checkDisplay(): Promise<Check> {
  const name = 'display';
  const display = process.env['WAYLAND_DISPLAY'] ?? process.env['DISPLAY'] ?? '';
  if (process.platform !== 'linux' || display !== '') return fine(name, display === '' ? 'this desktop' : display);
  if (await programAt('Xvfb')) return fine(name, 'none; windows are drawn in memory (Xvfb)');
  return lacking(name, 'none, and no Xvfb', displayMend);
}

type Tool = { programs: string[]; name: string; packages: string; neededFor: string; isNeeded: boolean };

/** What the terminal, the demo and the tests run beside our own programs. */
const tools: Tool[] = [
  { programs: ['ippeveprinter', 'ipptool'], name: 'IPP printer to test with', packages: 'cups-ipp-utils', neededFor: 'the demo prints to it', isNeeded: true },
  { programs: ['dbus-daemon', 'avahi-daemon'], name: 'service discovery', packages: 'dbus avahi-daemon', neededFor: 'the IPP printer announces itself by it', isNeeded: true },
  { programs: ['socat'], name: 'pseudo-terminals', packages: 'socat', neededFor: 'serial emulators', isNeeded: true },
  { programs: ['pdftoppm'], name: 'PDF renderer', packages: 'poppler-utils', neededFor: 'tests look at papers', isNeeded: false },
  { programs: ['scanimage'], name: 'scanner access (SANE)', packages: 'sane-utils', neededFor: 'document scanners', isNeeded: false },
  { programs: ['espeak-ng'], name: 'speech', packages: 'espeak-ng', neededFor: 'screens are read aloud where the window has no voice of its own', isNeeded: false },
  { programs: ['chromium-headless-shell'], name: 'browser', packages: 'chromium-headless-shell', neededFor: 'tests of the hall console', isNeeded: false },
];

export function checkTools(): Promise<Check[]> {
  if (process.platform !== 'linux') return Promise.resolve([]);
  return Promise.all(tools.map(checkTool));
}

async function checkTool({ name, programs, packages, neededFor, isNeeded }: Tool): Promise<Check> {
  const found = await Promise.all(programs.map(programAt));
  const missing = programs.filter((_, index) => found[index] === null);
  if (missing.length === 0) return fine(name, found.join(', '));
  return (isNeeded ? lacking : warning)(name, `no ${missing.join(', ')} (${neededFor})`, `Install it: apt-get install ${packages}`);
}

/** Where a program is, as a shell run by this machine's services would find it; null when it is not. */
async function programAt(program: string): Promise<string | null> {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const file = path.join(folder, program);
    if (await access(file, constants.X_OK).then(() => true, () => false)) return file;
  }
  return null;
}

/** The fonts papers are set in, the one screens fall back to, and one for the rarest characters of names. */
export async function checkFonts(): Promise<Check[]> {
  const checks: Check[] = [checkPaperFont()];
  const rare = systemFonts();
  checks.push(
    rare.length > 0
      ? fine('font for rare names', rare.map((file) => path.basename(file)).join(', '))
      : warning('font for rare names', 'none: a paper with a character beyond the common planes is refused', 'Install one: apt-get install fonts-hanazono'),
  );
  if (process.platform !== 'linux') return checks;
  const listed = await run('fc-list', [':lang=zh-cn', 'family']);
  const hasFont = listed.ok && listed.value.trim() !== '';
  checks.push(hasFont ? fine('font for screens', listed.value.trim().split('\n')[0] ?? '') : warning('font for screens', 'the system has no Chinese font', 'Install one: apt-get install fonts-noto-cjk'));
  return checks;
}

function checkPaperFont(): Check {
  const name = 'font for papers';
  try {
    return fine(name, path.basename(bundledFont('serif')));
  } catch {
    return lacking(name, 'the font package is not installed', 'Delete node_modules and run the same command again.');
  }
}
