import { pathToFileURL } from 'node:url';
import { systemClock } from '../../wire/clock.ts';
import { runSerialEmulator } from '../../wire/emulator-program.ts';
import { createScannerEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runSerialEmulator({
    file: 'devices/code-scanner/emulator-cli.ts',
    device: 'scanner',
    baudRate: 9600,
    prompt: 'scanner',
    verbs: verbList(),
    create: (line, baudRate) => createScannerEmulator({ line, clock: systemClock, baudRate }),
    obey: obeyVerb,
  }));
}
