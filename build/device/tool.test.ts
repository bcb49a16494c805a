import { describe, expect, test } from 'vitest';
import { DevicesConfig } from '../../domain/contracts/terminal-config.ts';
import { toolFor } from './tool.ts';

const NONE = { idCardReader: null, codeScanner: null, documentScanner: null, ticketPrinter: null, documentPrinter: null };
const devices = (some: object) => DevicesConfig.parse({ ...NONE, ...some });

describe('the tool for a device', () => {
  test.each([
    ['id-card-reader', { idCardReader: { wire: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 115200 } } }, 'devices/id-card-reader/cli.ts read --port /dev/ttyUSB0 --baud 115200'],
    ['id-card-reader', { idCardReader: { library: '/opt/reader/libsdtapi.so', port: 1001 } }, 'devices/id-card-reader/cli.ts read --library /opt/reader/libsdtapi.so --library-port 1001'],
    ['id-card-reader', { idCardReader: { wire: { kind: 'hid', device: { vendorId: 0x400, productId: 0xc35a }, framing: { reportId: 0, reportLength: 64, payloadLength: 'one-byte' } } } }, 'devices/id-card-reader/cli.ts read --hid 0400:c35a --report 0:64:one-byte'],
    ['code-scanner', { codeScanner: { wire: { kind: 'hid', device: { vendorId: 1, productId: 2, usagePage: 0x8c }, framing: { reportId: 2, reportLength: 63, sendAs: 'feature-report' } } } }, 'devices/code-scanner/cli.ts test --hid 0001:0002:8c --report 2:63:none:feature'],
    ['document-scanner', { documentScanner: { kind: 'escl', url: 'http://scanner.local/eSCL' } }, 'devices/document-scanner/cli.ts scan --escl http://scanner.local/eSCL'],
    ['ticket-printer', { ticketPrinter: { wire: { kind: 'tcp', host: '10.0.0.7', port: 9100 }, model: 'epson-tm-t88vi' } }, 'printers/ticket/cli.ts test --tcp 10.0.0.7:9100 --model epson-tm-t88vi'],
    ['ticket-printer', { ticketPrinter: { wire: { kind: 'usb', device: { vendorId: 0x4b8, productId: 0xe28, serial: 'X1' } }, model: 'epson-tm-t82iii' } }, 'printers/ticket/cli.ts test --usb 04b8:0e28:X1 --model epson-tm-t82iii'],
    ['board', { board: { wire: { kind: 'serial', path: '/dev/ttyACM1', baudRate: 115200 } } }, 'devices/board/cli.ts test --port /dev/ttyACM1 --baud 115200'],
    ['ups', { ups: { host: '127.0.0.1', name: 'kiosk' } }, 'devices/ups/cli.ts test kiosk@127.0.0.1:3493'],
    ['document-printer', { documentPrinter: { spooler: { printer: '二楼 A4', takesPdf: true } } }, 'printers/document/cli.ts test --spooler 二楼 A4 --end-of-job sent --takes-pdf'],
    ['document-printer', { documentPrinter: { uri: 'ipp://printer.local/ipp/print' } }, 'printers/document/cli.ts test --printer ipp://printer.local/ipp/print'],
  ] as const)('%s of %j', (name, some, command) => {
    const tool = toolFor(devices(some), name, 'test');
    expect(tool.ok && `${tool.value.file} ${tool.value.args.join(' ')}`).toBe(command);
    expect(toolFor(devices({}), name, 'status')).toEqual({ ok: false, error: { kind: 'none' } });
  });
});
