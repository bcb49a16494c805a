/** What the technician's tools of all device classes share. */
import { parseArgs } from 'node:util';
import type { DeviceStatus } from '../domain/contracts/devices.ts';
import { systemClock } from '../wire/clock.ts';
import type { WireAddress } from '../wire/types.ts';

/** A device answers within a second; opening may back off twice before. */
const STATUS_PATIENCE = 5000;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function statusText(status: DeviceStatus): string {
  if (status.kind === 'online') return ['online', ...status.warnings].join(' ');
  return `${status.kind}: ${status.reason}`;
}

/** The wire that the options name; null when they name none, or both. */
function addressOf({ port, baud, tcp }: { port?: string | undefined; baud: string; tcp?: string | undefined }): WireAddress | null {
  if ((port === undefined) === (tcp === undefined) || !/^[1-9]\d{3,5}$/.test(baud)) return null;
  if (port !== undefined) return { kind: 'serial', path: port, baudRate: Number(baud) };
  const [, host, number] = /^(.+):(\d{1,5})$/.exec(tcp ?? '') ?? [];
  return host === undefined ? null : { kind: 'tcp', host, port: Number(number) };
}

type Readable = { status(): DeviceStatus; watch(tell: (status: DeviceStatus) => void): () => void; close(): Promise<void> };

/**
 * A tool for a device that reads one thing after another: `status`, `verb` for one reading, `watch` for all of them until it is interrupted.
 * @param tool.open starts the service on a wire
 * @param tool.words what it tells of one reading, in order; ends with `read` or `unavailable`
 * @returns the exit code: 0 when the device is on line, or something was read
 */
export async function runReaderTool<Device extends Readable, Reading extends { kind: string }>(tool: {
  usage: string;
  verb: string;
  baudRate: number;
  open(address: WireAddress): Device;
  read(device: Device, signal: AbortSignal): AsyncIterable<Reading>;
  words(reading: Reading): string;
}): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, baud: { type: 'string', default: String(tool.baudRate) }, tcp: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const address = addressOf(values);
  const [verb = ''] = positionals;
  if (values.help || address === null || !['status', tool.verb, 'watch'].includes(verb)) {
    process.stderr.write(`${tool.usage}\n`);
    return values.help ? 0 : 2;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const device = tool.open(address);

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
