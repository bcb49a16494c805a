import { pathToFileURL } from 'node:url';
import { systemClock } from '../../wire/clock.ts';
import { runSerialEmulator } from '../../wire/emulator-program.ts';
import { LED_ADDRESSES, ledVerbs, obeyLedVerb } from './emulator-verbs.ts';
import { createLedEmulator } from './led-emulator.ts';

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runSerialEmulator({
    file: 'devices/queue/led-emulator-cli.ts', device: 'LED display', baudRate: 9600, prompt: 'leds', verbs: ledVerbs(),
    create: (line) => createLedEmulator({ line, clock: systemClock, addresses: LED_ADDRESSES }), obey: obeyLedVerb,
  }));
}
