/** The document printer's emulator with a prompt, and a Unix socket for tests and the demo. */
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import type { DocumentPrinterEmulator } from './emulator.ts';
import { openDocumentPrinterEmulator } from './emulator.ts';
import { missingForEmulator } from './emulator-tool.ts';

const USAGE = `Usage: node printers/document/emulator-cli.ts [--port N] [--out DIR] [--sheet MILLISECONDS] [--words standard|tool] [--control SOCKET]
  --port N          where the printer listens on 127.0.0.1; any free port when left out
  --out DIR         each paper that came out as DIR/document-0001.pdf
  --sheet MS        time that a sheet takes; 300
  --words WHO       standard: states in RFC 8011's words; tool: exactly what ippeveprinter answers
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"`;

/** What a person or a test can do to the printer. */
const VERBS: Verbs<DocumentPrinterEmulator> = {
  /** Does nothing: for the state in its answer. */
  status: { usage: '', run: () => {} },
  'paper-low': { usage: '', run: (printer) => printer.paperLow() },
  'paper-out': { usage: '', run: (printer) => printer.paperOut() },
  'paper-out-mid-job': { usage: '[SHEETS]', run: (printer, [sheets]) => printer.paperOutMidJob(wholeNumber(sheets, 0)) },
  refill: { usage: '', run: (printer) => printer.refill() },
  jam: { usage: '', run: (printer) => printer.jam() },
  'jam-mid-job': { usage: '[SHEETS]', run: (printer, [sheets]) => printer.jamMidJob(wholeNumber(sheets, 0)) },
  'clear-jam': { usage: '', run: (printer) => printer.clearJam() },
  'open-cover': { usage: '', run: (printer) => printer.openCover() },
  'close-cover': { usage: '', run: (printer) => printer.closeCover() },
  'toner-low': { usage: '', run: (printer) => printer.tonerLow() },
  'toner-empty': { usage: '', run: (printer) => printer.tonerEmpty() },
  'toner-full': { usage: '', run: (printer) => printer.tonerFull() },
  'fail-next': { usage: '', run: (printer) => printer.failNext() },
  'cut-next': { usage: 'before|halfway|after', run: (printer, [place]) => printer.cutNextPrintJob(cutPlace(place)) },
  delay: { usage: 'MILLISECONDS', run: (printer, [milliseconds]) => printer.delay(wholeNumber(milliseconds, 0)) },
  'power-off': { usage: '', run: (printer) => printer.powerOff() },
  'power-on': { usage: '', run: (printer) => printer.powerOn() },
};

function cutPlace(place: string | undefined): 'before' | 'halfway' | 'after' {
  if (place !== 'before' && place !== 'halfway' && place !== 'after') throw new RangeError('before, halfway or after');
  return place;
}

/** Runs one verb. @returns the answer line: `ok` and the state as JSON, or `error` and why, also when the tool behind it does not obey */
export async function obeyVerb(emulator: DocumentPrinterEmulator, line: string): Promise<string> {
  try {
    return await obey(VERBS, emulator, line, (printer) => ({ uri: printer.uri, powered: printer.powered(), armed: printer.armed(), documents: printer.documents(), papers: printer.papers() }));
  } catch (cause) {
    return `error ${cause instanceof Error ? cause.message : 'the printer did not obey'}`;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      out: { type: 'string' },
      sheet: { type: 'string' },
      words: { type: 'string', default: 'standard' },
      control: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { port, out, sheet, words } = values;
  if (values.help || (words !== 'standard' && words !== 'tool')) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const missing = missingForEmulator();
  if (missing.length > 0) {
    process.stderr.write(`not installed: ${missing.join(', ')} (Debian: cups-ipp-utils avahi-daemon dbus)\n`);
    process.exitCode = 1;
    return;
  }
  if (out !== undefined) await mkdir(out, { recursive: true });
  const emulator = await openDocumentPrinterEmulator({
    words,
    ...(port === undefined ? {} : { port: wholeNumber(port, 0) }),
    ...(out === undefined ? {} : { papers: out }),
    ...(sheet === undefined ? {} : { sheet: wholeNumber(sheet, 0) }),
  });
  say(`ready ${emulator.uri}`);
  await runEmulatorProgram({ obey: (line) => obeyVerb(emulator, line), prompt: 'printer', control: values.control ?? null });
  await emulator.close();
  process.exit(0);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
