import { pathToFileURL } from 'node:url';
import { systemClock } from '../../wire/clock.ts';
import { runSerialEmulator } from '../../wire/emulator-program.ts';
import { createBoardEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runSerialEmulator({
    file: 'devices/board/emulator-cli.ts',
    device: 'board',
    baudRate: 115_200,
    prompt: 'board',
    verbs: verbList(),
    create: (line, baudRate) => createBoardEmulator({ line, clock: systemClock, baudRate }),
    obey: obeyVerb,
  }));
}
