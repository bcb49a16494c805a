/** A technician's tool: the same service as the terminal's, on one port. It shows what codes say, since that is what is to be tried. */
import { pathToFileURL } from 'node:url';
import type { Code, CodeReading } from '../../domain/contracts/devices.ts';
import { never } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { openWire } from '../../wire/open.ts';
import { PLACES, runReaderTool, say, statusText } from '../technician.ts';
import { decodeGs1 } from './gs1.ts';
import { HID_POS_FRAMING } from './hid-pos.ts';
import { formatOf, openCodeScanner } from './service.ts';
import type { ScannerLogEntry } from './types.ts';

const USAGE = `Usage: node devices/code-scanner/cli.ts (status | test | watch) (--port PATH [--baud RATE] | --tcp HOST:PORT | --hid DEVICE [--report FRAMING])
  status  connects and says how the scanner is
  test    waits for one code and shows it
  watch   shows code after code and every change, until interrupted
${PLACES}
    without --report a HID scanner is taken for one in HID POS mode`;

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

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(await runReaderTool({
    usage: USAGE,
    verb: 'test',
    baudRate: 9600,
    framing: HID_POS_FRAMING,
    open: (address) => openCodeScanner({ connect: () => openWire(address), format: formatOf(address), clock: systemClock, log: (entry) => say(logText(entry)) }),
    openLibrary: null,
    read: (device, signal) => device.scan(signal),
    words: readingText,
  }));
}
