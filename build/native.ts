/**
 * The SQLite binding that a given Electron can load. better-sqlite3-multiple-ciphers ships binaries for Node-API 10:
 * Node from 22 and Electron from 35 load them as they are. An older Electron needs one build on this machine, kept in
 * the user's cache. That build asks nothing of Node's own headers but Node-API, which npm carries by itself.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { err, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { describeFetchFailure, fetchNpmPackage } from './npm-package.ts';
import type { PinnedPackage } from './npm-package.ts';
import { cacheDirectory, inProject } from './paths.ts';
import { describeRunFailure, run } from './run.ts';
import { say } from './say.ts';

/**
 * @property path the file to give to better-sqlite3 as `nativeBinding`; null when its own choice is right
 */
export type SqliteBinding = { path: string | null };

/** `no-binding`: neither a shipped nor a built binary serves this Electron; `reason` is for a technician. */
export type SqliteBindingFailure = { kind: 'no-binding'; reason: string };

/** What to tell a person whose machine cannot build the binding. */
export const sqliteBindingMend = 'Install what a native module is built with: apt-get install g++ make python3';

/** The first Electron with Node-API 10. */
const firstElectronWithPrebuild = 35;

const requireHere = createRequire(import.meta.url);
const moduleName = 'better-sqlite3-multiple-ciphers';

const headers: PinnedPackage = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
};

/** The module asks for Node-API 10 and uses one thing of it, which the header named here makes up for. */
const referencesHeader = 'string-references.h';
/** node-gyp compiles in the folder `build` of the copy, where the header lies one above. */
const compilerFlags = `-UNAPI_VERSION -DNAPI_VERSION=9 -include ../${referencesHeader}`;

/** A slow two-core machine needs about two minutes. */
const buildTimeout = 20 * 60_000;

/** Finds or builds the binding for an Electron such as `33.2.1`. The first call may take a minute or two. */
export async function resolveSqliteBinding(electronVersion: string): Promise<Result<SqliteBinding, SqliteBindingFailure>> {
  if (Number.parseInt(electronVersion, 10) >= firstElectronWithPrebuild) return ok({ path: null });
  const { version } = requireHere(`${moduleName}/package.json`) as { version: string };
  const header = await readFile(inProject('build', 'native', referencesHeader));
  const recipe = createHash('sha256').update(compilerFlags).update(header).digest('hex').slice(0, 8);
  const kept = path.join(cacheDirectory, `${moduleName}-${version}-napi9-${recipe}-${process.platform}-${process.arch}.node`);
  if (existsSync(kept)) return ok({ path: kept });
  await mkdir(cacheDirectory, { recursive: true });
  say(`Building ${moduleName} ${version} for Electron ${electronVersion} (a minute or two, once)`);
  const fetched = await fetchNpmPackage(headers, cacheDirectory);
  if (!fetched.ok) return err({ kind: 'no-binding', reason: `the Node-API headers: ${describeFetchFailure(fetched.error)}` });
  const workplace = await mkdtemp(path.join(cacheDirectory, 'native-'));
  try {
    const built = await build(workplace, path.join(fetched.value, 'package', 'include'));
    if (!built.ok) return built;
    // The rename is the last step: a build that was cut off leaves nothing that looks whole.
    await rename(built.value, kept);
    return ok({ path: kept });
  } finally {
    await rm(workplace, { recursive: true, force: true });
    await rm(fetched.value, { recursive: true, force: true });
  }
}

/** Builds in a copy of the package, so that node_modules stays as npm laid it. Answers the built file. */
async function build(workplace: string, include: string): Promise<Result<string, SqliteBindingFailure>> {
  const sources = path.join(workplace, 'node_modules', moduleName);
  const addonHeaders = path.join(workplace, 'node_modules', 'node-addon-api');
  const packageOf = (name: string) => path.dirname(requireHere.resolve(`${name}/package.json`));
  const noBinaries = (file: string) => !file.endsWith('.node');
  await cp(packageOf(moduleName), sources, { recursive: true, filter: noBinaries });
  await cp(inProject('build', 'native', referencesHeader), path.join(sources, referencesHeader));
  await cp(packageOf('node-addon-api'), addonHeaders, { recursive: true });
  const nodeDirectory = await layHeaders(workplace, include);
  const nodeGyp = path.join(packageOf('node-gyp'), 'bin', 'node-gyp.js');
  const argv = [nodeGyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${nodeDirectory}`];
  const done = await run(process.execPath, argv, {
    cwd: sources,
    environment: { ...process.env, CXXFLAGS: compilerFlags },
    timeoutMilliseconds: buildTimeout,
  });
  if (!done.ok) return err({ kind: 'no-binding', reason: describeRunFailure(done.error) });
  return ok(path.join(sources, 'build', 'Release', 'better_sqlite3.node'));
}

/**
 * Lays out what node-gyp takes for an installed Node: the headers, and the two files of build settings that come with
 * them. For a Node-API module these have nothing to add to node-gyp's own settings.
 */
async function layHeaders(workplace: string, include: string): Promise<string> {
  const nodeDirectory = path.join(workplace, 'node');
  const target = path.join(nodeDirectory, 'include', 'node');
  await cp(include, target, { recursive: true });
  await writeFile(path.join(target, 'common.gypi'), '{}\n');
  await writeFile(path.join(target, 'config.gypi'), "{'target_defaults': {}, 'variables': {}}\n");
  return nodeDirectory;
}

/** Statements made and dropped until garbage is collected: a binding that is wrong for its runtime ends the process there. */
const probeProgram = `
const Database = require(process.env.JINBAN_PROBE_MODULE);
const nativeBinding = process.env.JINBAN_PROBE_BINDING || undefined;
const database = new Database(process.env.JINBAN_PROBE_FILE, nativeBinding ? { nativeBinding } : {});
database.pragma("cipher = 'aegis'");
database.pragma("key = 'probe'");
database.exec('create table note (text text) strict');
for (let round = 0; round < 50; round++) {
  for (let i = 0; i < 20; i++) database.prepare('insert into note values (@text)').run({ text: 'a' });
  gc();
}
process.stdout.write(String(database.prepare('select count(*) as count from note').get().count));
`;

/**
 * Tries a binding in the program that shall load it: an encrypted file is written, read, and garbage collected.
 * @param executable an Electron, or a Node
 * @param binding the file, or null for the module's own choice
 */
export async function probeSqliteBinding(executable: string, binding: string | null): Promise<Result<null, SqliteBindingFailure>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jinban-probe-'));
  const file = path.join(folder, 'probe.db');
  const environment = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: '1',
    JINBAN_PROBE_MODULE: requireHere.resolve(moduleName),
    JINBAN_PROBE_BINDING: binding ?? '',
    JINBAN_PROBE_FILE: file,
  };
  try {
    const done = await run(executable, ['--expose-gc', '-e', probeProgram], { environment, timeoutMilliseconds: 60_000 });
    if (!done.ok) return err({ kind: 'no-binding', reason: describeRunFailure(done.error) });
    const isPlain = (await readFile(file)).subarray(0, 15).toString() === 'SQLite format 3';
    return done.value === '1000' && !isPlain ? ok(null) : err({ kind: 'no-binding', reason: 'it does not encrypt' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
