/** `jinban demo [--headless] [--landscape] [--out DIR] [--pictures DIR]`: the main job, from ID card to printed certificate, with emulated devices. */
import { pathToFileURL } from 'node:url';
import { inProject } from '../paths.ts';

const { main } = (await import(pathToFileURL(inProject('build', 'demo', 'main.ts')).href)) as { main(args: string[]): Promise<number> };
process.exitCode = await main(process.argv.slice(2));
