/** Which technician's tool speaks to a device of `terminal.yaml`, and with which arguments. */
import { DeviceName } from '../../domain/contracts/devices.ts';
import type { DevicesConfig } from '../../domain/contracts/terminal-config.ts';
import { err, never, ok, type Result } from '../../domain/result.ts';

export type DeviceVerb = 'status' | 'test' | 'watch';
/** A program of the repository with its arguments. */
export type Tool = { file: string; args: string[] };

type Wire = NonNullable<DevicesConfig['codeScanner']>['wire'] | NonNullable<DevicesConfig['ticketPrinter']>['wire'];

/** `none`: the settings say that the machine has no such device. */
export function toolFor(devices: DevicesConfig, name: DeviceName, verb: DeviceVerb): Result<Tool, { kind: 'none' }> {
  switch (name) {
    case 'id-card-reader': {
      if (devices.idCardReader === null) return err({ kind: 'none' });
      const place = 'wire' in devices.idCardReader ? wireArgs(devices.idCardReader.wire, '--port') : ['--library', devices.idCardReader.library, '--library-port', String(devices.idCardReader.port)];
      return ok({ file: 'devices/id-card-reader/cli.ts', args: [verb === 'test' ? 'read' : verb, ...place] });
    }
    case 'code-scanner':
      return devices.codeScanner === null ? err({ kind: 'none' }) : ok({ file: 'devices/code-scanner/cli.ts', args: [verb, ...wireArgs(devices.codeScanner.wire, '--port')] });
    case 'document-scanner': {
      if (devices.documentScanner === null) return err({ kind: 'none' });
      const place = devices.documentScanner.kind === 'escl' ? ['--escl', devices.documentScanner.url] : ['--sane', devices.documentScanner.device];
      return ok({ file: 'devices/document-scanner/cli.ts', args: [verb === 'test' ? 'scan' : verb, ...place] });
    }
    case 'ticket-printer':
      return devices.ticketPrinter === null ? err({ kind: 'none' }) : ok({ file: 'printers/ticket/cli.ts', args: [verb, ...wireArgs(devices.ticketPrinter.wire, '--serial'), '--model', devices.ticketPrinter.model] });
    case 'document-printer':
      return devices.documentPrinter === null ? err({ kind: 'none' }) : ok({ file: 'printers/document/cli.ts', args: [verb, ...documentPrinterArgs(devices.documentPrinter)] });
    case 'board':
      return devices.board === null ? err({ kind: 'none' }) : ok({ file: 'devices/board/cli.ts', args: [verb, ...wireArgs(devices.board.wire, '--port')] });
    case 'ups':
      return devices.ups === null ? err({ kind: 'none' }) : ok({ file: 'devices/ups/cli.ts', args: [verb, `${devices.ups.name}@${devices.ups.host}:${devices.ups.port}`] });
    default:
      return never(name);
  }
}

function documentPrinterArgs(printer: NonNullable<DevicesConfig['documentPrinter']>): string[] {
  if ('uri' in printer) return ['--printer', printer.uri];
  const { printer: name, takesPdf, endOfJob } = printer.spooler;
  return ['--spooler', name, '--end-of-job', endOfJob, ...(takesPdf ? ['--takes-pdf'] : [])];
}

/** @param serial what the tool calls a serial port */
function wireArgs(wire: Wire, serial: '--port' | '--serial'): string[] {
  switch (wire.kind) {
    case 'serial':
      return [serial, wire.path, '--baud', String(wire.baudRate)];
    case 'tcp':
      return ['--tcp', `${wire.host}:${wire.port}`];
    case 'usb':
      return ['--usb', [hex(wire.device.vendorId), hex(wire.device.productId), ...(wire.device.serial === null ? [] : [wire.device.serial])].join(':')];
    case 'hid': {
      const { device, framing } = wire;
      const place = 'path' in device ? device.path : [hex(device.vendorId), hex(device.productId), ...(device.usagePage === null ? [] : [device.usagePage.toString(16)])].join(':');
      return ['--hid', place, '--report', `${framing.reportId}:${framing.reportLength}:${framing.payloadLength}${framing.sendAs === 'feature-report' ? ':feature' : ''}`];
    }
    default:
      return never(wire);
  }
}

function hex(number: number): string {
  return number.toString(16).padStart(4, '0');
}
