import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../wire/clock.ts';
import { deviceEndAt, runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { createReaderEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

const USAGE = `Usage: node devices/id-card-reader/emulator-cli.ts --link PATH [--control SOCKET] [--baud RATE] [--seed NUMBER]
  --link PATH       a pseudo-terminal at PATH (needs socat); configure it as the reader's serial port
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
  --baud RATE       speed of the line; default 115200
  --seed NUMBER     of everything random; default 1
Verbs, here and on standard input:
  ${verbList().join('\n  ')}
  quit`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { link: { type: 'string' }, control: { type: 'string' }, baud: { type: 'string', default: '115200' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', default: false } },
  });
  const { link } = values;
  if (values.help || link === undefined || !/^[1-9]\d{2,6}$/.test(values.baud) || !/^\d{1,9}$/.test(values.seed)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const line = await deviceEndAt(link);
  if (line === null) return 1;
  const emulator = createReaderEmulator({ line, clock: systemClock, baudRate: Number(values.baud), seed: Number(values.seed) });
  say(`ready ${link}`);
  await runEmulatorProgram({ obey: (text) => obeyVerb(emulator, text), prompt: 'reader', control: values.control ?? null });
  await emulator.close();
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
