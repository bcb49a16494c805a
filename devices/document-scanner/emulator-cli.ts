import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../wire/clock.ts';
import { runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';
import { openEsclEmulator } from './escl/emulator.ts';
import { samplePage, sampleSheets } from './sample-pages.ts';

const USAGE = `Usage: node devices/document-scanner/emulator-cli.ts [--port N] [--load SHEETS] [--control SOCKET]
  --port N          where the scanner listens on 127.0.0.1; any free port when left out
  --load SHEETS     what lies in the feeder at the start; nothing when left out
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
Verbs, here and on standard input:
  ${verbList().join('\n  ')}
  quit`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, load: { type: 'string', default: '0' }, control: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help || !/^\d{1,5}$/.test(values.port) || !/^\d{1,3}$/.test(values.load)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const emulator = await openEsclEmulator({ clock: systemClock, blank: samplePage(0), port: Number(values.port) });
  emulator.load(sampleSheets(Number(values.load)));
  say(`ready ${emulator.url}`);
  await runEmulatorProgram({ obey: (line) => obeyVerb(emulator, line), prompt: 'scanner', control: values.control ?? null });
  await emulator.close();
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
