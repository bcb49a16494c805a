/** What the technician's tools of all device classes share. */
import { parseArgs } from 'node:util';
import type { DeviceStatus } from '../domain/contracts/devices.ts';
import { systemClock } from '../wire/clock.ts';
import type { HidFraming } from '../wire/hid-framing.ts';
import type { HidDevice, WireAddress } from '../wire/types.ts';

/** A device answers within a second; opening may back off twice before. */
const STATUS_PATIENCE = 5000;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function statusText(status: DeviceStatus): string {
  if (status.kind === 'online') return ['online', ...status.warnings].join(' ');
  return `${status.kind}: ${status.reason}`;
}

/** For the usage of each tool. */
export const PLACES = `  --hid DEVICE       VENDOR:PRODUCT[:USAGE-PAGE] in hexadecimal, or a path such as /dev/hidraw0
  --report FRAMING   ID:LENGTH:(none | one-byte | two-bytes-big-endian)[:feature], the length without the id`;

type Named = { port?: string | undefined; baud: string; tcp?: string | undefined; hid?: string | undefined; report?: string | undefined };

/** The wire that the options name; null when they name none, or more than one. */
export function addressOf({ port, baud, tcp, hid, report }: Named, framing: HidFraming): WireAddress | null {
  if ([port, tcp, hid].filter((place) => place !== undefined).length !== 1 || !/^[1-9]\d{3,5}$/.test(baud)) return null;
  if (port !== undefined) return { kind: 'serial', path: port, baudRate: Number(baud) };
  if (hid !== undefined) {
    const reports = report === undefined ? framing : framingOf(report);
    return reports === null ? null : { kind: 'hid', device: hidDeviceOf(hid), framing: reports };
  }
  const [, host, number] = /^(.+):(\d{1,5})$/.exec(tcp ?? '') ?? [];
  return host === undefined ? null : { kind: 'tcp', host, port: Number(number) };
}

function hidDeviceOf(hid: string): HidDevice {
  const numbers = /^([0-9a-f]{4}):([0-9a-f]{4})(?::([0-9a-f]{1,4}))?$/i.exec(hid)?.slice(1).map((hex) => (hex === undefined ? null : Number.parseInt(hex, 16)));
  const [vendorId, productId, usagePage = null] = numbers ?? [];
  return typeof vendorId === 'number' && typeof productId === 'number' ? { vendorId, productId, usagePage } : { path: hid };
}

function framingOf(report: string): HidFraming | null {
  const [, id, length, payloadLength, feature] = /^(\d{1,3}):(\d{1,4}):(none|one-byte|two-bytes-big-endian)(:feature)?$/.exec(report) ?? [];
  if (payloadLength === undefined) return null;
  return { reportId: Number(id), reportLength: Number(length), payloadLength: payloadLength as HidFraming['payloadLength'], padding: 0, sendAs: feature === undefined ? 'output-report' : 'feature-report' };
}

type Readable = { status(): DeviceStatus; watch(tell: (status: DeviceStatus) => void): () => void; close(): Promise<void> };

/**
 * A tool for a device that reads one thing after another: `status`, `verb` for one reading, `watch` for all of them until it is interrupted.
 * @param tool.framing of a HID device for which none is named
 * @param tool.open starts the service on a wire
 * @param tool.openLibrary the same behind a vendor's library; null where there is no such thing
 * @param tool.words what it tells of one reading, in order; ends with `read` or `unavailable`
 * @returns the exit code: 0 when the device is on line, or something was read
 */
export async function runReaderTool<Device extends Readable, Reading extends { kind: string }>(tool: {
  usage: string;
  verb: string;
  baudRate: number;
  framing: HidFraming;
  open(address: WireAddress): Device;
  openLibrary: ((path: string, port: number) => Device) | null;
  read(device: Device, signal: AbortSignal): AsyncIterable<Reading>;
  words(reading: Reading): string;
}): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      baud: { type: 'string', default: String(tool.baudRate) },
      tcp: { type: 'string' },
      hid: { type: 'string' },
      report: { type: 'string' },
      library: { type: 'string' },
      'library-port': { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const open = opener();
  const [verb = ''] = positionals;
  if (values.help || open === null || !['status', tool.verb, 'watch'].includes(verb)) {
    process.stderr.write(`${tool.usage}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const device = open();

  /** null when the options name no place, or one that this tool does not have. */
  function opener(): (() => Device) | null {
    const { library, 'library-port': port } = values;
    const address = addressOf(values, tool.framing);
    if (library === undefined) return address === null ? null : () => tool.open(address);
    const { openLibrary } = tool;
    return openLibrary === null || address !== null || !/^([1-9]|1[0-6]|10(0[1-9]|1[0-6]))$/.test(port) ? null : () => openLibrary(library, Number(port));
  }

  async function readOne(): Promise<string | undefined> {
    let last: string | undefined;
    for await (const reading of tool.read(device, interrupt.signal)) {
      last = reading.kind;
      say(tool.words(reading));
    }
    return last;
  }

  try {
    const status = await settled(device);
    if (verb === 'status') return status.kind === 'online' ? 0 : 1;
    if (verb === tool.verb) return (await readOne()) === 'read' ? 0 : 1;
    while (!interrupt.signal.aborted) if ((await readOne()) === 'unavailable') await settled(device);
    return 0;
  } finally {
    await device.close();
  }
}

/** Resolves when the device is no longer off-line, or with what it is when patience ends. */
export function settled(device: Pick<Readable, 'status' | 'watch'>): Promise<DeviceStatus> {
  return new Promise((resolve) => {
    const giveUp = systemClock.after(STATUS_PATIENCE, () => done(device.status()));
    const stop = device.watch((status) => status.kind !== 'offline' && queueMicrotask(() => done(status)));
    const done = (status: DeviceStatus): void => {
      giveUp();
      stop();
      resolve(status);
    };
  });
}
