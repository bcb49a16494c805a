/** `jinban emulate DEVICE`: runs one device emulator, with a prompt for its verbs. */
import { pathToFileURL } from 'node:url';
import { inProject } from '../paths.ts';
import { stop } from '../say.ts';

/** Each emulator's command line is beside its device. */
const emulators: Record<string, string> = {
  'id-card-reader': 'devices/id-card-reader/emulator-cli.ts',
  'ticket-printer': 'printers/ticket/emulator-cli.ts',
};

const [device, ...rest] = process.argv.slice(2);
const file = device === undefined ? undefined : emulators[device];
if (file === undefined) stop(device === undefined ? 'name the device to emulate.' : `there is no emulator for ${device}.`, `Name one of: ${Object.keys(emulators).join(', ')}.`);
const { main } = (await import(pathToFileURL(inProject(file)).href)) as { main(args: string[]): Promise<number> };
process.exitCode = await main(rest);
