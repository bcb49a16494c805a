/** A technician's tool: the same service as the terminal's, on one port. It shows what codes say, since that is what is to be tried. */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Code, CodeReading } from '../../domain/contracts/devices.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import { addressOf, say, settled, statusText } from '../technician.ts';
import { decodeGs1 } from './gs1.ts';
import { openCodeScanner } from './service.ts';
import type { CodeScanner, ScannerLogEntry } from './types.ts';

const USAGE = `Usage: node devices/code-scanner/cli.ts (status | test | watch) (--port PATH [--baud RATE] | --tcp HOST:PORT)
  status  connects and says how the scanner is
  test    waits for one code and shows it
  watch   shows code after code and every change, until interrupted`;

export function codeText({ symbology, text }: Code): string {
  const elements = symbology.startsWith('gs1-') ? decodeGs1(text) : null;
  return `${symbology}: ${elements?.ok === true ? elements.value.map(({ identifier, value }) => `(${identifier})${value}`).join(' ') : text}`;
}

export function readingText(reading: CodeReading): string {
  switch (reading.kind) {
    case 'show-code':
      return 'show a code';
    case 'show-again':
      return 'that was no text: show it again';
    case 'unavailable':
      return `the scanner is ${statusText(reading.status)}`;
    case 'read':
      return codeText(reading.code);
    default:
      return never(reading);
  }
}

export function logText(entry: ScannerLogEntry): string {
  return entry.kind === 'status' ? statusText(entry.status) : `refused: ${entry.fault}`;
}

async function scanOne(scanner: CodeScanner, signal: AbortSignal): Promise<CodeReading | undefined> {
  let last: CodeReading | undefined;
  for await (const reading of scanner.scan(signal)) {
    last = reading;
    say(readingText(reading));
  }
  return last;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, baud: { type: 'string', default: '9600' }, tcp: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const address = addressOf(values);
  const [verb] = positionals;
  if (values.help || address === null || (verb !== 'status' && verb !== 'test' && verb !== 'watch')) {
    process.stderr.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const scanner = openCodeScanner({ connect: () => openWire(address), clock: systemClock, log: (entry) => say(logText(entry)) });
  try {
    const status = await settled(scanner);
    if (verb === 'status') return status.kind === 'online' ? 0 : 1;
    if (verb === 'test') return (await scanOne(scanner, interrupt.signal))?.kind === 'read' ? 0 : 1;
    while (!interrupt.signal.aborted) {
      const last = await scanOne(scanner, interrupt.signal);
      if (last?.kind === 'unavailable') await settled(scanner);
    }
    return 0;
  } finally {
    await scanner.close();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.exit(await main());
