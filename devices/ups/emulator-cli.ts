import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { serveClients } from '../../wire/serve-clients.ts';
import { createUpsdEmulator } from './emulator.ts';
import { obeyVerb, verbList } from './emulator-verbs.ts';

const USAGE = `Usage: node devices/ups/emulator-cli.ts --port PORT [--ups NAME] [--control SOCKET]
  --port PORT       upsd on 127.0.0.1; 0 picks a port
  --ups NAME        its UPS; default kiosk
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"
Verbs, here and on standard input:
  ${verbList().join('\n  ')}
  quit`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, ups: { type: 'string', default: 'kiosk' }, control: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help || !/^\d{1,5}$/.test(values.port ?? '') || !/^[\w.-]+$/.test(values.ups)) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const emulator = createUpsdEmulator({ ups: values.ups });
  const served = await serveClients(emulator.connect, Number(values.port));
  say(`ready 127.0.0.1:${served.port}`);
  await runEmulatorProgram({ obey: (text) => obeyVerb(emulator, text), prompt: 'ups', control: values.control ?? null });
  await served.close();
  return 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
