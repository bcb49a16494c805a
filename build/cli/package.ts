/** `jinban package`: builds the terminal as a folder that runs on its own, in out/package; prints the folder. */
import { packageTerminal } from '../package.ts';
import { inProject } from '../paths.ts';
import { stop } from '../say.ts';

const [given] = process.argv.slice(2);
if (given !== undefined) stop(`package takes no ${given}.`, 'Name nothing: it packages for this machine\'s system, into out/package.');
const { folder } = await packageTerminal(inProject('out', 'package'));
process.stdout.write(`${folder}\n`);
