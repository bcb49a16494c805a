/** `jinban lint`: checks style, the import table and types. */
import { lint } from '../lint.ts';

for (const { name, passed, report } of await lint()) {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'} ${name}\n${passed ? '' : `${report}\n`}`);
  if (!passed) process.exitCode = 1;
}
