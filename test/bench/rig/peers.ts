import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInForeground } from '../../../build/run.ts';
import { say } from '../../../build/say.ts';

const manifest = new URL('../peers/package.json', import.meta.url);

/** Packages that only a bench needs: installed beside it at its first run, never among the product's own. */
export async function peers(): Promise<NodeJS.Require> {
  const folder = fileURLToPath(new URL('.', manifest));
  if (!existsSync(`${folder}/node_modules/.package-lock.json`)) {
    say('Installing what the bench measures beside ours');
    const code = await runInForeground('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
    if (code !== 0) throw new Error('npm could not install the peers: let this machine reach the npm registry');
  }
  return createRequire(manifest);
}
