import { parseArgs } from 'node:util';
import { PrintId, ulid } from '../../domain/ids.ts';
import { systemClock } from '../../wire/clock.ts';
import type { UsbDevice, WireAddress } from '../../wire/types.ts';
import { testSlip } from './test-slip.ts';
import { usbPrinterTransport } from '../../wire/usb-printer.ts';
import { PRINTER_MODELS } from './model.ts';
import { openTicketPrinter } from './service.ts';
import type { TicketPrinter } from './types.ts';

const USAGE = `Usage: node printers/ticket/cli.ts (status | test | watch | port) (--serial PATH [--baud RATE] | --tcp HOST:PORT | --usb VENDOR:PRODUCT[:SERIAL]) [--model ID]
  status  the state once, with every bit that the printer sent
  test    prints a slip that says what it is, and how the print ended
  watch   every change of state until Ctrl-C
  port    what the USB port itself says of a printer that answers nothing else
  --model ${[...PRINTER_MODELS.keys()].join(', ')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { serial: { type: 'string' }, baud: { type: 'string', default: '115200' }, tcp: { type: 'string' }, usb: { type: 'string' }, model: { type: 'string', default: 'epson-tm-t82iii' } },
});
const model = PRINTER_MODELS.get(values.model);
const address = addressOf(values);
const [verb] = positionals;
if (model === undefined || address === null || (verb !== 'status' && verb !== 'test' && verb !== 'watch' && (verb !== 'port' || address.kind !== 'usb'))) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
if (verb === 'port') process.exit(address.kind === 'usb' ? await port(address.device) : 2);
const printer = openTicketPrinter({ address, model, clock: systemClock });
process.exitCode = await run(verb, printer);
await printer.close();

function addressOf({ serial, baud, tcp, usb }: { serial?: string; baud: string; tcp?: string; usb?: string }): WireAddress | null {
  if ([serial, tcp, usb].filter((place) => place !== undefined).length !== 1) return null;
  if (serial !== undefined) return /^\d{3,7}$/.test(baud) ? { kind: 'serial', path: serial, baudRate: Number(baud) } : null;
  const [, vendor, product, number = null] = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i.exec(usb ?? '') ?? [];
  if (vendor !== undefined && product !== undefined) return { kind: 'usb', device: { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16), serial: number } };
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(tcp ?? '') ?? [];
  return host !== undefined && port !== undefined ? { kind: 'tcp', host, port: Number(port) } : null;
}

async function port(device: UsbDevice): Promise<number> {
  const transport = usbPrinterTransport({ device });
  const opened = await transport.open();
  const status = opened.ok ? await transport.portStatus() : opened;
  say(JSON.stringify(status));
  await transport.close();
  return status.ok ? 0 : 1;
}

/** @returns the exit code: 0 only when the printer is online, or the test slip was surely printed */
async function run(verb: 'status' | 'test' | 'watch', printer: TicketPrinter): Promise<number> {
  switch (verb) {
    case 'status': {
      await answered(printer);
      say(JSON.stringify({ status: printer.status(), bits: printer.bits() }, null, 2));
      return printer.status().kind === 'online' ? 0 : 1;
    }
    case 'test': {
      const print = PrintId.parse(ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
      let last = '';
      for await (const progress of printer.print({ print, ticket: testSlip() })) {
        say(JSON.stringify(progress));
        last = progress.kind;
      }
      return last === 'printed' ? 0 : 1;
    }
    case 'watch': {
      const stop = printer.watch((status) => say(`${new Date().toISOString()} ${JSON.stringify(status)}`));
      await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
      stop();
      return 0;
    }
  }
}

/** Resolves with the first state that is not `starting`. */
function answered(printer: TicketPrinter): Promise<void> {
  return new Promise((resolve) => {
    const stop = printer.watch((status) => {
      if (status.kind === 'offline' && status.reason === 'starting') return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
