/** The checks that read the sources without running them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkTree, describeViolation } from './boundaries.ts';
import { inProject } from './paths.ts';
import { describeRunFailure, run } from './run.ts';

/** @property report what a person needs to mend it; empty when it passed */
export type LintResult = { name: string; passed: boolean; report: string };

/** Runs all of them, one after the other, and answers each by its name. */
export async function lint(): Promise<LintResult[]> {
  return [
    await tool('oxlint', 'oxlint', ['--format=unix']),
    { name: 'import boundaries', ...judged((await checkTree(inProject())).map(describeViolation).join('\n')) },
    await tool('tsc', 'typescript', ['--project', inProject()], 'tsc'),
  ];
}

function judged(report: string): Omit<LintResult, 'name'> {
  return { passed: report === '', report };
}

/** Runs a package's program, which must answer exit code 0. */
async function tool(name: string, packageName: string, argv: string[], program = packageName): Promise<LintResult> {
  const done = await run(process.execPath, [programOf(packageName, program), ...argv], { cwd: inProject(), keepOutput: Number.POSITIVE_INFINITY });
  if (done.ok) return { name, passed: true, report: '' };
  return { name, passed: false, report: 'output' in done.error ? done.error.output : describeRunFailure(done.error) };
}

/** The script an npm package names as its program. */
export function programOf(packageName: string, program: string): string {
  const manifestFile = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = createRequire(import.meta.url)(manifestFile) as { bin: Record<string, string> };
  return path.join(path.dirname(manifestFile), bin[program] ?? '');
}
