/** `jinban hall [--config FILE]`: runs the county's hall server. */
import { existsSync } from 'node:fs';
import { bundle } from '../bundle.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';
import { stop } from '../say.ts';

const entry = inProject('hall', 'main.ts');
if (!existsSync(entry)) stop('this copy has no hall.', 'Get the whole project.');
await bundle(['console']);
process.exitCode = await runInForeground(process.execPath, [entry, ...process.argv.slice(2)]);
