import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { drop } from '../../domain/result.ts';
import { systemClock } from '../../wire/clock.ts';
import { runEmulatorProgram, say } from '../../wire/emulator-program.ts';
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

type Verb = { usage: string; run: (emulator: TicketPrinterEmulator, argument: string) => void };

/** What a person or a test can do to the printer. An argument that is no number is refused by `number`. */
const VERBS: Readonly<Record<string, Verb>> = {
  'paper-low': { usage: '', run: (printer) => printer.paperLow() },
  'paper-out': { usage: '', run: (printer) => printer.paperOut() },
  'paper-out-after': { usage: 'LINES', run: (printer, argument) => printer.paperOutAfter(number(argument)) },
  refill: { usage: '', run: (printer) => printer.refill() },
  'open-cover': { usage: '', run: (printer) => printer.openCover() },
  'close-cover': { usage: '', run: (printer) => printer.closeCover() },
  'cutter-error': { usage: '', run: (printer) => printer.cutterError() },
  jam: { usage: '', run: (printer) => printer.jam() },
  'clear-error': { usage: '', run: (printer) => printer.clearError() },
  'power-off': { usage: '', run: (printer) => printer.powerOff() },
  'power-on': { usage: '', run: (printer) => printer.powerOn() },
  'silent-status': { usage: 'on|off', run: (printer, argument) => printer.silentStatus(argument !== 'off') },
  'delay-replies': { usage: 'MILLISECONDS', run: (printer, argument) => printer.delayReplies(number(argument)) },
  'corrupt-next-reply': { usage: '', run: (printer) => printer.corruptNextReply() },
};

function number(argument: string): number {
  if (!/^\d{1,6}$/.test(argument)) throw new RangeError('a whole number is needed');
  return Number(argument);
}

/** Runs one verb. @returns the answer line: `ok` and the counters as JSON, or `error` and why */
export function obeyVerb(emulator: TicketPrinterEmulator, line: string): string {
  const [name = '', argument = ''] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined && name !== 'status') return `error unknown verb; one of: ${['status', ...Object.entries(VERBS).map(([known, { usage }]) => `${known} ${usage}`.trim())].join(', ')}`;
  try {
    verb?.run(emulator, argument);
  } catch (cause) {
    if (cause instanceof RangeError) return `error ${cause.message}`;
    throw cause;
  }
  return `ok ${JSON.stringify(emulator.counts())}`;
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
