/** `jinban site [key|doctor|demo] [--config FILE]`: runs the queue of a site for its counters and boards; key: this machine's part of the settings; doctor: what it has and lacks; demo: a made-up site. */
import { bundle, SITE_PAGES } from '../bundle.ts';
import { demoSite } from '../demo/site.ts';
import { report } from '../doctor/check.ts';
import { examineHub } from '../doctor/hub.ts';
import { inProject } from '../paths.ts';
import { runInForeground } from '../run.ts';

const [verb] = process.argv.slice(2);
process.exitCode = verb === 'doctor' ? report(await examineHub(process.argv.slice(3))) : await run();

async function run(): Promise<number> {
  if (verb !== 'key') await bundle(SITE_PAGES);
  const flags = verb === 'demo' ? ['--config', await demoSite()] : process.argv.slice(2);
  return runInForeground(process.execPath, [inProject('main', 'site', 'program.ts'), ...flags]);
}
