/** `jinban typing`: compiles the keyboard's word list, stroke set and parts set anew from their pinned sources. */
import { describeFetchFailure } from '../npm-package.ts';
import { compileTyping } from '../typing/main.ts';
import { stop } from '../say.ts';

const outcome = await compileTyping();
if (!outcome.ok) stop(`a source is missing: ${describeFetchFailure(outcome.error)}.`, 'Let this machine reach the npm registry (try: npm ping), then run the same command again.');
for (const { file, bytes } of outcome.value) process.stdout.write(`${file}: ${bytes} bytes\n`);
