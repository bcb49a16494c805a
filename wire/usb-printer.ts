// The package's types extend those of WebUSB, and do not say so.
/// <reference types="w3c-web-usb" />
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { systemClock } from './clock.ts';
import type { HandleDriver } from './handle-transport.ts';
import { handleTransport } from './handle-transport.ts';
import type { Transport, UsbDevice as UsbDeviceName, WireFailure } from './types.ts';

/** What is used of the package `usb` 3, by its own names: tests put a bus of their own in its place. */
export type UsbBus = { getDevices(): Promise<UsbHandle[]> };
export type UsbHandle = {
  readonly vendorId: number;
  readonly productId: number;
  /** Stays the same while a device is plugged, and is another one after a re-plug. */
  readonly handle: string;
  readonly serialNumber?: string | null | undefined;
  readonly configuration?: { interfaces: readonly { interfaceNumber: number; alternates: readonly UsbAlternate[] }[] } | null | undefined;
  open(): Promise<void>;
  close(): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  transferIn(endpointNumber: number, length: number, timeout?: number): Promise<{ data?: DataView | undefined }>;
  transferOut(endpointNumber: number, data: Uint8Array<ArrayBuffer>, timeout?: number): Promise<unknown>;
  controlTransferIn(setup: { requestType: 'class'; recipient: 'interface'; request: number; value: number; index: number }, length: number, timeout?: number): Promise<{ data?: DataView | undefined }>;
};
type UsbAlternate = {
  alternateSetting: number;
  interfaceClass: number;
  interfaceProtocol: number;
  endpoints: readonly { endpointNumber: number; direction: string; type: string; packetSize: number }[];
};

/** Loaded with the first USB printer: a machine without one needs none of its binary. A system without any USB has no devices. */
export const usbPackageBus: UsbBus = {
  async getDevices() {
    const { usb } = await import('usb');
    try {
      return await usb.getDevices();
    } catch (cause) {
      if (cause instanceof Error && /sys\/bus\/usb.* not found/.test(cause.message)) return [];
      throw cause;
    }
  },
};

/** USB Device Class Definition for Printing Devices 1.1, 4.2: interface class 7, base class printer. */
const PRINTER_CLASS = 7;
/** Table 2 there: unidirectional, bidirectional, IEEE 1284.4. The last has packets of its own that printers of tickets do not speak. */
const PROTOCOLS = [2, 1] as const;
/** 4.2.2: GET_PORT_STATUS, one byte. */
const GET_PORT_STATUS = { requestType: 'class', recipient: 'interface', request: 1, value: 0 } as const;
const PORT_STATUS_TIMEOUT = 1000;

/** One transfer out: small enough for progress between time-outs, large enough to keep a fast printer busy. */
const PIECE = 4096;
/** How long the printer may take for one piece, as for the bytes of any other wire. */
const PIECE_TIMEOUT = 15_000;
/** How long one read waits. Closing waits for its end, so it is short. */
const READ_WAIT = 250;
/** Some printers answer a read at once with nothing when they have nothing to say. */
const EMPTY_PAUSE = 100;

/** The port's status byte; bits 0–2, 6 and 7 are reserved. Printers set it as a parallel port's wires; it knows neither cover nor cutter. */
export type PortStatus = { paperEmpty: boolean; selected: boolean; error: boolean };

export function decodePortStatus(byte: number): PortStatus {
  return { paperEmpty: (byte & 0x20) !== 0, selected: (byte & 0x10) !== 0, error: (byte & 0x08) === 0 };
}

/** The inverse of `decodePortStatus`, reserved bits 0. */
export function encodePortStatus({ paperEmpty, selected, error }: PortStatus): number {
  return (paperEmpty ? 0x20 : 0) | (selected ? 0x10 : 0) | (error ? 0 : 0x08);
}

export type UsbPrinterTransport = Transport & {
  /** What the printer's port says, for technicians and printers that answer nothing else. */
  portStatus(): Promise<Result<PortStatus, WireFailure>>;
};

type Open = { device: UsbHandle; interfaceNumber: number; out: number; reading: Promise<void>; stop(): void };

/**
 * A printer of the USB printer class through the package `usb`: bulk out, and bulk in where the printer has it. The kernel's own printer driver is
 * detached while it is open and attached again after. A device with these numbers and no printer interface counts as `unplugged`.
 * @throws on failures of the bus that are none of `WireFailure`'s kinds
 */
