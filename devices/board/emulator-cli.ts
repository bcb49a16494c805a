import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../wire/clock.ts';
import { deviceEndAt, runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { createBoardEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

const USAGE = `Usage: node devices/board/emulator-cli.ts --link PATH [--control SOCKET] [--baud RATE]
  --link PATH       a pseudo-terminal at PATH (needs socat); configure it as the board's serial port
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
  --baud RATE       speed of the line; default 115200
Verbs, here and on standard input:
  ${verbList().join('\n  ')}
  quit`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { link: { type: 'string' }, control: { type: 'string' }, baud: { type: 'string', default: '115200' }, help: { type: 'boolean', default: false } } });
  const { link } = values;
  if (values.help || link === undefined || !/^[1-9]\d{2,6}$/.test(values.baud)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const line = await deviceEndAt(link);
  if (line === null) return 1;
  const emulator = createBoardEmulator({ line, clock: systemClock, baudRate: Number(values.baud) });
  say(`ready ${link}`);
  await runEmulatorProgram({ obey: (text) => obeyVerb(emulator, text), prompt: 'board', control: values.control ?? null });
  await emulator.close();
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
