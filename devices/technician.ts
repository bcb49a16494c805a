/** What the technician's tools of all device classes share. */
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
export function addressOf({ port, baud, tcp }: { port?: string | undefined; baud: string; tcp?: string | undefined }): WireAddress | null {
  if ((port === undefined) === (tcp === undefined) || !/^[1-9]\d{3,5}$/.test(baud)) return null;
  if (port !== undefined) return { kind: 'serial', path: port, baudRate: Number(baud) };
  const [, host, number] = /^(.+):(\d{1,5})$/.exec(tcp ?? '') ?? [];
  return host === undefined ? null : { kind: 'tcp', host, port: Number(number) };
}

/** Resolves when the device is no longer off-line, or with what it is when patience ends. */
export function settled(device: { status(): DeviceStatus; watch(tell: (status: DeviceStatus) => void): () => void }): Promise<DeviceStatus> {
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