export function usbPrinterTransport(options: { device: UsbDeviceName; bus?: UsbBus; clock?: Clock; sendTimeout?: number }): UsbPrinterTransport {
  const { device: name, bus = usbPackageBus, clock = systemClock, ...timing } = options;
  let current: Open | null = null;

  const driver: HandleDriver<Open> = {
    async open(listen) {
      try {
        const device = (await bus.getDevices()).find((candidate) => candidate.vendorId === name.vendorId && candidate.productId === name.productId && (name.serial === null || candidate.serialNumber === name.serial));
        if (device === undefined) return err({ kind: 'unplugged' });
        await device.open();
        const claimed = await claim(device).catch(failureOf);
        if (claimed === null || 'kind' in claimed) {
          await device.close();
          return err(claimed ?? { kind: 'unplugged' });
        }
        current = { device, interfaceNumber: claimed.interfaceNumber, out: claimed.out, ...read(device, claimed, listen) };
        return ok(current);
      } catch (cause) {
        return err(failureOf(cause));
      }
    },
    async write({ device, out }, bytes) {
      try {
        for (let at = 0; at < bytes.length; at += PIECE) await device.transferOut(out, bytes.slice(at, at + PIECE), PIECE_TIMEOUT);
        return ok(null);
      } catch (cause) {
        const failure = failureOf(cause);
        return err(failure.kind === 'timeout' ? failure : { kind: 'unplugged' });
      }
    },
    isPlugged: async ({ device }) => (await bus.getDevices()).some(({ handle }) => handle === device.handle),
    async close(open) {
      current = null;
      open.stop();
      await open.reading;
      // A device that left fails here, and there is nothing left to give back.
      await open.device.releaseInterface(open.interfaceNumber).catch(failureOf);
      await open.device.attachKernelDriver(open.interfaceNumber).catch(() => {});
      await open.device.close().catch(failureOf);
    },
  };

  function read(device: UsbHandle, { input }: Claimed, listen: { bytes(chunk: Uint8Array): void; dead(): void }): { reading: Promise<void>; stop(): void } {
    let stopped = false;
    let wake = (): void => {};
    const pause = (): Promise<void> =>
      new Promise((resolve) => {
        const cancel = clock.after(EMPTY_PAUSE, resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
    async function run(endpoint: { number: number; packetSize: number }): Promise<void> {
      while (!stopped) {
        try {
          const { data } = await device.transferIn(endpoint.number, endpoint.packetSize, READ_WAIT);
          if (stopped) return;
          if (data !== undefined && data.byteLength > 0) listen.bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
          else await pause();
        } catch (cause) {
          const failure = failureOf(cause);
          if (failure.kind === 'timeout') continue;
          if (!stopped) listen.dead();
          return;
        }
      }
    }
    return {
      reading: input === null ? Promise.resolve() : run(input),
      stop() {
        stopped = true;
        wake();
      },
    };
  }

  return {
    ...handleTransport(driver, { clock, ...timing }),
    async portStatus() {
      if (current === null) return err({ kind: 'closed' });
      try {
        const { data } = await current.device.controlTransferIn({ ...GET_PORT_STATUS, index: current.interfaceNumber }, 1, PORT_STATUS_TIMEOUT);
        return data === undefined || data.byteLength === 0 ? err({ kind: 'timeout' }) : ok(decodePortStatus(data.getUint8(0)));
      } catch (cause) {
        return err(failureOf(cause));
      }
    },
  };
}

type Claimed = { interfaceNumber: number; out: number; input: { number: number; packetSize: number } | null };

/** Finds the printer interface of an open device and takes it; null when it has none. */
async function claim(device: UsbHandle): Promise<Claimed | null> {
  const offered = (device.configuration?.interfaces ?? []).flatMap(({ interfaceNumber, alternates }) => alternates.map((alternate) => ({ interfaceNumber, ...alternate })));
  for (const protocol of PROTOCOLS) {
    const found = offered.find(({ interfaceClass, interfaceProtocol }) => interfaceClass === PRINTER_CLASS && interfaceProtocol === protocol);
    const bulk = (direction: 'in' | 'out') => found?.endpoints.find((endpoint) => endpoint.type === 'bulk' && endpoint.direction === direction);
    const out = bulk('out');
    if (found === undefined || out === undefined) continue;
    const { interfaceNumber, alternateSetting } = found;
    // Nothing to detach, or a system that knows no such thing: the claim tells whether it is free.
    await device.detachKernelDriver(interfaceNumber).catch(() => {});
    await device.claimInterface(interfaceNumber);
    if (alternateSetting !== 0) await device.selectAlternateInterface(interfaceNumber, alternateSetting);
    const input = bulk('in');
    return { interfaceNumber, out: out.endpointNumber, input: input === undefined ? null : { number: input.endpointNumber, packetSize: input.packetSize } };
  }
  return null;
}

/** The package has no error codes; these are the texts of the library beneath it, `nusb`, and the numbers of the system behind them. */
function failureOf(cause: unknown): WireFailure {
  const text = cause instanceof Error ? cause.message : '';
  if (/cancelled/i.test(text)) return { kind: 'timeout' };
  if (/permission denied|access (is )?denied|busy|\b(errno|error) (13|16|5)\b/i.test(text)) return { kind: 'not-permitted' };
  if (/disconnected|not found|no such device|stall|fault|invalid state|\b(errno|error) (2|19|31|1167)\b/i.test(text)) return { kind: 'unplugged' };
  throw cause;
}
