import { pathToFileURL } from 'node:url';
import { systemClock } from '../../wire/clock.ts';
import { runSerialEmulator } from '../../wire/emulator-program.ts';
import { createCallerEmulator } from './caller-emulator.ts';
import { callerVerbs, obeyCallerVerb } from './emulator-verbs.ts';

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runSerialEmulator({
    file: 'devices/queue/caller-emulator-cli.ts', device: 'caller', baudRate: 9600, prompt: 'caller', verbs: callerVerbs(),
    create: (line) => createCallerEmulator({ line, clock: systemClock }), obey: obeyCallerVerb,
  }));
}
