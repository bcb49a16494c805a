/** `jinban test [--again] [PATTERN…]`: runs every test, or those in files whose path holds a pattern; ends with the count. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepPassed, passedBefore, stateOf } from '../last-passed.ts';
import { lint, programOf } from '../lint.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';

type Count = { passed: number; failed: number };

const again = process.argv.includes('--again');
const patterns = process.argv.slice(2).filter((word) => word !== '--again');
// A build server tests what it was given; a variable of ours asks for another length or seed; and a part of the tests says nothing of the whole.
const isWhole = patterns.length === 0 && process.env['CI'] === undefined && !Object.keys(process.env).some((name) => name.startsWith('JINBAN_'));
const state = isWhole ? await stateOf() : null;
const before = state === null || again ? null : await passedBefore(state, Date.now());
if (before !== null) {
  process.stdout.write(`Every test passed in this very state on ${new Date(before.at).toLocaleString()}, and nothing has changed since. To run them all the same: ./jinban test --again\n`);
  process.stdout.write(`tests: ${before.passed} passed, 0 failed\n`);
  process.exit(0);
}

// Each check of the sources counts as one test. With a pattern somebody works on a part, and waits for its tests only.
const checked = patterns.length === 0 ? await checkSources() : { passed: 0, failed: 0 };
const tested = await runTests(patterns);
const failed = checked.failed + tested.failed;
process.stdout.write(`tests: ${checked.passed + tested.passed} passed, ${failed} failed\n`);
const passed = failed === 0 && checked.passed + tested.passed > 0;
process.exitCode = passed ? 0 : 1;
// Somebody may have edited a file meanwhile: then nobody knows which state it was that passed.
if (passed && state !== null && state === await stateOf()) await keepPassed({ state, passed: checked.passed + tested.passed, at: new Date().toISOString() });

async function checkSources(): Promise<Count> {
  const results = await lint();
  for (const { name, passed, report } of results) process.stdout.write(`${passed ? 'passed' : 'FAILED'} ${name}\n${passed ? '' : `${report}\n`}`);
  return { passed: results.filter((result) => result.passed).length, failed: results.filter((result) => !result.passed).length };
}

/** Vitest tells the person itself and writes its numbers to a file. */
async function runTests(filters: string[]): Promise<Count> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jinban-test-'));
  const numbers = path.join(folder, 'numbers.json');
  const argv = [programOf('vitest', 'vitest'), 'run', '--root', inProject(), '--reporter=default', '--reporter=json', `--outputFile.json=${numbers}`, ...filters];
  try {
    // Hundreds of workers, halls and terminals start: what one start compiles, the next ones read. It is most of a start's work.
    const environment = { ...process.env, NODE_COMPILE_CACHE: inProject('.cache', 'compiled') };
    const code = await runInForeground(process.execPath, argv, { cwd: inProject(), environment });
    return existsSync(numbers) ? countOf(JSON.parse(await readFile(numbers, 'utf8')), code) : { passed: 0, failed: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Report = { numPassedTests: number; numFailedTests: number; testResults: { status: string; assertionResults: { status: string }[] }[] };

/**
 * Vitest counts tests that ran. A file that failed without one, because it could not be loaded or set up, counts as one failure, and so does an error outside
 * of any file, which shows only in the exit code: the last line never says 0 failed of a run that failed.
 */
function countOf({ numPassedTests, numFailedTests, testResults }: Report, code: number): Count {
  const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
  const failures = numFailedTests + broken;
  return { passed: numPassedTests, failed: code !== 0 && failures === 0 ? 1 : failures };
}
