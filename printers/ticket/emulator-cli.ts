import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { runEmulatorProgram, say } from '../../wire/emulator-program.ts';
import { obey, type Verbs, wholeNumber } from '../../wire/emulator-verbs.ts';
import { openPty } from '../../wire/pty.ts';
import { serveClients } from '../../wire/serve-clients.ts';
import type { TicketPrinterEmulator } from './emulator.ts';
import { ticketPrinterEmulator } from './emulator.ts';
import { PRINTER_MODELS } from './model.ts';

const USAGE = `Usage: node printers/ticket/emulator-cli.ts (--link PATH | --tcp PORT) [--model ID] [--baud RATE] [--out DIR] [--control SOCKET]
  --link PATH       a pseudo-terminal at PATH (needs socat)
  --tcp PORT        a network printer on 127.0.0.1; 0 picks a port
  --model ID        ${[...PRINTER_MODELS.keys()].join(', ')}
  --baud RATE       speed of the line; default 115200 with --link, none with --tcp
  --out DIR         each cut ticket as DIR/ticket-0001.png
  --control SOCKET  Unix socket: a verb a line, answered by "ok …" or "error …"`;

/** What a person or a test can do to the printer. */
const VERBS: Verbs<TicketPrinterEmulator> = {
  /** Does nothing: for the counts in its answer. */
  status: { usage: '', run: () => {} },
  'paper-low': { usage: '', run: (printer) => printer.paperLow() },
  'paper-out': { usage: '', run: (printer) => printer.paperOut() },
  'paper-out-after': { usage: 'LINES', run: (printer, [lines]) => printer.paperOutAfter(number(lines)) },
  refill: { usage: '', run: (printer) => printer.refill() },
  'open-cover': { usage: '', run: (printer) => printer.openCover() },
  'close-cover': { usage: '', run: (printer) => printer.closeCover() },
  'cutter-error': { usage: '', run: (printer) => printer.cutterError() },
  jam: { usage: '', run: (printer) => printer.jam() },
  'clear-error': { usage: '', run: (printer) => printer.clearError() },
  'power-off': { usage: '', run: (printer) => printer.powerOff() },
  'power-on': { usage: '', run: (printer) => printer.powerOn() },
  'silent-status': { usage: 'on|off', run: (printer, [word]) => printer.silentStatus(word !== 'off') },
  'delay-replies': { usage: 'MILLISECONDS', run: (printer, [milliseconds]) => printer.delayReplies(number(milliseconds)) },
  'corrupt-next-reply': { usage: '', run: (printer) => printer.corruptNextReply() },
};

/** A number that must be there. */
function number(word = ''): number {
  return wholeNumber(word, 0);
}

/** Runs one verb. @returns the answer line: `ok` and the counters as JSON, or `error` and why */
export function obeyVerb(emulator: TicketPrinterEmulator, line: string): Promise<string> {
  return obey(VERBS, emulator, line, (printer) => printer.counts());
}

async function servePty(emulator: TicketPrinterEmulator, path: string): Promise<() => Promise<void>> {
  const pty = await openPty({ path });
  if (!pty.ok) throw new Error(pty.error.message);
  emulator.onReply((chunk) => drop(pty.value.send(chunk)));
  pty.value.onBytes((chunk) => emulator.receive(chunk));
  return () => pty.value.close();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { link: { type: 'string' }, tcp: { type: 'string' }, model: { type: 'string', default: 'epson-tm-t82iii' }, baud: { type: 'string' }, out: { type: 'string' }, control: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const model = PRINTER_MODELS.get(values.model);
  if (values.help || model === undefined || (values.link === undefined) === (values.tcp === undefined)) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const baud = values.baud ?? (values.link === undefined ? null : '115200');
  const { out } = values;
  if (out !== undefined) await mkdir(out, { recursive: true });
  let tickets = 0;
  const emulator = ticketPrinterEmulator({
    model,
    clock: systemClock,
    ...(baud === null ? {} : { baudRate: number(baud) }),
    onPaper(png) {
      tickets += 1;
      if (out === undefined) return;
      const file = join(out, `ticket-${String(tickets).padStart(4, '0')}.png`);
      drop(writeFile(file, png).then(() => say(`paper ${file}`)));
    },
  });
  const closers: (() => Promise<unknown>)[] = [];
  if (values.link !== undefined) {
    closers.push(await servePty(emulator, values.link));
    say(`ready ${values.link}`);
  }
  if (values.tcp !== undefined) {
    const served = await serveClients(({ send }) => ({ receive: (bytes) => emulator.receive(bytes), leave: emulator.onReply(send) }), number(values.tcp));
    closers.push(served.close);
    say(`ready 127.0.0.1:${served.port}`);
  }
  await runEmulatorProgram({ obey: (line) => obeyVerb(emulator, line), prompt: 'printer', control: values.control ?? null });
  emulator.close();
  await Promise.all(closers.map((close) => close()));
  process.exit(0);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
