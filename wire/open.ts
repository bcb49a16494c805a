import { never } from '../domain/result.ts';
import { hidTransport } from './hid.ts';
import { serialTransport } from './serial.ts';
import { tcpTransport } from './tcp.ts';
import type { Transport, WireAddress } from './types.ts';
import { usbPrinterTransport } from './usb-printer.ts';

/** A fresh, unopened transport to an address of `terminal.yaml`. */
export function openWire(address: WireAddress): Transport {
  switch (address.kind) {
    case 'serial':
      return serialTransport(address);
    case 'tcp':
      return tcpTransport(address);
    case 'hid':
      return hidTransport(address);
    case 'usb':
      return usbPrinterTransport(address);
    default:
      return never(address);
  }
}
