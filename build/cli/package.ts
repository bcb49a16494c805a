/** `jinban package [DIR]`: builds the terminal as a folder that runs on its own, in out/package or DIR. */
import path from 'node:path';
import { packageTerminal } from '../package.ts';
import { inProject } from '../paths.ts';

const [given] = process.argv.slice(2);
const { folder } = await packageTerminal(given === undefined ? inProject('out', 'package') : path.resolve(given));
process.stdout.write(`${folder}\n`);
