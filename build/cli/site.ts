/** `jinban site [key|demo] [--config FILE]`: runs the queue of a site for its counters and boards; key: this machine's part of the settings; demo: a made-up site. */
import { bundle, SITE_PAGES } from '../bundle.ts';
import { demoSite } from '../demo/site.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';

const [verb] = process.argv.slice(2);
if (verb !== 'key') await bundle(SITE_PAGES);
const flags = verb === 'demo' ? ['--config', await demoSite()] : process.argv.slice(2);
process.exitCode = await runInForeground(process.execPath, [inProject('main', 'site', 'program.ts'), ...flags]);
