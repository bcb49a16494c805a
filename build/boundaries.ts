/**
 * The path says where a file runs: this is the table of who may import what, and the check that keeps it. Folders that
 * are not in the table (`build/`, `test/`) may import anything.
 */
import { readFile, readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * @property folder what the rule is about, relative to the project; the longest that matches a file counts
 * @property files only these files of the folder; a rule with names goes before one without
 * @property mayImport folders of ours, besides its own, and single files
 * @property mayUse packages and Node's own modules: everything, the named ones only, or all but the named ones
 */
export type BoundaryRule = {
  folder: string;
  files?: string[];
  mayImport: string[];
  mayUse: { kind: 'only'; packages: string[] } | { kind: 'all-but'; packages: string[] };
};

const allButElectron: BoundaryRule['mayUse'] = { kind: 'all-but', packages: ['electron'] };
/** Windows run in Chromium's sandbox: what needs Node cannot work there. */
const whatWindowsLack: BoundaryRule['mayUse'] = { kind: 'all-but', packages: ['electron', 'node:'] };

/** Pure libraries: the same answer for the same input, no I/O, no clock. */
const pureLibraries = ['zod', '@orpc/contract', '@cfworker/json-schema', 'pinyin-pro'];

export const boundaryRules: BoundaryRule[] = [
  { folder: 'domain', mayImport: [], mayUse: { kind: 'only', packages: pureLibraries } },
  { folder: 'wire', mayImport: ['domain'], mayUse: allButElectron },
  { folder: 'crypto', mayImport: ['domain'], mayUse: allButElectron },
  { folder: 'courier', mayImport: ['domain', 'crypto'], mayUse: allButElectron },
  // Stands alone, so that it can be published by itself.
  { folder: 'sync/store', mayImport: [], mayUse: allButElectron },
  { folder: 'sync', mayImport: ['domain', 'crypto', 'courier'], mayUse: allButElectron },
  { folder: 'devices', files: ['host.ts', 'open.ts'], mayImport: ['domain', 'wire', 'printers'], mayUse: allButElectron },
  { folder: 'devices', mayImport: ['domain', 'wire'], mayUse: allButElectron },
  { folder: 'printers', mayImport: ['domain', 'wire'], mayUse: allButElectron },
  // Composes pages and knows no printer, so that the hall may compose them too.
  { folder: 'printers/papers', mayImport: ['domain', 'wire'], mayUse: allButElectron },
  { folder: 'hall', mayImport: ['domain', 'crypto', 'courier', 'printers/papers'], mayUse: allButElectron },
  { folder: 'renderer', mayImport: ['domain'], mayUse: whatWindowsLack },
  { folder: 'main/shell', mayImport: ['domain', 'main/config-file.ts'], mayUse: { kind: 'all-but', packages: [] } },
  { folder: 'main/preload', mayImport: ['domain'], mayUse: { kind: 'all-but', packages: [] } },
  // The one process that strangers on the network can speak to: it reaches nothing of ours.
  { folder: 'main/phone', mayImport: ['domain', 'wire'], mayUse: allButElectron },
  // The queue of a site, in a process of its own: counters and phones on the network speak to it.
  { folder: 'main/site', mayImport: ['domain', 'sync', 'crypto', 'wire', 'devices/queue', 'main/core/keys', 'main/core/told.ts', 'main/config-file.ts', 'package.json'], mayUse: allButElectron },
  { folder: 'main/core', mayImport: ['domain', 'sync', 'crypto', 'courier', 'package.json'], mayUse: allButElectron },
];

/** What a test may import besides what the tested file may: fixtures, the real cryptography behind domain's interface, the runner. */
const testsMayImport = ['test', 'packs', 'crypto'];
const testsMayUse = ['vitest', 'fast-check', 'node:'];

/** A test, or what tests beside each other share: `read.test.ts`, `test-rig.ts`. */
const testFile = /\.test\.tsx?$|\/test-[^/]*\.ts$/;

const checkedEndings = /\.(ts|tsx|mts|cts|js|mjs|cjs)$/;

export type Violation = { file: string; line: number; specifier: string; reason: string };

/** One sentence for a person about a violation, with the place first, as editors read it. */
export function describeViolation({ file, line, specifier, reason }: Violation): string {
  return `${file}:${line}: imports ${specifier}: ${reason}`;
}

/** Checks every file of the folders in the table. @param directory the project's folder */
export async function checkTree(directory: string): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const folder of new Set(boundaryRules.map((rule) => rule.folder))) {
    for (const file of await filesBelow(path.join(directory, folder))) {
      const name = path.relative(directory, file).split(path.sep).join('/');
      found.push(...checkSource(name, await readFile(file, 'utf8')));
    }
  }
  return found;
}

