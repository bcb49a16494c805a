/** Which npm packages a bundle needs at run time: those it imports, and what those depend on. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { importsOf } from './boundaries.ts';
import { inProject } from './paths.ts';

/**
 * Answers the folders of the packages, relative to the project (`node_modules/a`, `node_modules/a/node_modules/b`),
 * each once and sorted.
 * @param bundles absolute paths of files whose imports start the search
 * @param named packages that no import names, such as fonts that are read as files
 */
export async function neededPackages(bundles: string[], named: string[]): Promise<string[]> {
  const found = new Set<string>();
  const names = new Set(named);
  for (const bundle of bundles) for (const { specifier } of importsOf(await readFile(bundle, 'utf8'))) if (isPackage(specifier)) names.add(packageName(specifier));
  for (const name of names) await follow(name, inProject(), found, true);
  return [...found].map((folder) => path.relative(inProject(), folder)).sort();
}

function isPackage(specifier: string): boolean {
  return !specifier.startsWith('.') && !specifier.startsWith('/') && !isBuiltin(specifier) && specifier !== 'electron';
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

type Manifest = Partial<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Record<string, string>>> & {
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
};

/**
 * An optional package may be missing: it is then one for another system. An optional peer is there for somebody else: whoever
 * uses it with this package imports it, too, and names it by that. Packages of types hold nothing that runs.
 */
async function follow(name: string, from: string, found: Set<string>, isNeeded: boolean): Promise<void> {
  if (name.startsWith('@types/')) return;
  const folder = installedFolder(name, from);
  if (folder === null) {
    if (isNeeded) throw new Error(`the package ${name}, which ${path.relative(inProject(), from)} needs, is not installed`);
    return;
  }
  if (found.has(folder)) return;
  found.add(folder);
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const isOptional = manifest.optionalDependencies?.[dependency] !== undefined;
    await follow(dependency, folder, found, !isOptional);
  }
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => manifest.peerDependenciesMeta?.[peer]?.optional !== true);
  for (const dependency of [...Object.keys(manifest.optionalDependencies ?? {}), ...peers]) await follow(dependency, folder, found, false);
}

/** Node's own search: the nearest `node_modules` on the way up that has it. */
function installedFolder(name: string, from: string): string | null {
  for (let folder = from; folder.startsWith(inProject()); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
  }
  return null;
}
