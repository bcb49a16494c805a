/** Makes the terminal ready to start: its Electron, its bundles, and beside them the SQLite binding that Electron loads. */
import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { bundle, SITE_PAGES } from './bundle.ts';
import { electronMend, resolveElectron } from './electron-runtime.ts';
import type { ElectronRuntime } from './electron-runtime.ts';
import { resolveSqliteBinding, sqliteBindingMend } from './native.ts';
import { inProject } from './paths.ts';
import { stop } from './say.ts';

/**
 * Where core looks for its own SQLite binding: beside its bundle. When there is no file, the one of the npm package is
 * right. The same holds in a packaged terminal.
 */
export const bindingBesideCore = inProject('dist', 'terminal', 'better_sqlite3.node');

/** Brings everything up to date and answers the Electron to start. Ends the verb with the mend when something lacks. */
export async function prepareTerminal(): Promise<ElectronRuntime> {
  const electron = await resolveElectron();
  if (!electron.ok) stop(`there is no Electron: ${electron.error.tried.join('; ')}.`, electronMend);
  const binding = await resolveSqliteBinding(electron.value.version);
  if (!binding.ok) stop(`there is no SQLite for Electron ${electron.value.version}: ${binding.error.reason}.`, sqliteBindingMend);
  await bundle(['shell', 'preload', 'core', 'backup-worker', 'devices', 'kiosk', 'phone', 'quarantine', 'phone-page', 'site', ...SITE_PAGES]);
  await placeBinding(binding.value.path);
  return electron.value;
}

async function placeBinding(from: string | null): Promise<void> {
  if (from === null) return rm(bindingBesideCore, { force: true });
  const wanted = await stat(from);
  const placed = await stat(bindingBesideCore).catch(() => null);
  if (placed !== null && placed.size === wanted.size && placed.mtimeMs === wanted.mtimeMs) return;
  await mkdir(inProject('dist', 'terminal'), { recursive: true });
  // A running core keeps the old file: writing into it would take its code away from under it.
  await rm(bindingBesideCore, { force: true });
  await copyFile(from, bindingBesideCore);
  await utimes(bindingBesideCore, wanted.atime, wanted.mtime);
}

/** Switches that go before the application's folder. Chromium refuses its own sandbox to root, as containers and CI run. */
export function electronSwitches(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