/**
 * Checks one file.
 * @param file its path relative to the project, with slashes
 * @param source its text
 */
export function checkSource(file: string, source: string): Violation[] {
  const rule = ruleFor(file);
  if (rule === undefined) return [];
  const isTest = testFile.test(file);
  return importsOf(source).flatMap(({ specifier, line }) => {
    const reason = specifier.startsWith('.') ? refusedPath(rule, file, specifier, isTest) : refusedPackage(rule, specifier, isTest);
    return reason === null ? [] : [{ file, line, specifier, reason }];
  });
}

function ruleFor(file: string): BoundaryRule | undefined {
  const matching = boundaryRules.filter((rule) => file.startsWith(`${rule.folder}/`) && (rule.files?.includes(file.slice(rule.folder.length + 1)) ?? true));
  return matching.toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

function refusedPath(rule: BoundaryRule, file: string, specifier: string, isTest: boolean): string | null {
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  if (target.startsWith('../')) return 'that is outside the project';
  const allowed = [rule.folder, ...rule.mayImport, ...(isTest ? testsMayImport : [])];
  if (allowed.some((name) => target === name || target.startsWith(`${name}/`))) return null;
  return `${rule.folder}/ may import only itself${rule.mayImport.length === 0 ? '' : ` and ${rule.mayImport.join(', ')}`}`;
}

function refusedPackage(rule: BoundaryRule, specifier: string, isTest: boolean): string | null {
  const names = namesOf(specifier);
  const isListed = (list: string[]) => names.some((name) => list.includes(name));
  if (isTest && isListed(testsMayUse)) return null;
  switch (rule.mayUse.kind) {
    case 'only':
      return isListed(rule.mayUse.packages) ? null : `${rule.folder}/ uses no packages but ${rule.mayUse.packages.join(', ')}`;
    case 'all-but':
      return isListed(rule.mayUse.packages) ? `${rule.folder}/ runs where that is not` : null;
  }
}

/** `@scope/name/part` is the package `@scope/name`; every module of Node's also counts as `node:`. */
function namesOf(specifier: string): string[] {
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
  return specifier.startsWith('node:') || builtinModules.includes(name) ? [name, 'node:'] : [name];
}

/**
 * Every module a source names: `import`, `export … from`, `import()`, `import type`, `require()`. Comments are blanked
 * first; an import within a string would be taken for one, which is the safe way to be wrong.
 */
export function importsOf(source: string): { specifier: string; line: number }[] {
  const code = withoutComments(source);
  const statement = /(?:^|[^\w.$])(?:(?:import|export)\s*(?:[\w\s{},*$]*?\bfrom\s*)?|import\s*\(\s*|require\s*\(\s*)(['"`])([^'"`\n]+)\1/g;
  return [...code.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? '';
    const at = match.index + match[0].length - specifier.length;
    return { specifier, line: code.slice(0, at).split('\n').length };
  });
}

/** Blanks comments and keeps strings and line numbers: a string may hold `//`, and a comment an example of an import. */
function withoutComments(source: string): string {
  const piece = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return source.replace(piece, (text) => (text.startsWith('/') ? text.replace(/[^\n]/g, ' ') : text));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && checkedEndings.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name));
}
